/** What visits ask of the mail: letters are queued with the act that they are about, and say what is so when they leave. */

import type { Language } from '../../core/languages.ts'
import { reminderMs } from '../../core/visit.ts'
import type { Appointment } from '../../protocol/plan.ts'
import type { VisitMail } from '../../protocol/visit.ts'
import type { Db } from '../store/store.ts'

/** What travels by mail; its sequence grows with every change (RFC 5545 §3.8.7.4). */
export type LetterKind =
  | 'invitation'
  | 'update'
  | 'cancellation'
  | 'reminder-day'
  | 'reminder-soon'
  | 'new-link'

export type Letter = { readonly visitId: string; readonly kind: LetterKind; readonly dueMs: number }

/** That an invitation is no longer for whoever got it. `sequence`: of the entry in their calendar that is taken away. */
export type Withdrawn = {
  readonly visitId: string
  readonly entryId: string
  readonly to: string
  readonly sequence: number
  readonly language: Language
}

export type Post = {
  readonly isOn: boolean
  /** Whether the link goes to telephones as well. */
  readonly isTexting: boolean
  /** Queues it, durably, in the given transaction or by itself; it leaves as soon as `dueMs` has come. */
  queue(db: Db, letter: Letter): Promise<void>
  /** Queues it for an address that may know of this visit, once for each time that it came to know. */
  withdraw(db: Db, letter: Withdrawn): Promise<void>
  /** Reminders of this visit that have not left are dropped. */
  drop(db: Db, visitId: string): Promise<void>
  /** What failed is dealt with; false: it is not the newest any more, or did not fail. */
  deal(db: Db, visitId: string, atMs: number | null): Promise<boolean>
  /** For staff. */
  stateOf(db: Db, visitIds: readonly string[]): Promise<ReadonlyMap<string, VisitMail>>
}

/** What a letter says. `phone`: the patient's own, for a text message; `wardPhone`: where to ring instead. */
export type LetterFacts = {
  readonly link: string
  readonly to: string
  readonly phone: string | null
  readonly name: string
  readonly appointment: Appointment
  /** By which calendars know it, whichever occasion of a series it is now. */
  readonly entryId: string
  readonly language: Language
  readonly zone: string
  /** Of the clock on the hospital's wall. */
  readonly wardZone: string
  readonly ward: string
  readonly wardPhone: string | null
}

/** Asked when a letter leaves. Null: there is nothing to say any more. */
export type FactsOf = (visitId: string) => Promise<LetterFacts | null>

/** Nothing can be mailed from here. */
export const noPost: Post = {
  isOn: false,
  isTexting: false,
  queue: async () => {},
  withdraw: async () => {},
  drop: async () => {},
  deal: async () => false,
  stateOf: async () => new Map(),
}

export const noMail: VisitMail = { state: 'none', to: null, atMs: null, problem: null, isDealt: false }

/** This letter now, and the reminders of a time that is still ahead, in the place of those of another time. */
export async function queueWithReminders(
  db: Db,
  post: Post,
  letter: Pick<Letter, 'visitId' | 'kind'>,
  startMs: number,
  nowMs: number,
): Promise<void> {
  const { visitId } = letter
  await post.drop(db, visitId)
  await post.queue(db, { ...letter, dueMs: nowMs })
  const reminders = [
    { kind: 'reminder-day', dueMs: startMs - reminderMs.day },
    { kind: 'reminder-soon', dueMs: startMs - reminderMs.soon },
  ] as const
  for (const { kind, dueMs } of reminders) if (dueMs > nowMs) await post.queue(db, { visitId, kind, dueMs })
}
