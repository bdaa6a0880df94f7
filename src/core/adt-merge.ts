/** Two numbers that were one patient all along (A40). */
import { keyOf } from './admission.ts'
import { attempt, beginWork, hereBy, leave, type Work } from './adt-arrange.ts'
import { type AdtEvent, type AdtPerson, isOlder, laterOf, type Moment } from './adt-event.ts'
import { type AdtDecision, type Heard, type Known, nothingDone, unheard } from './adt-known.ts'

/** [ADT-9] One patient had two numbers. Whoever lies here by the old one lies here by the other; two who lie here stay two. */
export function decideMerge(
  known: Known,
  event: AdtEvent,
  at: Moment,
  idOf: (n: number) => string,
): AdtDecision {
  const work = beginWork(known, idOf)
  const heard = new Map<string, Heard>()
  for (const person of event.people) {
    const [key, formerKey] = [keyOf(person.number ?? ''), keyOf(person.former ?? '')]
    if (key === formerKey) continue
    const former = known.heard.get(formerKey) ?? unheard
    if (former.placed !== null && isOlder(at, former.placed)) continue
    if (!merge(work, person, key, formerKey)) return nothingDone('both-here')
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
  const tracked = later(one.tracked, other.tracked)
  return {
    placed: later(one.placed, other.placed),
    named: one.named,
    lived: later(one.lived, other.lived),
    isDead: one.isDead || other.isDead,
    tracked,
    isAway: tracked === other.tracked ? other.isAway : one.isAway,
  }
}
