/** Makes the coming occasions of every series real, day after day, by the clock of the plan's zone. */
import { decide } from '../../core/plan/decide.ts'
import type { PlanRow } from '../../protocol/plan.ts'
import type { Ledger, Step } from './ledger.ts'

const dayMs = 24 * 60 * 60_000
export const horizonMs = 60 * dayMs
export const planId = 'plan'

export type HorizonParts = { readonly zone: string; readonly now: () => number }

export function createHorizon({ zone, now }: HorizonParts, ledger: Ledger) {
  function isDue(): boolean {
    const plan = ledger.book.get('plan', planId)
    return !plan || plan.zone !== zone || plan.horizonMs - now() < horizonMs - dayMs
  }

  async function extend(): Promise<boolean> {
    if (!isDue()) return false
    await ledger.change(async (step) => extendTo(step, zone))
    return true
  }

  return {
    /** True: a new day was made real. Run it in the queue. */
    extend,
    /** At the start, before anybody is served. */
    async takeUp(): Promise<void> {
      await extend()
    },
  }
}

function extendTo({ draft, nowMs }: Step, zone: string): void {
  const before = draft.get('plan', planId)
  const row: PlanRow = {
    type: 'plan',
    id: planId,
    rev: (before?.rev ?? 0) + 1,
    horizonMs: nowMs + horizonMs,
    zone,
  }
  draft.put(row)
  void decide
}
