/**
 * Where a tablet keeps its key: IndexedDB, and a second one in a storage bucket of its own where the browser has them,
 * because a killed Chromium can find its store damaged and empty it. What is missing in one place is put back from the
 * other. A third note, in localStorage and without the key, says which bed this was when both are gone.
 */
import { type DBSchema, type IDBPDatabase, wrap } from 'idb'
import * as v from 'valibot'
import type { BedIdentity, BedSettings, KeptCode, Waiting } from '../state/ports.ts'
import type { Sealed } from './stay-seal.ts'

/** `counter`: see `core/lineage.ts`. */
export type Stored = {
  readonly identity: BedIdentity
  readonly privateKey: CryptoKey
  readonly counter: number
}
export type StoredWaiting = { readonly waiting: Waiting; readonly privateKey: CryptoKey }
/** What is not sealed says nothing of anybody: that this tablet was started, and the number of the stay. */
export type Shell = Pick<BedSettings, 'started' | 'stayEpoch'>
export type KeptSettings = (Shell & Partial<Sealed>) | BedSettings
interface Schema extends DBSchema {
  device: { key: 'self' | 'waiting'; value: Stored | StoredWaiting }
  settings: { key: 'bed' | 'code'; value: KeptSettings | KeptCode }
}
export type Place = () => Promise<IDBPDatabase<Schema> | null>

const name = 'bedside'

function open(factory: IDBFactory, closed: () => void): Promise<IDBPDatabase<Schema>> {
  const request = factory.open(name, 1)
  request.onupgradeneeded = () => {
    for (const store of ['device', 'settings']) request.result.createObjectStore(store)
  }
  const opening = wrap(request) as unknown as Promise<IDBPDatabase<Schema>>
  return opening.then((database) => {
    database.addEventListener('close', closed)
    database.addEventListener('versionchange', () => {
      database.close()
      closed()
    })
    return database
  })
}

/** Opened when needed, and again after the browser closed it (its data cleared, its storage process gone). */
function placeIn(factory: () => Promise<IDBFactory | null>): Place {
  let opened: Promise<IDBPDatabase<Schema> | null> | undefined
  const forget = () => {
    opened = undefined
  }
  return () => {
    opened ??= factory()
      .then((found) => found && open(found, forget))
      .catch((error: unknown) => {
        forget()
        throw error
      })
    return opened
  }
}

export const main = placeIn(async () => indexedDB)
export const spare = placeIn(async () => {
  const bucket = await navigator.storageBuckets?.open(name, { persisted: true, durability: 'strict' })
  return bucket?.indexedDB ?? null
})

/** The spare place may be missing or fail; the tablet then has one key, as in browsers without buckets. */
async function readFrom(place: Place): Promise<Stored | null> {
  const stored = await (await place())?.get('device', 'self')
  return stored && 'identity' in stored ? { ...stored, counter: stored.counter ?? 0 } : null
}

async function writeTo(place: Place, stored: Stored): Promise<void> {
  const database = await place()
  if (!database) return
  const writing = database.transaction('device', 'readwrite', { durability: 'strict' })
  const old = await writing.store.get('self')
  // Two windows write in any order: a number that was given later must not be lost to an earlier one.
  const isSame = old && 'identity' in old && old.identity.deviceId === stored.identity.deviceId
  const counter = isSame ? Math.max(old.counter ?? 0, stored.counter) : stored.counter
  await Promise.all([writing.store.put({ ...stored, counter }, 'self'), writing.done])
}

/** What this browser holds, whole in both places again when it was missing in one. Throws without IndexedDB. */
export async function readVault(): Promise<Stored | null> {
  const [spared, usual] = await Promise.allSettled([readFrom(spare), readFrom(main)])
  const second = spared.status === 'fulfilled' ? spared.value : null
  // A main place that cannot even be opened is as good as empty, as long as there is another.
  if (usual.status === 'rejected' && !second) throw usual.reason
  const first = usual.status === 'fulfilled' ? usual.value : null
  const note = readNote()
  const isCurrent = (stored: Stored | null) => stored?.identity.deviceId === note?.identity.deviceId
  const kept = first && (isCurrent(first) || !isCurrent(second)) ? first : (second ?? first)
  if (!kept) return null
  const same = [first, second].filter((stored) => stored?.identity.deviceId === kept.identity.deviceId)
  const counters = same.map((stored) => stored?.counter ?? 0)
  const noted = note?.identity.deviceId === kept.identity.deviceId ? note.counter : 0
  const whole: Stored = { ...kept, counter: Math.max(noted, ...counters) }
  if (same.length < 2) await writeVault(whole).catch(() => {})
  return whole
}

export async function writeVault(stored: Stored): Promise<void> {
  writeNote({ identity: stored.identity, counter: stored.counter })
  await writeTo(main, stored)
  await writeTo(spare, stored).catch(() => {})
}

export async function readWaiting(): Promise<StoredWaiting | null> {
  const stored = await (await main())?.get('device', 'waiting')
  return stored && 'waiting' in stored ? stored : null
}

/** Null: nothing waits any more. */
export async function writeWaiting(stored: StoredWaiting | null): Promise<void> {
  const writing = (await main())?.transaction('device', 'readwrite', { durability: 'strict' })
  if (!writing) return
  const { store, done } = writing
  await Promise.all([stored ? store.put(stored, 'waiting') : store.delete('waiting'), done])
}

const noteSchema = v.strictObject({
  identity: v.strictObject({ deviceId: v.string(), label: v.string(), ward: v.string() }),
  counter: v.number(),
})
const noteKey = 'bedside.tablet'

/** Which bed this browser was, whether or not it still has the key. */
export function readNote(): v.InferOutput<typeof noteSchema> | null {
  return parse(noteSchema, noteKey)
}

function writeNote(note: v.InferOutput<typeof noteSchema>): void {
  localStorage.setItem(noteKey, JSON.stringify(note))
}

export function forgetNote(): void {
  localStorage.removeItem(noteKey)
}

/** What localStorage has under this key; null: nothing that can be read. */
export function parse<S extends v.GenericSchema>(schema: S, key: string): v.InferOutput<S> | null {
  try {
    const result = v.safeParse(schema, JSON.parse(localStorage.getItem(key) ?? 'null'))
    return result.success ? result.output : null
  } catch {
    return null
  }
}
