/** The acts of the outbox, sealed and opened: each is opened once, however often the outbox is looked through. */
import type { NewAct, OutboxEntry } from '../state/plan-ports.ts'
import type { KeptAct } from './plan-database.ts'
import type { SealInUse } from './plan-store.ts'

type OutboxAct = OutboxEntry['outboxAct']
type Words = Pick<NewAct, 'version' | 'madeMs' | 'act'>

export type PlanActs = ReturnType<typeof createActs>

export function createActs(staffId: string, using: SealInUse) {
  /** By the act's id, under which nothing else is ever said. */
  const opened = new Map<string, Words>()
  const placeOf = (actId: string) => `outbox|${staffId}|${actId}`

  async function open({ actId, n, sealed }: KeptAct): Promise<OutboxAct | null> {
    const words = opened.get(actId) ?? ((await using.seal.open(placeOf(actId), sealed)) as Words | undefined)
    if (!words) return null
    opened.set(actId, words)
    return { actId, n, ...words }
  }

  return {
    async close({ actId, version, madeMs, act }: NewAct) {
      const sealed = await using.seal.close(placeOf(actId), { version, madeMs, act } satisfies Words)
      return { staffId, actId, version, madeMs, isSent: false, sealed }
    },
    /** Those that can be opened. */
    async open(acts: readonly KeptAct[]): Promise<OutboxAct[]> {
      const all = await Promise.all(acts.map(open))
      return all.filter((one) => one !== null)
    },
    /** It was just written: who wrote it knows what it says. */
    note({ actId, version, madeMs, act }: NewAct): void {
      opened.set(actId, { version, madeMs, act })
    },
    drop(actId: string): void {
      opened.delete(actId)
    },
    dropAll(): void {
      opened.clear()
    },
  }
}
