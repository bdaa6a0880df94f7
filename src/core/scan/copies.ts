/** Of sealed copies: in which state one is, and who may have what of it. Rules are numbered in SPEC.md. */
import type { Addressee } from '../../protocol/duty.ts'
import type { StaffParty } from '../../protocol/people.ts'
import type { copyStates } from '../../protocol/scan-copies.ts'
import type { CopyLetter } from '../../protocol/scan-copy.ts'
import { permissionOf } from '../permissions.ts'

export const copyTimes = {
  /** One that does not go on coming for so long is given up. */
  comingMs: 24 * 3_600_000,
  /** So long one that has ended is named in a list. */
  listedMs: 24 * 3_600_000,
  /** A device on which somebody has not signed in for so long is not sealed to. */
  unseenMs: 60 * 24 * 3_600_000,
  /** Whose stay is over for no longer than this can be told by the number. */
  recentMs: 30 * 24 * 3_600_000,
}

export type CopyState = (typeof copyStates)[number]
export type CopyEnd = Extract<CopyState, 'withdrawn' | 'expired'>

/** What the state of one hangs on. `wholeMs`: since when all of it is there. */
export type CopyLife = {
  readonly expiresMs: number
  readonly wholeMs: number | null
  readonly ended: CopyEnd | null
}

/** [COPY-6] An end is for good, and its time is over when it is over, whether somebody has noticed or not. */
export function copyStateOf({ expiresMs, wholeMs, ended }: CopyLife, nowMs: number): CopyState {
  if (ended !== null) return ended
  if (nowMs >= expiresMs) return 'expired'
  return wholeMs === null ? 'coming' : 'there'
}

/** What somebody is to a copy. `addressed`: it is for them by its address, and they do not have it yet. */
export type CopyStanding = 'sender' | 'reader' | 'addressed' | 'nobody'

export type CopyPeople = {
  readonly senderId: string
  readonly to: Addressee
  readonly readerIds: readonly string[]
}

/** [COPY-7] `dutyIds`: the duties this person has now. */
export function standingTo(
  { senderId, to, readerIds }: CopyPeople,
  staffId: string,
  dutyIds: ReadonlySet<string>,
): CopyStanding {
  if (staffId === senderId) return 'sender'
  if (readerIds.includes(staffId)) return 'reader'
  const isAddressed = to.type === 'staff' ? to.staffId === staffId : dutyIds.has(to.dutyId)
  return isAddressed ? 'addressed' : 'nobody'
}

/** [COPY-6] [COPY-7] Nothing of it but while it is there; whoever does not have it yet sees that it is not sealed to them. */
export function mayHave(what: 'envelope' | 'files', standing: CopyStanding, state: CopyState): boolean {
  if (state !== 'there' || standing === 'nobody') return false
  return what === 'envelope' || standing !== 'addressed'
}

/** [COPY-7] Those of whom it is addressed to who may be shown scans; nobody sends one to themselves. */
export function mayReceive(people: readonly StaffParty[], senderId: string): StaffParty[] {
  return people.filter(
    ({ staffId, role }) => staffId !== senderId && permissionOf(role, 'scan.receive-copy') !== 'no',
  )
}

/** [COPY-7] Who gets it: addressed, and with a device that it is sealed to. */
export function readersOf(
  addressed: readonly StaffParty[],
  devices: readonly { readonly staffId: string; readonly keyId: string }[],
  sealedTo: ReadonlySet<string>,
): StaffParty[] {
  const has = new Set(devices.filter(({ keyId }) => sealedTo.has(keyId)).map(({ staffId }) => staffId))
  return addressed.filter(({ staffId }) => has.has(staffId))
}

/**
 * [COPY-7] Which devices it is sealed to when there are more than fit, with room for the sender's own: by turns one of
 * each person, their last used first.
 */
export function devicesToSeal<D extends { readonly staffId: string; readonly seenMs: number }>(
  devices: readonly D[],
  most: number,
): D[] {
  const ofPerson = Map.groupBy(
    devices.toSorted((a, b) => b.seenMs - a.seenMs),
    ({ staffId }) => staffId,
  )
  const deepest = Math.max(0, ...[...ofPerson.values()].map(({ length }) => length))
  const turns = Array.from({ length: deepest }, (_, turn) =>
    [...ofPerson.values()].flatMap((own) => own[turn] ?? []),
  )
  return turns.flat().slice(0, most)
}

/** [COPY-8] Whether this letter is of the same copy, and of no longer life. */
export function isSameCopy(
  before: Pick<CopyLetter, 'copyId' | 'contents' | 'patientNumber' | 'expiresMs'>,
  anew: CopyLetter,
): boolean {
  return (
    anew.copyId === before.copyId &&
    anew.contents === before.contents &&
    anew.patientNumber === before.patientNumber &&
    anew.expiresMs <= before.expiresMs
  )
}
