/** The keys a station and an administrator sign with, and the root each part of this browser trusts; in IndexedDB. */
import { type DBSchema, openDB } from 'idb'
import { type Chain, decodeCertificate } from '../protocol/proof.ts'
import type { SigningPart, Trust, TrustPort } from '../state/ports.ts'
import { tabletKey } from './device.ts'
import type { Credentials } from './notary.ts'
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
  await navigator.storage?.persist?.()
  return await withDatabase(async (db) => {
    const change = db.transaction('keys', 'readwrite', { durability: 'strict' })
    // Two tabs may have begun at once: the first to get here has made the key of both.
    const first = await change.store.get(part)
    if (!first) await change.store.put(made, part)
    await change.done
    return first ?? made
  })
}

async function held(part: SigningPart): Promise<Trust> {
  return (await withDatabase((db) => db.get('trust', part))) ?? nothing
}

async function rootOf(chain: Chain): Promise<string | null> {
  const root = decodeCertificate(chain[2]?.text ?? '')
  return root && (await keyIdOf(root.publicKey))
}

/** What a link is signed with; null while this part of the browser has no certificate. */
export async function credentialsOf(part: 'bed' | 'station'): Promise<Credentials | null> {
  const [{ root, chain }, privateKey] = await Promise.all([held(part), privateKeyOf(part)])
  return root && chain && privateKey ? { root, chain, privateKey } : null
}

async function privateKeyOf(part: 'bed' | 'station'): Promise<CryptoKey | null> {
  if (part === 'bed') return await tabletKey()
  return (await withDatabase((db) => db.get('keys', part)))?.privateKey ?? null
}

export const browserTrust: TrustPort = {
  async ownKey(part) {
    const { publicKey } = await ownKey(part)
    return { publicKey, keyId: await keyIdOf(publicKey) }
  },
  held,
  async pin(part, root) {
    await withDatabase((db) => db.put('trust', { root, chain: null }, part))
  },
  async keep(part, chain) {
    const presented = await rootOf(chain)
    return await withDatabase(async (db) => {
      const change = db.transaction('trust', 'readwrite')
      const before = (await change.store.get(part)) ?? nothing
      const after: Trust = { root: before.root ?? presented, chain }
      await change.store.put(after, part)
      await change.done
      return after
    })
  },
  async seal(text) {
    return await seal((await ownKey('admin')).privateKey, text)
  },
  saveFile(name, text) {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
  },
}
