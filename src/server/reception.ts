/** Who comes in: checks the credentials behind a hello and says which endpoint of which party it is. */

import type { Actor } from '../core/permissions.ts'
import { bedEndpoint, type EndpointId, tabEndpoint } from '../core/switchboard.ts'
import type { Party } from '../protocol/people.ts'
import { challengeText, type Hello } from '../protocol/wire.ts'
import { recognise } from './devices.ts'
import { findSignIn, type SignIn } from './people.ts'
import type { Store } from './store/store.ts'
import { tabletStates } from './tablets.ts'
import type { Ward } from './ward.ts'

export type Identity = {
  readonly endpoint: EndpointId
  readonly party: Party
  readonly actor: Actor
  /** The sign-in a station speaks for; null at a bed. */
  readonly signIn: SignIn | null
  /** What a tablet is given to keep; null at a station. */
  readonly counter: number | null
}

/** A hello that was under way while its device came in by a newer socket: it says nothing of today. */
export type Late = { readonly type: 'late' }

/** A bed whose tablet exists twice; `isNews`: it was not known before. */
export type Held = { readonly type: 'held'; readonly bedId: string; readonly isNews: boolean }

/** What the socket was opened with: the challenge it got and the cookie it came with. */
export type Greeting = {
  readonly nonce: string
  readonly token: string | null
  /** Counts sockets in the order in which they were opened. */
  readonly order: number
}

export type Reception = {
  readonly store: Store
  readonly ward: Ward
  /** The one origin a bed may have signed for. */
  readonly origin: string
  readonly now: () => number
  /** The newest socket by which each device came in. */
  readonly newest: Map<string, number>
}

/** Null: not signed in, or no tablet of this ward. */
export async function identify(
  reception: Reception,
  hello: Hello,
  greeting: Greeting,
): Promise<Identity | Held | Late | null> {
  switch (hello.client) {
    case 'station':
      return await identifyStation(reception, hello.tabId, greeting.token)
    case 'bed':
      return await identifyBed(reception, hello, greeting)
  }
}

async function identifyStation(
  { store, now }: Reception,
  tabId: string,
  token: string | null,
): Promise<Identity | null> {
  const signIn = token === null ? null : await findSignIn(store, token, now())
  if (!signIn) return null
  return {
    endpoint: tabEndpoint(signIn.staff.staffId, tabId),
    party: signIn.staff,
    actor: signIn.actor,
    signIn,
    counter: null,
  }
}

async function identifyBed(
  { store, ward, origin, now, newest }: Reception,
  hello: Extract<Hello, { client: 'bed' }>,
  { nonce, order }: Greeting,
): Promise<Identity | Held | Late | null> {
  const { deviceId, signature, counter } = hello
  if (order < (newest.get(deviceId) ?? 0)) return { type: 'late' }
  const text = challengeText(origin, deviceId, nonce, counter)
  const found = await recognise(store.db, { deviceId, text, signature, counter }, now())
  if (found?.type === 'cloned') return { type: 'held', bedId: found.bedId, isNews: found.isNews }
  const bed = found ? ward.beds.get(found.bedId) : undefined
  if (!found || !bed) return null
  newest.set(deviceId, order)
  bed.tablet = (await tabletStates(store.db, now())).get(found.bedId) ?? 'none'
  const actor: Actor = { role: 'patient-device', wards: [ward.wardId], broken: new Map() }
  return {
    endpoint: bedEndpoint(bed.party.bedId),
    party: bed.party,
    actor,
    signIn: null,
    counter: found.counter,
  }
}
