/** What the ward makes of the hospital's messages (SPEC.md, ADT), by tables and by chance. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyAdmission, type Stays } from '../../src/core/admission.ts'
import { decideAdt } from '../../src/core/adt.ts'
import { type AdtEvent, type AdtPerson, type AdtTrigger, adtTriggers } from '../../src/core/adt-event.ts'
import { type AdtDecision, isFeedSilent, type Known } from '../../src/core/adt-known.ts'
import { agrees, type Layout, placeOf } from '../../src/core/adt-places.ts'
import { isSamePerson } from '../../src/core/adt-same.ts'

const labels = ['1', '2', '12A', '121', '3']
const layout: Layout = {
  wards: new Set(['4B', 'WARD4B']),
  beds: new Map(labels.map((label) => [label, `bed-${label}`])),
  named: new Map([['4B^9^X', 'bed-3']]),
}
const nobody: Stays = {
  beds: new Map(labels.map((label) => [`bed-${label}`, { epoch: 0, admissionId: null }])),
  admissions: new Map(),
}
const nowMs = 1_000_000_000
const unknown: Known = {
  ...{ layout, stays: nobody, heard: new Map(), byHandMs: new Map(), namedByFeed: new Set<string>(), nowMs },
  trackedByHandMs: new Map(),
}
const second = (n: number) => ({ earliestMs: n * 1_000, latestMs: n * 1_000 + 999 })
const at = (bed: string, ward = '4B', room = '') => ({ ward, room, bed })
const nothing: AdtPerson = {
  ...{ number: null, name: null, born: null, death: null, location: null, former: null, isOut: false },
}
const anna: AdtPerson = { ...nothing, number: 'M-1', name: 'Anna Öberg', born: '1950-01-02' }
const eero: AdtPerson = { ...nothing, number: 'M-2', name: 'Eero Salonen', born: '1948-03-02' }

const event = (trigger: AdtTrigger, n: number, ...people: AdtPerson[]): AdtEvent => ({
  ...{ trigger, at: second(n), people },
})

/** As the server does: what was decided is applied, and what was heard is kept. */
function step(known: Known, said: AdtEvent): { known: Known; decision: AdtDecision } {
  const decision = decideAdt(known, said, (n) => `${said.trigger}-${said.at?.earliestMs}-${n}`)
  const namedByFeed = new Set(known.namedByFeed)
  const stays = decision.changes.reduce((before, act) => {
    const outcome = applyAdmission(before, act)
    if (outcome.type === 'refused') throw new Error(outcome.why)
    if (act.type === 'admission.admit' || act.type === 'admission.correct') namedByFeed.add(act.admissionId)
    return outcome.stays
  }, known.stays)
  const heard = new Map([...known.heard, ...decision.heard])
  return { known: { ...known, stays, heard, namedByFeed }, decision }
}

function after(known: Known, ...said: AdtEvent[]): Known {
  return said.reduce((before, one) => step(before, one).known, known)
}

function lying({ stays }: Known): Record<string, string> {
  const here = [...stays.admissions.values()].filter(({ bedId }) => bedId !== null)
  return Object.fromEntries(here.map(({ bedId, patient }) => [bedId, `${patient.number} ${patient.name}`]))
}

const inOne = after(unknown, event('A01', 10, { ...anna, location: at('1') }))

test('[ADT-1] a message that is decided again changes nothing', () => {
  const cases: [Known, AdtEvent][] = [
    [unknown, event('A01', 20, { ...anna, location: at('1') })],
    [inOne, event('A02', 20, { ...anna, location: at('2') })],
    [inOne, event('A03', 20, anna)],
    [inOne, event('A08', 20, { ...anna, name: 'Anna Berg' })],
    [inOne, event('A40', 20, { ...anna, number: 'M-9', former: 'M-1' })],
    [inOne, event('A17', 20, { ...anna, location: at('2') }, { ...eero, location: at('1') })],
  ]
  for (const [known, said] of cases) {
    const once = step(known, said)
    expect(once.decision.changes, said.trigger).not.toEqual([])
    const twice = step(once.known, said)
    expect(twice.decision).toMatchObject({ refusal: null, changes: [] })
  }
})

test('[ADT-2] what is surely older than the last word is late; in the same second the last one counts', () => {
  const moved = after(inOne, event('A02', 20, { ...anna, location: at('2') }))
  const late = step(moved, event('A02', 19, { ...anna, location: at('3') }))
  expect(late.decision).toMatchObject({ refusal: null, changes: [], late: 'feed', says: [] })
  const same = step(moved, event('A02', 20, { ...anna, location: at('3') }))
  expect(lying(same.known)).toEqual({ 'bed-3': 'M-1 Anna Öberg' })
  const minute = { ...event('A03', 0, anna), at: { earliestMs: 0, latestMs: 59_999 } }
  expect(lying(step(moved, minute).known)).toEqual({})
  const gone = after(unknown, event('A03', 20, anna))
  expect(lying(after(gone, event('A01', 10, { ...anna, location: at('1') })))).toEqual({})
  const swap = event('A17', 15, { ...anna, location: at('3') }, { ...eero, location: at('1') })
  expect(step(moved, swap).decision).toMatchObject({ changes: [], late: 'feed' })
})

