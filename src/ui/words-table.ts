/** What is said of a call of more than two, at bed and station and to guests. */
import type { Party } from '../core/call-state.ts'
import type { Parted, Seat } from '../state/calls.ts'
import { listOf } from './texts/dates.ts'
import { table } from './texts/table.ts'
import { nameOf, placeOf, roleOf, stageWords } from './words.ts'
import type { CoverWord } from './words-aside.ts'

export const tableWords = table('table')
export const askedWords = table('asked')
export const shortCovers: Record<CoverWord, string> = table('covers')
const parted = table('parted')

/** `Ben Okafor, doctor`: never one without the other. */
export function whoIs(party: Party): string {
  return `${nameOf(party)}, ${roleOf(party)}`
}

/** `In this call: Anna Laine, nurse, Ben Okafor, doctor`. */
export function peopleWord(parties: readonly Party[]): string {
  return tableWords.people({ people: listOf(parties.map(whoIs)) })
}

/** What a screen reader calls the picture of somebody at this table. */
export function videoWord(peer: Party, others: 'none' | 'some'): string {
  if (peer.type === 'bed') return stageWords.patient
  if (peer.type === 'staff' && others === 'none') return stageWords.staff
  return tableWords.video({ name: nameOf(peer) })
}

/** Whom one asks to come, or what is waited for: a patient is asked before anybody sees them (HZ-3). */
/** `who`: the person, or the duty by which they are asked. */
export function askingWord(peer: Party, heard: 'reaching' | 'ringing', who: string): string {
  return peer.type === 'bed' ? tableWords.patientAsked : tableWords[heard]({ who })
}

/** What stands before a colleague who is asked to come to a call: whose it is, where a patient is in it. */
export function askedToWord({ bed }: NonNullable<Seat['table']>): string {
  return bed ? tableWords.askedTo({ place: placeOf(bed.label, bed.ward) }) : tableWords.askedIn
}

type PartedWord = keyof typeof parted

/** What somebody was to this screen until then: in the call, asked from here to come, or at the patient's door. */
export type Was = 'seated' | 'asked' | 'atDoor'

const unanswered: Partial<Record<Parted['reason'], PartedWord>> = {
  declined: 'declined',
  'no-answer': 'unanswered',
  busy: 'busy',
  'table-full': 'full',
}

/** Whoever was in the call and is let go by a ring was waiting for the patient's word. */
const left: Partial<Record<Parted['reason'], PartedWord>> = {
  declined: 'unwanted',
  'no-answer': 'unheard',
  'connection-lost': 'lost',
  'verification-failed': 'unverified',
}

function partingOf({ reason }: Parted, was: Was): PartedWord {
  if (was === 'atDoor') return 'notIn'
  return was === 'asked' ? (unanswered[reason] ?? 'notAsked') : (left[reason] ?? 'left')
}

/** Who is no longer there, or did not come; null: whoever reads it did it themselves. */
export function partedWord(gone: Parted, was: Was, duty?: string): string | null {
  if (gone.by === 'me') return null
  return parted[partingOf(gone, was)]({ name: duty ?? nameOf(gone.peer) })
}
