/** What a message of the hospital's record (HL7 v2 ADT) says, once it is read; and what may be said against it. */

export const adtTriggers = [
  ...(['A01', 'A02', 'A03', 'A08', 'A09', 'A10', 'A11', 'A12', 'A13'] as const),
  ...(['A17', 'A21', 'A22', 'A32', 'A33', 'A40', 'A52', 'A53'] as const),
]
export type AdtTrigger = (typeof adtTriggers)[number]

/** Departing and arriving, leave of absence and return, and each of them cancelled. */
const trackings: Partial<Record<AdtTrigger, 'away' | 'back'>> = {
  ...{ A09: 'away', A33: 'back', A10: 'back', A32: 'away' },
  ...{ A21: 'away', A52: 'back', A22: 'back', A53: 'away' },
}

/** Null: it says nothing of whether somebody is in their bed just now. */
export function trackingOf(trigger: AdtTrigger): 'away' | 'back' | null {
  return trackings[trigger] ?? null
}

/** Whether it leaves everybody where they lie. */
export function movesNobody(trigger: AdtTrigger): boolean {
  return trigger === 'A08' || trackingOf(trigger) !== null
}

/** A time as exactly as it was written: a minute is sixty seconds, and the hour that the clocks repeat is two. */
export type Moment = { readonly earliestMs: number; readonly latestMs: number }

/** PV1-3: point of care, room and bed, as the hospital calls them. */
export type Location = { readonly ward: string; readonly room: string; readonly bed: string }

/**
 * Somebody a message is about. Null: it does not say. `former`: the numbers that were theirs before (MRG-1). `isOut`: they
 * are at a place that is not their bed, for a while (PV1-11).
 */
export type AdtPerson = {
  readonly number: string | null
  readonly name: string | null
  readonly born: string | null
  readonly death: 'dead' | 'alive' | null
  readonly location: Location | null
  readonly former: string | null
  readonly isOut: boolean
}

export type AdtEvent = {
  readonly trigger: AdtTrigger
  /** EVN-2, or MSH-7 where that is empty. */
  readonly at: Moment | null
  readonly people: readonly AdtPerson[]
}

/** Why a message changes nothing and is answered by a NAK. The texts are `server/adt/answer.ts`'s. */
export const adtRefusals = [
  'unreadable',
  'too-large',
  'wrong-charset',
  'not-adt',
  'unsupported-event',
  'not-production',
  'missing-control-id',
  'control-id-reused',
  'missing-time',
  'time-ahead',
  'missing-patient',
  'missing-number',
  'missing-name',
  'missing-born',
  'missing-place',
  'missing-former',
  'unknown-bed',
  'bed-taken',
  'identity-differs',
  'both-here',
  'deceased',
] as const
export type AdtRefusal = (typeof adtRefusals)[number]

/** [ADT-2] The same moment, or one of the two might be: only what is surely older is. */
export function isOlder(one: Moment, than: Moment): boolean {
  return one.latestMs < than.earliestMs
}

export function laterOf(one: Moment | null, other: Moment): Moment {
  return one !== null && one.earliestMs > other.earliestMs ? one : other
}
