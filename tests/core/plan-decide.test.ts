/** Booking and editing: who may be where, whose words stand, what is over, and what makes no sense. */

import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { againId } from '../../src/core/plan/again.ts'
import { decide } from '../../src/core/plan/decide.ts'
import { mayFollow } from '../../src/core/plan/status.ts'
import { id } from '../../src/protocol/primitives.ts'
import {
  anna,
  appointment,
  at,
  bed,
  bookAct,
  day,
  editAct,
  editOf,
  eight,
  hour,
  hours,
  minute,
  nina,
  perform,
  stop,
  troublesOf,
  ward,
  why,
} from './plan-fixtures.ts'

describe('[PLAN-1] nobody and nothing is in two places at once (HZ-8)', () => {
  const other = { staff: ['bertil'] }
  test.each([
    ['the same person', bookAct('two', { when: at(eight + 20 * minute) }), 'taken'],
    ['another person', bookAct('two', { when: at(eight + 20 * minute), ...other }), 'done'],
    ['the same person right after', bookAct('two', { when: at(eight + 30 * minute) }), 'done'],
    ['the same person right before', bookAct('two', { when: at(eight - 30 * minute) }), 'done'],
    ['the same room, typed otherwise', bookAct('two', { ...other, place: '  room   7 ' }), 'taken'],
    [
      'the same bed while it is visited',
      bookAct('two', { ...other, when: at(eight, 10), stops: [stop('b1')] }),
      'taken',
    ],
    [
      'the same bed after it was visited',
      bookAct('two', { ...other, when: at(eight + 10 * minute, 10), stops: [stop('b1')] }),
      'done',
    ],
    ['a note takes nobody', bookAct('two', {}, 'note'), 'done'],
    [
      'who waits takes nobody',
      bookAct('two', {
        status: 'waitlist',
        when: { type: 'waiting', minutes: 30, notBeforeMs: eight, notAfterMs: eight + hour },
      }),
      'done',
    ],
  ])('%s: %#', (_, act, expected) => {
    const book = perform(ward(), bookAct('one', { place: 'Room 7', stops: [stop('b1')] }))
    expect(why(book, act)).toBe(expected)
  })

  test.each(['cancelled', 'noshow', 'entered-in-error'] as const)('%s frees the time', (status) => {
    const book = perform(ward(), bookAct('one'))
    perform(book, editOf(book, 'one', { status, ...(status === 'cancelled' ? { cancelReason: 'ill' } : {}) }))
    expect(why(book, bookAct('two'))).toBe('done')
  })

  test('a refusal says who holds the slot and whom to tell', () => {
    const book = perform(ward(), bookAct('one'))
    const [trouble] = troublesOf(decide(book, bookAct('two'), anna))
    expect(trouble).toMatchObject({
      why: 'taken',
      also: ['nina'],
      startMs: eight,
      blocking: [
        { resource: 'staff:anna', appointmentId: 'one', title: 'Round', by: 'nina', startMs: eight },
      ],
    })
    expect(trouble?.free).toEqual([eight - 30 * minute, eight + 30 * minute, eight + 60 * minute])
  })

  test('buffers keep people and room apart unless one of the two was put there on purpose, never the bare time', () => {
    const book = perform(ward(), bookAct('one', { after: 15 }))
    const close = (over: object, startMs = eight + 35 * minute) =>
      bookAct('two', { when: at(startMs), ...over })
    expect(why(book, close({}))).toBe('taken')
    expect(why(book, close({ before: 15 }, eight + 50 * minute))).toBe('taken')
    expect(why(book, close({ outsideHours: true }))).toBe('done')
    expect(why(book, close({ outsideHours: true }, eight + 29 * minute))).toBe('taken')
    perform(book, close({ outsideHours: true }))
    expect(why(book, editOf(book, 'one', { after: 20 }))).toBe('done')
  })

  test('a stop that is left out frees its bed, and what follows keeps its time', () => {
    const book = perform(ward(), bookAct('one', { stops: [stop('b1'), stop('b2')] }))
    perform(
      book,
      bookAct('call', { staff: ['bertil'], when: at(eight + 20 * minute, 10), stops: [stop('b2')] }),
    )
    const stops = [stop('b1', { state: 'skipped' }), stop('b2')]
    perform(book, editOf(book, 'one', { stops }))
    expect(book.bookings('bed:b1', 0, eight + day)).toEqual([])
    expect(book.bookings('bed:b2', 0, eight + day)[0]).toMatchObject({ startMs: eight + 10 * minute })
  })

  test('notes, titles and marks are taken even where something stands in the way by now', () => {
    const book = perform(ward(), bookAct('one', { stops: [stop('b1')] }))
    book.put({ ...appointment(book, 'one'), id: 'intruder' })
    expect(why(book, editOf(book, 'one', { note: 'bring the chart' }))).toBe('done')
    expect(why(book, editOf(book, 'one', { stops: [stop('b1', { state: 'done' })] }))).toBe('done')
    expect(why(book, editOf(book, 'one', { when: at(eight + 5 * minute) }))).toBe('taken')
  })
})

