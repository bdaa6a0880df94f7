/**
 * Copies that wait to be sent, in a database of their own: sealed files, and a record of each that says nothing of whose it is.
 * What is said of it is sealed with the copy's own key, and that to this device.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { sealing } from '../../core/scan/sealed.ts'
import type { SealedKey } from '../../protocol/scan-copy.ts'
import type { CopyStop } from '../../state/scan-copies-ports.ts'

type Sealed = Uint8Array<ArrayBuffer>

export type KeptCopy = {
  readonly copyId: string
  readonly staffId: string
  readonly madeMs: number
  readonly lastsMs: number
  /** The copy's key, sealed to this device. */
  readonly self: SealedKey
  /** For whom and of whom it is, and its letter once that is written. */
  readonly about: Sealed
  /** The sealed length of each file, that of the list of contents first. */
  readonly lengths: readonly number[]
  readonly stop: CopyStop | null
}

interface Schema extends DBSchema {
  copies: { key: string; value: KeptCopy }
  files: { key: [string, number]; value: Sealed }
}
type Database = IDBPDatabase<Schema>

/** While files are written their record is not there yet: whoever tidies up waits for that. */
const keeping = 'bedside-copies-keep'

let opened: Promise<Database> | null = null

function database(): Promise<Database> {
  opened ??= openDB<Schema>('bedside-copies', 1, {
    upgrade(db) {
      db.createObjectStore('copies', { keyPath: 'copyId' })
      db.createObjectStore('files')
    },
    blocking(_current, _wanted, event) {
      const { target } = event
      if (target instanceof IDBDatabase) target.close()
      opened = null
    },
    terminated() {
      opened = null
    },
  }).catch((error: unknown) => {
    opened = null
    throw error
  })
  return opened
}

const filesOf = (copyId: string) => IDBKeyRange.bound([copyId], [copyId, []])

async function locked<T>(mode: LockMode, work: () => Promise<T>): Promise<T | null> {
  if (!navigator.locks) return await work()
  const options = mode === 'exclusive' ? { mode, ifAvailable: true } : { mode }
  return await navigator.locks.request(keeping, options, async (lock) => (lock ? await work() : null))
}

/** [COPY-5] What nobody can send or open any more goes: files whose record was never written, and whose time is over. */
async function tidy(nowMs: number): Promise<void> {
  await locked('exclusive', async () => {
    const db = await database()
    const there = new Set<string>()
    for (const { copyId, madeMs, lastsMs } of await db.getAll('copies')) {
      const overMs = nowMs - madeMs - lastsMs
      // Its sender is told of it for as long as any copy lasts.
      if (overMs >= sealing.mostMs) await drop(copyId)
      else if (overMs < 0) there.add(copyId)
    }
    const copyIds = new Set((await db.getAllKeys('files')).map(([copyId]) => copyId))
    for (const copyId of copyIds) if (!there.has(copyId)) await db.delete('files', filesOf(copyId))
  })
}

export type CopyShelf = {
  /** `files` are asked for one after the other; the record comes last, so that a copy is there whole or not at all. */
  keep(
    kept: (lengths: readonly number[]) => KeptCopy,
    files: AsyncIterable<Sealed>,
    copyId: string,
  ): Promise<void>
  all(): Promise<readonly KeptCopy[]>
  get(copyId: string): Promise<KeptCopy | null>
  /** Null: it is gone. */
  file(copyId: string, file: number): Promise<Sealed | null>
  /** False: it is gone, and nothing was written. */
  change(copyId: string, what: Partial<Pick<KeptCopy, 'about' | 'stop'>>): Promise<boolean>
  drop(copyId: string): Promise<void>
  tidy(nowMs: number): Promise<void>
}

async function drop(copyId: string): Promise<void> {
  const db = await database()
  const writing = db.transaction(['copies', 'files'], 'readwrite', { durability: 'strict' })
  await writing.objectStore('copies').delete(copyId)
  await writing.objectStore('files').delete(filesOf(copyId))
  await writing.done
}

export const browserShelf: CopyShelf = {
  async keep(kept, files, copyId) {
    await locked('shared', async () => {
      const db = await database()
      const lengths: number[] = []
      try {
        for await (const sealed of files) {
          const writing = db.transaction('files', 'readwrite', { durability: 'strict' })
          await Promise.all([writing.store.put(sealed, [copyId, lengths.length]), writing.done])
          lengths.push(sealed.length)
        }
        const writing = db.transaction('copies', 'readwrite', { durability: 'strict' })
        await Promise.all([writing.store.put(kept(lengths)), writing.done])
      } catch (error) {
        await drop(copyId).catch(() => {})
        throw error
      }
    })
  },
  all: async () =>
    (await (await database()).getAll('copies')).sort((one, other) => one.madeMs - other.madeMs),
  get: async (copyId) => (await (await database()).get('copies', copyId)) ?? null,
  file: async (copyId, file) => (await (await database()).get('files', [copyId, file])) ?? null,
  async change(copyId, what) {
    const db = await database()
    const writing = db.transaction('copies', 'readwrite', { durability: 'strict' })
    const before = await writing.store.get(copyId)
    if (before) await writing.store.put({ ...before, ...what })
    await writing.done
    return before !== undefined
  },
  drop,
  tidy,
}
