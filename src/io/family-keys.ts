/**
 * What a relative's browser keeps of a link: its key, this browser's own, and whom it believes. In a database of its own, which a
 * ward's devices never open, for as long as the link is good.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'
import { checkChain } from '../core/proof.ts'
import type { FamilyLookAnswer } from '../protocol/family.ts'
import type { Chain } from '../protocol/proof.ts'
import { challengeText } from '../protocol/wire.ts'
import type { FamilyDevice } from '../state/family-ports.ts'
import { codeIdOf, openKey, readCode, secretOf, stationSeal } from './guest-code.ts'
import type { Credentials } from './notary.ts'
import { algorithm, base64url, examine, isSealed, seal } from './seal.ts'

type Kept = {
  readonly codeId: string
  readonly guestId: string
  readonly linkKey: CryptoKey
  readonly chain: Chain
  readonly root: string
  readonly publicKey: string
  readonly browserKey: CryptoKey
  readonly openedMs: number
}
interface Schema extends DBSchema {
  links: { key: string; value: Kept }
}

const name = 'bedside-family'

async function withDatabase<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const db = await openDB<Schema>(name, 1, {
    upgrade: (made) => void made.createObjectStore('links', { keyPath: 'codeId' }),
  })
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

async function read(codeId: string): Promise<Kept | null> {
  return (await withDatabase((db) => db.get('links', codeId))) ?? null
}

async function write(kept: Kept): Promise<void> {
  await withDatabase(async (db) => {
    const writing = db.transaction('links', 'readwrite', { durability: 'strict' })
    await Promise.all([writing.store.put(kept), writing.done])
  })
}

async function newest(): Promise<Kept | null> {
  const all = await withDatabase((db) => db.getAll('links')).catch(() => [])
  return all.toSorted((a, b) => b.openedMs - a.openedMs)[0] ?? null
}

/** A link may be pasted whole. */
function codeIn(typed: string): string | null {
  return readCode(typed.split('#').at(-1) ?? '')
}

/** The root of a chain that whoever made the link sealed, and whose head is this very key under this very name; null: it is not believed. */
async function rootBehind(
  code: string,
  { chain, guest, seal: sealed }: FamilyLookAnswer,
  linkKey: CryptoKey,
  nowMs: number,
): Promise<string | null> {
  const links = await examine(chain)
  const root = links.at(-1)?.keyId ?? ''
  if ((await stationSeal(await secretOf(code), root, chain[0]?.text ?? '')) !== sealed) return null
  const head = checkChain(links, root, nowMs)
  if (!head.ok || head.value.kind !== 'guest') return null
  const { guestId, label, publicKey } = head.value
  const isOwn = await isSealed(await seal(linkKey, guest.guestId), publicKey)
  return isOwn && guestId === guest.guestId && label === guest.name ? root : null
}

async function newBrowserKey(): Promise<Pick<Kept, 'publicKey' | 'browserKey'>> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign'])
  return {
    publicKey: base64url(await crypto.subtle.exportKey('spki', pair.publicKey)),
    browserKey: pair.privateKey,
  }
}

export const browserFamily: FamilyDevice = {
  async codeIdOf(typed) {
    const code = codeIn(typed)
    return code && (await codeIdOf(code))
  },
  async last() {
    return (await newest())?.codeId ?? null
  },
  async isKept(codeId) {
    const kept = await read(codeId)
    if (kept) await write({ ...kept, openedMs: Date.now() })
    return kept !== null
  },
  async keep(typed, answer, nowMs) {
    const code = codeIn(typed)
    const linkKey = code && (await openKey(code, answer.sealedKey))
    const root = code && linkKey && (await rootBehind(code, answer, linkKey, nowMs))
    if (!code || !linkKey || !root) return false
    const { guest, chain } = answer
    const about = { codeId: await codeIdOf(code), guestId: guest.guestId, openedMs: Date.now() }
    await write({ ...about, linkKey, chain, root, ...(await newBrowserKey()) })
    return true
  },
  async prepare(codeId) {
    const kept = await read(codeId)
    if (!kept) return null
    const { publicKey, linkKey } = kept
    return { codeId, publicKey, seal: (await seal(linkKey, publicKey)).signature }
  },
  async sign(codeId, nonce) {
    const kept = await read(codeId)
    if (!kept) return null
    const { guestId, browserKey } = kept
    const { signature } = await seal(browserKey, challengeText(location.origin, guestId, nonce, 0))
    return { guestId, signature }
  },
  async forget(codeId) {
    const left = await withDatabase(async (db) => {
      await db.delete('links', codeId)
      return await db.count('links')
    })
    if (left === 0) await deleteDB(name)
  },
}

/** What a call is signed with: the key of the link that is open here. */
export async function familyCredentials(): Promise<Credentials | null> {
  const kept = await newest()
  return kept && { root: kept.root, chain: kept.chain, privateKey: kept.linkKey }
}