test('[ADT-3] a late message says what is missing, and nothing older than the last name is taken', () => {
  const renamed = after(inOne, event('A08', 30, { ...anna, name: 'Anna Berg' }))
  const moved = step(renamed, event('A02', 20, { ...anna, location: at('2') }))
  expect(lying(moved.known)).toEqual({ 'bed-2': 'M-1 Anna Berg' })
  const placed = after(unknown, event('A02', 30, { ...anna, location: at('1') }))
  const corrected = step(placed, event('A08', 31, { ...anna, name: 'Anna Kask' }))
  expect(lying(corrected.known)).toEqual({ 'bed-1': 'M-1 Anna Kask' })
  const old = step(corrected.known, event('A01', 10, { ...anna, location: at('3') }))
  expect(old.decision.changes).toEqual([])
})

test('[ADT-4] without what says whom, when and where, it is refused and nothing changes', () => {
  const cases: [AdtEvent, string][] = [
    [{ ...event('A03', 20, anna), at: null }, 'missing-time'],
    [event('A03', 1_010_000, anna), 'time-ahead'],
    [event('A03', 20), 'missing-patient'],
    [event('A17', 20, anna), 'missing-patient'],
    [event('A17', 20, { ...anna, location: at('1') }, { ...anna, location: at('2') }), 'missing-patient'],
    [event('A03', 20, { ...anna, number: null }), 'missing-number'],
    [event('A40', 20, anna), 'missing-former'],
    [event('A01', 20, eero), 'missing-place'],
    [event('A01', 20, { ...eero, location: at('') }), 'missing-place'],
    [event('A01', 20, { ...eero, location: at('77') }), 'unknown-bed'],
    [event('A01', 20, { ...eero, location: at('1') }), 'bed-taken'],
    [event('A01', 20, { ...eero, born: null, location: at('2') }), 'missing-born'],
    [event('A01', 20, { ...eero, name: null, location: at('2') }), 'missing-name'],
  ]
  for (const [said, refusal] of cases)
    expect(step(inOne, said).decision, refusal).toMatchObject({ refusal, changes: [] })
})

test('[ADT-5] a number that was typed for somebody else discharges, moves and renames nobody (HZ-1)', () => {
  const byHand: Known = { ...inOne, namedByFeed: new Set() }
  const other = { ...eero, number: anna.number }
  for (const said of [
    event('A03', 20, other),
    event('A02', 20, { ...other, location: at('2') }),
    event('A08', 20, other),
  ])
    expect(step(byHand, said).decision).toMatchObject({ refusal: 'identity-differs', changes: [] })
  const spelled = step(byHand, event('A08', 20, { ...anna, name: 'Oberg, Anna M.' }))
  expect(lying(spelled.known)).toEqual({ 'bed-1': 'M-1 Oberg, Anna M.' })
  const died = step(byHand, event('A08', 20, { ...other, death: 'dead' }))
  expect(died.decision).toMatchObject({
    refusal: 'identity-differs',
    dead: [{ name: eero.name, born: eero.born }],
  })
})

test('[ADT-6] a place is one bed or none', () => {
  expect(placeOf(at('1'), layout)).toEqual({ type: 'bed', bedId: 'bed-1' })
  expect(placeOf(at('a', 'ward 4b', '12'), layout)).toEqual({ type: 'bed', bedId: 'bed-12A' })
  expect(placeOf(at('X', '4B', '9'), layout)).toEqual({ type: 'bed', bedId: 'bed-3' })
  expect(placeOf(at('1', '4B', '12'), layout), 'bed 1, or 121').toEqual({ type: 'unknown' })
  expect(placeOf(at('1', 'ICU'), layout)).toEqual({ type: 'elsewhere' })
  expect(placeOf(at(''), layout)).toEqual({ type: 'unknown' })
  expect(lying(after(inOne, event('A02', 20, { ...anna, location: at('1', 'ICU') })))).toEqual({})
})

