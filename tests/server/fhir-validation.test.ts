import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBook } from '../../src/core/plan/book.ts'
import { type Appointment, appointmentKinds, appointmentStatuses } from '../../src/protocol/plan.ts'
import { fromFhirId, toFhirId } from '../../src/server/plan/fhir-answer.ts'
import { appointmentResource } from '../../src/server/plan/fhir-appointment.ts'
import { capabilityOf } from '../../src/server/plan/fhir-capability.ts'
import { readAppointment, stopsOf } from '../../src/server/plan/fhir-read.ts'
import {
  scheduleResource,
  schedulesOf,
  slotById,
  slotResource,
  slotsOf,
} from '../../src/server/plan/fhir-slots.ts'
import { faultsOf } from './fhir-r4.ts'
import { appointment, dayMs, hourMs, minuteMs, nowMs, rows } from './plan-fake.ts'

const plan = createBook(rows)
const good = appointmentResource(plan, appointment())

test.each([
  ['no participant', { participant: undefined }],
  ['an empty list of participants', { participant: [] }],
  ['a participant that is nobody (app-1)', { participant: [{ status: 'accepted' }] }],
  ['a participant without a status', { participant: [{ actor: { display: 'x' } }] }],
  ['a start without an end (app-2)', { end: undefined }],
  ['no time though it is booked (app-3)', { start: undefined, end: undefined }],
  ['a status that is none', { status: undefined }],
  ['an element that there is not', { room: 'Room 4' }],
  ['a start that is no instant', { start: '2027-01-14' }],
  ['minutes in words', { minutesDuration: 'sixty' }],
  ['minutes of none', { minutesDuration: 0 }],
  ['an id with an underline', { id: 'a_b' }],
  ['an empty text', { description: '' }],
])('[FHIR-1] the definitions find fault with %s', (_title, broken) => {
  expect(faultsOf(good)).toEqual([])
  expect(faultsOf({ ...good, ...broken })).not.toEqual([])
})

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
const stops = fc.uniqueArray(
  fc.record({
    bedId: fc.constantFrom('bed-1', 'bed-2', 'gone'),
    admissionId: fc.option(fc.constant('stay-2')),
    minutes: fc.integer({ min: 1, max: 30 }),
    state: fc.constantFrom('open' as const, 'done' as const, 'skipped' as const),
  }),
  { maxLength: 3, selector: ({ bedId }) => bedId },
)
const whens = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: dayMs }))
    .map(([startMs, length]) => ({ type: 'at' as const, startMs, endMs: startMs + length })),
  fc.record({
    type: fc.constant('waiting' as const),
    minutes: fc.integer({ min: 1, max: 600 }),
    notBeforeMs: fc.constant(nowMs),
    notAfterMs: fc.constant(nowMs + dayMs),
  }),
)
const all: fc.Arbitrary<Appointment> = fc
  .record({
    id: fc.stringMatching(/^[0-9A-Za-z_-]{1,64}$/),
    rev: fc.integer({ min: 1, max: 1e6 }),
    kind: fc.constantFrom(...appointmentKinds.filter((kind) => kind !== 'note')),
    status: fc.constantFrom(...appointmentStatuses),
    title: text,
    note: fc.oneof(fc.constant(''), text),
    place: fc.option(text),
    staff: fc.subarray(['anna', 'ben', 'gone']),
    roles: fc.array(text, { maxLength: 2 }),
    stops,
    interpreter: fc.boolean(),
    cancelReason: fc.option(text),
    outpatient: fc.option(text.map((name) => ({ name, born: null, email: null, phone: null }))),
    when: whens,
  })
  .map(appointment)

test('[FHIR-2] every appointment there can be is a valid R4 Appointment', () => {
  fc.assert(
    fc.property(all, (one) => {
      expect(faultsOf(appointmentResource(plan, one))).toEqual([])
    }),
    {
      seed: 1,
      numRuns: 400,
      // Nobody is on it yet, which chance makes too seldom.
      examples: [[appointment({ staff: [], place: null, outpatient: null })]],
    },
  )
})

