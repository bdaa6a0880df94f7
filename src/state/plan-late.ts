/** Running late, as a person asks for it: what it would push is seen before, all of it is one press, and one *Undo*. */
import { inverseOf } from '../core/plan/inverse.ts'
import { type Delay, type Lateness, latenessOf } from '../core/plan/late.ts'
import type { Appointment, KeptAct } from '../protocol/plan.ts'
import type { PlanScreens } from './plan.ts'

export type { Delay, Lateness, StuckWhy } from '../core/plan/late.ts'

/** What of the plan's screens it needs. */
type LatePlan = Pick<PlanScreens, 'sync' | 'me' | 'mayOverride' | 'toast' | 'asking' | 'nowMs'>

type Kept = { readonly act: KeptAct; readonly actId: string }

/** What would come later by it, as far as this device knows. */
export function lateness(plan: LatePlan, row: Appointment, minutes: number): Lateness {
  const rights = plan.mayOverride ? 'override' : 'change'
  const asker = { staffId: plan.me.staffId, atMs: plan.nowMs(), rights } as const
  return latenessOf(plan.sync.view.value, row, minutes, asker)
}

/** True: all of it is kept on this device. Nothing of it otherwise. */
export async function runLate(plan: LatePlan, delay: Delay): Promise<boolean> {
  plan.asking.value = true
  try {
    return await keep(plan, delay)
  } finally {
    plan.asking.value = false
  }
}

async function keep(plan: LatePlan, { acts }: Delay): Promise<boolean> {
  const kept: Kept[] = []
  for (const act of acts) {
    const done = await plan.sync.perform(act)
    if (!done.ok) {
      await undo(plan, kept)
      plan.toast.value = { type: 'failed', failure: done.failure }
      return false
    }
    kept.push({ act, actId: done.value })
  }
  const actId = kept.at(-1)?.actId ?? null
  plan.toast.value = { type: 'did', deed: 'late', actId, undo: () => undo(plan, kept), offer: null }
  return true
}

/** What came last goes first: each leaves the room that the one before it goes back to. */
async function undo({ sync, toast }: LatePlan, kept: readonly Kept[]): Promise<void> {
  for (const { act, actId } of kept.toReversed()) {
    if (await sync.takeBack(actId)) continue
    const back = inverseOf(sync.view.peek(), act)
    const done = back && (await sync.perform(back))
    if (done?.ok) continue
    toast.value = { type: 'failed', failure: done ? done.failure : 'senseless' }
    return
  }
  toast.value = { type: 'did', deed: 'undone', actId: null, undo: null, offer: null }
}
