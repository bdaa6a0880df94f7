/** Staff and their signed-in browsers. A sign-in survives a restart; only the hash of its token is kept. */
import * as v from 'valibot'
import { type StaffParty, staffParty } from '../protocol/people.ts'
import { redeemCode } from './codes.ts'
import { newToken } from './store/secrets.ts'
import type { Db, Store } from './store/store.ts'

/** A nurse signs in once for a shift. */
export const signInMs = 12 * 60 * 60 * 1000

/** A browser that may speak for `staff` until `expiresMs`; `tokenHash` names it. */
export type SignIn = { readonly tokenHash: string; readonly staff: StaffParty; readonly expiresMs: number }

export type SignInOutcome =
  | { readonly type: 'signed-in'; readonly token: string; readonly staff: StaffParty }
  | { readonly type: 'unknown-code' }
  | { readonly type: 'used-code' }

/** Trades a one-time code for a token, in one transaction: a crash neither loses nor doubles it. */
export async function signIn(store: Store, code: string, nowMs: number): Promise<SignInOutcome> {
  const token = newToken()
  return await store.db.transaction().execute(async (db): Promise<SignInOutcome> => {
    const redemption = await redeemCode(db, store.digest(code), 'sign-in', nowMs)
    if (redemption.type !== 'redeemed') return redemption
    const staff = await findStaff(db, redemption.subjectId)
    if (!staff) return { type: 'unknown-code' }
    await db.deleteFrom('sign_ins').where('expires_ms', '<=', nowMs).execute()
    await db
      .insertInto('sign_ins')
      .values({
        token_hash: store.digest(token),
        staff_id: staff.staffId,
        created_ms: nowMs,
        expires_ms: nowMs + signInMs,
      })
      .execute()
    return { type: 'signed-in', token, staff }
  })
}

/** Who holds this token, or null when nobody does any more. */
export async function findSignIn(store: Store, token: string, nowMs: number): Promise<SignIn | null> {
  const tokenHash = store.digest(token)
  const row = await store.db
    .selectFrom('sign_ins')
    .select(['staff_id', 'expires_ms'])
    .where('token_hash', '=', tokenHash)
    .where('expires_ms', '>', nowMs)
    .executeTakeFirst()
  const staff = row && (await findStaff(store.db, row.staff_id))
  return staff ? { tokenHash, staff, expiresMs: row.expires_ms } : null
}

/** Forgets a token; returns its hash, by which its sockets are found. */
export async function signOut(store: Store, token: string): Promise<string> {
  const tokenHash = store.digest(token)
  await store.db.deleteFrom('sign_ins').where('token_hash', '=', tokenHash).execute()
  return tokenHash
}

export async function listStaff(db: Db): Promise<StaffParty[]> {
  const rows = await db.selectFrom('staff').selectAll().orderBy('name').execute()
  return rows.map(partyOf)
}

async function findStaff(db: Db, staffId: string): Promise<StaffParty | null> {
  const row = await db.selectFrom('staff').selectAll().where('staff_id', '=', staffId).executeTakeFirst()
  return row ? partyOf(row) : null
}

function partyOf(row: { staff_id: string; name: string; role: string }): StaffParty {
  return v.parse(staffParty, { type: 'staff', staffId: row.staff_id, name: row.name, role: row.role })
}
