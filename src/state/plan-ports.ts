/** What the sync of the plan asks of the world: a store, a journal, the server, the other tabs. */

import type { StaffParty } from '../protocol/people.ts'
import type { Row, RowName } from '../protocol/plan.ts'
import type { UnlockWays } from '../protocol/sign-in.ts'
import type { OutboxAct, SyncAnswer, SyncRequest } from '../protocol/sync.ts'
import type { Clock, LockState, Result } from './ports.ts'
import type { RunningSync } from './sync.ts'

/**
 * `full`: the browser gives no more room. `failed`: the store cannot be used now. `lost`: it is not the store that was
 * read, because the browser emptied it. `wiped`: this person signed out, in another tab perhaps.
 */
export type KeepFailure = 'full' | 'failed' | 'lost' | 'wiped'

/** An act that has no number yet: its number is given in the transaction that keeps it. */
export type NewAct = Pick<OutboxAct, 'actId' | 'version' | 'madeMs' | 'act'>

/** `isSent`: it may have reached the server, so it cannot be taken back any more. */
export type OutboxEntry = { readonly outboxAct: OutboxAct; readonly isSent: boolean }

/** `seq` grows with each fold. `asOfMs`: server's clock at its last complete answer; `contactMs`: this device's then. */
export type PlanMeta = {
  readonly deviceId: string
  readonly seq: number
  readonly epoch: string | null
  readonly cursor: string | null
  readonly asOfMs: number | null
  readonly contactMs: number | null
  readonly lastN: number
}

/** `reset`: `rows` are all there are; otherwise what changed since the `seq` that was asked for. */
export type KeptPlan = {
  readonly meta: PlanMeta
  readonly reset: boolean
  readonly rows: readonly Row[]
  readonly removed: readonly RowName[]
  /** In order of `n`. */
  readonly outbox: readonly OutboxEntry[]
  /** Acts that are settled: what the journal says of them is old. */
  readonly settled: ReadonlySet<string>
}

/** `took`: it changed the plan, so it is said again to a server that came back from a copy without it. */
export type Settled = { readonly actId: string; readonly took: 'yes' | 'no' }

/** How many acts, of how many bytes together, one request carries at most; the first act goes whatever its size. */
export type Batch = { readonly acts: number; readonly bytes: number }

/** One whole answer of the server, taken in one transaction or not at all. */
export type Fold = {
  /** What the store must still be, or another tab was faster, or it was emptied meanwhile. */
  readonly deviceId: string
  readonly seq: number
  readonly epoch: string
  readonly cursor: string
  readonly asOfMs: number
  readonly contactMs: number
  readonly reset: boolean
  readonly rows: readonly Row[]
  readonly removed: readonly RowName[]
  readonly settled: readonly Settled[]
  /** The server is another one: all it took before is said again, under this new name and from 1. Null: it is not. */
  readonly renewed: string | null
}

/**
 * What one person keeps in this browser. Everything is sealed before its transaction begins. Each method but `read`
 * fails with `lost` when the store is not the one that was read last.
 */
export type PlanStore = {
  /** Makes the store when there is none, named `newDeviceId`. `after`: a `seq`, or null for everything. */
  read(after: number | null, newDeviceId: string): Promise<Result<KeptPlan, KeepFailure>>
  /** Durable when it resolves. Acts that are known (kept or settled) are left as they are, and not answered. */
  append(acts: readonly NewAct[]): Promise<Result<readonly OutboxAct[], KeepFailure>>
  /** Marks the first acts as on their way, durably, and gives them. */
  take(batch: Batch): Promise<Result<readonly OutboxAct[], KeepFailure>>
  /** False: it is on its way, or gone. */
  takeBack(actId: string): Promise<boolean>
  /** `moved`: another tab was faster. */
  fold(fold: Fold): Promise<Result<null, KeepFailure | 'moved'>>
  /** No contact for too long: the confirmed rows go, and are asked for anew. */
  expire(): Promise<void>
  /** Everything of this person, the key first. */
  wipe(): Promise<void>
  /** `used`: 0 to 1. */
  room(): Promise<{ readonly persisted: boolean; readonly used: number }>
  /** Whether it outlives the page. */
  isDurable(): boolean
  /** The browser closed it: reading opens it again. */
  onLost(hear: () => void): void
  close(): void
}

