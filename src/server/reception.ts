/** Who comes in: checks the credentials behind a hello and says which endpoint of which party it is. */

import type { Actor } from '../core/permissions.ts'
import { bedEndpoint, type EndpointId, tabEndpoint } from '../core/switchboard.ts'
import type { Party } from '../protocol/people.ts'
import type { Chain } from '../protocol/proof.ts'
import { challengeText, type Hello } from '../protocol/wire.ts'
import { keyIdOf } from './authority.ts'
import { chainFor, type DemoAuthority } from './demo-authority.ts'
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
  /** A tablet's own certificates, to be handed to it; a station asks over HTTP. */
  readonly chain: Chain | null
}

/** What the socket was opened with: the challenge it got and the cookie it came with. */
export type Greeting = { readonly nonce: string; readonly token: string | null }

export type Reception = {
  readonly store: Store
  readonly ward: Ward
  /** The one origin a bed may have signed for. */
  readonly origin: string
  readonly now: () => number
  /** Null in a real ward. */
  readonly authority: DemoAuthority | null
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
    chain: null,
  }
}

async function identifyBed(
  { store, ward, origin, now, authority }: Reception,
  hello: Extract<Hello, { client: 'bed' }>,
  nonce: string,
): Promise<Identity | null> {
  const text = challengeText(origin, hello.deviceId, nonce)
  const bedId = await findBedOfDevice(store.db, hello.deviceId, text, hello.signature)
  const bed = bedId === null ? undefined : ward.beds.get(bedId)
  if (!bed) return null
  const publicKey = await publicKeyOf(store, hello.deviceId)
  const { bedId: id, label, ward: wardName } = bed.party
  const tablet = {
    kind: 'bed',
    keyId: keyIdOf(publicKey),
    publicKey,
    ward: wardName,
    bedId: id,
    bed: label,
  } as const
  const chain = await chainFor(store.db, authority, tablet, now())
  const actor: Actor = { role: 'patient-device', wards: [ward.wardId], broken: new Map() }
  return { endpoint: bedEndpoint(bed.party.bedId), party: bed.party, actor, signIn: null, chain }
}

async function publicKeyOf({ db }: Store, deviceId: string): Promise<string> {
  const query = db.selectFrom('devices').select('public_key').where('device_id', '=', deviceId)
  return (await query.executeTakeFirstOrThrow()).public_key
}
