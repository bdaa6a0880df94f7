/** Who comes in: checks the credentials behind a hello and says which endpoint of which party it is. */
import type { Actor } from '../core/permissions.ts'
import { bedEndpoint, guestEndpoint, tabEndpoint } from '../core/switchboard-parties.ts'
import type { EndpointId } from '../core/switchboard-state.ts'
import type { BedParty, Party } from '../protocol/people.ts'
import type { Chain } from '../protocol/proof.ts'
import { challengeText, type Hello } from '../protocol/wire.ts'
import { keyIdOf } from './authority.ts'
import { chainFor, type DemoAuthority } from './demo-authority.ts'
import { recognise } from './devices.ts'
import type { Family } from './family/family.ts'
import type { Guests } from './guests.ts'
import { findSignIn, type SignIn } from './people.ts'
import type { Store } from './store/store.ts'
import { tabletStates } from './tablets.ts'
import type { Visits } from './visits/visits.ts'
import type { Ward } from './ward.ts'

export type Identity = {
  readonly endpoint: EndpointId
  readonly party: Party
  readonly actor: Actor
  /** The sign-in a station speaks for; null at a bed and of a guest. */
  readonly signIn: SignIn | null
  /** What a tablet is given to keep; null at a station. */
  readonly counter: number | null
  /** A tablet's own certificates, to be handed to it; a station asks over HTTP. */
  readonly chain: Chain | null
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
  /** Null in a real ward. */
  readonly authority: DemoAuthority | null
  readonly guests: Pick<Guests, 'recognise'>
  readonly visits: Pick<Visits, 'recognise'>
  readonly family: Pick<Family, 'recognise'>
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
    case 'guest':
      return await identifyGuest(reception, hello, greeting)
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
    chain: null,
  }
}

async function identifyBed(
  reception: Reception,
  hello: Extract<Hello, { client: 'bed' }>,
  { nonce, order }: Greeting,
): Promise<Identity | Held | Late | null> {
  const { store, ward, origin, now, newest } = reception
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
    chain: await chainOfTablet(reception, deviceId, bed.party),
  }
}

/** A guest is asked to one table, an outpatient to their own visit, a relative to one stay; none sees anything of the ward. */
async function identifyGuest(
  { guests, visits, family, origin }: Reception,
  { guestId, signature }: Extract<Hello, { client: 'guest' }>,
  { nonce }: Greeting,
): Promise<Identity | null> {
  const text = challengeText(origin, guestId, nonce, 0)
  const said = { text, signature }
  const party =
    (await guests.recognise(guestId, said)) ??
    (await visits.recognise(guestId, said)) ??
    (await family.recognise(guestId, said))
  if (!party) return null
  return {
    endpoint: guestEndpoint(guestId),
    party,
    actor: { role: 'guest', wards: [], broken: new Map() },
    signIn: null,
    counter: null,
    chain: null,
  }
}

/** A tablet's certificates; in the demo ward they are made here. */
async function chainOfTablet(
  { store, now, authority }: Reception,
  deviceId: string,
  { bedId, label, ward }: BedParty,
): Promise<Chain | null> {
  const publicKey = await publicKeyOf(store, deviceId)
  const tablet = { kind: 'bed', keyId: keyIdOf(publicKey), publicKey, ward, bedId, bed: label } as const
  return await chainFor(store.db, authority, tablet, now())
}

async function publicKeyOf({ db }: Store, deviceId: string): Promise<string> {
  const query = db.selectFrom('devices').select('public_key').where('device_id', '=', deviceId)
  return (await query.executeTakeFirstOrThrow()).public_key
}
