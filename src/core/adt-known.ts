/** What is known before a message of the hospital's record is decided, and what the decision says. */
import type { AdmissionChange } from '../protocol/admission.ts'
import type { Patient } from '../protocol/people.ts'
import type { Stays } from './admission.ts'
import type { AdtPerson, AdtRefusal, Moment } from './adt-event.ts'
import type { Layout, Place } from './adt-places.ts'

/** What was last heard of a number: where they lie, what they are called, whether they live, whether they are in their bed; null: never. */
export type Heard = {
  readonly placed: Moment | null
  readonly named: Moment | null
  readonly lived: Moment | null
  readonly isDead: boolean
  readonly tracked: Moment | null
  readonly isAway: boolean
}

export const unheard: Heard = {
  ...{ placed: null, named: null, lived: null, isDead: false, tracked: null, isAway: false },
}

export type Known = {
  readonly layout: Layout
  readonly stays: Stays
  /** By number, folded. */
  readonly heard: ReadonlyMap<string, Heard>
  /** When somebody last admitted, moved or discharged them by hand, by folded number. */
  readonly byHandMs: ReadonlyMap<string, number>
  /** When somebody last said by hand whether they are in their bed, by placing them or without. */
  readonly trackedByHandMs: ReadonlyMap<string, number>
  /** Admissions whose name and day of birth came from the hospital. */
  readonly namedByFeed: ReadonlySet<string>
  readonly nowMs: number
}

/** Where the hospital says somebody is, as against where they are here. */
export type Says = { readonly person: AdtPerson; readonly place: Place }

export type AdtDecision = {
  readonly refusal: AdtRefusal | null
  /** In their order; all of them or none. */
  readonly changes: readonly AdmissionChange[]
  readonly heard: ReadonlyMap<string, Heard>
  /** Nothing goes to, or rings for, any of them any more. */
  readonly dead: readonly Patient[]
  /** What is so by the hospital's last word; what of it differs from the ward is shown to staff. */
  readonly says: readonly Says[]
  /** It came after what happened later: by the hospital's own word, or by somebody's hand. */
  readonly late: 'feed' | 'hand' | null
}

/** A person as the rules ask about them. */
export type Asked = {
  readonly person: AdtPerson
  readonly key: string
  readonly heard: Heard
  /** Null: it says nothing of where they lie. */
  readonly place: Place | null
  readonly isDead: boolean
}

/** Nothing is done. */
export function nothingDone(refusal: AdtRefusal): AdtDecision {
  return { refusal, changes: [], heard: new Map(), dead: [], says: [], late: null }
}

/** [ADT-11] Whether nobody vouches for who lies where: nothing was heard for longer than was expected, or ever. */
export function isFeedSilent(heardMs: number | null, nowMs: number, expectedMs: number): boolean {
  return heardMs === null || nowMs - heardMs > expectedMs
}
