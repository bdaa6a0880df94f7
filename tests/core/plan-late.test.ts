/** Running late: what it pushes, what it cannot push, and that what it asks for is taken as it is asked. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Book } from '../../src/core/plan/book.ts'
import { type Booking, bookingsOf, collide } from '../../src/core/plan/booking.ts'
import { decide } from '../../src/core/plan/decide.ts'
import { inverseOf } from '../../src/core/plan/inverse.ts'
import { type Delay, latenessOf } from '../../src/core/plan/late.ts'
import { apply } from '../../src/core/plan/replay.ts'
import type { Appointment } from '../../src/protocol/plan.ts'
import { seed } from './plan-arbitraries.ts'
import {
  appointment,
  at,
  bookAct,
  editOf,
  eight,
  hours,
  minute,
  perform,
  stop,
  ward,
  why,
} from './plan-fixtures.ts'

const asker = { staffId: 'anna', atMs: eight, rights: 'change' } as const
const stops = [stop('b1', { state: 'done' }), stop('b2'), stop('b3')]
const round = bookAct('round', { stops })
const follows = (id: string, afterMinutes: number, minutes = 30, over = {}) =>
  bookAct(id, { title: id, when: at(eight + afterMinutes * minute, minutes), ...over }, 'bed-call')
const call = (id: string, afterMinutes: number, minutes = 30, over = {}) =>
  follows(id, afterMinutes, minutes, { stops: [stop('b3', { minutes })], ...over })

function lateness(book: Book, minutes = 10, id = 'round', who: Parameters<typeof latenessOf>[3] = asker) {
  return latenessOf(book, appointment(book, id), minutes, who)
}

/** Minutes after eight. */
function pushed({ pushes }: Delay): [string, number][] {
  return pushes.map(({ row, startMs }) => [row.id, (startMs - eight) / minute])
}

/** Every act is taken, in its order; the book with all of them in it. */
function taken(book: Book, { acts }: Delay): Book {
  const draft = book.draft()
  for (const act of acts) {
    const decision = apply(draft, act, asker)
    expect(decision).toMatchObject({ type: 'done', troubles: [] })
  }
  return draft
}

describe('[PLAN-17] running late pushes the rest', () => {
  test('the same person’s next comes later by as much as it must, and nothing after the first gap', () => {
    const book = perform(ward(), round, call('next', 30), call('then', 65), call('after', 95))
    const { whole } = lateness(book)
    expect(pushed(whole)).toEqual([
      ['next', 40],
      ['then', 70],
      ['after', 100],
    ])
    expect(whole.stuck).toEqual([])
    const gap = perform(ward(), round, call('next', 30), call('then', 75), call('after', 105))
    expect(pushed(lateness(gap).whole)).toEqual([['next', 40]])
    expect(pushed(lateness(gap, 15).whole)).toEqual([['next', 45]])
  })

  test('what is furthest is moved first and the late one last, so that each is taken', () => {
    const book = perform(ward(), round, call('next', 30), call('then', 60))
    const { whole } = lateness(book)
    expect(whole.acts.map((act) => act.type === 'appointment.edit' && act.id)).toEqual([
      'then',
      'next',
      'round',
    ])
    const after = taken(book, whole)
    expect(appointment(after, 'round').when).toEqual(at(eight, 40))
    expect(appointment(after, 'then').when).toEqual(at(eight + 70 * minute))
  })

  test('a bed that it reaches later pushes whoever is there, though the people are free', () => {
    const book = perform(ward(), round, follows('wash', 30, 10, { staff: [], stops: [stop('b3')] }))
    expect(pushed(lateness(book).whole)).toEqual([['wash', 40]])
  })

  test('without anybody in its way there is one act, and no choice', () => {
    const { whole, part, alone } = lateness(perform(ward(), round))
    expect([whole.acts.length, whole.pushes, whole.stuck, part, alone]).toEqual([1, [], [], null, null])
  })

  test('its own time that no bed needs is used up first', () => {
    const book = perform(ward(), bookAct('round', { stops: stops.slice(0, 2) }), call('next', 30))
    expect(lateness(book).whole).toMatchObject({ pushes: [], row: { when: at(eight, 30) } })
  })
})

