/** The lock of a browser that nobody touches: its sign-in stays, its screen shows no names until its person is back. */

import * as v from 'valibot'
import { staffRole } from '../../protocol/people.ts'
import type { UnlockWays } from '../../protocol/sign-in.ts'
import { recordAct } from '../audit/record.ts'
import type { SignIn } from '../people.ts'
import type { Db, Store } from '../store/store.ts'
import type { Standing } from './standing.ts'

/** What this person can prove themselves with. `provider`: the text of its button. */
export async function unlockWaysOf(db: Db, signIn: SignIn, provider: string | null): Promise<UnlockWays> {
  const { staffId } = signIn.staff
  const count = async (table: 'passkeys' | 'passwords' | 'staff_identities') =>
    (await db.selectFrom(table).select('staff_id').where('staff_id', '=', staffId).executeTakeFirst()) !==
    undefined
  return {
    passkey: await count('passkeys'),
    password: await count('passwords'),
    provider: (await count('staff_identities')) ? provider : null,
  }
}

/** False: there would be no way back in, so it is left open. */
export async function lock(
  store: Store,
  standing: Standing,
  signIn: SignIn,
  ways: UnlockWays,
  nowMs: number,
): Promise<boolean> {
  if (!ways.passkey && !ways.password && ways.provider === null) return false
  const { tokenHash, staff } = signIn
  if (signIn.lockedMs === null)
    await store.db.transaction().execute(async (db) => {
      await db.updateTable('sign_ins').set({ locked_ms: nowMs }).where('token_hash', '=', tokenHash).execute()
      const agent = { type: 'staff', staffId: staff.staffId, role: staff.role } as const
      await recordAct(db, nowMs, { action: 'lock', agent })
    })
  await standing.setLocked(tokenHash, 'locked')
  return true
}

/** Opens it again; `how` is for the audit. The caller has seen the proof. */
export async function unlock(
  store: Store,
  standing: Standing,
  tokenHash: string,
  how: 'passkey' | 'password' | 'provider',
  nowMs: number,
): Promise<void> {
  await store.db.transaction().execute(async (db) => {
    const row = await db
      .updateTable('sign_ins')
      .set({ locked_ms: null, seen_ms: nowMs })
      .where('token_hash', '=', tokenHash)
      .returning('staff_id')
      .executeTakeFirst()
    const person =
      row &&
      (await db.selectFrom('staff').select('role').where('staff_id', '=', row.staff_id).executeTakeFirst())
    if (!row || !person) return
    const agent = { type: 'staff', staffId: row.staff_id, role: v.parse(staffRole, person.role) } as const
    await recordAct(db, nowMs, { action: 'unlock', agent, detail: how })
  })
  await standing.setLocked(tokenHash, 'open')
}
