/** A bedside call and its bed: of one length, whoever changes which of the two, in whatever order. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Book } from '../../src/core/plan/book.ts'
import { bookingsOf } from '../../src/core/plan/booking.ts'
import { inverseOf } from '../../src/core/plan/inverse.ts'
import { apply } from '../../src/core/plan/replay.ts'
import type { Appointment, AppointmentFields, KeptAct, PlanAct } from '../../src/protocol/plan.ts'
import { seed } from './plan-arbitraries.ts'
import {
  anna,
  appointment,
  at,
  bookAct,
  editAct,
  editOf,
  eight,
  fields,
  hour,
  makeAct,
  minute,
  nina,
  pattern,
  perform,
  said,
  stop,
  troublesOf,
  ward,
  why,
} from './plan-fixtures.ts'

const call = (minutes: number, stopMinutes = minutes): PlanAct =>
  bookAct('one', { when: at(eight, minutes), stops: [stop('b1', { minutes: stopMinutes })] }, 'bed-call')

/** From when on and until when the bed is taken, in minutes after eight. */
function bedTime(book: Book, id = 'one') {
  return bookingsOf(appointment(book, id))
    .filter(({ resource }) => resource.startsWith('bed:'))
    .map(({ startMs, endMs }) => [(startMs - eight) / minute, (endMs - eight) / minute])
}

/** As servers before this rule may have stored one: the bed is taken for the first ten of its minutes. */
function former(minutes: number): Appointment {
  const row = appointment(perform(ward(), call(minutes)), 'one')
  return { ...row, stops: [stop('b1', { minutes: 10 })] }
}

test('[PLAN-1] HZ-8: whoever changes only the length of a bedside call keeps its bed for all of it', () => {
  const book = perform(ward(), call(30), editAct('one', { when: { from: at(eight), to: at(eight, 60) } }))
  expect(bedTime(book)).toEqual([[0, 60]])
  const other = { staff: ['bertil'], when: at(eight + 30 * minute), stops: [stop('b1')] }
  expect(why(book, bookAct('two', other, 'bed-call'))).toBe('taken')
  expect(why(book, editOf(book, 'one', { when: at(eight, 15) }), anna), 'also another person').toBe('done')
  perform(book, editOf(book, 'one', { when: at(eight, 15) }))
  expect(bedTime(book)).toEqual([[0, 15]])
})

test.each([
  ['shorter', 10],
  ['longer', 45],
])('[PLAN-1] a call that is booked with a %s stop takes its bed for all of it', (_, minutes) => {
  const book = perform(ward(), call(30, minutes))
  expect(bedTime(book)).toEqual([[0, 30]])
  expect(why(book, call(30, minutes)), 'the same once more').toBe('done')
  const made = makeAct('s', {
    pattern: pattern({ kind: 'bed-call', stops: [stop('b1', { minutes })], minutes: 30 }),
  })
  const series = perform(ward(), made)
  for (const row of series.all('appointment')) expect(row.stops[0]?.minutes).toBe(30)
})

test('[PLAN-1] a call of half minutes takes its bed to its end and no longer', () => {
  const when = { type: 'at', startMs: eight, endMs: eight + 29.5 * minute } as const
  const book = perform(ward(), bookAct('one', { when, stops: [stop('b1')] }, 'bed-call'))
  expect(bedTime(book)).toEqual([[0, 29.5]])
})

test('[PLAN-2] one moves a call while another makes it longer: it stays whole, and the second hears', () => {
  const book = perform(ward(), call(30))
  const longer = editOf(book, 'one', { when: at(eight, 60), stops: [stop('b1', { minutes: 60 })] })
  perform(book, editOf(book, 'one', { when: at(eight + hour) }))
  const decision = apply(book, longer, anna)
  expect(troublesOf(decision).flatMap(({ clashes }) => clashes.map(({ field }) => field))).toEqual(['when'])
  expect(bedTime(book)).toEqual([[60, 90]])
})

test('[PLAN-2] one makes a call longer while another takes it to another bed: both are done', () => {
  const book = perform(ward(), call(30))
  const elsewhere = editOf(book, 'one', { stops: [stop('b2', { minutes: 30 })] })
  perform(book, editOf(book, 'one', { when: at(eight, 60), stops: [stop('b1', { minutes: 60 })] }))
  expect(said(apply(book, elsewhere, anna))).toBe('done')
  expect(appointment(book, 'one').stops).toEqual([stop('b2', { minutes: 60 })])
})

