/** The keys a station and an administrator sign with, and the root each part of this browser trusts; in IndexedDB. */
import { type DBSchema, openDB } from 'idb'
import { type Chain, decodeCertificate, type Signed } from '../protocol/proof.ts'
import type { SigningPart, Trust, TrustPort } from '../state/ports.ts'
import { tabletKey } from './device.ts'
import type { Credentials } from './notary.ts'
import { askToPersist } from './persistence.ts'
import { algorithm, base64url, keyIdOf, seal } from './seal.ts'

type OwnKey = { readonly publicKey: string; readonly privateKey: CryptoKey }
interface Schema extends DBSchema {
  keys: { key: 'station' | 'admin'; value: OwnKey }
  trust: { key: SigningPart; value: Trust }
}

const nothing: Trust = { root: null, chain: null }

async function withDatabase<T>(work: (db: Awaited<ReturnType<typeof open>>) => Promise<T>): Promise<T> {
  const db = await open()
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

function open() {
  return openDB<Schema>('bedside-keys', 1, {
    upgrade(db) {
      db.createObjectStore('keys')
      db.createObjectStore('trust')
    },
  })
}

async function ownKey(part: 'station' | 'admin'): Promise<OwnKey> {
  const known = await withDatabase((db) => db.get('keys', part))
  if (known) return known
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign'])
  const made = {
    publicKey: base64url(await crypto.subtle.exportKey('spki', pair.publicKey)),
    privateKey: pair.privateKey,
  }
  void askToPersist()
  return await withDatabase(async (db) => {
    const writing = db.transaction('keys', 'readwrite', { durability: 'strict' })
    // Two tabs may have begun at once: the first to get here has made the key of both.
    const first = await writing.store.get(part)
    if (!first) await writing.store.put(made, part)
    await writing.done
    return first ?? made
  })
}

/** Signs with the key of this part of the browser. */
export async function sealAs(part: 'station' | 'admin', text: string): Promise<Signed> {
  return await seal((await ownKey(part)).privateKey, text)
}

async function held(part: SigningPart): Promise<Trust> {
  return (await withDatabase((db) => db.get('trust', part))) ?? remembrance(part)
}

/**
 * A killed browser can find its IndexedDB emptied. Whom to trust is kept a second time, so that a tablet does not
 * take the first root that is presented to it then; it is no secret.
 */
const rootKey = (part: SigningPart) => `bedside.root.${part}`

function remembrance(part: SigningPart): Trust {
  return { ...nothing, root: localStorage.getItem(rootKey(part)) }
}

function remember(part: SigningPart, root: string | null): void {
  if (root === null) localStorage.removeItem(rootKey(part))
  else localStorage.setItem(rootKey(part), root)
}

async function rootOf(chain: Chain): Promise<string | null> {
  const root = decodeCertificate(chain[2]?.text ?? '')
  return root && (await keyIdOf(root.publicKey))
}

/** What was read for the last link, so that the next one waits for no disk; null once something changed. */
const remembered = new Map<SigningPart, Promise<Credentials | null>>()

/** What a link is signed with; null while this part of the browser has no certificate. */
export async function credentialsOf(part: 'bed' | 'station' | 'guest'): Promise<Credentials | null> {
  // A ward's own devices never load what a guest needs.
  return part === 'guest'
    ? await (await import('./guest-keys.ts')).guestCredentials()
    : await ownCredentials(part)
}

function ownCredentials(part: 'bed' | 'station'): Promise<Credentials | null> {
  const known = remembered.get(part) ?? changing.then(() => readCredentials(part))
  remembered.set(part, known)
  // What could not be read is tried again at the next link.
  known.then((found) => found ?? remembered.delete(part)).catch(() => remembered.delete(part))
  return known
}

/** A change that is under way is waited for: the ring that follows a welcome finds what the welcome brought. */
let changing: Promise<unknown> = Promise.resolve()

async function change<T>(part: SigningPart, work: () => Promise<T>): Promise<T> {
  const done = changing.catch(() => {}).then(work)
  changing = done.catch(() => {})
  remembered.delete(part)
  try {
    return await done
  } finally {
    remembered.delete(part)
    if (part !== 'admin') void ownCredentials(part)
  }
}

async function readCredentials(part: 'bed' | 'station'): Promise<Credentials | null> {
  const [{ root, chain }, privateKey] = await Promise.all([held(part), privateKeyOf(part)])
  return root && chain && privateKey ? { root, chain, privateKey } : null
}

async function privateKeyOf(part: 'bed' | 'station'): Promise<CryptoKey | null> {
  if (part === 'bed') return await tabletKey()
  return (await withDatabase((db) => db.get('keys', part)))?.privateKey ?? null
}

async function keep(part: SigningPart, chain: Chain): Promise<Trust> {
  const presented = await rootOf(chain)
  return await withDatabase(async (db) => {
    const writing = db.transaction('trust', 'readwrite')
    const before = (await writing.store.get(part)) ?? remembrance(part)
    const after: Trust = { root: before.root ?? presented, chain }
    await writing.store.put(after, part)
    await writing.done
    remember(part, after.root)
    return after
  })
}

export const browserTrust: TrustPort = {
  async ownKey(part) {
    const { publicKey } = await ownKey(part)
    return { publicKey, keyId: await keyIdOf(publicKey) }
  },
  held,
  async pin(part, root) {
    await change(part, () => withDatabase((db) => db.put('trust', { root, chain: null }, part)))
    remember(part, root)
  },
  async keep(part, chain) {
    return await change(part, () => keep(part, chain))
  },
  seal: (text) => sealAs('admin', text),
  saveFile(name, text) {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  },
}
