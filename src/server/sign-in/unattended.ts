/** A browser that went away is locked when it comes back late: its own lock cannot fall while no page of it runs. */
import { recordAct } from '../audit/record.ts'
import type { Sessions } from '../session.ts'
import type { Db, Store } from '../store/store.ts'

/** As long as a page waits for a touch (`idleMs` in state). */
export const unattendedMs = 5 * 60_000
/** A sign-in is written down as seen this often at most. */
export const seenEveryMs = 30_000

type Seen = {
  readonly token_hash: string
  readonly staff_id: string
  readonly locked_ms: number | null
  readonly seen_ms: number
  /** The tokens of the provider it came through. */
  readonly tokens: string | null
}

/** Somebody comes with this sign-in: it is seen, or locked if nobody was there for too long. Answers since when. */
export async function attend(store: Store, row: Seen, nowMs: number): Promise<number | null> {
  if (row.locked_ms !== null) return row.locked_ms
  const awayMs = nowMs - row.seen_ms
  if (awayMs > unattendedMs && (await canUnlock(store.db, row)))
    return await lockUnattended(store, row, nowMs)
  if (awayMs > seenEveryMs) await recordSeen(store.db, [row.token_hash], nowMs)
  return null
}

/** Pages of these sign-ins are open, or were until now. */
export async function recordSeen(db: Db, tokenHashes: readonly string[], nowMs: number): Promise<void> {
  if (tokenHashes.length === 0) return
  await db.updateTable('sign_ins').set({ seen_ms: nowMs }).where('token_hash', 'in', tokenHashes).execute()
}

/** Whoever has a page open is not away, however long it says nothing. */
export async function recordHere(db: Db, sessions: Sessions, nowMs: number): Promise<void> {
  const here = [...sessions.values()].flatMap(({ socket, tokenHash }) => (socket ? (tokenHash ?? []) : []))
  await recordSeen(db, [...new Set(here)], nowMs)
}

/** Whoever could not come back in is not locked out. */
async function canUnlock(db: Db, { staff_id, tokens }: Seen): Promise<boolean> {
  if (tokens !== null) return true
  for (const table of ['passkeys', 'passwords'] as const) {
    const query = db.selectFrom(table).select('staff_id').where('staff_id', '=', staff_id)
    if (await query.executeTakeFirst()) return true
  }
  return false
}

async function lockUnattended(store: Store, { token_hash, staff_id }: Seen, nowMs: number): Promise<number> {
  await store.db.transaction().execute(async (db) => {
    const locked = await db
      .updateTable('sign_ins')
      .set({ locked_ms: nowMs })
      .where('token_hash', '=', token_hash)
      .where('locked_ms', 'is', null)
      .returning('staff_id')
      .executeTakeFirst()
    const entity = { type: 'staff', id: staff_id } as const
    if (locked)
      await recordAct(db, nowMs, { action: 'lock', agent: { type: 'server' }, entity, detail: 'unattended' })
  })
  return nowMs
}