/** `after`: how many acts this tab knew of, so that what two tabs wrote comes back in an order that makes sense. */
export type JournalEntry =
  | { readonly type: 'act'; readonly after: number; readonly act: NewAct }
  | { readonly type: 'forgotten'; readonly actId: string }

/** A file that outlives a killed browser, of one tab; what ended tabs left is read with it. */
export type Journal = {
  /** Resolves when it is on the disk. */
  append(entry: JournalEntry): Promise<Result<null, KeepFailure>>
  /** This tab's and what ended tabs left, in the order in which it was written. */
  read(): Promise<readonly JournalEntry[]>
  /** Keeps these acts only. */
  compact(keep: ReadonlySet<string>): Promise<void>
  wipe(): Promise<void>
  safety(): 'crash-safe' | 'tab-safe'
  close(): void
}

/**
 * `unreachable`: no answer, or one that promises nothing (5xx). `outdated`: it does not understand this version.
 * `another-person`: this browser's sign-in is somebody else's now.
 */
export type SyncFailure =
  | { readonly type: 'unreachable' }
  | { readonly type: 'signed-out' }
  | { readonly type: 'locked' }
  | { readonly type: 'another-person' }
  | { readonly type: 'outdated' }
  | { readonly type: 'too-many'; readonly afterMs: number }
  /** Something on the way, or the server, does not take a request of that size. */
  | { readonly type: 'too-large' }

export type SyncApi = { send(request: SyncRequest): Promise<Result<SyncAnswer, SyncFailure>> }

/** What tabs of one person tell each other; each word may be lost, or come twice. */
export type TabWord =
  /** Something is kept that was not, or the other way round. */
  | { readonly type: 'changed' }
  /** Would the leader ask the server. */
  | { readonly type: 'ask' }
  | { readonly type: 'met'; readonly meeting: Meeting }
  | { readonly type: 'wiped' }

/** How the last request ended: what the screens of all tabs show. `failure` null: all is here. */
export type Meeting = {
  readonly failure: Exclude<SyncFailure['type'], 'too-large'> | null
  readonly asOfMs: number | null
  readonly clockAheadMs: number | null
}

export type Tabs = {
  /** One of the tabs is, as far as it is known; two may be for a moment. */
  isLeader(): boolean
  tell(word: TabWord): void
  listen(hear: (word: TabWord) => void): void
  /** `then` is called when the network or the page comes back. */
  onAwake(then: () => void): void
  close(): void
}

export type SyncPorts = {
  readonly store: PlanStore
  readonly journal: Journal
  readonly api: SyncApi
  readonly tabs: Tabs
  readonly clock: Clock
  newId(): string
  /** 0 ≤ value < 1. */
  random(): number
}

/** Whose plan this browser holds: what a start without a network can know of who was signed in here. */
export type Resident = {
  readonly me: StaffParty
  readonly ward: string
  readonly demo: boolean
  /** What opens the lock, as last heard; without any it never falls. */
  readonly ways: UnlockWays | null
}

/** Everything of the plan that touches the browser; its code is loaded at the first use. */
export type PlanPort = {
  /** Opens what this person keeps here, or makes it, and begins to sync. */
  open(staffId: string): Promise<RunningSync>
  /** Who was signed in here last and had contact within the lease; null: nobody, or they are gone. */
  resident(): Promise<Resident | null>
  /** Somebody is signed in, as the server says. */
  welcome(resident: Resident): Promise<void>
  /** Nobody is signed in here any more: everybody's rows go, what was not sent waits for whoever wrote it. */
  dismiss(): Promise<void>
  /** How many changes of others wait here, unsent. */
  othersWaiting(staffId: string): Promise<number>
  /** Whether the screen was locked when it was last seen, in any tab and over any reload. */
  lastLock(): LockState
  noteLock(state: LockState): void
  /** The plan's zone (IANA) as it was last heard in this browser; before that, the device's own. */
  lastZone(): string
  noteZone(zone: string): void
  /** At once, whatever the store does: `resident` answers null until the next `welcome` is kept. */
  noteNobody(): void
}
