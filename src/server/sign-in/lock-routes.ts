/** What a signed-in browser does about itself: its lock, what opens it, and the person's passkey. */
import * as v from 'valibot'
import { passkeyProof, passkeyRegistration, passwordUnlock } from '../../protocol/sign-in.ts'
import { recordAct } from '../audit/record.ts'
import { proveCookie } from '../cookie.ts'
import type { RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import { lock, unlock, unlockWaysOf } from './lock.ts'
import { keepPasskey, type Passkeys } from './passkeys.ts'
import { isPasswordOf } from './passwords.ts'
import type { Standing } from './standing.ts'

export type LockParts = {
  readonly store: Store
  readonly origin: string
  readonly standing: Standing
  readonly passkeys: Passkeys
  /** The text of the provider's button; null: there is none. */
  readonly providerName: string | null
}

const nothing = v.strictObject({})
const own = { needs: 'session.own' } as const
/** How a person gets out of the lock. */
const wayOut = { ...own, whileLocked: true } as const

export function addLockRoutes({ route }: RouteBook, parts: LockParts): void {
  const { store, origin, standing, passkeys, providerName } = parts

  route('GET', '/unlock-ways', { ...wayOut, takes: nothing }, async ({ signIn }) =>
    signIn ? { answer: await unlockWaysOf(store.db, signIn, providerName) } : { refusal: 'signed-out' },
  )

  route('POST', '/lock', { ...wayOut, takes: nothing }, async ({ signIn, nowMs, reply }) => {
    if (!signIn) return { refusal: 'signed-out' }
    const ways = await unlockWaysOf(store.db, signIn, providerName)
    if (!(await lock(store, standing, signIn, ways, nowMs))) return { refusal: 'conflict' }
    reply.header('set-cookie', proveCookie(origin, 'yes'))
    return { answer: {} }
  })

  route(
    'POST',
    '/unlock/password',
    { ...wayOut, takes: passwordUnlock, guessable: 'sign-in' },
    async (asked) => {
      const { signIn, body, nowMs } = asked
      if (!signIn) return { refusal: 'signed-out' }
      if (await isPasswordOf(store.db, signIn.staff.staffId, body.password)) {
        await unlock(store, standing, signIn.tokenHash, 'password', nowMs)
        return { answer: {} }
      }
      return { refusal: 'wrong-credentials' }
    },
  )

  route('POST', '/unlock/passkey-options', { ...wayOut, takes: nothing }, async ({ signIn }) => {
    if (!signIn) return { refusal: 'signed-out' }
    return { answer: await passkeys.useOptions(signIn.staff.staffId, `unlock:${signIn.tokenHash}`) }
  })

  route(
    'POST',
    '/unlock/passkey',
    { ...wayOut, takes: passkeyProof, guessable: 'sign-in' },
    async (asked) => {
      const { signIn, body, nowMs } = asked
      if (!signIn) return { refusal: 'signed-out' }
      const staffId = await passkeys.checkUsed(body.passkey, `unlock:${signIn.tokenHash}`, nowMs)
      if (staffId !== signIn.staff.staffId) return { refusal: 'wrong-credentials' }
      await unlock(store, standing, signIn.tokenHash, 'passkey', nowMs)
      return { answer: {} }
    },
  )

  route('POST', '/passkey/options', { ...own, takes: nothing }, async ({ signIn }) => {
    if (!signIn) return { refusal: 'signed-out' }
    return { answer: await passkeys.newOptions(signIn.staff, `register:${signIn.tokenHash}`) }
  })

  route(
    'POST',
    '/passkey',
    { ...own, takes: passkeyRegistration },
    async ({ signIn, body, agent, nowMs }) => {
      if (!signIn) return { refusal: 'signed-out' }
      const fresh = await passkeys.checkNew(body.passkey, `register:${signIn.tokenHash}`)
      if (!fresh) return { refusal: 'wrong-credentials' }
      const { staffId } = signIn.staff
      const isKept = await store.db.transaction().execute(async (db) => {
        if (!(await keepPasskey(db, staffId, fresh, nowMs))) return false
        const entity = { type: 'staff', id: staffId } as const
        await recordAct(db, nowMs, { action: 'staff-changed', agent, entity, detail: 'passkey registered' })
        return true
      })
      return isKept ? { answer: {} } : { refusal: 'conflict' }
    },
  )
}