describe('[PLAN-17] what cannot come later is named, and a person decides', () => {
  const visit = bookAct('visit', { title: 'visit', when: at(eight + 30 * minute) }, 'visit')
  test.each([
    ['an outpatient who was told when', 'promised', visit],
    [
      'what has begun',
      'under-way',
      follows('begun', 30, 30, { status: 'arrived', stops: [stop('b3', { minutes: 30 })] }),
    ],
    [
      'what is outside the hours, without the right to',
      'forbidden',
      call('evening', 30, 30, { outsideHours: true }),
    ],
  ] as const)('%s', (_, reason, act) => {
    const { whole } = lateness(perform(ward(), round, act))
    expect(whole.stuck.map(({ row, why: stuck }) => [row.id, stuck])).toEqual([[act.id, reason]])
  })

  test('another clinician’s at a bed that is reached later', () => {
    const bertils = follows('bertils', 30, 20, { staff: ['bertil'], stops: [stop('b3', { minutes: 20 })] })
    const book = perform(ward(), round, bertils)
    expect(lateness(book).whole.stuck).toMatchObject([{ row: { id: 'bertils' }, why: 'others' }])
  })

  test('what would end after somebody’s hours', () => {
    const book = perform(
      ward(hours('anna', { weekly: [{ day: 1, from: 480, to: 540 }] })),
      round,
      call('next', 30),
    )
    expect(lateness(book).whole.stuck).toMatchObject([{ row: { id: 'next' }, why: 'outside-hours' }])
  })

  test('what is proposed to an outpatient, and what nobody is named for, is pushed', () => {
    const pending = { ...visit, fields: { ...visit.fields, status: 'pending' as const } }
    expect(pushed(lateness(perform(ward(), round, pending)).whole)).toEqual([['visit', 40]])
  })

  test('what can be is pushed as far as it goes, and the beds that are left share what is missing', () => {
    const book = perform(
      ward(),
      round,
      call('next', 30, 10),
      bookAct('visit', { title: 'v', when: at(eight + 45 * minute) }, 'visit'),
    )
    const { whole, part, alone } = lateness(book)
    expect(whole.stuck).toMatchObject([{ row: { id: 'visit' }, why: 'promised' }])
    if (!part || !alone) throw new Error('no way')
    expect(pushed(part)).toEqual([['next', 35]])
    expect(part.row).toMatchObject({ when: at(eight, 35), stops: [{}, { minutes: 20 }, { minutes: 5 }] })
    taken(book, part)
    expect(alone).toMatchObject({ pushes: [], row: { when: at(eight, 30) } })
    expect(alone.row.stops.map(({ minutes }) => minutes)).toEqual([10, 15, 5])
    taken(book, alone)
  })

  test('a call with a visit at its end has no way but to move by hand', () => {
    const talk = bookAct('round', { stops: [stop('b3', { minutes: 30 })] }, 'bed-call')
    const { whole, part, alone } = lateness(perform(ward(), talk, visit))
    expect([whole.stuck.length, part, alone]).toEqual([1, null, null])
  })
})

test('[PLAN-17] no other start is offered for what has begun: nobody begins a round anew', () => {
  const book = perform(ward(), round, call('next', 30))
  const longer = editOf(book, 'round', { when: at(eight, 40) })
  const decision = decide(book, longer, asker)
  expect(decision).toMatchObject({ type: 'refused', trouble: { why: 'taken', free: [] } })
  const unbegun = perform(ward(), bookAct('round', { stops: [stop('b1')] }), call('next', 30))
  const refusal = decide(unbegun, editOf(unbegun, 'round', { when: at(eight, 40) }), asker)
  expect(refusal.type === 'refused' && refusal.trouble.free.length).toBeGreaterThan(0)
})

describe('[PLAN-5] a round is done with its last bed', () => {
  const open = [stop('b1', { state: 'done' }), stop('b2'), stop('b3')]
  const mark = (bed: string) =>
    open.map((one) => (one.bedId === bed ? { ...one, state: 'done' as const } : one))

  test('also when two mark the last two beds apart, each without the other’s', () => {
    const book = perform(ward(), bookAct('round', { stops: open }))
    const [mine, theirs] = [
      editOf(book, 'round', { stops: mark('b2') }),
      editOf(book, 'round', { stops: mark('b3') }),
    ]
    perform(book, mine)
    expect(appointment(book, 'round').status).toBe('booked')
    perform(book, theirs)
    expect(appointment(book, 'round').status).toBe('fulfilled')
    const back = inverseOf(book, theirs)
    if (!back) throw new Error('no way back')
    perform(book, back)
    expect(appointment(book, 'round')).toMatchObject({
      status: 'booked',
      stops: [{ state: 'done' }, { state: 'done' }, { state: 'open' }],
    })
  })

  test('a call is not, for its patient may still be told about it; nor a round that another one cancelled', () => {
    const book = perform(ward(), bookAct('round', { stops: open }))
    const marked = editOf(book, 'round', { stops: open.map((one) => ({ ...one, state: 'done' as const })) })
    perform(book, editOf(book, 'round', { status: 'cancelled', cancelReason: 'ill' }))
    expect(why(book, marked)).toBe('closed')
    expect(appointment(book, 'round').status).toBe('cancelled')
  })
})

