/** Who comes in: checks the credentials behind a hello and says which endpoint of which party it is. */

import type { Actor } from '../core/permissions.ts'
import { bedEndpoint, type EndpointId, tabEndpoint } from '../core/switchboard.ts'
import type { Party } from '../protocol/people.ts'
import { challengeText, type Hello } from '../protocol/wire.ts'
import { findBedOfDevice } from './devices.ts'
import { findSignIn, type SignIn } from './people.ts'
import type { Store } from './store/store.ts'
import type { Ward } from './ward.ts'

export type Identity = {
  readonly endpoint: EndpointId
  readonly party: Party
  readonly actor: Actor
  /** The sign-in a station speaks for; null at a bed. */
  readonly signIn: SignIn | null
}

/** What the socket was opened with: the challenge it got and the cookie it came with. */
export type Greeting = { readonly nonce: string; readonly token: string | null }

export type Reception = {
  readonly store: Store
  readonly ward: Ward
  /** The one origin a bed may have signed for. */
  readonly origin: string
  readonly now: () => number
}

/** Null: not signed in, or no tablet of this ward. */
export async function identify(
  reception: Reception,
  hello: Hello,
  greeting: Greeting,
): Promise<Identity | null> {
  switch (hello.client) {
    case 'station':
      return await identifyStation(reception, hello.tabId, greeting.token)
    case 'bed':
      return await identifyBed(reception, hello, greeting.nonce)
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
  }
}

async function identifyBed(
  { store, ward, origin }: Reception,
  hello: Extract<Hello, { client: 'bed' }>,
  nonce: string,
): Promise<Identity | null> {
  const text = challengeText(origin, hello.deviceId, nonce)
  const bedId = await findBedOfDevice(store.db, hello.deviceId, text, hello.signature)
  const bed = bedId === null ? undefined : ward.beds.get(bedId)
  if (!bed) return null
  const actor: Actor = { role: 'patient-device', wards: [ward.wardId], broken: new Map() }
  return { endpoint: bedEndpoint(bed.party.bedId), party: bed.party, actor, signIn: null }
}