describe('[PLAN-2] two edits merge field by field, and none is lost in silence', () => {
  test('different fields: both stand, in either order', () => {
    const start = () => perform(ward(), bookAct('one'))
    const title = editOf(start(), 'one', { title: 'Ward round' })
    const move = editOf(start(), 'one', { when: at(eight + hour) })
    const one = appointment(perform(start(), title, move), 'one')
    const other = appointment(perform(start(), move, title), 'one')
    expect(one).toEqual(other)
    expect(one).toMatchObject({ title: 'Ward round', when: at(eight + hour), rev: 3 })
  })

  test('the same field: the first stands, the second is told what stands and by whom', () => {
    const book = perform(ward(), bookAct('one'))
    const mine = editOf(book, 'one', { when: at(eight + hour), note: 'fasting' })
    perform(book, editOf(book, 'one', { when: at(eight + 2 * hour) }))
    const decision = decide(book, mine, anna)
    expect(troublesOf(decision)).toMatchObject([
      {
        why: 'edited-meanwhile',
        also: ['nina'],
        clashes: [{ field: 'when', from: at(eight), asked: at(eight + hour), stands: at(eight + 2 * hour) }],
      },
    ])
    expect(decision).toMatchObject({ type: 'done', rows: [{ note: 'fasting', when: at(eight + 2 * hour) }] })
    expect(why(book, editAct('one', { when: { from: at(eight), to: at(eight + hour) } }))).toBe(
      'edited-meanwhile',
    )
  })

  test('the same value twice is no clash', () => {
    const book = perform(ward(), bookAct('one'))
    const act = editOf(book, 'one', { title: 'Ward round' })
    perform(book, act)
    expect(decide(book, act, anna)).toEqual({ type: 'done', rows: [], removed: [], troubles: [] })
  })

  test('two orders of one round: the first stands, what else was written of it is taken, the clash is told', () => {
    const round = ['b1', 'b2', 'b3'].map((id) => stop(id))
    const book = perform(ward(), bookAct('one', { stops: round }))
    const order = (...indexes: number[]) => indexes.flatMap((index) => round[index] ?? [])
    const mine = order(2, 1, 0).map((one) => (one.bedId === 'b3' ? { ...one, minutes: 5 } : one))
    const act = editOf(book, 'one', { stops: mine })
    perform(book, editOf(book, 'one', { stops: order(1, 0, 2) }))
    const decision = decide(book, act, anna)
    expect(troublesOf(decision)).toMatchObject([{ why: 'edited-meanwhile', clashes: [{ field: 'stops' }] }])
    expect(decision).toMatchObject({
      rows: [{ stops: [{ bedId: 'b2' }, { bedId: 'b1' }, { bedId: 'b3', minutes: 5 }] }],
    })
  })

  test('one puts a round in order while another marks a bed and adds one', () => {
    const round = ['b1', 'b2'].map((id) => stop(id))
    const book = perform(ward(), bookAct('one', { stops: round }))
    const act = editOf(book, 'one', { stops: round.toReversed() })
    perform(book, editOf(book, 'one', { stops: [stop('b1', { state: 'done' }), stop('b2'), stop('b3')] }))
    perform(book, act)
    expect(appointment(book, 'one').stops).toMatchObject([
      { bedId: 'b2', state: 'open' },
      { bedId: 'b3' },
      { bedId: 'b1', state: 'done' },
    ])
  })

  test('a round that one makes shorter while another adds a bed is a clash of the two', () => {
    const book = perform(ward(), bookAct('one', { stops: [stop('b1')] }))
    const add = editOf(book, 'one', { stops: [stop('b1'), stop('b2', { minutes: 20 })] })
    perform(book, editOf(book, 'one', { when: at(eight, 15) }))
    expect(why(book, add, anna)).toBe('edited-meanwhile')
  })
})

