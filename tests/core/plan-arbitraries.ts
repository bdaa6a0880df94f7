/** Acts for property tests: in a small ward, so that they meet each other all the time; and wild ones, of any content. */
import fc from 'fast-check'
import type {
  AppointmentFields,
  Changes,
  HoursWish,
  KeptAct,
  Pattern,
  Stop,
} from '../../src/protocol/plan.ts'
import { at, eight, hour, minute, pattern, zone } from './plan-fixtures.ts'

export const seed = 20270301

const staffIds = fc.subarray(['anna', 'bertil', 'nina'], { minLength: 1 })
const startMs = fc.integer({ min: 0, max: 48 }).map((five) => eight + five * 5 * minute)
const length = fc.constantFrom(5, 10, 30, 45, 60)
const time = fc.tuple(startMs, length).map(([start, minutes]) => at(start, minutes))
const waits = fc
  .tuple(startMs, length)
  .map(
    ([notBeforeMs, minutes]) =>
      ({ type: 'waiting', minutes, notBeforeMs, notAfterMs: eight + 6 * hour }) as const,
  )
const place = fc.constantFrom(null, 'Room 7', 'room 7', 'Room 8')
const buffer = fc.constantFrom(0, 0, 5, 15)
const outside = fc.constantFrom(false, false, true)

const stop = (bedId: string): fc.Arbitrary<Stop> =>
  fc.record({
    bedId: fc.constant(bedId),
    admissionId: fc.constantFrom(null, null, null, null, 'a1', 'a2'),
    minutes: fc.constantFrom(5, 10),
    state: fc.constantFrom('open', 'open', 'done', 'skipped'),
  })
export const stops: fc.Arbitrary<Stop[]> = fc
  .shuffledSubarray(['b1', 'b2', 'b3'])
  .chain((beds) => fc.tuple(...beds.map(stop)))
const status = fc.constantFrom(
  'booked',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
  'waitlist',
  'entered-in-error',
)

export const someFields: fc.Arbitrary<AppointmentFields> = fc.record({
  title: fc.constantFrom('Round', 'Talk', 'Visit'),
  note: fc.constantFrom('', 'fasting', 'bring the chart'),
  place,
  staff: staffIds,
  roles: fc.constantFrom([], ['surgeon on call']),
  stops,
  outpatient: fc.constant(null),
  before: buffer,
  after: buffer,
  language: fc.constantFrom(null, 'so'),
  interpreter: fc.boolean(),
  outsideHours: outside,
  when: fc.oneof({ weight: 5, arbitrary: time }, { weight: 1, arbitrary: waits }),
  status,
  cancelReason: fc.constantFrom(null, 'ill'),
})

/** Such as may be booked: who waits has no time, and nothing is over before it begins. */
const bookable = someFields.map((all): AppointmentFields => {
  const status = all.when.type === 'at' ? 'booked' : 'waitlist'
  return {
    ...all,
    stops: all.stops.slice(0, 1).map((one) => ({ ...one, minutes: 5 })),
    status,
    cancelReason: null,
  }
})

/** The fields that an edit writes; their `from` is what somebody saw. */
export const edits: fc.Arbitrary<Partial<AppointmentFields>> = someFields.chain((all) =>
  fc.subarray(Object.entries(all), { minLength: 1, maxLength: 3 }).map((some) => Object.fromEntries(some)),
)

const somePattern: fc.Arbitrary<Pattern> = fc
  .record({ staff: staffIds, minutes: length, place, title: fc.constantFrom('Round', 'Tea') })
  .map((over) => pattern(over))
const rule = fc.constantFrom('FREQ=DAILY', 'FREQ=DAILY;COUNT=3', 'FREQ=WEEKLY;BYDAY=MO,WE', 'FREQ=NEVER')
const clock = fc.constantFrom('09:00', '10:30', '03:30')
const days = fc.constantFrom('2027-03-01', '2027-03-02', '2027-03-28')
const minuteOf = fc.tuple(days, clock).map(([date, hours]) => `${date}T${hours}`)
const wish: fc.Arbitrary<HoursWish> = fc.record({
  zone: fc.constant(zone),
  weekly: fc.constantFrom([], [{ day: 1, from: 480, to: 720 }]),
  away: fc.constantFrom([], [{ startMs: eight, endMs: eight + hour, why: '' }]),
})
const ids = fc.constantFrom('p', 'q', 'r', 's_20270301T0900', 's_20270302T0900')

/** An act as somebody may mean it; `edit` has no `from` yet. */
export type Meant =
  | { readonly type: 'act'; readonly act: KeptAct }
  | { readonly type: 'edit'; readonly id: string; readonly next: Partial<AppointmentFields> }