/** Of people, beds and rooms: which appointment comes after which. */
function orders(book: Book): Map<string, string[]> {
  const all = [...book.all('appointment')].flatMap(bookingsOf)
  const byResource = Map.groupBy(all, ({ resource }) => resource)
  return new Map(
    [...byResource].map(([resource, list]) => [
      resource,
      list
        .sort((one, other) => one.bareStartMs - other.bareStartMs)
        .map(({ appointmentId }) => appointmentId),
    ]),
  )
}

function isHit(book: Book, row: Appointment): boolean {
  return bookingsOf(row).some((one: Booking) =>
    book
      .bookings(one.resource, one.startMs, one.endMs)
      .some((other) => other.appointmentId !== row.id && collide(one, other)),
  )
}

/** A morning in which hardly anybody has a gap. */
const crowded = fc.array(
  fc.record({
    gap: fc.constantFrom(0, 0, 0, 0, 5, 10),
    minutes: fc.constantFrom(5, 10, 15, 20),
    staff: fc.constantFrom(['anna'], ['anna'], ['anna', 'bertil'], ['anna'], [], ['bertil']),
    beds: fc.shuffledSubarray(['b1', 'b2', 'b3'], { maxLength: 2 }),
    place: fc.constantFrom(null, null, 'Room 7'),
    buffer: fc.constantFrom(0, 0, 0, 5),
    outsideHours: fc.constantFrom(false, false, false, true),
    kind: fc.constantFrom('round', 'round', 'round', 'round', 'visit', 'note'),
    status: fc.constantFrom('booked', 'booked', 'booked', 'booked', 'pending', 'arrived'),
    state: fc.constantFrom('open', 'open', 'open', 'open', 'open', 'done', 'skipped'),
  }),
  { minLength: 8, maxLength: 16 },
)
type Crowded = typeof crowded extends fc.Arbitrary<infer T> ? T : never

function crowdedBook(all: Crowded): Book {
  const book = ward(hours('anna', { weekly: [{ day: 1, from: 480, to: 750 }] }))
  const free = new Map<string, number>()
  for (const [index, one] of all.entries()) {
    const { gap, minutes, beds, buffer, kind, state, ...fields } = one
    const who = fields.staff.length === 0 ? ['nobody'] : fields.staff
    const startMs = Math.max(...who.map((id) => free.get(id) ?? eight)) + (gap + buffer) * minute
    for (const id of who) free.set(id, startMs + minutes * minute)
    const each = Math.floor(minutes / beds.length)
    const stops = beds.map((bed, at) => stop(bed, { minutes: each, state: at === 0 ? state : 'open' }))
    const when = at(startMs, minutes)
    apply(
      book,
      bookAct(`p${index}`, { ...fields, staff: [...fields.staff], when, stops, before: buffer }, kind),
      asker,
    )
  }
  return book
}

test('[PLAN-17] whatever stands in the plan: each act is taken, the order stays, and nobody is pushed a minute too far', () => {
  let [pushes, ways, stuck] = [0, 0, 0]
  fc.assert(
    fc.property(crowded, fc.constantFrom(5, 10, 15), fc.nat(3), (all, minutes, which) => {
      const book = crowdedBook(all)
      const rows = [...book.all('appointment')]
      const row = rows[which % rows.length]
      if (!row) return
      const { whole, part, alone } = latenessOf(book, row, minutes, { ...asker, rights: 'override' })
      stuck += whole.stuck.length
      for (const delay of whole.stuck.length === 0 ? [whole, part, alone] : [part, alone]) {
        if (!delay) continue
        ways += 1
        pushes += delay.pushes.length
        const after = taken(book, delay)
        expect(orders(after)).toEqual(orders(book))
        for (const push of delay.pushes) {
          const when = { type: 'at', startMs: push.startMs - minute, endMs: push.endMs - minute } as const
          expect(isHit(after, { ...push.row, when })).toBe(true)
        }
      }
    }),
    { numRuns: 400, seed },
  )
  expect(ways).toBeGreaterThan(300)
  expect(pushes).toBeGreaterThan(150)
  expect(stuck).toBeGreaterThan(100)
})
