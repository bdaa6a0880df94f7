/** The database of the plan: its stores, its versions, and how it is opened again when the browser closed it. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { KeepFailure } from '../state/plan-ports.ts'

export type Sealed = Uint8Array<ArrayBuffer>

/**
 * `baseSeq`: the fold that begins with everything; `deltas`: how many came after it. `sentN`: acts up to here may have
 * been sent, which costs one record for a whole request; a store from before it was counted has none.
 */
export type KeptMeta = {
  readonly deviceId: string
  readonly keyId: string
  readonly seq: number
  readonly baseSeq: number
  readonly deltas: number
  readonly epoch: string | null
  readonly cursor: string | null
  readonly asOfMs: number | null
  readonly contactMs: number | null
  readonly lastN: number
  readonly sentN?: number
}

/** Numbers and ids are plain, because they are counted and looked up; everything that says something is sealed. */
export type KeptAct = {
  readonly staffId: string
  readonly n: number
  readonly actId: string
  readonly version: number
  readonly madeMs: number
  /** Where it was not counted. */
  readonly isSent: boolean
  readonly sealed: Sealed
}
export type KeptSettled = {
  readonly staffId: string
  readonly actId: string
  readonly n: number
  /** Server's clock. */
  readonly atMs: number
  /** What to say again to a server that came back from a copy; null: nothing. */
  readonly again: KeptAct | null
}
export type KeptFold = {
  readonly staffId: string
  readonly seq: number
  readonly part: number
  readonly sealed: Sealed
}
export type KeptPerson = { readonly staffId: string; readonly seenMs: number; readonly sealed: Sealed }

export interface PlanSchema extends DBSchema {
  meta: { key: string; value: KeptMeta }
  outbox: { key: [string, number]; value: KeptAct; indexes: { act: [string, string] } }
  settled: { key: [string, string]; value: KeptSettled }
  folds: { key: [string, number, number]; value: KeptFold }
  /** Stores that were emptied on purpose: a tab that still knows one must not fill it again. */
  wiped: { key: string; value: { readonly deviceId: string } }
  people: { key: string; value: KeptPerson }
}

export type PlanDatabase = IDBPDatabase<PlanSchema>

const name = 'bedside-plan'
/** Grows with the stores. `upgrade` goes forward from any version there was, and never touches the outbox. */
const version = 1

function upgrade(db: PlanDatabase, from: number): void {
  if (from < 1) {
    db.createObjectStore('meta')
    db.createObjectStore('outbox', { keyPath: ['staffId', 'n'] }).createIndex('act', ['staffId', 'actId'])
    db.createObjectStore('settled', { keyPath: ['staffId', 'actId'] })
    db.createObjectStore('folds', { keyPath: ['staffId', 'seq', 'part'] })
    db.createObjectStore('wiped', { keyPath: 'deviceId' })
    db.createObjectStore('people', { keyPath: 'staffId' })
  }
}

let opened: Promise<PlanDatabase> | null = null
const losers = new Set<() => void>()

/** `hear` is called when the browser closed the database, or another version of the program needs it. */
export function onDatabaseLost(hear: () => void): () => void {
  losers.add(hear)
  return () => losers.delete(hear)
}

function lose(): void {
  opened = null
  for (const hear of losers) hear()
}

/** Opened when needed, and again after it was closed. */
export function planDatabase(): Promise<PlanDatabase> {
  opened ??= openDB<PlanSchema>(name, version, {
    upgrade,
    blocking(_current, _wanted, event) {
      // A newer version of the program waits in another tab: it must not wait for this one.
      const { target } = event
      if (target instanceof IDBDatabase) target.close()
      opened = null
    },
    terminated: lose,
  }).catch((error: unknown) => {
    opened = null
    throw error
  })
  return opened
}

export function closeDatabase(): void {
  void opened?.then((db) => db.close()).catch(() => {})
  opened = null
}

/** Whether it may have reached the server. */
export function isSent(act: KeptAct, { sentN = 0 }: KeptMeta): boolean {
  return act.isSent || act.n <= sentN
}

/** Everything of one person in a store whose keys begin with theirs. */
export function rangeOf(staffId: string): IDBKeyRange {
  return IDBKeyRange.bound([staffId], [staffId, []])
}

export function failureOf(error: unknown): KeepFailure {
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'failed'
}