test('[FHIR-3] what is written and read again is the same, as far as FHIR carries it', () => {
  const known = all.filter(
    ({ staff, stops: some, when, status }) =>
      !staff.includes('gone') &&
      some.every(({ bedId }) => bedId !== 'gone') &&
      (when.type === 'at') === (status !== 'waitlist'),
  )
  fc.assert(
    fc.property(known, (one) => {
      const read = readAppointment(plan, JSON.parse(JSON.stringify(appointmentResource(plan, one))))
      if (read.type === 'problem') throw new Error(JSON.stringify(read.answer.body))
      const { kind, fields } = read.value
      expect(kind).toBe(one.kind)
      expect(fields.when).toEqual(one.when)
      expect(fields.status).toBe(one.status)
      expect(fields.staff).toEqual(one.staff)
      expect(fields.interpreter).toBe(one.interpreter)
      expect(stopsOf(plan, read.value, one.stops)).toEqual(one.stops)
    }),
    { seed: 2, numRuns: 400 },
  )
})

test('[FHIR-4] ids come back as they were', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-Za-z_-]{1,64}$/), (id) => {
      expect(toFhirId(id)).toMatch(/^[A-Za-z0-9\-.]{1,64}$/)
      expect(fromFhirId(toFhirId(id))).toBe(id)
    }),
    { seed: 3 },
  )
})

const hours = {
  type: 'hours',
  id: 'anna',
  rev: 1,
  zone: 'Europe/Madrid',
  weekly: [{ day: 4, from: 9 * 60, to: 17 * 60 }],
  away: [{ startMs: nowMs + 5 * hourMs, endMs: nowMs + 6 * hourMs, why: '' }],
} as const

test('[FHIR-5] free slots are the hours without what is taken, buffers among it, and without absences', () => {
  const book = createBook([
    ...rows,
    { ...hours, weekly: [...hours.weekly], away: [...hours.away] },
    appointment({ before: 10, after: 20 }),
  ])
  const schedule = schedulesOf(book).find(({ reference }) => reference === 'Practitioner/anna')
  if (!schedule) throw new Error('no schedule')
  const slots = slotsOf(book, schedule, { startMs: nowMs - 8 * hourMs, endMs: nowMs + 16 * hourMs })
  // Madrid is an hour ahead of UTC: nowMs is 09:00 there, when the hours begin; they end at 17:00.
  expect(
    slots.map(({ status, startMs, endMs }) => [
      status,
      (startMs - nowMs) / minuteMs,
      (endMs - nowMs) / minuteMs,
    ]),
  ).toEqual([
    ['free', 0, 50],
    ['busy', 50, 140],
    ['free', 140, 300],
    ['busy-unavailable', 300, 360],
    ['free', 360, 480],
  ])
  for (const slot of slots) {
    const resource = slotResource(slot)
    expect(faultsOf(resource)).toEqual([])
    expect(slotById(book, String(resource.id))).toEqual(slot)
  }
})

test('[FHIR-27] no two slots have one id: an absence covers what is booked for just its time', () => {
  const away = [5, 5, 1].map((at) => ({ startMs: nowMs + at * hourMs, endMs: nowMs + 6 * hourMs, why: 'x' }))
  const when = { type: 'at', startMs: nowMs + 5 * hourMs, endMs: nowMs + 6 * hourMs } as const
  const book = createBook([...rows, { ...hours, weekly: [], away }, appointment({ when })])
  const schedule = schedulesOf(book).find(({ reference }) => reference === 'Practitioner/anna')
  if (!schedule) throw new Error('no schedule')
  const slots = slotsOf(book, schedule, { startMs: nowMs, endMs: nowMs + dayMs }).map(slotResource)
  expect(new Set(slots.map(({ id }) => id)).size).toBe(slots.length)
  expect(slots.map(({ status }) => status)).toEqual(['free', 'busy-unavailable', 'busy-unavailable', 'free'])
  for (const slot of slots) expect(faultsOf(slot)).toEqual([])
})

test('[FHIR-6] schedules and the statement of what this server can do are valid', () => {
  for (const schedule of schedulesOf(plan))
    expect(faultsOf(scheduleResource(plan, schedule, nowMs))).toEqual([])
  expect(schedulesOf(plan)).toHaveLength(4)
  expect(faultsOf(capabilityOf('https://bedside.example', '0.1.0'))).toEqual([])
})
