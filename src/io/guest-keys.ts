/**
 * A guest's own key on their own device, for one visit: made when they join, bound to the code by a seal, trusted by the
 * station's certificate, and forgotten when the visit is over. In a database of its own, which a ward's devices never open.
 */
import { type DBSchema, openDB } from 'idb'
import { checkChain } from '../core/proof.ts'
import type { Chain } from '../protocol/proof.ts'
import { challengeText } from '../protocol/wire.ts'
import type { GuestDevice, GuestVisit } from '../state/ports.ts'
import { codeIdOf, guestSeal, readCode, secretOf, stationSeal } from './guest-code.ts'
import type { Credentials } from './notary.ts'
import { algorithm, base64url, examine, seal } from './seal.ts'

/** `guestId` null: it was not redeemed yet, as far as this device knows. `chain` and `root` null: not let in yet. */
type Kept = {
  readonly codeId: string
  readonly secret: string
  readonly publicKey: string
  readonly privateKey: CryptoKey
  readonly guestId: string | null
  readonly chain: Chain | null
  readonly root: string | null
}
interface Schema extends DBSchema {
  visit: { key: 'own'; value: Kept }
}

const name = 'bedside-guest'

function open() {
  return openDB<Schema>(name, 1, { upgrade: (db) => void db.createObjectStore('visit') })
}

async function withDatabase<T>(work: (db: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const db = await open()
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

async function read(): Promise<Kept | null> {
  return (await withDatabase((db) => db.get('visit', 'own'))) ?? null
}

async function write(kept: Kept): Promise<void> {
  await withDatabase(async (db) => {
    const writing = db.transaction('visit', 'readwrite', { durability: 'strict' })
    await Promise.all([writing.store.put(kept, 'own'), writing.done])
  })
}

async function newKept(code: string): Promise<Kept> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign'])
  return {
    codeId: await codeIdOf(code),
    secret: await secretOf(code),
    publicKey: base64url(await crypto.subtle.exportKey('spki', pair.publicKey)),
    privateKey: pair.privateKey,
    guestId: null,
    chain: null,
    root: null,
  }
}

/** The root of a chain that is about this guest and whose root and head whoever made the code sealed; null: it is not believed. */
async function rootBehind(kept: Kept, chain: Chain, sealed: string, nowMs: number): Promise<string | null> {
  const links = await examine(chain)
  const root = links.at(-1)?.keyId ?? ''
  if ((await stationSeal(kept.secret, root, chain[0]?.text ?? '')) !== sealed) return null
  const head = checkChain(links, root, nowMs)
  if (!head.ok || head.value.kind !== 'guest') return null
  const { guestId, publicKey } = head.value
  return guestId === kept.guestId && publicKey === kept.publicKey ? root : null
}

/** What a link is signed with; null while this guest is not let in. */
export async function guestCredentials(): Promise<Credentials | null> {
  const kept = await read()
  return kept?.root && kept.chain ? { root: kept.root, chain: kept.chain, privateKey: kept.privateKey } : null
}

function visitOf({ guestId, codeId, chain }: Kept): GuestVisit | null {
  return guestId === null ? null : { guestId, codeId, isAdmitted: chain !== null }
}

export const browserGuest: GuestDevice = {
  async codeIdOf(typed) {
    const code = readCode(typed)
    return code && (await codeIdOf(code))
  },
  async visit() {
    const kept = await read()
    return kept && visitOf(kept)
  },
  async prepare(typed) {
    const code = readCode(typed)
    if (!code) return null
    const codeId = await codeIdOf(code)
    const before = await read()
    // Whose answer was lost asks again with the same key: for another one the code is used up.
    const kept = before?.codeId === codeId ? before : await newKept(code)
    await write(kept)
    return { codeId, publicKey: kept.publicKey, seal: await guestSeal(kept.secret, kept.publicKey) }
  },
  async begin(guestId) {
    const kept = await read()
    if (kept) await write({ ...kept, guestId })
  },
  async sign(nonce) {
    const kept = await read()
    if (!kept || kept.guestId === null) return null
    const { guestId, privateKey } = kept
    const { signature } = await seal(privateKey, challengeText(location.origin, guestId, nonce, 0))
    return { guestId, signature }
  },
  async admit(chain, sealed, nowMs) {
    const kept = await read()
    const root = kept && (await rootBehind(kept, chain, sealed, nowMs))
    if (!kept || !root) return false
    // Whom this device believes stays the same for the whole visit.
    if (kept.root !== null && kept.root !== root) return false
    await write({ ...kept, chain, root })
    return true
  },
  async forget() {
    await withDatabase((db) => db.clear('visit'))
  },
}
