/** Local accounts in a test: asking a route as a page does, inviting people, registering and using passkeys. */
import * as v from 'valibot'
import { invitationLink } from '../../src/protocol/sign-in.ts'
import type { FakePasskey } from '../fakes/passkey.ts'
import { post } from './client.ts'
import type { Ward } from './ward.ts'

const options = v.looseObject({ challenge: v.string() })

export async function challengeOf(origin: string, path: string, body: unknown, cookie = ''): Promise<string> {
  const answer = await post(origin, path, body, { cookie })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return v.parse(options, await answer.json()).challenge
}

export function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** An administrator's invitation: the code of the link, and whom it is for. */
export async function inviteNew(ward: Ward, name: string, role = 'nurse') {
  const cookie = await ward.signIn('Oskar Berg')
  const answer = await post(ward.origin, '/api/staff/add', { name, role }, { cookie })
  if (!answer.ok) throw new Error(`adding answered ${answer.status}`)
  const { staffId, url } = v.parse(invitationLink, await answer.json())
  return { staffId, admin: cookie, code: new URLSearchParams(new URL(url).hash.slice(1)).get('invite') ?? '' }
}

export async function acceptByPassword(origin: string, code: string, password: string): Promise<Response> {
  return await post(origin, '/api/invitation/password', { code, password })
}

export async function acceptByPasskey(origin: string, code: string, passkey: FakePasskey): Promise<Response> {
  const challenge = await challengeOf(origin, '/api/invitation/passkey-options', { code })
  return await post(origin, '/api/invitation/passkey', { code, passkey: passkey.make(challenge) })
}

export async function signInByPasskey(origin: string, passkey: FakePasskey): Promise<Response> {
  const challenge = await challengeOf(origin, '/api/sign-in/passkey-options', {})
  return await post(origin, '/api/sign-in/passkey', { passkey: passkey.use(challenge) })
}

export async function register(origin: string, cookie: string, passkey: FakePasskey): Promise<Response> {
  const challenge = await challengeOf(origin, '/api/passkey/options', {}, cookie)
  return await post(origin, '/api/passkey', { passkey: passkey.make(challenge) }, { cookie })
}

export async function unlockByPasskey(
  origin: string,
  cookie: string,
  passkey: FakePasskey,
): Promise<Response> {
  const challenge = await challengeOf(origin, '/api/unlock/passkey-options', {}, cookie)
  return await post(origin, '/api/unlock/passkey', { passkey: passkey.use(challenge) }, { cookie })
}
