/**
 * What calendar files said when they were taken over, so that a file which says the same changes nothing, whatever was
 * done to the plan since, and an older one cannot undo a newer. Only hashes of it are kept.
 */
import type { Db } from '../store/store.ts'
import { keptMs } from './rows.ts'

/** `uid`: hash of all of its series. `said`: hash of what matters of it. */
export type Remembered = {
  readonly id: string
  readonly uid: string
  readonly sequence: number
  readonly modifiedMs: number | null
  readonly said: string
  readonly endsMs: number
}

export type IcsMemory = {
  /** Of these series, by id. */
  read(uids: ReadonlySet<string>): Promise<ReadonlyMap<string, Remembered>>
  write(some: readonly Remembered[], nowMs: number): Promise<void>
}

const most = 500

export function createIcsMemory(db: Db): IcsMemory {
  return {
    async read(uids) {
      const all = [...uids]
      const known = new Map<string, Remembered>()
      for (let from = 0; from < all.length; from += most) {
        const some = all.slice(from, from + most)
        const rows = await db.selectFrom('plan_imports').selectAll().where('uid', 'in', some).execute()
        for (const { id, uid, sequence, modified_ms, said, ends_ms } of rows)
          known.set(id, { id, uid, said, sequence, modifiedMs: modified_ms, endsMs: ends_ms })
      }
      return known
    },

    async write(some, nowMs) {
      await db.transaction().execute(async (step) => {
        await step
          .deleteFrom('plan_imports')
          .where('ends_ms', '<', nowMs - keptMs)
          .execute()
        for (const { id, uid, sequence, modifiedMs, said, endsMs } of some) {
          const values = { uid, sequence, modified_ms: modifiedMs, said, ends_ms: Math.floor(endsMs) }
          await step
            .insertInto('plan_imports')
            .values({ id, ...values })
            .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
            .execute()
        }
      })
    },
  }
}
