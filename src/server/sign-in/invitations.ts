/** Links that make a local account usable: looked at as often as wanted, used once, for two days. */

import type { StaffParty } from '../../protocol/people.ts'
import { findPerson } from '../people.ts'
import type { Db, Store } from '../store/store.ts'

export type Invitee = { readonly staff: StaffParty; readonly untilMs: number }

/** Who is invited by this code; looking uses nothing up, since mail scanners look too. */
export async function readInvitation(
  store: Store,
  code: string,
  nowMs: number,
): Promise<Invitee | 'unknown-code' | 'used-code'> {
  const row = await store.db
    .selectFrom('invitations')
    .selectAll()
    .where('code_hash', '=', store.digest(code))
    .executeTakeFirst()
  if (!row) return 'unknown-code'
  if (row.used_ms !== null || row.expires_ms <= nowMs) return 'used-code'
  const person = await findPerson(store.db, row.staff_id, nowMs)
  return person ? { staff: person.staff, untilMs: row.expires_ms } : 'unknown-code'
}

/** Uses it up. One statement takes it, so that of two who try at once only one gets it. */
export async function takeInvitation(db: Db, codeHash: string, nowMs: number): Promise<boolean> {
  const taken = await db
    .updateTable('invitations')
    .set({ used_ms: nowMs })
    .where('code_hash', '=', codeHash)
    .where('used_ms', 'is', null)
    .where('expires_ms', '>', nowMs)
    .returning('staff_id')
    .executeTakeFirst()
  return taken !== undefined
}
