/** Staff and their signed-in browsers. A sign-in survives a restart; only the hash of its token is kept. */
import * as v from 'valibot'
import type { Actor } from '../core/permissions.ts'
import { type StaffParty, staffParty } from '../protocol/people.ts'
import { recordAct } from './audit/record.ts'
import { redeemCode } from './codes.ts'
import { attend } from './sign-in/unattended.ts'
import { newToken } from './store/secrets.ts'
import type { Db, Store } from './store/store.ts'

/** A nurse signs in once for a shift. */
export const signInMs = 12 * 60 * 60 * 1000

/** A browser that may speak for `staff`, as `actor`, until `expiresMs`; `tokenHash` names it. */
export type SignIn = {
  readonly tokenHash: string
  readonly staff: StaffParty
  readonly actor: Actor
  readonly expiresMs: number
  /** Since when its screen is locked; null while it is not. */
  readonly lockedMs: number | null
}

export type SignInOutcome =
  | { readonly type: 'signed-in'; readonly token: string; readonly staff: StaffParty }
  | { readonly type: 'unknown-code' }
  | { readonly type: 'used-code' }

/** Trades a one-time code for a token, in one transaction: a crash neither loses nor doubles it. */
export async function signIn(store: Store, code: string, nowMs: number): Promise<SignInOutcome> {
  return await store.db.transaction().execute(async (db): Promise<SignInOutcome> => {
    const redemption = await redeemCode(db, store.digest(code), 'sign-in', nowMs)
    if (redemption.type !== 'redeemed') return redemption
    const person = await findPerson(db, redemption.subjectId, nowMs)
    if (!person) return { type: 'unknown-code' }
    const { staff } = person
    return { type: 'signed-in', token: await beginSignIn(store, db, staff, 'link', nowMs), staff }
  })
}

/** What a sign-in through a provider brings along: its session there and what may be asked of it later. */
export type ProviderSession = {
  readonly sid: string | null
  readonly tokens: { readonly subject: string; readonly refresh: string | null }
}

/** Signs this person in and answers the token for the cookie. `how` is for the audit. Run it in a transaction. */
export async function beginSignIn(
  store: Store,
  db: Db,
  staff: StaffParty,
  how: 'link' | 'provider' | 'passkey' | 'password' | 'invitation',
  nowMs: number,
  session: ProviderSession | null = null,
): Promise<string> {
  const token = newToken()
  await db.deleteFrom('sign_ins').where('expires_ms', '<=', nowMs).execute()
  await db
    .insertInto('sign_ins')
    .values({
      token_hash: store.digest(token),
      staff_id: staff.staffId,
      created_ms: nowMs,
      expires_ms: nowMs + signInMs,
      locked_ms: null,
      seen_ms: nowMs,
      provider_sid: session?.sid ?? null,
      tokens: session && store.seal(JSON.stringify(session.tokens)),
      checked_ms: session && nowMs,
    })
    .execute()
  const agent = { type: 'staff', staffId: staff.staffId, role: staff.role } as const
  await recordAct(db, nowMs, { action: 'sign-in', agent, detail: how })
  return token
}

/** Somebody tried to sign in and was not let in. Whom they meant to be is not known, and is written nowhere. */
export async function recordFailedSignIn(
  db: Db,
  how: 'link' | 'passkey' | 'password',
  nowMs: number,
): Promise<void> {
  await recordAct(db, nowMs, {
    action: 'sign-in',
    outcome: 'refused',
    agent: { type: 'unknown' },
    detail: how,
  })
}

/** Who comes with this token, or null when it is nobody's any more. One that was away for long comes back locked. */
export async function findSignIn(store: Store, token: string, nowMs: number): Promise<SignIn | null> {
  const tokenHash = store.digest(token)
  const row = await store.db
    .selectFrom('sign_ins')
    .select(['token_hash', 'staff_id', 'expires_ms', 'locked_ms', 'seen_ms', 'tokens'])
    .where('token_hash', '=', tokenHash)
    .where('expires_ms', '>', nowMs)
    .executeTakeFirst()
  const found = row && (await findPerson(store.db, row.staff_id, nowMs))
  if (!found) return null
  return { tokenHash, ...found, expiresMs: row.expires_ms, lockedMs: await attend(store, row, nowMs) }
}

/** A member of staff as a party and as an actor; null when there is none, or none any more. */
export async function findPerson(
  db: Db,
  staffId: string,
  nowMs: number,
): Promise<{ readonly staff: StaffParty; readonly actor: Actor } | null> {
  const row = await db
    .selectFrom('staff')
    .selectAll()
    .where('staff_id', '=', staffId)
    .where('disabled_ms', 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const broken = await db
    .selectFrom('broken_glass')
    .select(['ward_id', 'until_ms'])
    .where('staff_id', '=', staffId)
    .where('until_ms', '>', nowMs)
    .orderBy('until_ms')
    .execute()
  const staff = partyOf(row)
  return { staff, actor: actorOf(staff.role, row.wards, broken) }
}

/** What somebody may by their row and the glass that they broke. */
export function actorOf(
  role: StaffParty['role'],
  wards: string,
  broken: readonly { readonly ward_id: string; readonly until_ms: number }[],
): Actor {
  return {
    role,
    wards: v.parse(wardScope, JSON.parse(wards)),
    broken: new Map(broken.map(({ ward_id, until_ms }) => [ward_id, until_ms])),
  }
}

const wardScope = v.union([v.literal('all'), v.array(v.string())])

/** Forgets a browser's token. */
export async function signOut(store: Store, signIn: SignIn, nowMs: number): Promise<void> {
  const { staffId, role } = signIn.staff
  await store.db.transaction().execute(async (db) => {
    await db.deleteFrom('sign_ins').where('token_hash', '=', signIn.tokenHash).execute()
    await recordAct(db, nowMs, { action: 'sign-out', agent: { type: 'staff', staffId, role } })
  })
}

/** Of anybody who is or was here; null: nobody. */
export async function roleOf(db: Db, staffId: string): Promise<StaffParty['role'] | null> {
  const query = db.selectFrom('staff').selectAll().where('staff_id', '=', staffId)
  const row = await query.executeTakeFirst()
  return row ? partyOf(row).role : null
}

export async function listStaff(db: Db): Promise<StaffParty[]> {
  const rows = await db
    .selectFrom('staff')
    .selectAll()
    .where('disabled_ms', 'is', null)
    .orderBy('name')
    .execute()
  return rows.map(partyOf)
}

export function partyOf(row: { staff_id: string; name: string; role: string }): StaffParty {
  return v.parse(staffParty, { type: 'staff', staffId: row.staff_id, name: row.name, role: row.role })
}
