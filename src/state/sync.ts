/** The ward's plan on this device: what the server confirmed, with what was written here and waits laid over it. */
import type { Signal } from '@preact/signals'
import type { Book } from '../core/plan/book.ts'
import type { Trouble } from '../core/plan/decide.ts'
import type { KeptAct } from '../protocol/plan.ts'
import type { OutboxAct } from '../protocol/sync.ts'
import type { Result } from './ports.ts'

/** `sinceMs`: when the server last said that this is all (milliseconds since 1970, server's clock). HZ-7. */
export type Freshness =
  | { readonly type: 'never' }
  | { readonly type: 'live'; readonly sinceMs: number }
  | { readonly type: 'offline'; readonly sinceMs: number }

/** Why what is written here is not sent now, though there may be a network. Nothing is lost by any of them. */
export type Held = 'signed-out' | 'locked' | 'outdated' | 'another-person'

/** An act that the server has not answered. `trouble`: what this device expects the server to say against it. */
export type PendingAct = {
  readonly outboxAct: OutboxAct
  readonly state: 'here' | 'sending' | 'held'
  readonly trouble: Trouble | null
}

/** `crash-safe`: a killed browser loses nothing. `full`: nothing more can be written until something is sent. */
export type Keeping = {
  readonly safety: 'crash-safe' | 'tab-safe' | 'memory-only'
  readonly persisted: boolean
  readonly room: 'plenty' | 'scarce' | 'full'
}

export type DoFailure = 'not-kept' | 'full' | 'nobody'

export type Sync = {
  /** A draft over the confirmed rows; a new one at each change, to be read and never written. */
  readonly view: Signal<Book>
  /** Rows that are not yet as the server has them, by `type/id`: which act touched them last. */
  readonly unconfirmed: Signal<ReadonlyMap<string, string>>
  readonly pending: Signal<readonly PendingAct[]>
  readonly freshness: Signal<Freshness>
  readonly held: Signal<Held | null>
  readonly keeping: Signal<Keeping>
  /** How far this device's clock is ahead of the server's, in milliseconds; null before the first answer. */
  readonly clockAheadMs: Signal<number | null>
  /** Resolves with the act's id once it is kept on this device: only then may a screen say so. */
  perform(act: KeptAct): Promise<Result<string, DoFailure>>
  /** What this device expects the server to say; null: nothing stands against it. */
  expect(act: KeptAct): Trouble | null
  /** Takes back what was not sent yet. False: it is on its way. */
  takeBack(actId: string): Promise<boolean>
  /** Asks the server now. */
  refresh(): void
}
