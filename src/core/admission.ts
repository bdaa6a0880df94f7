/**
 * Who lies in which bed, as one pure function: what may follow what, and how the number of a bed's stay grows.
 * Rules are ADMIT-n in SPEC.md.
 */
import type {
  AdmissionAct,
  AdmissionChange,
  AdmissionCorrection,
  AdmissionRefusal,
} from '../protocol/admission.ts'
import type { Patient, Stay } from '../protocol/people.ts'

/** A patient's time in the ward. `bedId` null: it is over, and stays over. */
export type Admission = {
  readonly admissionId: string
  readonly patient: Patient
  readonly bedId: string | null
  /** They are not in that bed for a while. */
  readonly isAway: boolean
}

/** `admissions`: all that go on, and of those that are over at least the one an act names. */
export type Stays = {
  readonly beds: ReadonlyMap<string, Stay>
  readonly admissions: ReadonlyMap<string, Admission>
}

export type AdmissionOutcome =
  /** `touched`: the beds whose stay is another one now. */
  | { readonly type: 'done'; readonly stays: Stays; readonly touched: readonly string[] }
  | { readonly type: 'refused'; readonly why: AdmissionRefusal }

/** What the act makes of the ward, or why it is refused. Total and pure. */
export function applyAdmission(stays: Stays, act: AdmissionChange): AdmissionOutcome {
  switch (act.type) {
    case 'admission.admit':
      return admit(stays, act)
    case 'admission.move':
      return move(stays, act)
    case 'admission.swap':
      return swap(stays, act)
    case 'admission.wish':
      return wish(stays, act)
    case 'admission.away':
      return goAway(stays, act)
    case 'admission.discharge':
      return discharge(stays, act)
    case 'admission.correct':
      return correct(stays, act)
  }
}

/** [ADMIT-1] One patient a bed, one bed a patient; [ADMIT-3] an admission's id is used once. */
function admit(
  stays: Stays,
  { admissionId, bedId, patient }: Extract<AdmissionAct, { type: 'admission.admit' }>,
): AdmissionOutcome {
  const problem = notFree(stays, bedId)
  if (problem) return problem
  if (stays.admissions.has(admissionId) || isHere(stays, patient)) return refused('already-admitted')
  return done(stays, [{ admissionId, patient, bedId, isAway: false }], [bedId])
}

function move(
  stays: Stays,
  { admissionId, bedId }: Extract<AdmissionAct, { type: 'admission.move' }>,
): AdmissionOutcome {
  const going = goingOn(stays, admissionId)
  if (!going) return refused('unknown-admission')
  const problem = notFree(stays, bedId)
  if (problem) return problem
  return done(stays, [{ ...going, bedId, isAway: false }], [going.bedId, bedId])
}

/** [ADMIT-6] Both beds change in one act: at no moment does either have two, or nobody. */
function swap(
  stays: Stays,
  { admissionId, withAdmissionId }: Extract<AdmissionAct, { type: 'admission.swap' }>,
): AdmissionOutcome {
  const [one, other] = [goingOn(stays, admissionId), goingOn(stays, withAdmissionId)]
  if (!one || !other || one.bedId === other.bedId) return refused('unknown-admission')
  const swapped = [
    { ...one, bedId: other.bedId, isAway: false },
    { ...other, bedId: one.bedId, isAway: false },
  ]
  return done(stays, swapped, [one.bedId, other.bedId])
}

/** [ADMIT-7] What somebody wishes changes nothing of who lies where. */
function wish(
  stays: Stays,
  { admissionId }: Extract<AdmissionAct, { type: 'admission.wish' }>,
): AdmissionOutcome {
  return goingOn(stays, admissionId) ? done(stays, [], []) : refused('unknown-admission')
}

/** [ADMIT-17] The bed stays theirs, and so does the stay. */
function goAway(
  stays: Stays,
  { admissionId, now }: Extract<AdmissionAct, { type: 'admission.away' }>,
): AdmissionOutcome {
  const going = goingOn(stays, admissionId)
  return going ? done(stays, [{ ...going, isAway: now === 'away' }], []) : refused('unknown-admission')
}

/** [ADMIT-4] Only with both identifiers. */
function discharge(
  stays: Stays,
  { admissionId, born, number }: Extract<AdmissionAct, { type: 'admission.discharge' }>,
): AdmissionOutcome {
  const going = goingOn(stays, admissionId)
  if (!going) return refused('unknown-admission')
  const { patient } = going
  if (patient.born !== born || keyOf(patient.number) !== keyOf(number)) return refused('wrong-identifiers')
  return done(stays, [{ ...going, bedId: null, isAway: false }], [going.bedId])
}

/** [ADMIT-16] The same person in the same bed: no stay begins by it. Nobody else who is here has that number. */
function correct(stays: Stays, { admissionId, patient }: AdmissionCorrection): AdmissionOutcome {
  const going = goingOn(stays, admissionId)
  if (!going) return refused('unknown-admission')
  if (keyOf(going.patient.number) !== keyOf(patient.number) && isHere(stays, patient))
    return refused('already-admitted')
  return done(stays, [{ ...going, patient }], [])
}

function goingOn(
  { admissions }: Stays,
  admissionId: string,
): (Admission & { readonly bedId: string }) | null {
  const admission = admissions.get(admissionId)
  return admission && admission.bedId !== null ? { ...admission, bedId: admission.bedId } : null
}

function notFree(stays: Stays, bedId: string): AdmissionOutcome | null {
  const stay = stays.beds.get(bedId)
  if (!stay) return refused('unknown-bed')
  return stay.admissionId === null ? null : refused('bed-taken')
}

/** The hospital's number tells patients apart; two may share a name and a day of birth. */
function isHere(stays: Stays, patient: Patient): boolean {
  return [...stays.admissions.values()].some(
    (other) => other.bedId !== null && keyOf(other.patient.number) === keyOf(patient.number),
  )
}

/** A number however it was typed: without blanks and hyphens, in capitals. */
export function keyOf(number: string): string {
  return number.replaceAll(/[\s-]/g, '').toUpperCase()
}

function refused(why: AdmissionRefusal): AdmissionOutcome {
  return { type: 'refused', why }
}

/** [ADMIT-2] Every bed that was touched begins a new stay. */
function done(stays: Stays, changed: readonly Admission[], touched: readonly string[]): AdmissionOutcome {
  const beds = new Map(stays.beds)
  for (const bedId of touched) {
    const epoch = (beds.get(bedId)?.epoch ?? 0) + 1
    const lies = changed.find((admission) => admission.bedId === bedId)
    beds.set(bedId, { epoch, admissionId: lies?.admissionId ?? null })
  }
  const admissions = new Map(stays.admissions)
  for (const admission of changed) admissions.set(admission.admissionId, admission)
  return { type: 'done', stays: { beds, admissions }, touched }
}
