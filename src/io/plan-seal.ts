/**
 * What the plan looks like at rest: AES-GCM under a key of the person's own that cannot be read out. The key lies in
 * IndexedDB and in a storage bucket, because a killed Chromium may find its IndexedDB emptied, and a journal without
 * its key would be lost with it.
 */
import { type DBSchema, type IDBPDatabase, wrap } from 'idb'

/** NIST SP 800-38D §8.2.2: 96 random bits, new for each sealing. */
const ivBytes = 12

export type Seal = {
  /** Another key has another id. */
  readonly keyId: string
  /** Whether the key lies in two places. */
  readonly isSpared: boolean
  /** `place`: where it is kept and under which name; what is moved to another place cannot be opened there. */
  close(place: string, value: unknown): Promise<Uint8Array<ArrayBuffer>>
  /** Undefined: it was sealed by another key, for another place, or damaged. */
  open(place: string, sealed: Uint8Array<ArrayBuffer>): Promise<unknown>
}

type KeptKey = { readonly keyId: string; readonly key: CryptoKey }
interface Schema extends DBSchema {
  keys: { key: string; value: KeptKey }
}

const name = 'bedside-plan-keys'

async function inMain(): Promise<IDBFactory | null> {
  return indexedDB
}

async function inSpare(): Promise<IDBFactory | null> {
  const bucket = await globalThis.navigator?.storageBuckets
    ?.open('bedside-plan', { persisted: true, durability: 'strict' })
    .catch(() => null)
  return bucket?.indexedDB ?? null
}

type Place = () => Promise<IDBFactory | null>

/** Opened for each use: keys are read once a page, and nothing then stands in the way of another version. */
async function withKeys<T>(place: Place, work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T | null> {
  const factory = await place()
  if (!factory) return null
  const request = factory.open(name, 1)
  request.onupgradeneeded = () => void request.result.createObjectStore('keys')
  const db = (await wrap(request)) as unknown as IDBPDatabase<Schema>
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

/** The key that was there first wins: two tabs may begin at once. */
async function keep(place: Place, staffId: string, made: KeptKey): Promise<KeptKey | null> {
  return await withKeys(place, async (db) => {
    const writing = db.transaction('keys', 'readwrite', { durability: 'strict' })
    const first = await writing.store.get(staffId)
    if (!first) await writing.store.put(made, staffId)
    await writing.done
    return first ?? made
  })
}

async function read(place: Place, staffId: string): Promise<KeptKey | null> {
  return (await withKeys(place, (db) => db.get('keys', staffId))) ?? null
}

/** The person's seal; made when there is none. Throws without IndexedDB. */
export async function openSeal(staffId: string): Promise<Seal> {
  const [main, other] = await Promise.all([read(inMain, staffId), read(inSpare, staffId).catch(() => null)])
  // Nearly always, and at each start: there is nothing to write.
  if (main && main.keyId === other?.keyId) return sealWith(main, true)
  const known = main ?? other
  const kept = (await keep(inMain, staffId, known ?? (await newKey()))) ?? known
  if (!kept) throw new Error('no place for a key')
  const spare = await keep(inSpare, staffId, kept).catch(() => null)
  return sealWith(kept, spare?.keyId === kept.keyId)
}

/** Read to know whose this browser is, and of use to whoever opens their plan next: each reading opens two databases. */
let ahead: { readonly staffId: string; readonly seal: Seal } | null = null

export async function openSealAhead(staffId: string): Promise<Seal> {
  const seal = await openSeal(staffId)
  ahead = { staffId, seal }
  return seal
}

/** The one that was opened ahead, once; a store that another key has sealed since says so when it is read. */
export async function takeSeal(staffId: string): Promise<Seal> {
  const mine = ahead
  ahead = null
  return mine?.staffId === staffId ? mine.seal : await openSeal(staffId)
}

/** Whether this person keeps something here. */
export async function hasSeal(staffId: string): Promise<boolean> {
  return (await read(inMain, staffId)) !== null || (await read(inSpare, staffId).catch(() => null)) !== null
}

/** Whatever is sealed with it is nobody's from now on. */
export async function breakSeal(staffId: string): Promise<void> {
  ahead = null
  for (const place of [inMain, inSpare])
    await withKeys(place, async (db) => {
      const writing = db.transaction('keys', 'readwrite', { durability: 'strict' })
      await Promise.all([writing.store.delete(staffId), writing.done])
    }).catch(() => null)
}

async function newKey(): Promise<KeptKey> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  return { keyId: crypto.randomUUID(), key }
}

function sealWith({ keyId, key }: KeptKey, isSpared: boolean): Seal {
  const terms = (iv: Uint8Array<ArrayBuffer>, place: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(place),
  })
  return {
    keyId,
    isSpared,
    async close(place, value) {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
      const plain = new TextEncoder().encode(JSON.stringify(value))
      const closed = await crypto.subtle.encrypt(terms(iv, place), key, plain)
      const sealed = new Uint8Array(ivBytes + closed.byteLength)
      sealed.set(iv)
      sealed.set(new Uint8Array(closed), ivBytes)
      return sealed
    },
    async open(place, sealed) {
      try {
        const iv = sealed.slice(0, ivBytes)
        const plain = await crypto.subtle.decrypt(terms(iv, place), key, sealed.subarray(ivBytes))
        return JSON.parse(new TextDecoder().decode(plain))
      } catch {
        return undefined
      }
    },
  }
}
