/** Signing in without a provider: by password, by passkey, and for the first time by an invitation. */
import * as v from 'valibot'
import type { StaffParty } from '../../protocol/people.ts'
import {
  invitationCode,
  invitationPasskey,
  invitationPassword,
  passkeyProof,
  passwordSignIn,
} from '../../protocol/sign-in.ts'
import type { Attempts } from '../attempts.ts'
import { tokenCookie } from '../cookie.ts'
import { beginSignIn, findPerson, recordFailedSignIn } from '../people.ts'
import type { Answer, Asked, RouteBook } from '../routes.ts'
import type { Db, Store } from '../store/store.ts'
import { endSignIns } from './ending.ts'
import { readInvitation, takeInvitation } from './invitations.ts'
import { keepPasskey, type Passkeys } from './passkeys.ts'
import { findByPassword, hashPassword, loginOf, setPassword } from './passwords.ts'
import type { Standing } from './standing.ts'

export type LocalParts = {
  readonly store: Store
  readonly origin: string
  readonly standing: Standing
  readonly passkeys: Passkeys
  readonly attempts: Attempts
}

const nothing = v.strictObject({})
const open = { needs: 'nothing', guessable: 'code' } as const
const credentials = { needs: 'nothing', guessable: 'sign-in' } as const

export function addLocalRoutes({ route }: RouteBook, parts: LocalParts): void {
  const { store, origin, standing, passkeys, attempts } = parts

  route('POST', '/sign-in/password', { ...credentials, takes: passwordSignIn }, async (asked) => {
    const { body, nowMs } = asked
    // By name as well as by address: many addresses may try one name.
    const key = `name:${loginOf(body.name)}`
    if (attempts.isBlocked(key, nowMs)) return { refusal: 'too-many' }
    const staffId = await findByPassword(store.db, body.name, body.password)
    if (staffId !== null) return await enter(asked, staffId, 'password')
    attempts.fail(key, nowMs)
    return await refuse('password', nowMs)
  })

  route('POST', '/sign-in/passkey-options', { needs: 'nothing', takes: nothing }, async () => ({
    answer: await passkeys.useOptions(null, 'sign-in'),
  }))

  route('POST', '/sign-in/passkey', { ...credentials, takes: passkeyProof }, async (asked) => {
    const staffId = await passkeys.checkUsed(asked.body.passkey, 'sign-in', asked.nowMs)
    if (staffId === null) return await refuse('passkey', asked.nowMs)
    return await enter(asked, staffId, 'passkey')
  })

  /** Whoever belongs to a provider comes in through it: it must be able to keep them out. */
  async function enter(asked: Asked<unknown>, staffId: string, how: 'password' | 'passkey'): Promise<Answer> {
    const { nowMs } = asked
    const outcome = await store.db.transaction().execute(async (db) => {
      const person = await findPerson(db, staffId, nowMs)
      const theirs = db.selectFrom('staff_identities').select('subject').where('staff_id', '=', staffId)
      if (!person || (await theirs.executeTakeFirst())) return null
      return { me: person.staff, token: await beginSignIn(store, db, person.staff, how, nowMs) }
    })
    return outcome ? await greet(asked, outcome) : await refuse(how, nowMs)
  }

  async function refuse(how: 'password' | 'passkey', nowMs: number): Promise<Answer> {
    await recordFailedSignIn(store.db, how, nowMs)
    return { refusal: 'wrong-credentials' }
  }

  /** A browser has one sign-in: the one it had ends, with its tabs. */
  async function greet(
    { reply, signIn, nowMs }: Asked<unknown>,
    { me, token }: { me: StaffParty; token: string },
  ): Promise<Answer> {
    if (signIn) await endSignIns(store, standing, [signIn.tokenHash], 'replaced', nowMs)
    reply.header('set-cookie', tokenCookie(origin, token))
    return { answer: { me } }
  }

  route('POST', '/invitation', { ...open, takes: invitationCode }, async ({ body, nowMs }) => {
    const invitee = await readInvitation(store, body.code, nowMs)
    if (typeof invitee === 'string') return { refusal: invitee }
    return { answer: { name: invitee.staff.name, role: invitee.staff.role, untilMs: invitee.untilMs } }
  })

  route(
    'POST',
    '/invitation/passkey-options',
    { ...open, takes: invitationCode },
    async ({ body, nowMs }) => {
      const invitee = await readInvitation(store, body.code, nowMs)
      if (typeof invitee === 'string') return { refusal: invitee }
      return { answer: await passkeys.newOptions(invitee.staff, `register:${invitee.staff.staffId}`) }
    },
  )

  route('POST', '/invitation/passkey', { ...open, takes: invitationPasskey }, async (asked) => {
    const { body, nowMs } = asked
    const invitee = await readInvitation(store, body.code, nowMs)
    if (typeof invitee === 'string') return { refusal: invitee }
    const { staffId } = invitee.staff
    const fresh = await passkeys.checkNew(body.passkey, `register:${staffId}`)
    if (!fresh) return { refusal: 'wrong-credentials' }
    return await accept(asked, body.code, invitee.staff, async (db) => {
      if (!(await keepPasskey(db, staffId, fresh, nowMs))) throw new Error('this passkey is kept already')
    })
  })

  route('POST', '/invitation/password', { ...open, takes: invitationPassword }, async (asked) => {
    const { body, nowMs } = asked
    const invitee = await readInvitation(store, body.code, nowMs)
    if (typeof invitee === 'string') return { refusal: invitee }
    const { staffId, name } = invitee.staff
    const hash = await hashPassword(body.password)
    return await accept(asked, body.code, invitee.staff, (db) => setPassword(db, staffId, name, hash, nowMs))
  })

  /** Uses the link up, puts the new way in place of any old one, and signs in; browsers of before are signed out. */
  async function accept(
    asked: Asked<unknown>,
    code: string,
    staff: StaffParty,
    keep: (db: Db) => Promise<void>,
  ): Promise<Answer> {
    const { nowMs } = asked
    const old = await signInsOf(staff.staffId)
    const token = await store.db.transaction().execute(async (db) => {
      if (!(await takeInvitation(db, store.digest(code), nowMs))) return null
      for (const table of ['passkeys', 'passwords', 'sign_ins'] as const)
        await db.deleteFrom(table).where('staff_id', '=', staff.staffId).execute()
      await keep(db)
      return await beginSignIn(store, db, staff, 'invitation', nowMs)
    })
    if (token === null) return { refusal: 'used-code' }
    await standing.end(old)
    await standing.review(staff.staffId)
    return await greet(asked, { me: staff, token })
  }

  async function signInsOf(staffId: string): Promise<string[]> {
    const rows = await store.db
      .selectFrom('sign_ins')
      .select('token_hash')
      .where('staff_id', '=', staffId)
      .execute()
    return rows.map(({ token_hash }) => token_hash)
  }
}
