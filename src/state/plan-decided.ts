/** Who was first, when two people decided about the same thing: the second is told (HZ-8). */
import { effect } from '@preact/signals'
import type { Sync } from './sync.ts'

export type Decided = ReturnType<typeof watchDecided>

/** `tell` is called once the server has said that another one, `by`, had decided before. */
export function watchDecided(sync: Sync, me: string, tell: (by: string) => void) {
  /** What was decided here and is not answered yet: the act by what it is about. */
  const mine = new Map<string, string>()

  function look(): void {
    const waiting = new Set(sync.pending.value.map(({ outboxAct }) => outboxAct.actId))
    const plan = sync.view.value
    for (const [concernId, actId] of mine) {
      if (waiting.has(actId)) continue
      mine.delete(concernId)
      const by = plan.get('attention', concernId)?.resolved?.by
      if (by !== undefined && by !== me) tell(by)
    }
  }

  const stop = effect(look)
  return {
    note(concernId: string, actId: string): void {
      mine.set(concernId, actId)
      look()
    },
    stop,
  }
}
