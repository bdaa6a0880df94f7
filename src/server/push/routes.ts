/** A person's own telephone, or any browser they are signed in with: told of requests, or not. */
import * as v from 'valibot'
import { type PhoneAnswer, phoneOn, phoneQuiet } from '../../protocol/push.ts'
import type { SignIn } from '../people.ts'
import type { RouteBook } from '../routes.ts'
import type { Store } from '../store/store.ts'
import type { Phones } from './phones.ts'
import { keepQuiet, quietOf } from './quiet.ts'
import { forgetPhone, hasPhone, keepPhone } from './subscriptions.ts'

const nothing = v.strictObject({})
/** Whoever may answer a request may be told of it. */
const needs = 'request.answer'

export function addPhoneRoutes(
  { route }: RouteBook,
  { store, phones }: { readonly store: Store; readonly phones: Phones },
): void {
  async function answerFor(signIn: SignIn): Promise<{ readonly answer: PhoneAnswer }> {
    const { key } = phones
    const on = key !== null && (await hasPhone(store.db, signIn.tokenHash))
    return { answer: { key, on, quiet: await quietOf(store.db, signIn.staff.staffId) } }
  }

  route('GET', '/phone', { needs, takes: nothing }, async ({ signIn }) =>
    signIn ? await answerFor(signIn) : { refusal: 'signed-out' },
  )

  route('POST', '/phone/on', { needs, takes: phoneOn }, async ({ body, signIn, nowMs }) => {
    if (!signIn) return { refusal: 'signed-out' }
    if (phones.key === null) return { refusal: 'conflict' }
    if (!phones.mayPostTo(body.subscription.endpoint)) return { refusal: 'bad-request' }
    await keepPhone(store, signIn, body, nowMs)
    return await answerFor(signIn)
  })

  route('POST', '/phone/off', { needs, takes: nothing }, async ({ signIn, nowMs }) => {
    if (!signIn) return { refusal: 'signed-out' }
    await forgetPhone(store.db, signIn, nowMs)
    return await answerFor(signIn)
  })

  route('POST', '/phone/quiet', { needs, takes: phoneQuiet }, async ({ body, signIn, nowMs }) => {
    if (!signIn) return { refusal: 'signed-out' }
    await keepQuiet(store.db, signIn, body.quiet, nowMs)
    return await answerFor(signIn)
  })
}
