/**
 * What an outpatient's browser keeps of their visit: the link, a key of its own, and whom it believes. In a database of
 * its own that goes with the visit; where nothing may be kept, in memory.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'
import { checkChain } from '../core/proof.ts'
import type { Chain } from '../protocol/proof.ts'
import { challengeText } from '../protocol/wire.ts'
import type { KnownVisit, VisitDevice } from '../state/visit-ports.ts'
import type { Credentials } from './notary.ts'
import { algorithm, base64url, examine, seal } from './seal.ts'

type Pair = { readonly publicKey: string; readonly privateKey: CryptoKey }
type Kept = Omit<KnownVisit, 'isVouched'> & {
  readonly pair: Pair | null
  readonly openedMs: number
  readonly chain: Chain | null
  readonly root: string | null
}
interface Schema extends DBSchema {
  visits: { key: string; value: Kept }
}

const name = 'bedside-visit'
/** What nobody came back to for so long is of no visit any more. */
const keptMs = 60 * 24 * 60 * 60_000

async function withDatabase<T>(work: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  const db = await openDB<Schema>(name, 1, {
    upgrade: (made) => void made.createObjectStore('visits', { keyPath: 'token' }),
  })
  try {
    return await work(db)
  } finally {
    db.close()
  }
}

async function newPair(): Promise<Pair> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign'])
  return {
    publicKey: base64url(await crypto.subtle.exportKey('spki', pair.publicKey)),
    privateKey: pair.privateKey,
  }
}

/** A shelf in the database, or in memory for a window that may keep nothing. */
function createShelf() {
  const memory = new Map<string, Kept>()

  async function all(): Promise<Kept[]> {
    const stored = await withDatabase((db) => db.getAll('visits')).catch(() => [])
    const known = new Map([...stored, ...memory.values()].map((kept) => [kept.token, kept]))
    return [...known.values()].toSorted((a, b) => b.openedMs - a.openedMs)
  }

  async function write(kept: Kept): Promise<void> {
    const written = withDatabase(async (db) => {
      const writing = db.transaction('visits', 'readwrite', { durability: 'strict' })
      await Promise.all([writing.store.put(kept), writing.done])
    })
    await written.then(
      () => memory.delete(kept.token),
      () => memory.set(kept.token, kept),
    )
  }

  async function remove(tokens: readonly string[]): Promise<void> {
    for (const token of tokens) memory.delete(token)
    const left = await withDatabase(async (db) => {
      await Promise.all(tokens.map((token) => db.delete('visits', token)))
      return await db.count('visits')
    }).catch(() => 1)
    if (left === 0) await deleteDB(name)
  }

  return { all, write, remove }
}

/** The root of a chain that is about this visit's key; null: it is of something else. */
async function rootOf({ visitId, pair }: Kept, chain: Chain, nowMs: number): Promise<string | null> {
  const links = await examine(chain)
  const root = links.at(-1)?.keyId ?? ''
  const head = checkChain(links, root, nowMs)
  if (!head.ok || head.value.kind !== 'guest') return null
  const { guestId, tableId, publicKey } = head.value
  return guestId === visitId && tableId === visitId && publicKey === pair?.publicKey ? root : null
}

function knownOf({ token, visitId, chain, tested, language }: Kept): KnownVisit {
  return { token, visitId, isVouched: chain !== null, tested, language }
}

export function createVisitKeys(): {
  readonly device: VisitDevice
  /** What a link of the visit that is open is signed with; null while no station vouched for it. */
  credentials(): Promise<Credentials | null>
} {
  const shelf = createShelf()
  let present: string | null = null

  async function read(token: string): Promise<Kept | null> {
    return (await shelf.all()).find((kept) => kept.token === token) ?? null
  }

  async function change(token: string, changed: Partial<Kept>): Promise<void> {
    const kept = await read(token)
    if (kept) await shelf.write({ ...kept, ...changed })
  }

  async function opened(token: string | null): Promise<Kept | null> {
    const all = await shelf.all()
    const openedMs = Date.now()
    const old = all.filter((kept) => openedMs - kept.openedMs > keptMs).map((kept) => kept.token)
    if (old.length > 0) await shelf.remove(old)
    const known = token === null ? all[0] : all.find((kept) => kept.token === token)
    if (known) return { ...known, openedMs }
    if (token === null) return null
    const nothing = {
      visitId: null,
      tested: 'no',
      language: null,
      pair: null,
      chain: null,
      root: null,
    } as const
    return { token, ...nothing, openedMs }
  }

  const device: VisitDevice = {
    async open(token) {
      const kept = await opened(token)
      if (!kept) return null
      await shelf.write(kept)
      present = kept.token
      return knownOf(kept)
    },
    async prepare(token) {
      // No other link's: whoever else of a family has a visit in this browser is somebody else (HZ-1), and a link that is new binds anew.
      const pair = (await read(token))?.pair ?? (await newPair())
      await change(token, { pair })
      return pair.publicKey
    },
    begin: (token, visitId) => change(token, { visitId }),
    note: (token, what) => change(token, what),
    async sign(token, nonce) {
      const kept = await read(token)
      if (!kept?.pair || kept.visitId === null) return null
      const text = challengeText(location.origin, kept.visitId, nonce, 0)
      const { signature } = await seal(kept.pair.privateKey, text)
      return { guestId: kept.visitId, signature }
    },
    async vouch(token, chain, nowMs) {
      const kept = await read(token)
      const root = kept && (await rootOf(kept, chain, nowMs))
      // Whom this device believes stays the same for the whole visit.
      if (!root || (kept.root !== null && kept.root !== root)) return false
      await shelf.write({ ...kept, chain, root })
      return true
    },
    async forget(token) {
      const all = await shelf.all()
      const visitId = all.find((kept) => kept.token === token)?.visitId
      // An earlier link of the same visit goes with it.
      const same = all.filter((kept) => visitId && kept.visitId === visitId)
      await shelf.remove([token, ...same.map((kept) => kept.token)])
    },
  }

  async function credentials(): Promise<Credentials | null> {
    const kept = present === null ? null : await read(present)
    if (!kept?.pair || !kept.root || !kept.chain) return null
    return { root: kept.root, chain: kept.chain, privateKey: kept.pair.privateKey }
  }

  return { device, credentials }
}
