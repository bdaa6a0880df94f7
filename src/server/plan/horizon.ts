/** Makes the coming occasions of every series real, day after day, and sets them right when clocks' rules change. */
import type { PlanReader } from '../../core/plan/book.ts'
import { decide, type Trouble } from '../../core/plan/decide.ts'
import { extendHorizon, horizonDays, occasionId } from '../../core/plan/materialise.ts'
import { occasions } from '../../core/plan/recurrence.ts'
import type { Appointment, Series } from '../../protocol/plan.ts'
import { metaOf, setMeta } from './epoch.ts'
import { raise, subId } from './inbox.ts'
import type { Ledger, Step } from './ledger.ts'
import { serverId } from './server-id.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const horizonMs = horizonDays * dayMs
/** The one row of the plan itself. */
export const planId = 'plan'

/** `tzdata`: the edition of the time zone database that this program computes with. */
export type HorizonParts = { readonly zone: string; readonly tzdata: string; readonly now: () => number }

export function createHorizon({ zone, tzdata, now }: HorizonParts, ledger: Ledger) {
  function isDue(): boolean {
    const plan = ledger.book.get('plan', planId)
    return !plan || plan.zone !== zone || Math.abs(plan.horizonMs - now() - horizonMs) > dayMs
  }

  return {
    /** True: a new day was made real. Run it in the queue. */
    async extend(): Promise<boolean> {
      if (!isDue()) return false
      await ledger.change(async (step) => extendIn(step, zone))
      return true
    },

    /** Nine o'clock stays nine o'clock: a government moved the clocks, so what was computed before is computed anew. */
    async heedClocks(): Promise<void> {
      await ledger.change(async (step) => {
        if ((await metaOf(step.db, 'tzdata')) === tzdata) return
        for (const series of [...step.draft.all('series')]) retime(step, series)
        await setMeta(step.db, 'tzdata', tzdata)
      })
    },
  }
}

function extendIn(step: Step, zone: string): void {
  const { draft, nowMs } = step
  const untilMs = nowMs + horizonMs
  const before = draft.get('plan', planId)
  if (!before) return draft.put({ type: 'plan', id: planId, rev: 1, horizonMs: untilMs, zone })
  if (before.zone !== zone) draft.put({ ...before, rev: before.rev + 1, zone })
  // Made by a clock that was wrong: what is missing from now on is made real by the one that is right.
  if (before.horizonMs > untilMs + dayMs)
    draft.put({ ...before, zone, rev: before.rev + 1, horizonMs: Math.floor(nowMs) })
  const { rows, troubles } = extendHorizon(draft, untilMs, { staffId: serverId, atMs: nowMs })
  for (const row of rows) draft.put(row)
  for (const one of troubles)
    if (!draft.get('attention', one.id))
      raise(step, { actId: one.id, by: ownerOf(draft, one), act: null }, [one])
}

/** In whose name the server asked for an occasion. */
function ownerOf(plan: PlanReader, { id }: Trouble): string {
  return plan.get('series', id.slice(0, id.lastIndexOf('_')))?.by ?? serverId
}

function retime(step: Step, series: Series): void {
  const { draft, nowMs } = step
  // A day to either side: clocks move by less.
  for (const { at, startMs, shifted } of occasions(series, nowMs - dayMs, nowMs + horizonMs + dayMs)) {
    const row = draft.get('appointment', occasionId(series.id, at))
    if (row?.when.type !== 'at' || row.occasion?.detached !== false || row.when.startMs <= nowMs) continue
    if (row.when.startMs !== startMs) moveTo(step, row, startMs, shifted ? 'shifted' : 'exact')
  }
}

function moveTo(step: Step, row: Appointment, startMs: number, how: 'shifted' | 'exact'): void {
  if (row.when.type !== 'at' || !row.occasion) return
  const to = { type: 'at', startMs, endMs: startMs + row.when.endMs - row.when.startMs } as const
  const act = { type: 'appointment.edit', id: row.id, changes: { when: { from: row.when, to } } } as const
  const decision = decide(step.draft, act, { staffId: serverId, atMs: step.nowMs })
  const asked = { actId: subId(row.id, 'clock'), by: serverId, act }
  if (decision.type === 'refused') {
    const { trouble } = decision
    raise(step, asked, [{ ...trouble, also: [...trouble.also, row.by] }])
    return
  }
  // Nobody changed this occasion by itself: its series goes on changing it.
  const occasion = { ...row.occasion, shifted: how === 'shifted' }
  for (const moved of decision.rows)
    step.draft.put(moved.type === 'appointment' && moved.id === row.id ? { ...moved, occasion } : moved)
  raise(step, asked, decision.troubles)
}
