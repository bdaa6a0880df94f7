/** The routes about keys: a station registers its own, administrators hand in what they signed in their browsers. */
import { bedEndpoint } from '../core/switchboard-parties.ts'
import {
  adminGrant,
  certificateRequest,
  type KeysAnswer,
  keysRequest,
  stationKeyRequest,
} from '../protocol/keys.ts'
import type { Signed } from '../protocol/proof.ts'
import { isPublicKey } from './authority.ts'
import {
  adminCertificate,
  chainOf,
  listWaiting,
  registerStation,
  rootOf,
  takeCertificate,
  takeGrant,
} from './certificates.ts'
import { chainFor, type DemoAuthority } from './demo-authority.ts'
import type { RouteBook } from './routes.ts'
import { type Sessions, tell } from './session.ts'
import type { Store } from './store/store.ts'
import type { Ward } from './ward.ts'

export type KeysApiParts = {
  readonly store: Store
  readonly ward: Ward
  readonly sessions: Sessions
  /** Null in a real ward. */
  readonly authority: DemoAuthority | null
}

export function addKeysApi({ route }: RouteBook, { store, ward, sessions, authority }: KeysApiParts): void {
  const { db } = store

  route(
    'POST',
    '/station-key',
    { needs: 'session.own', takes: stationKeyRequest },
    async ({ body: { publicKey }, agent, nowMs }) => {
      if (agent.type !== 'staff') return { refusal: 'signed-out' }
      if (!isPublicKey(publicKey)) return { refusal: 'bad-request' }
      const keyId = await registerStation(db, publicKey, agent, nowMs)
      const station = { kind: 'station', keyId, publicKey, ward: ward.name } as const
      return { answer: { chain: await chainFor(db, authority, station, nowMs) } }
    },
  )

  route(
    'GET',
    '/keys',
    { needs: 'certificate.sign', takes: keysRequest },
    async ({ body: { keyId }, nowMs }) => {
      const root = await rootOf(db)
      const answer: KeysAnswer = {
        nowMs,
        demo: ward.demo,
        root: root && signedOf(root),
        admin: await adminCertificate(db, keyId, nowMs),
        waiting: await listWaiting(db, ward, nowMs),
      }
      return { answer }
    },
  )

  route(
    'POST',
    '/admin-certificate',
    { needs: 'certificate.sign', takes: adminGrant },
    async ({ body: { admin, root }, agent, nowMs }) => {
      const outcome = await takeGrant(db, admin, root, agent, nowMs)
      return outcome === 'kept' ? { answer: {} } : { refusal: outcome }
    },
  )

  route(
    'POST',
    '/certificates',
    { needs: 'certificate.sign', takes: certificateRequest },
    async ({ body: { certificate }, agent, nowMs }) => {
      const device = await takeCertificate(db, ward, certificate, agent, nowMs)
      if (!device) return { refusal: 'bad-request' }
      if (device.kind === 'bed') await handOut(device.bedId, device.keyId, nowMs)
      return { answer: {} }
    },
  )

  /** A tablet that waited is told at once; a station asks when it next begins, or calls. */
  async function handOut(bedId: string, keyId: string, nowMs: number): Promise<void> {
    const session = sessions.get(bedEndpoint(bedId))
    const chain = await chainOf(db, keyId, nowMs)
    if (session && chain) tell(session, { type: 'chain.changed', chain })
  }
}

function signedOf({ text, signature }: Signed): Signed {
  return { text, signature }
}
