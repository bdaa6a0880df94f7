/** What a visit asks of the mail: letters are queued with the change they tell of, and sent by themselves. */
import type { Language } from '../../core/languages.ts'
import type { Appointment } from '../../protocol/plan.ts'
import type { VisitMail } from '../../protocol/visit.ts'
import type { Db } from '../store/store.ts'

/** What travels by mail; `sequence` grows with every change (RFC 5545 §3.8.7.4). */
export type LetterKind =
  | 'invitation'
  | 'update'
  | 'cancellation'
  | 'reminder-day'
  | 'reminder-soon'
  | 'new-link'

export type Post = {
  readonly isOn: boolean
  /** Queues it, durably, in the given transaction or by itself; sent as soon as `dueMs` has come. Reminders that were queued for this visit before are replaced by those given anew. */
  queue(
    db: Db,
    letter: { readonly visitId: string; readonly kind: LetterKind; readonly dueMs: number },
  ): Promise<void>
  /** Reminders of this visit that were not sent are dropped. */
  drop(db: Db, visitId: string): Promise<void>
  /** For staff. */
  stateOf(db: Db, visitIds: readonly string[]): Promise<ReadonlyMap<string, VisitMail>>
}

/** What a letter says, asked when it is sent. */
export type LetterFacts = {
  readonly link: string
  readonly to: string
  readonly phone: string | null
  readonly name: string
  readonly appointment: Appointment
  readonly language: Language
  readonly zone: string
  readonly ward: string
  readonly wardPhone: string | null
}

/** Null: there is nothing to say any more, and it is dropped. */
export type FactsOf = (visitId: string) => Promise<LetterFacts | null>
