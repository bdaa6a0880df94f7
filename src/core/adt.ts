/** What the ward makes of a message of the hospital's record, as one pure function. Rules are ADT-n in SPEC.md. */
import type { AdmissionChange } from '../protocol/admission.ts'
import type { Patient } from '../protocol/people.ts'
import { unspoken } from '../protocol/wishes.ts'
import { type Admission, applyAdmission, keyOf, type Stays } from './admission.ts'
import { type AdtEvent, type AdtPerson, type AdtRefusal, isOlder, laterOf, type Moment } from './adt-event.ts'
import { type Layout, type Place, placeOf } from './adt-places.ts'

/** What was last heard of a number: where they lie, what they are called, whether they live; null: never. */
export type Heard = {
  readonly placed: Moment | null
  readonly named: Moment | null
  readonly lived: Moment | null
  readonly isDead: boolean
}

export const unheard: Heard = { placed: null, named: null, lived: null, isDead: false }

export type Known = {
  readonly layout: Layout
  readonly stays: Stays
  /** By number, folded. */
  readonly heard: ReadonlyMap<string, Heard>
  /** When somebody last admitted, moved or discharged them by hand, by folded number. */
  readonly byHandMs: ReadonlyMap<string, number>
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

/** A clock that is wrong must not make everything after it late. */
export const mostAheadMs = 60 * 60_000

/** `idOf`: new ids, the same for the same number. */
export function decideAdt(known: Known, event: AdtEvent, idOf: (n: number) => string): AdtDecision {
  const wrong = senseless(event, known.nowMs)
  if (wrong !== null || event.at === null) return refuse(known, wrong ?? 'missing-time', [], null)
  return event.trigger === 'A40'
    ? decideMerge(known, event, event.at, idOf)
    : decidePlaces(known, event, event.at, idOf)
}

/** [ADT-4] Without these nobody can say whom and when it is about. */
function senseless({ at, people, trigger }: AdtEvent, nowMs: number): AdtRefusal | null {
  if (at === null) return 'missing-time'
  if (at.earliestMs > nowMs + mostAheadMs) return 'time-ahead'
  if (people.length === 0 || (trigger === 'A17' && people.length !== 2)) return 'missing-patient'
  if (people.some(({ number }) => number === null)) return 'missing-number'
  if (trigger === 'A17' && new Set(people.map(({ number }) => keyOf(number ?? ''))).size < 2)
    return 'missing-patient'
  return trigger === 'A40' && people.some(({ former }) => former === null) ? 'missing-former' : null
}

type Asked = {
  readonly person: AdtPerson
  readonly key: string
  readonly heard: Heard
  /** Null: it says nothing of where they lie. */
  readonly place: Place | null
  readonly isDead: boolean
}

function decidePlaces(known: Known, event: AdtEvent, at: Moment, idOf: (n: number) => string): AdtDecision {
  const asked = event.people.map((person) => askedOf(known, event, at, person))
  const late = latenessOf(known, event, at, asked)
  const says = late === 'feed' ? [] : asked.flatMap((one) => saysOf(known, one))
  // [ADT-7] That somebody has died is never late, unless the hospital has since said that they live.
  const willMove = late === null ? asked : asked.filter(({ isDead }) => isDead)
  const why = late === null ? refusalOf(asked, event) : null
  if (why !== null) return refuse(known, why, asked, at)
  const work = beginWork(known, idOf)
  const stuck =
    arrange(work, willMove) ?? asked.map((one) => rename(work, one, at)).find((one) => one !== null)
  if (stuck) return refuse(known, stuck, asked, at)
  return {
    refusal: null,
    changes: work.changes,
    heard: new Map(asked.map((one) => [one.key, heardAfter(one, at, event, late)])),
    dead: asked.filter(({ isDead }) => isDead).flatMap((one) => patientsOf(known, one)),
    says,
    late,
  }
}

function askedOf(known: Known, { trigger }: AdtEvent, at: Moment, person: AdtPerson): Asked {
  const key = keyOf(person.number ?? '')
  const heard = known.heard.get(key) ?? unheard
  const isTold = heard.lived === null || !isOlder(at, heard.lived)
  const isDead = person.death === 'dead' && isTold
  const isGone = trigger === 'A03' || trigger === 'A11' || isDead
  const location = person.location && placeOf(person.location, known.layout)
  const place: Place | null = isGone ? { type: 'elsewhere' } : trigger === 'A08' ? null : location
  return { person, key, heard, place, isDead }
}

/** [ADT-2] Of what concerns two, both must be news. */
function latenessOf(known: Known, { trigger }: AdtEvent, at: Moment, asked: readonly Asked[]) {
  if (trigger === 'A08') return null
  if (asked.some(({ heard }) => heard.placed !== null && isOlder(at, heard.placed))) return 'feed'
  const isByHand = ({ key }: Asked) => at.latestMs < (known.byHandMs.get(key) ?? Number.NEGATIVE_INFINITY)
  return asked.some(isByHand) ? 'hand' : null
}

function refusalOf(asked: readonly Asked[], { trigger }: AdtEvent): AdtRefusal | null {
  if (trigger === 'A08') return null
  for (const { place, heard, person, isDead } of asked) {
    if (place === null) return 'missing-place'
    if (place.type === 'unknown') return person.location?.bed ? 'unknown-bed' : 'missing-place'
    if (place.type === 'bed' && heard.isDead && person.death !== 'alive' && !isDead) return 'deceased'
  }
  return null
}

/** An update moves nobody, but says where the hospital believes them to be. */
function saysOf({ layout }: Known, { person, place }: Asked): Says[] {
  const said = place ?? (person.location && placeOf(person.location, layout))
  return said === null ? [] : [{ person, place: said }]
}

type Work = {
  stays: Stays
  readonly known: Known
  readonly changes: AdmissionChange[]
  readonly id: () => string
}

function beginWork(known: Known, idOf: (n: number) => string): Work {
  let made = 0
  const id = () => {
    made += 1
    return idOf(made)
  }
  return { stays: known.stays, known, changes: [], id }
}

/** Tries it by the rules of admissions, so that nothing comes of the whole where a part cannot be. */
function attempt(work: Work, act: AdmissionChange): boolean {
  const outcome = applyAdmission(work.stays, act)
  if (outcome.type === 'refused') return false
  work.stays = outcome.stays
  work.changes.push(act)
  return true
}

type Here = Admission & { readonly bedId: string }

function hereBy({ admissions }: Stays, key: string): Here | null {
  for (const one of admissions.values())
    if (one.bedId !== null && keyOf(one.patient.number) === key) return { ...one, bedId: one.bedId }
  return null
}

/** Who leaves, leaves first; then whoever finds a bed free, until all lie where they should, or nobody can. */
function arrange(work: Work, asked: readonly Asked[]): AdtRefusal | null {
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

function leave(work: Work, key: string): void {
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

/** The same words in whatever order, case and accents. */
export function nameKey(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ')
}

/** [ADT-3] Whoever is here is called as the hospital last called them. */
function rename(work: Work, one: Asked, at: Moment): AdtRefusal | null {
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

function heardAfter(one: Asked, at: Moment, { trigger }: AdtEvent, late: AdtDecision['late']): Heard {
  const { heard, person, isDead } = one
  const isPlaced = (trigger !== 'A08' && late !== 'feed') || isDead
  const isNamed = heard.named === null || !isOlder(at, heard.named)
  const isTold = person.death !== null && (heard.lived === null || !isOlder(at, heard.lived))
  return {
    placed: isPlaced ? laterOf(heard.placed, at) : heard.placed,
    named: isNamed ? laterOf(heard.named, at) : heard.named,
    lived: isTold ? laterOf(heard.lived, at) : heard.lived,
    isDead: isTold ? person.death === 'dead' : heard.isDead,
  }
}

/** As the message names them, and as they are named here. */
function patientsOf({ stays }: Known, { key, person }: Asked): Patient[] {
  const here = hereBy(stays, key)
  return here ? [...saidPatient(person), here.patient] : saidPatient(person)
}

function saidPatient({ name, born, number }: AdtPerson): Patient[] {
  return name !== null && born !== null && number !== null ? [{ name, born, number }] : []
}

/** [ADT-8] What was heard and refused was heard: nothing older than it is done after it. Whoever has died has died. */
function refuse(known: Known, why: AdtRefusal, asked: readonly Asked[], at: Moment | null): AdtDecision {
  const heard = new Map(asked.map((one) => [one.key, at === null ? one.heard : heardOfRefused(one, at)]))
  const dead = asked.filter(({ isDead }) => isDead).flatMap(({ person }) => saidPatient(person))
  const says = asked.flatMap((one) => saysOf(known, one))
  return { refusal: why, changes: [], heard, dead, says, late: null }
}

function heardOfRefused({ heard, place, isDead }: Asked, at: Moment): Heard {
  const placed = place === null ? heard.placed : laterOf(heard.placed, at)
  return isDead ? { ...heard, placed, lived: laterOf(heard.lived, at), isDead } : { ...heard, placed }
}

/** [ADT-9] One patient had two numbers. Whoever lies here by the old one lies here by the other; two who lie here stay two. */
function decideMerge(known: Known, event: AdtEvent, at: Moment, idOf: (n: number) => string): AdtDecision {
  const work = beginWork(known, idOf)
  const heard = new Map<string, Heard>()
  for (const person of event.people) {
    const [key, formerKey] = [keyOf(person.number ?? ''), keyOf(person.former ?? '')]
    if (key === formerKey) continue
    const former = known.heard.get(formerKey) ?? unheard
    if (former.placed !== null && isOlder(at, former.placed)) continue
    if (!merge(work, person, key, formerKey)) return refuse(known, 'both-here', [], at)
    const both = heardOfBoth(known.heard.get(key) ?? unheard, former)
    if (both.isDead) leave(work, key)
    heard.set(key, both)
    heard.set(formerKey, { ...former, placed: laterOf(former.placed, at) })
  }
  const late = heard.size === 0 ? 'feed' : null
  return { refusal: null, changes: work.changes, heard, dead: [], says: [], late }
}

function merge(work: Work, person: AdtPerson, key: string, formerKey: string): boolean {
  const here = hereBy(work.stays, formerKey)
  if (!here) return true
  if (hereBy(work.stays, key)) return false
  const { name, born } = here.patient
  const patient = { number: person.number ?? '', name: person.name ?? name, born: person.born ?? born }
  return attempt(work, {
    type: 'admission.correct',
    actId: work.id(),
    admissionId: here.admissionId,
    patient,
  })
}

function heardOfBoth(one: Heard, other: Heard): Heard {
  const later = (a: Moment | null, b: Moment | null) => (b === null ? a : laterOf(a, b))
  return {
    placed: later(one.placed, other.placed),
    named: one.named,
    lived: later(one.lived, other.lived),
    isDead: one.isDead || other.isDead,
  }
}
