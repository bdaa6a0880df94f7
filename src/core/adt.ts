/** What the ward makes of a message of the hospital's record, as one pure function. Rules are ADT-n in SPEC.md. */
import type { Patient } from '../protocol/people.ts'
import { keyOf } from './admission.ts'
import { arrange, beginWork, hereBy, rename, track } from './adt-arrange.ts'
import {
  type AdtEvent,
  type AdtPerson,
  type AdtRefusal,
  type AdtTrigger,
  isOlder,
  laterOf,
  type Moment,
  movesNobody,
  trackingOf,
} from './adt-event.ts'
import {
  type AdtDecision,
  type Asked,
  type Heard,
  type Known,
  nothingDone,
  type Says,
  unheard,
} from './adt-known.ts'
import { decideMerge } from './adt-merge.ts'
import { type Place, placeOf } from './adt-places.ts'

/** A clock that is wrong must not make everything after it late. */
export const mostAheadMs = 60 * 60_000

/** `idOf`: new ids, the same for the same number. */
export function decideAdt(known: Known, event: AdtEvent, idOf: (n: number) => string): AdtDecision {
  const wrong = senseless(event, known.nowMs)
  if (wrong !== null || event.at === null) return nothingDone(wrong ?? 'missing-time')
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

function decidePlaces(known: Known, event: AdtEvent, at: Moment, idOf: (n: number) => string): AdtDecision {
  const asked = event.people.map((person) => askedOf(known, event, at, person))
  const late = latenessOf(known, event, at, asked)
  const says = asked.filter(({ heard }) => !isPast(at, heard)).flatMap((one) => saysOf(known, one))
  // [ADT-7] That somebody has died is never late, unless the hospital has since said that they live.
  const willMove = late === null ? asked : asked.filter(({ isDead }) => isDead)
  const why = late === null ? refusalOf(asked, event) : null
  if (why !== null) return refuse(known, why, asked, at)
  const work = beginWork(known, idOf)
  const stuck =
    arrange(work, willMove) ?? asked.map((one) => rename(work, one, at)).find((one) => one !== null)
  if (stuck) return refuse(known, stuck, asked, at)
  const heard = new Map(asked.map((one) => [one.key, heardAfter(known, one, at, event, late)]))
  for (const [key, one] of heard) track(work, key, one)
  return {
    refusal: null,
    changes: work.changes,
    heard,
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
  const place: Place | null = isGone ? { type: 'elsewhere' } : movesNobody(trigger) ? null : location
  return { person, key, heard, place, isDead }
}

/** [ADT-2] Of what concerns two, both must be news. */
function latenessOf(known: Known, { trigger }: AdtEvent, at: Moment, asked: readonly Asked[]) {
  if (movesNobody(trigger)) return null
  if (asked.some(({ heard }) => isPast(at, heard))) return 'feed'
  const isByHand = ({ key }: Asked) => at.latestMs < (known.byHandMs.get(key) ?? Number.NEGATIVE_INFINITY)
  return asked.some(isByHand) ? 'hand' : null
}

/** They have been placed since. */
function isPast(at: Moment, { placed }: Heard): boolean {
  return placed !== null && isOlder(at, placed)
}

function refusalOf(asked: readonly Asked[], { trigger }: AdtEvent): AdtRefusal | null {
  if (movesNobody(trigger)) return null
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

function heardAfter(
  known: Known,
  one: Asked,
  at: Moment,
  { trigger }: AdtEvent,
  late: AdtDecision['late'],
): Heard {
  const { heard, person, isDead } = one
  const isPlaced = (!movesNobody(trigger) && late !== 'feed') || isDead
  const isNamed = heard.named === null || !isOlder(at, heard.named)
  const isTold = person.death !== null && (heard.lived === null || !isOlder(at, heard.lived))
  return {
    ...heard,
    placed: isPlaced ? laterOf(heard.placed, at) : heard.placed,
    named: isNamed ? laterOf(heard.named, at) : heard.named,
    lived: isTold ? laterOf(heard.lived, at) : heard.lived,
    isDead: isTold ? person.death === 'dead' : heard.isDead,
    ...(late === 'feed' ? {} : trackedAfter(known, one, at, trigger)),
  }
}

/** [ADT-14] Whoever is put into a bed is in it; whoever has arrived in another ward is not in theirs. */
function trackedAfter(
  { layout }: Known,
  { heard, person }: Asked,
  at: Moment,
  trigger: AdtTrigger,
): Partial<Heard> {
  const isLate = isPast(at, heard) || (heard.tracked !== null && isOlder(at, heard.tracked))
  if (isLate || trigger === 'A08') return {}
  const isElsewhere = person.location !== null && placeOf(person.location, layout).type === 'elsewhere'
  const isTracked = movesNobody(trigger)
  const isAway = isTracked && (trackingOf(trigger) === 'away' || person.isOut || isElsewhere)
  return { tracked: laterOf(heard.tracked, at), isAway }
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
function refuse(known: Known, why: AdtRefusal, asked: readonly Asked[], at: Moment): AdtDecision {
  const heard = new Map(asked.map((one) => [one.key, heardOfRefused(one, at)]))
  const dead = asked.filter(({ isDead }) => isDead).flatMap(({ person }) => saidPatient(person))
  const says = asked.flatMap((one) => saysOf(known, one))
  return { refusal: why, changes: [], heard, dead, says, late: null }
}

function heardOfRefused({ heard, place, isDead }: Asked, at: Moment): Heard {
  const placed = place === null ? heard.placed : laterOf(heard.placed, at)
  return isDead ? { ...heard, placed, lived: laterOf(heard.lived, at), isDead } : { ...heard, placed }
}