test('[ADT-7] whoever has died is let go by whatever message, late or not, and is put nowhere after it', () => {
  for (const trigger of ['A08', 'A02', 'A01', 'A03'] as const) {
    const said = event(trigger, 5, { ...anna, death: 'dead', location: at('1') })
    const { known, decision } = step(inOne, said)
    expect(lying(known), trigger).toEqual({})
    expect(decision.dead[0]).toEqual({ number: 'M-1', name: 'Anna Öberg', born: '1950-01-02' })
    const back = event('A01', 40, { ...anna, location: at('1') })
    expect(step(known, back).decision).toMatchObject({ refusal: 'deceased' })
    const alive = event('A13', 41, { ...anna, death: 'alive', location: at('1') })
    expect(lying(after(known, alive))).toEqual({ 'bed-1': 'M-1 Anna Öberg' })
  }
  const living = after(inOne, event('A08', 30, { ...anna, death: 'alive' }))
  expect(lying(after(living, event('A08', 20, { ...anna, death: 'dead' })))).toEqual({
    'bed-1': 'M-1 Anna Öberg',
  })
  const patient = { number: 'M-1', name: 'Anna Öberg', born: '1950-01-02' }
  expect(isSamePerson({ name: 'OBERG Anna', born: '1950-01-02' }, patient)).toBe(true)
  expect(isSamePerson({ name: 'Anna Öberg', born: null }, patient)).toBe(false)
  expect(isSamePerson({ name: 'Anna Öberg', born: '1950-01-03' }, patient)).toBe(false)
})

test('[ADT-8] nothing older than a refused message is done after it (HZ-1)', () => {
  const refused = after(inOne, event('A02', 30, { ...eero, location: at('1') }))
  const old = step(refused, event('A01', 20, { ...eero, location: at('2') }))
  expect(old.decision).toMatchObject({ refusal: null, changes: [], late: 'feed' })
})

test('[ADT-9] two numbers become one stay, two stays never do', () => {
  const merged = step(inOne, event('A40', 20, { ...anna, number: 'M-9', former: 'm 1' }))
  expect(lying(merged.known)).toEqual({ 'bed-1': 'M-9 Anna Öberg' })
  expect(merged.known.stays.beds).toEqual(inOne.stays.beds)
  const late = step(merged.known, event('A02', 15, { ...anna, location: at('2') }))
  expect(late.decision.changes).toEqual([])
  const known = step(merged.known, event('A02', 5, { ...anna, number: 'M-9', location: at('2') }))
  expect(known.decision, 'older than what was heard of the old number').toMatchObject({ late: 'feed' })
  const both = after(inOne, event('A01', 20, { ...eero, location: at('2') }))
  const two = step(both, event('A40', 30, { ...eero, former: 'M-1' }))
  expect(two.decision).toMatchObject({ refusal: 'both-here', changes: [] })
  const dead = after(inOne, event('A08', 20, { ...eero, death: 'dead' }))
  expect(lying(after(dead, event('A40', 30, { ...eero, former: 'M-1' })))).toEqual({})
})

test('[ADT-10] what was done by hand after it holds, and is said to differ', () => {
  const byHand: Known = { ...inOne, byHandMs: new Map([['M1', 25_000]]) }
  const before = step(byHand, event('A02', 20, { ...anna, location: at('2') }))
  expect(before.decision).toMatchObject({ refusal: null, changes: [], late: 'hand' })
  expect(before.decision.says).toMatchObject([{ place: { type: 'bed', bedId: 'bed-2' } }])
  expect(lying(after(byHand, event('A02', 25, { ...anna, location: at('2') })))).toEqual({
    'bed-2': 'M-1 Anna Öberg',
  })
  const update = step(inOne, event('A08', 30, { ...anna, location: at('2') }))
  expect(update.decision).toMatchObject({ changes: [], says: [{ place: { type: 'bed', bedId: 'bed-2' } }] })
  expect(agrees({ type: 'bed', bedId: 'b' }, 'b')).toBe(true)
  expect(agrees({ type: 'bed', bedId: 'b' }, null)).toBe(false)
  expect(agrees({ type: 'elsewhere' }, null)).toBe(true)
  expect(agrees({ type: 'unknown' }, null)).toBe(false)
})

test('[ADT-11] nobody vouches for the names while nothing is heard', () => {
  expect(isFeedSilent(null, 0, 60)).toBe(true)
  expect(isFeedSilent(0, 60, 60)).toBe(false)
  expect(isFeedSilent(0, 61, 60)).toBe(true)
})

const someone = fc.record({
  number: fc.constantFrom('M-1', 'M-2', 'm 1', 'M-3', null),
  name: fc.constantFrom('Anna Öberg', 'Eero Salonen', null),
  born: fc.constantFrom('1950-01-02', '1948-03-02', null),
  death: fc.constantFrom<AdtPerson['death'][]>(null, null, null, null, 'dead', 'alive'),
  location: fc.constantFrom(null, at('1'), at('2'), at('3'), at('9'), at('1', 'ICU')),
  former: fc.constantFrom(null, 'M-1', 'M-2'),
  isOut: fc.boolean(),
})