test('[PLAN-2] whoever asks for other minutes of the stop alone hears that they do not stand', () => {
  const book = perform(ward(), call(30))
  expect(why(book, editOf(book, 'one', { stops: [stop('b1', { minutes: 20 })] }))).toBe('edited-meanwhile')
  const both = editOf(book, 'one', { title: 'Talk', stops: [stop('b1', { minutes: 20 })] })
  expect(said(apply(book, both, nina))).toBe('done but edited-meanwhile')
  expect(appointment(book, 'one')).toMatchObject({ title: 'Talk', stops: [{ minutes: 30 }] })
})

test('[PLAN-1] a call of former times keeps what it has until it is placed anew, and is whole from then on', () => {
  const others = { staff: ['bertil'], when: at(eight + 10 * minute, 20), stops: [stop('b1')] }
  const full = () => perform(ward(former(60)), bookAct('two', others, 'bed-call'))
  expect(why(full(), editAct('one', { title: { from: 'Round', to: 'Talk' } }))).toBe('done')
  const seen = { from: [stop('b1')], to: [stop('b1', { state: 'done' })] }
  expect(why(full(), editAct('one', { stops: seen }))).toBe('done')
  expect(why(full(), editOf(full(), 'one', { when: at(eight, 65) }))).toBe('taken')
  const book = perform(ward(former(60)), editAct('one', { when: { from: at(eight, 60), to: at(eight, 45) } }))
  expect(bedTime(book)).toEqual([[0, 45]])
  const form = editAct('one', { stops: { from: [stop('b1')], to: [stop('b1', { minutes: 60 })] } })
  expect(bedTime(perform(ward(former(60)), form))).toEqual([[0, 60]])
})

const minutes = fc.constantFrom(5, 15, 30, 60)
const times = fc.tuple(fc.integer({ min: 0, max: 6 }), minutes)
/** What people and programs write of a call: its time, with its stop or without; its bed; a word. */
const writes = fc.oneof(
  times.map(
    ([half, length]): Partial<AppointmentFields> => ({ when: at(eight + half * hour * 0.5, length) }),
  ),
  fc.tuple(times, minutes, fc.constantFrom('b1', 'b2')).map(
    ([[half, length], own, bedId]): Partial<AppointmentFields> => ({
      when: at(eight + half * hour * 0.5, length),
      stops: [stop(bedId, { minutes: own })],
    }),
  ),
  fc
    .tuple(minutes, fc.constantFrom('b1', 'b2'))
    .map(([own, bedId]): Partial<AppointmentFields> => ({ stops: [stop(bedId, { minutes: own })] })),
  fc.constantFrom<Partial<AppointmentFields>>(
    { title: 'Talk' },
    { status: 'arrived' },
    { status: 'cancelled', cancelReason: 'ill' },
    { status: 'booked' },
  ),
)
/** Whose hand, how many acts old the view is, and what is written. */
const hands = fc.tuple(fc.constantFrom(anna, nina), fc.integer({ min: 0, max: 3 }), writes)

test('[PLAN-1] HZ-8: after any edits of two people on older views the bed of a call is taken for all of it', () => {
  let done = 0
  fc.assert(
    fc.property(call30(), fc.array(hands, { maxLength: 12 }), (first, edits) => {
      const book = perform(ward(), first)
      const views = [appointment(book, 'one')]
      for (const [author, age, next] of edits) {
        const seen = views[Math.max(0, views.length - 1 - age)]
        const act = editOf(seen ? ward(seen) : book, 'one', next)
        if (said(apply(book, act, author)) === 'done') done += 1
        const row = appointment(book, 'one')
        views.push(row)
        if (row.when.type !== 'at') throw new Error('it waits')
        expect(row.stops).toHaveLength(1)
        expect(row.stops[0]?.minutes).toBe((row.when.endMs - row.when.startMs) / minute)
      }
    }),
    { numRuns: 1_000, seed },
  )
  expect(done).toBeGreaterThan(2_000)
})

function call30(): fc.Arbitrary<KeptAct> {
  return minutes.map((own) => call(30, own))
}

test('[PLAN-16] a change of a call that is undone is as it was', () => {
  fc.assert(
    fc.property(writes, (next) => {
      const book = perform(ward(), call(30))
      const before = appointment(book, 'one')
      const act = editOf(book, 'one', next)
      if (said(apply(book, act, nina)) !== 'done') return
      const back = inverseOf(book, act)
      if (back) perform(book, back)
      expect({ ...appointment(book, 'one'), rev: 1 }).toEqual(before)
    }),
    { numRuns: 300, seed },
  )
})

test('[PLAN-5] what is only proposed stays proposed, and takes its time all the same', () => {
  const book = perform(ward(), { ...bookAct('one'), fields: fields({ status: 'proposed' }) })
  expect(appointment(book, 'one').status).toBe('proposed')
  expect(why(book, bookAct('two'))).toBe('taken')
  expect(why(book, editOf(book, 'one', { status: 'booked' }))).toBe('done')
})