export const meant: fc.Arbitrary<Meant> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        id: ids,
        kind: fc.constantFrom('round', 'round', 'visit', 'note', 'bed-call'),
        fields: bookable,
      })
      .map((all): Meant => ({ type: 'act', act: { type: 'appointment.book', ...all } })),
  },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('edit'), id: ids, next: edits }) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        id: fc.constantFrom('s', 't'),
        rule,
        start: minuteOf,
        zone: fc.constant(zone),
        pattern: somePattern,
      })
      .map((all): Meant => ({ type: 'act', act: { type: 'series.make', ...all } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        id: fc.constantFrom('s', 't', 'n'),
        from: fc.option(minuteOf),
        nextId: fc.constantFrom('n', 'm'),
        rule: fc.option(rule),
        time: fc.option(clock),
        pattern: fc.option(somePattern),
      })
      .map((all): Meant => ({ type: 'act', act: { type: 'series.edit', ...all } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ id: fc.constantFrom('s', 't', 'n'), from: fc.option(minuteOf), reason: fc.constant('over') })
      .map((all): Meant => ({ type: 'act', act: { type: 'series.end', ...all } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({ id: fc.constantFrom('anna', 'bertil'), from: fc.option(wish), to: wish })
      .map((all): Meant => ({ type: 'act', act: { type: 'hours.set', ...all } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        actId: fc.constant('x'),
        admissionId: fc.constantFrom('a1', 'a2'),
        bedId: fc.constantFrom('b1', 'b2', 'b3'),
      })
      .map((all): Meant => ({ type: 'act', act: { type: 'admission.move', ...all } })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Meant>({
      type: 'act',
      act: { type: 'admission.discharge', actId: 'x', admissionId: 'a1', born: '1948-03-02', number: '1048' },
    }),
  },
)

/** What the wire lets through, however hostile. */
const id = fc.stringMatching(/^[0-9A-Za-z_-]{1,64}$/)
const ms = fc.oneof(
  fc.constantFrom(0, 1, 8.64e15, 8.64e15 - 1, 2.5e14, 0.5),
  fc.double({ min: 0, max: 8.64e15, noNaN: true }),
  startMs,
)
const wildMinutes = fc.integer({ min: 1, max: 1440 })
const local = fc.oneof(
  fc.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/),
  fc.constantFrom('0000-01-01T00:00', '9999-12-31T23:59', '2027-02-29T24:60'),
  minuteOf,
)
const wildRule = fc.oneof(
  fc.string({ minLength: 1, maxLength: 300 }),
  fc.constantFrom(
    'FREQ=DAILY;INTERVAL=1000',
    'FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2',
    'FREQ=MONTHLY;BYDAY=5SU',
    'FREQ=DAILY;COUNT=10000',
  ),
  rule,
)
const wildZone = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9+_/-]{1,64}$/),
  fc.constantFrom('UTC', 'Pacific/Apia', '+25:00'),
)
const wildWhen = fc.oneof(
  fc.record({ type: fc.constant('at'), startMs: ms, endMs: ms }),
  fc.record({ type: fc.constant('waiting'), minutes: wildMinutes, notBeforeMs: ms, notAfterMs: ms }),
  time,
)
const wildStops = fc.array(
  fc.record({
    bedId: fc.oneof(id, fc.constantFrom('b1', 'b2')),
    admissionId: fc.option(id),
    minutes: wildMinutes,
    state: fc.constantFrom('open', 'done', 'skipped'),
  }),
  { maxLength: 5 },
)
const wildFields = someFields.chain((all) =>
  fc
    .record({
      when: wildWhen,
      stops: wildStops,
      staff: fc.array(fc.oneof(id, fc.constant('anna')), { maxLength: 4 }),
      before: fc.integer({ min: 0, max: 120 }),
    })
    .map((over): AppointmentFields => ({ ...all, ...over })),
)
const wildPattern = fc
  .tuple(somePattern, wildStops, wildMinutes)
  .map(([all, some, minutes]): Pattern => ({ ...all, stops: some, minutes }))
const wildHours: fc.Arbitrary<HoursWish> = fc.record({
  zone: wildZone,
  weekly: fc.array(
    fc.record({
      day: fc.integer({ min: 1, max: 7 }),
      from: fc.integer({ min: 0, max: 2880 }),
      to: fc.integer({ min: 0, max: 2880 }),
    }),
    { maxLength: 4 },
  ),
  days: fc.array(
    fc.record({
      date: fc.constantFrom('2027-03-01', '2027-03-28', '2027-02-31', '9999-99-99'),
      spans: fc.constantFrom([], [{ from: 480, to: 720 }], [{ from: 1320, to: 1800 }]),
    }),
    { maxLength: 2 },
  ),
  away: fc.array(fc.record({ startMs: ms, endMs: ms, why: fc.constant('') }), { maxLength: 2 }),
})
const knownIds = fc.oneof(id, fc.constantFrom('p', 'anna', 's', 'att'))

export const wildAct: fc.Arbitrary<KeptAct> = fc.oneof(
  fc.record({
    type: fc.constant('appointment.book'),
    id: knownIds,
    kind: fc.constantFrom('bed-call', 'round', 'visit', 'note'),
    fields: wildFields,
  }),
  fc.tuple(knownIds, wildFields, wildFields).chain(([one, from, to]) =>
    fc.subarray(Object.keys(from)).map((names): KeptAct => {
      const were = new Map<string, unknown>(Object.entries(from))
      const are = new Map<string, unknown>(Object.entries(to))
      const changes = Object.fromEntries(
        names.map((name) => [name, { from: were.get(name), to: are.get(name) }]),
      )
      return { type: 'appointment.edit', id: one, changes: changes as Changes }
    }),
  ),
  fc.record({
    type: fc.constant('series.make'),
    id: knownIds,
    rule: wildRule,
    start: local,
    zone: wildZone,
    pattern: wildPattern,
  }),
  fc.record({
    type: fc.constant('series.edit'),
    id: knownIds,
    from: fc.option(local),
    nextId: id,
    rule: fc.option(wildRule),
    time: fc.option(fc.stringMatching(/^\d{2}:\d{2}$/)),
    pattern: fc.option(wildPattern),
  }),
  fc.record({
    type: fc.constant('series.end'),
    id: knownIds,
    from: fc.option(local),
    reason: fc.constant('x'),
  }),
  fc.record({ type: fc.constant('hours.set'), id: knownIds, from: fc.option(wildHours), to: wildHours }),
  fc.record({
    type: fc.constant('attention.resolve'),
    id: knownIds,
    how: fc.constantFrom('dropped', 'seen'),
  }),
  fc.record({ type: fc.constant('admission.move'), actId: id, admissionId: knownIds, bedId: knownIds }),
)
