/** Who lies where after a message, tried by the rules of admissions themselves: all of it, or why not. */
import type { AdmissionChange } from '../protocol/admission.ts'
import { unspoken } from '../protocol/wishes.ts'
import { type Admission, applyAdmission, keyOf, type Stays } from './admission.ts'
import { type AdtRefusal, isOlder, type Moment } from './adt-event.ts'
import type { Asked, Heard, Known } from './adt-known.ts'
import { nameKey } from './adt-same.ts'

export type Work = {
  stays: Stays
  readonly known: Known
  readonly changes: AdmissionChange[]
  readonly id: () => string
}

export function beginWork(known: Known, idOf: (n: number) => string): Work {
  let made = 0
  const id = () => {
    made += 1
    return idOf(made)
  }
  return { stays: known.stays, known, changes: [], id }
}

/** Tries it by the rules of admissions, so that nothing comes of the whole where a part cannot be. */
export function attempt(work: Work, act: AdmissionChange): boolean {
  const outcome = applyAdmission(work.stays, act)
  if (outcome.type === 'refused') return false
  work.stays = outcome.stays
  work.changes.push(act)
  return true
}

type Here = Admission & { readonly bedId: string }

export function hereBy({ admissions }: Stays, key: string): Here | null {
  for (const one of admissions.values())
    if (one.bedId !== null && keyOf(one.patient.number) === key) return { ...one, bedId: one.bedId }
  return null
}

/** Who leaves, leaves first; then whoever finds a bed free, until all lie where they should, or nobody can. */
export function arrange(work: Work, asked: readonly Asked[]): AdtRefusal | null {
  for (const one of asked) if (differs(work, one)) return 'identity-differs'
  let waiting = asked.filter((one) => isElsewhere(work.stays, one))
  for (const one of waiting.filter(({ place }) => place?.type === 'elsewhere')) leave(work, one.key)
  waiting = waiting.filter(({ place }) => place?.type === 'bed')
  if (swap(work, waiting)) return null
  while (waiting.length > 0) {
    const before = waiting.length
    for (const one of waiting) {
      const why = lacking(work.stays, one)
      if (why !== null) return why
      if (put(work, one)) waiting = waiting.filter((other) => other !== one)
    }
    if (waiting.length === before) return 'bed-taken'
  }
  return null
}

function isElsewhere(stays: Stays, { key, place }: Asked): boolean {
  const here = hereBy(stays, key)
  if (place?.type === 'bed') return here?.bedId !== place.bedId
  return place?.type === 'elsewhere' && here !== null
}

export function leave(work: Work, key: string): void {
  const here = hereBy(work.stays, key)
  if (!here) return
  const { admissionId, patient } = here
  const { born, number } = patient
  attempt(work, { type: 'admission.discharge', actId: work.id(), admissionId, born, number })
}

function swap(work: Work, waiting: readonly Asked[]): boolean {
  const [one, other] = waiting
  if (!one || !other) return false
  const [here, there] = [hereBy(work.stays, one.key), hereBy(work.stays, other.key)]
  const isCrossed = here && there && bedOf(one) === there.bedId && bedOf(other) === here.bedId
  if (!isCrossed) return false
  const { admissionId } = here
  const withAdmissionId = there.admissionId
  return attempt(work, { type: 'admission.swap', actId: work.id(), admissionId, withAdmissionId })
}

function bedOf({ place }: Asked): string | null {
  return place?.type === 'bed' ? place.bedId : null
}

/** [ADT-4] Nobody is put into a bed without both identifiers and a name (HZ-1). */
function lacking(stays: Stays, { key, person }: Asked): AdtRefusal | null {
  if (hereBy(stays, key)) return null
  if (person.born === null) return 'missing-born'
  return person.name === null ? 'missing-name' : null
}

function put(work: Work, one: Asked): boolean {
  const bedId = bedOf(one)
  if (bedId === null) return false
  const here = hereBy(work.stays, one.key)
  if (here) {
    const { admissionId } = here
    return attempt(work, { type: 'admission.move', actId: work.id(), admissionId, bedId })
  }
  const { number, name, born } = one.person
  if (number === null || name === null || born === null) return false
  const patient = { number, name, born }
  const ids = { actId: work.id(), admissionId: work.id() }
  return attempt(work, { type: 'admission.admit', ...ids, bedId, patient, wishes: unspoken })
}

/** [ADT-5] The number is the same, and nothing else is: somebody typed another one's number (HZ-1). */
function differs({ stays, known }: Work, { key, person }: Asked): boolean {
  const here = hereBy(stays, key)
  if (!here || known.namedByFeed.has(here.admissionId)) return false
  const { name, born } = here.patient
  if (person.born === null || person.name === null) return person.born !== null && person.born !== born
  return person.born !== born && nameKey(person.name) !== nameKey(name)
}

/** [ADT-3] Whoever is here is called as the hospital last called them. */
export function rename(work: Work, one: Asked, at: Moment): AdtRefusal | null {
  const { heard, person } = one
  const here = hereBy(work.stays, one.key)
  if (!here || (heard.named !== null && isOlder(at, heard.named))) return null
  if (differs(work, one)) return 'identity-differs'
  const { name, born, number } = here.patient
  const patient = { name: person.name ?? name, born: person.born ?? born, number }
  if (patient.name === name && patient.born === born) return null
  attempt(work, { type: 'admission.correct', actId: work.id(), admissionId: here.admissionId, patient })
  return null
}

/** [ADT-14] Whoever is here is away, or back, as was last said of them: by the hospital, unless somebody's hand said it later. */
export function track(work: Work, key: string, { tracked, isAway }: Heard): void {
  const here = hereBy(work.stays, key)
  if (!here || tracked === null || here.isAway === isAway) return
  if (tracked.latestMs < (work.known.trackedByHandMs.get(key) ?? Number.NEGATIVE_INFINITY)) return
  const { admissionId } = here
  attempt(work, { type: 'admission.away', actId: work.id(), admissionId, now: isAway ? 'away' : 'back' })
}