describe('[PLAN-3] nobody is booked outside their hours or away, unless on purpose', () => {
  const shift = (over: object = {}) => ward(hours('anna', over))
  const clock = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Helsinki]`).epochMilliseconds
  test.each([
    ['within', '2027-03-01T08:00', 30, 'done'],
    ['to the last minute', '2027-03-01T15:30', 30, 'done'],
    ['a minute too long', '2027-03-01T15:31', 30, 'outside-hours'],
    ['a minute too early', '2027-03-01T07:59', 30, 'outside-hours'],
    ['on a Saturday', '2027-03-06T10:00', 30, 'outside-hours'],
    ['on the Monday after the clocks changed', '2027-03-29T08:00', 30, 'done'],
    ['an hour earlier there', '2027-03-29T07:30', 30, 'outside-hours'],
  ])('%s', (_, text, minutes, expected) => {
    expect(why(shift(), bookAct('one', { when: at(clock(text), minutes) }))).toBe(expected)
    expect(why(shift(), bookAct('one', { when: at(clock(text), minutes), outsideHours: true }))).toBe('done')
  })

  test('a night goes on over midnight, a gap of a minute parts it', () => {
    const night = (to: number) =>
      shift({
        weekly: [
          { day: 1, from: 22 * 60, to },
          { day: 2, from: 0, to: 6 * 60 },
        ],
      })
    const late = bookAct('one', { when: at(clock('2027-03-01T23:30'), 60) })
    expect(why(night(24 * 60), late)).toBe('done')
    expect(why(night(24 * 60 - 1), late)).toBe('outside-hours')
  })

  test('away is away, within the hours too; without hours one is there always', () => {
    const away = [{ startMs: eight, endMs: eight + hour, why: 'course' }]
    expect(why(shift({ away }), bookAct('one'))).toBe('away')
    expect(why(shift({ away, weekly: [] }), bookAct('one', { when: at(eight + hour) }))).toBe('done')
    expect(why(shift({ weekly: [] }), bookAct('one', { when: at(clock('2027-03-07T03:00')) }))).toBe('done')
  })

  test('a round that is under way may run late, one that is not yet may not be made to', () => {
    const book = perform(
      shift(),
      bookAct('one', { when: at(clock('2027-03-01T15:30')), stops: [stop('b1'), stop('b2')] }),
    )
    const late = { when: at(clock('2027-03-01T15:30'), 45) }
    expect(why(book, editOf(book, 'one', late))).toBe('outside-hours')
    perform(book, editOf(book, 'one', { stops: [stop('b1', { state: 'done' }), stop('b2')] }))
    expect(why(book, editOf(book, 'one', late))).toBe('done')
  })
})

describe('[PLAN-4] nobody books for the patient before (HZ-1, HZ-6)', () => {
  test.each([
    ['the patient who lies there', stop('b1'), 'done'],
    ['whoever lies there', stop('b1', { admissionId: null }), 'done'],
    ['another patient than lies there', stop('b1', { admissionId: 'a9' }), 'discharged'],
    ['a patient in an empty bed', stop('b3', { admissionId: 'a1' }), 'discharged'],
    ['one who was seen already', stop('b1', { admissionId: 'a9', state: 'done' }), 'done'],
    ['a bed there is not', stop('b9', { admissionId: null }), 'unknown'],
  ])('%s', (_, one, expected) => {
    expect(why(ward(), bookAct('one', { stops: [one] }))).toBe(expected)
  })

  test('a booking cannot be moved, or opened again, for somebody who has left; what was seen may be marked', () => {
    const book = perform(ward(), bookAct('one', { stops: [stop('b1')] }))
    book.put(bed('b1', null))
    expect(why(book, editOf(book, 'one', { when: at(eight + hour) }))).toBe('discharged')
    expect(why(book, editOf(book, 'one', { stops: [stop('b1', { state: 'done' })] }))).toBe('done')
    perform(book, editOf(book, 'one', { status: 'cancelled', cancelReason: 'left' }))
    expect(why(book, editOf(book, 'one', { status: 'booked', cancelReason: null }))).toBe('discharged')
  })

  test.each([['nobody'], ['gone']])('%s is nobody to be booked', (id) => {
    expect(why(ward(), bookAct('one', { staff: [id] }))).toBe('unknown')
  })

  test('an edit of nothing is refused', () => {
    expect(why(ward(), editAct('none', {}))).toBe('unknown')
  })
})

describe('[PLAN-5] what is over stays over, unless it is opened again', () => {
  const over = {
    fulfilled: {},
    noshow: {},
    cancelled: { cancelReason: 'ill' },
    'entered-in-error': {},
  } as const
  test.each(['fulfilled', 'noshow', 'cancelled', 'entered-in-error'] as const)('%s', (status) => {
    const book = perform(ward(), bookAct('one'))
    const late = editOf(book, 'one', { note: 'late' })
    perform(book, editOf(book, 'one', { status, ...over[status] }))
    expect(why(book, late)).toBe('closed')
    expect(why(book, editOf(book, 'one', { status: 'booked' }))).toBe('done')
    expect(why(book, editOf(book, 'one', { status: 'booked', note: 'again' }))).toBe('done')
  })

  test('a cancellation has its reason, and who opens it again takes it away', () => {
    const book = perform(ward(), bookAct('one'))
    expect(why(book, editOf(book, 'one', { status: 'cancelled' }))).toBe('senseless')
    perform(book, editOf(book, 'one', { status: 'cancelled', cancelReason: 'ill' }))
    perform(book, editOf(book, 'one', { status: 'booked' }))
    expect(appointment(book, 'one').cancelReason).toBeNull()
  })

  test.each([
    ['proposed', 'booked', 'yes'],
    ['booked', 'arrived', 'yes'],
    ['arrived', 'checked-in', 'yes'],
    ['checked-in', 'fulfilled', 'yes'],
    ['fulfilled', 'booked', 'yes'],
    ['noshow', 'arrived', 'yes'],
    ['booked', 'noshow', 'yes'],
    ['waitlist', 'booked', 'yes'],
    ['booked', 'waitlist', 'yes'],
    ['cancelled', 'booked', 'yes'],
    ['arrived', 'proposed', 'no'],
    ['waitlist', 'fulfilled', 'no'],
    ['cancelled', 'fulfilled', 'no'],
    ['fulfilled', 'cancelled', 'no'],
    ['proposed', 'arrived', 'no'],
    ['fulfilled', 'entered-in-error', 'yes'],
  ] as const)('%s may become %s: %s', (before, after, expected) => {
    expect(mayFollow(before, after) ? 'yes' : 'no').toBe(expected)
  })
})

describe('[PLAN-7] what makes no sense is refused, whatever else the plan holds', () => {
  test.each([
    ['an end before the start', { when: at(eight, -5) }],
    ['no time at all', { when: at(eight, 0) }],
    ['more than a day', { when: at(eight, 24 * 60 + 1) }],
    ['after the last year', { when: at(8.6e15) }],
    ['a bed twice', { stops: [stop('b1'), stop('b1')] }],
    [
      'stops longer than the appointment',
      { stops: [stop('b1', { minutes: 20 }), stop('b2', { minutes: 11 })] },
    ],
    [
      'a window shorter than the wait',
      {
        status: 'waitlist',
        when: { type: 'waiting', minutes: 61, notBeforeMs: eight, notAfterMs: eight + hour },
      },
    ],
    ['waiting with a time', { status: 'waitlist' }],
    [
      'booked without a time',
      { when: { type: 'waiting', minutes: 30, notBeforeMs: eight, notAfterMs: eight + hour } },
    ],
    ['over before it is booked', { status: 'fulfilled' }],
  ] as const)('%s', (_, over) => {
    expect(why(ward(), bookAct('one', { ...over, stops: [...('stops' in over ? over.stops : [])] }))).toBe(
      'senseless',
    )
  })

  test('a bedside call has one bed', () => {
    expect(why(ward(), bookAct('one', {}, 'bed-call'))).toBe('senseless')
    expect(why(ward(), bookAct('one', { stops: [stop('b1')] }, 'bed-call'))).toBe('done')
    expect(why(ward(), bookAct('one', { stops: [stop('b1'), stop('b2')] }, 'bed-call'))).toBe('senseless')
  })
})

describe('[PLAN-8] the same act once more changes nothing', () => {
  test('the same booking', () => {
    const book = perform(ward(), bookAct('one'))
    expect(decide(book, bookAct('one'), nina)).toEqual({ type: 'done', rows: [], removed: [], troubles: [] })
  })

  test('another booking under its id is refused, and so is the same one of somebody else', () => {
    const book = perform(ward(), bookAct('one'))
    expect(why(book, bookAct('one', { title: 'Other' }))).toBe('out-of-order')
    expect(why(book, bookAct('one'), anna)).toBe('out-of-order')
  })

  test('who resolves first has resolved', () => {
    const row = {
      type: 'attention',
      id: 'x',
      rev: 1,
      by: 'nina',
      also: [],
      asked: null,
      why: 'taken',
      blocking: [],
      free: [],
      clashes: [],
      startMs: null,
      atMs: 0,
      escalated: false,
      resolved: null,
    } as const
    const book = ward({ ...row, also: [], blocking: [], free: [], clashes: [] })
    perform(book, { type: 'attention.resolve', id: 'x', how: 'taken' })
    perform(book, { type: 'attention.resolve', id: 'x', how: 'dropped' })
    expect(book.get('attention', 'x')).toMatchObject({ rev: 2, resolved: { by: 'nina', how: 'taken' } })
    expect(why(book, { type: 'attention.resolve', id: 'y', how: 'seen' })).toBe('unknown')
  })
})

describe('[PLAN-8] what two people book in place of one thing that was refused is booked once (HZ-8)', () => {
  const inPlaceOf = (attentionId: string, startMs: number) =>
    bookAct(againId(attentionId), { when: at(startMs), staff: ['bertil'] })

  test('whoever decides second is refused, whichever time they chose, and sees the first', () => {
    const book = perform(ward(), inPlaceOf('refused-1', eight))
    const second = decide(book, inPlaceOf('refused-1', eight + 2 * hour), anna)
    expect(second).toMatchObject({ type: 'refused', trouble: { why: 'out-of-order' } })
    expect([...book.all('appointment')]).toHaveLength(1)
    expect(why(book, inPlaceOf('refused-1', eight)), 'the same once more').toBe('done')
    expect(why(book, inPlaceOf('refused-2', eight + 2 * hour)), 'another matter').toBe('done')
  })

  test('its name is an id, the same everywhere, and nobody else’s', () => {
    const names = Array.from({ length: 2_000 }, (_, n) => againId(`act-${n}`))
    expect(new Set(names).size).toBe(names.length)
    expect(names.every((name) => v.is(id, name) && uuid8.test(name))).toBe(true)
    expect(againId(againId('act-1'))).not.toBe(againId('act-1'))
    expect(againId('9b2d8f0e-0000-4000-8000-000000000001')).toBe('444eb5b4-22dd-8b99-806f-8f242bfeedbc')
  })
})

const uuid8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