test('[ADT-1] whatever comes, one patient lies in one bed and a refusal changes nothing', () => {
  const some = fc.array(
    fc.record({
      trigger: fc.constantFrom(...adtTriggers),
      n: fc.integer({ min: 0, max: 50 }),
      people: fc.array(someone, { maxLength: 2 }),
    }),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(some, (all) => {
      let known = unknown
      for (const { trigger, n, people } of all) {
        const { known: next, decision } = step(known, event(trigger, n, ...people))
        if (decision.refusal !== null) expect(decision.changes).toEqual([])
        const here = [...next.stays.admissions.values()].filter(({ bedId }) => bedId !== null)
        expect(new Set(here.map(({ bedId }) => bedId)).size).toBe(here.length)
        expect(new Set(here.map(({ patient }) => patient.number.replace(/\W/g, '').toUpperCase())).size).toBe(
          here.length,
        )
        known = next
      }
    }),
    { numRuns: 500 },
  )
})

const isAway = ({ stays }: Known) => [...stays.admissions.values()].some((one) => one.isAway)

test('[ADT-14] departing and leave are away, arriving and return are back, and what cancels them is the other (HZ-1)', () => {
  for (const trigger of ['A09', 'A21', 'A32', 'A53'] as const) {
    const left = after(inOne, event(trigger, 20, anna))
    expect(isAway(left), trigger).toBe(true)
    expect(lying(left), trigger).toEqual(lying(inOne))
    for (const back of ['A10', 'A22', 'A33', 'A52'] as const)
      expect(isAway(after(left, event(back, 30, anna))), back).toBe(false)
  }
  const left = after(inOne, event('A09', 20, anna))
  expect(
    isAway(after(left, event('A10', 30, { ...anna, isOut: true }))),
    'at another place for a while',
  ).toBe(true)
  const elsewhere = step(left, event('A10', 30, { ...anna, location: at('1', 'ICU') }))
  expect(isAway(elsewhere.known)).toBe(true)
  expect(elsewhere.decision.says, 'shown, and nobody is moved').toMatchObject([
    { place: { type: 'elsewhere' } },
  ])
  for (const [trigger, location] of [
    ['A01', at('1')],
    ['A02', at('2')],
  ] as const)
    expect(isAway(after(left, event(trigger, 30, { ...anna, location }))), trigger).toBe(false)
  expect(isAway(after(left, event('A08', 30, anna))), 'says nothing of it').toBe(true)
})

test('[ADT-14] in whatever order they come, the last word about it counts, also of whoever is not here yet', () => {
  const admitted = event('A01', 10, { ...anna, location: at('1') })
  const moved = event('A02', 30, { ...anna, location: at('2') })
  const gone = event('A09', 40, anna)
  const ends = [admitted, event('A09', 20, anna), moved, gone]
  for (const order of fc.sample(fc.shuffledSubarray(ends, { minLength: 4 }), { numRuns: 60, seed: 14 })) {
    const known = after(unknown, ...order, ...order)
    expect(isAway(known), order.map(({ trigger }) => trigger).join()).toBe(true)
    expect(isAway(after(known, event('A10', 41, anna), gone)), 'late').toBe(false)
  }
  expect(isAway(after(unknown, admitted, moved, event('A09', 20, anna))), 'before they were moved').toBe(
    false,
  )
})

test('[ADT-14] what a hand said after it holds, and what is said after the hand counts', () => {
  const left = after(inOne, event('A09', 20, anna))
  const [admission] = left.stays.admissions.values()
  const back = {
    type: 'admission.away',
    actId: 'x',
    admissionId: admission?.admissionId ?? '',
    now: 'back',
  } as const
  const outcome = applyAdmission(left.stays, back)
  if (outcome.type !== 'done') throw new Error(outcome.why)
  const byHand = { ...left, stays: outcome.stays, trackedByHandMs: new Map([['M1', 30_000]]) }
  expect(isAway(after(byHand, event('A21', 25, anna)))).toBe(false)
  expect(isAway(after(byHand, event('A08', 40, anna))), 'no word of it').toBe(false)
  expect(isAway(after(byHand, event('A21', 31, anna)))).toBe(true)
})

test('[ADT-9] of two numbers that were one patient the later word says whether they are away', () => {
  const old = after(unknown, event('A09', 20, { ...anna, number: 'M-0' }), event('A10', 15, anna))
  const merged = after(old, event('A40', 30, { ...anna, former: 'M-0' }))
  expect(isAway(after(merged, event('A01', 18, { ...anna, location: at('1') })))).toBe(true)
})

test('[ADT-10] an update that is older than where they were last placed is shown as no difference', () => {
  const moved = after(inOne, event('A02', 20, { ...anna, location: at('2') }))
  expect(step(moved, event('A08', 15, { ...anna, location: at('1') })).decision.says).toEqual([])
  expect(step(moved, event('A08', 25, { ...anna, location: at('1') })).decision.says).toHaveLength(1)
})
