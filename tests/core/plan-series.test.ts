/** Series: made real, changed from here on, ended, and what of them was changed by itself. */
import { describe, expect, test } from 'vitest'
import type { Book } from '../../src/core/plan/book.ts'
import { decide } from '../../src/core/plan/decide.ts'
import { extendHorizon, materialise } from '../../src/core/plan/materialise.ts'
import { apply } from '../../src/core/plan/replay.ts'
import type { PlanAct, Series } from '../../src/protocol/plan.ts'
import {
  anna,
  appointment,
  at,
  bed,
  bookAct,
  day,
  editOf,
  eight,
  horizonMs,
  hour,
  hours,
  makeAct,
  nina,
  pattern,
  perform,
  said,
  stop,
  troublesOf,
  utc,
  ward,
  why,
} from './plan-fixtures.ts'

type EditAct = Extract<PlanAct, { type: 'series.edit' }>

const server = { staffId: 'server', atMs: eight }

function editSeries(over: Partial<EditAct> = {}): EditAct {
  return {
    type: 'series.edit',
    id: 's',
    from: null,
    nextId: 's2',
    rule: null,
    time: null,
    pattern: null,
    ...over,
  }
}

function seriesOf(book: Book, id = 's'): Series {
  const row = book.get('series', id)
  if (!row) throw new Error(`no ${id}`)
  return row
}

/** The occasions that stand in the plan, by their ids, in order. */
function standing(book: Book, prefix = ''): string[] {
  return [...book.all('appointment')]
    .filter(({ id, status }) => id.startsWith(prefix) && status === 'booked')
    .map(({ id }) => id)
    .toSorted()
}

describe('[PLAN-10] a series is made real up to the horizon', () => {
  test('daily for 60 days, by ids that only series and clock make', () => {
    const book = perform(ward(), makeAct('s'))
    expect(standing(book)).toHaveLength(60)
    expect(standing(book)[0]).toBe('s_20270301T0900')
    expect(appointment(book, 's_20270401T0900')).toMatchObject({
      when: at(utc('2027-04-01T06:00Z')),
      occasion: { seriesId: 's', at: '2027-04-01T09:00', detached: false, shifted: false },
      by: 'nina',
    })
  })

  test('a time that the clocks skip is shifted and flagged, never dropped', () => {
    const book = perform(ward(), makeAct('s', { start: '2027-03-01T03:30' }))
    expect(appointment(book, 's_20270328T0330')).toMatchObject({
      when: at(utc('2027-03-28T01:30Z')),
      occasion: { shifted: true },
    })
    expect(standing(book)).toHaveLength(61)
  })

  test('an occasion that finds its time taken becomes a trouble, the others stand', () => {
    const book = perform(ward(), bookAct('one', { when: at(eight + day + hour) }))
    const decision = apply(book, makeAct('s'), anna)
    expect(troublesOf(decision)).toMatchObject([
      { id: 's_20270302T0900', why: 'taken', also: ['nina'], blocking: [{ appointmentId: 'one' }] },
    ])
    expect(troublesOf(decision)[0]?.free).toHaveLength(3)
    expect(standing(book, 's_')).toHaveLength(59)
  })

  test('[INBOX-6] a refused occasion is asked for by itself, and taken at a start that is free', () => {
    const book = perform(ward(), bookAct('standing', { when: at(eight + 2 * day + hour, 30) }))
    const decision = apply(book, makeAct('morning', { rule: 'FREQ=DAILY;COUNT=5' }), nina)
    const [told] = troublesOf(decision)
    if (told?.asked?.type !== 'appointment.book') throw new Error('not asked for by itself')
    const { when } = told.asked.fields
    expect(when).toEqual(at(eight + 2 * day + hour, 30))
    const [free = 0] = told.free
    const elsewhere = { ...told.asked, fields: { ...told.asked.fields, when: at(free, 30) } }
    expect(said(apply(book, elsewhere, nina))).toBe('done')
  })

  test('with every occasion in the way of something it is refused as a whole', () => {
    const book = perform(ward(), makeAct('s'))
    expect(why(book, makeAct('t'))).toBe('taken')
  })

  test('made twice it is made once, and what was cancelled stays so', () => {
    const book = perform(ward(), makeAct('s'))
    perform(book, editOf(book, 's_20270302T0900', { status: 'cancelled', cancelReason: 'holiday' }))
    expect(materialise(book, seriesOf(book), 0, horizonMs, server)).toEqual({ rows: [], troubles: [] })
    expect(decide(book, makeAct('s'), nina)).toMatchObject({ type: 'done', rows: [] })
    expect(why(book, makeAct('s', { start: '2027-03-01T10:00' }))).toBe('out-of-order')
  })

  test('the same rows on two devices whose plans are the same', () => {
    const [one, other] = [ward(), ward()].map((book) => decide(book, makeAct('s'), nina))
    expect(one).toEqual(other)
  })

  test('the horizon goes on, and what was refused before it is not told again', () => {
    const book = perform(ward(), bookAct('one', { when: at(eight + day + hour) }), makeAct('s'))
    book.put({ ...appointment(book, 'one'), id: 'later', when: at(horizonMs + day) })
    const more = extendHorizon(book, horizonMs + 3 * day, server)
    expect(more.rows.map(({ id }) => id)).toEqual(['s_20270430T0900', 's_20270502T0900', 'plan'])
    expect(more.troubles).toMatchObject([{ id: 's_20270501T0900', also: ['nina'] }])
    expect(extendHorizon(book, horizonMs, server).rows).toEqual([])
  })

  test.each([
    ['a rule that says nothing', { rule: 'every now and then' }],
    ['a day there is not', { start: '2027-02-30T09:00' }],
    ['a minute there is not', { start: '2027-02-20T24:00' }],
    ['a zone there is not', { zone: 'Europe/Atlantis' }],
    ['an end before its start', { rule: 'FREQ=DAILY;UNTIL=20200101T000000Z' }],
    ['stops longer than the occasion', { pattern: pattern({ stops: [stop('b1', { minutes: 31 })] }) }],
  ])('[PLAN-7] %s makes no series', (_, over) => {
    expect(why(ward(), makeAct('s', over))).toBe('senseless')
  })

  test('a day that is changed by itself no longer follows its series', () => {
    const book = perform(ward(), makeAct('s'))
    perform(book, editOf(book, 's_20270302T0900', { when: at(eight + day + 3 * hour) }))
    expect(appointment(book, 's_20270302T0900').occasion).toMatchObject({ detached: true })
    expect(appointment(book, 's_20270303T0900').occasion).toMatchObject({ detached: false })
  })
})

describe('[PLAN-11] a series is changed for all that is to come, or from an occasion on', () => {
  test('its words: every day that follows it has them, under the same id; a changed day keeps its own', () => {
    const book = perform(ward(), makeAct('s'))
    perform(book, editOf(book, 's_20270302T0900', { title: 'Long round' }))
    perform(book, editSeries({ pattern: pattern({ title: 'Short round' }) }))
    expect(appointment(book, 's_20270301T0900')).toMatchObject({ title: 'Short round', rev: 2 })
    expect(appointment(book, 's_20270302T0900')).toMatchObject({ title: 'Long round' })
    expect(standing(book)).toHaveLength(60)
    expect(seriesOf(book)).toMatchObject({ rev: 2, pattern: { title: 'Short round' } })
  })

  test('its time: each day has one round, a changed day keeps its own', () => {
    const book = perform(ward(), makeAct('s'))
    perform(book, editOf(book, 's_20270302T0900', { when: at(eight + day + 3 * hour) }))
    perform(book, editSeries({ time: '10:00' }))
    expect(standing(book)).toHaveLength(60)
    expect(standing(book).slice(0, 3)).toEqual(['s_20270301T1000', 's_20270302T0900', 's_20270303T1000'])
    expect(materialise(book, seriesOf(book), eight, horizonMs, server)).toEqual({ rows: [], troubles: [] })
  })

  test('what has begun is history: no second round the same day', () => {
    const book = perform(ward(), makeAct('s'))
    apply(book, editSeries({ time: '14:00' }), { staffId: 'nina', atMs: eight + 2 * hour })
    expect(standing(book).slice(0, 2)).toEqual(['s_20270301T0900', 's_20270302T1400'])
  })

  test('from a past occasion on: those that were stay as they were', () => {
    const book = perform(ward(), makeAct('s'))
    const wednesday = { staffId: 'nina', atMs: eight + 2 * day + 2 * hour }
    apply(book, editSeries({ from: '2027-03-02T09:00', time: '11:00' }), wednesday)
    expect(standing(book, 's_')).toEqual(['s_20270301T0900', 's_20270302T0900', 's_20270303T0900'])
    expect(standing(book, 's2_')[0]).toBe('s2_20270304T1100')
    expect(standing(book)).toHaveLength(60)
  })

  test('where the new time is taken the old one stays, and it is told', () => {
    const book = perform(ward(), makeAct('s'), bookAct('one', { when: at(eight + day + 4 * hour) }))
    const decision = apply(book, editSeries({ time: '12:00' }), nina)
    expect(troublesOf(decision)).toMatchObject([{ id: 's_20270302T1200', why: 'taken' }])
    // [INBOX-6] What is offered is another time for the one that stays: its day has no second one.
    const [told] = troublesOf(decision)
    expect(told?.asked).toMatchObject({ type: 'appointment.edit', id: 's_20270302T0900' })
    expect(Object.keys(told?.asked?.type === 'appointment.edit' ? told.asked.changes : {})).toEqual(['when'])
    expect(told?.free.length).toBeGreaterThan(0)
    expect(standing(book, 's_').slice(0, 3)).toEqual([
      's_20270301T1200',
      's_20270302T0900',
      's_20270303T1200',
    ])
    expect(appointment(book, 's_20270302T0900').occasion).toMatchObject({ detached: true })
    expect(materialise(book, seriesOf(book), eight, horizonMs, server)).toEqual({ rows: [], troubles: [] })
  })

  test('from an occasion on: divided in two, none lost and none twice', () => {
    const book = perform(ward(), makeAct('s'))
    perform(book, editOf(book, 's_20270304T0900', { when: at(eight + 3 * day + 4 * hour) }))
    perform(book, editSeries({ from: '2027-03-03T09:00', time: '11:00' }))
    expect(standing(book).slice(0, 5)).toEqual([
      's2_20270303T1100',
      's2_20270305T1100',
      's2_20270306T1100',
      's2_20270307T1100',
      's2_20270308T1100',
    ])
    expect(standing(book, 's_')).toEqual(['s_20270301T0900', 's_20270302T0900', 's_20270304T0900'])
    expect(standing(book)).toHaveLength(60)
    expect(seriesOf(book)).toMatchObject({ until: '2027-03-03T09:00' })
    expect(seriesOf(book, 's2')).toMatchObject({ start: '2027-03-03T11:00', except: ['2027-03-04T11:00'] })
  })

  test('of ten times, those that are left follow', () => {
    const book = perform(ward(), makeAct('s', { rule: 'FREQ=DAILY;COUNT=10' }))
    perform(book, editSeries({ from: '2027-03-04T09:00', pattern: pattern({ title: 'Later' }) }))
    expect(seriesOf(book, 's2').rule).toBe('FREQ=DAILY;COUNT=7')
    expect(standing(book)).toHaveLength(10)
  })

  test('from its first occasion on is all of it; after its end it is closed; a repeat is nothing', () => {
    const book = perform(ward(), makeAct('s'))
    perform(book, editSeries({ from: '2027-03-01T09:00', pattern: pattern({ title: 'New' }) }))
    expect(book.get('series', 's2')).toBeUndefined()
    const divide = editSeries({ from: '2027-03-03T09:00', time: '11:00' })
    perform(book, divide)
    expect(decide(book, divide, nina)).toMatchObject({ type: 'done', rows: [], removed: [] })
    expect(why(book, editSeries({ from: '2027-03-05T09:00', nextId: 's3', time: '12:00' }))).toBe('closed')
    expect(why(book, editSeries({ nextId: 's2', time: '12:00' }))).toBe('out-of-order')
  })

  test("[PLAN-2] two people's edits of a series merge field by field", () => {
    const book = perform(ward(), makeAct('s'))
    const { rule, start, pattern: seen } = seriesOf(book)
    const was = { rule, start, pattern: seen }
    const place = editSeries({ was, pattern: { ...seen, place: 'Room 7', title: 'Mine' } })
    perform(book, editSeries({ was, pattern: { ...seen, title: 'Theirs' } }))
    expect(troublesOf(apply(book, place, anna))).toMatchObject([
      {
        why: 'edited-meanwhile',
        also: ['nina'],
        clashes: [{ field: 'title', asked: 'Mine', stands: 'Theirs' }],
      },
    ])
    expect(seriesOf(book).pattern).toMatchObject({ place: 'Room 7', title: 'Theirs' })
    const time = (text: string) => editSeries({ was, time: text })
    perform(book, time('10:00'))
    expect(why(book, time('11:00'), anna)).toBe('edited-meanwhile')
  })

  test('other days: those that go are gone, those that come are there', () => {
    const book = perform(ward(), makeAct('s', { rule: 'FREQ=WEEKLY;BYDAY=MO,TU' }))
    perform(book, editSeries({ rule: 'FREQ=WEEKLY;BYDAY=MO,WE' }))
    expect(standing(book).slice(0, 4)).toEqual([
      's_20270301T0900',
      's_20270303T0900',
      's_20270308T0900',
      's_20270310T0900',
    ])
  })

  test('with other days asked for, the old day does not come once more', () => {
    const book = perform(ward(), makeAct('s'))
    const later = perform(ward(), makeAct('s'))
    perform(book, editSeries({ rule: 'FREQ=WEEKLY;BYDAY=TU,TH' }))
    expect(standing(book).slice(0, 3)).toEqual(['s_20270302T0900', 's_20270304T0900', 's_20270309T0900'])
    perform(later, editSeries({ from: '2027-03-03T09:00', rule: 'FREQ=WEEKLY;BYDAY=TU,TH' }))
    expect(standing(later).slice(0, 4)).toEqual([
      's2_20270304T0900',
      's2_20270309T0900',
      's2_20270311T0900',
      's2_20270316T0900',
    ])
    expect(standing(later, 's_')).toEqual(['s_20270301T0900', 's_20270302T0900'])
    expect(why(later, editSeries({ nextId: 's3', time: '99:99' }))).toBe('senseless')
    expect(why(later, editSeries({ from: '2027-03-02T09:00', nextId: 's3', time: '99:99' }))).toBe(
      'senseless',
    )
  })

  test('it ends: all that is to come is cancelled for the reason, what was is not', () => {
    const book = perform(ward(), makeAct('s'))
    apply(
      book,
      { type: 'series.end', id: 's', from: null, reason: 'moved' },
      { staffId: 'nina', atMs: eight + day },
    )
    expect(standing(book)).toEqual(['s_20270301T0900'])
    expect(appointment(book, 's_20270302T0900')).toMatchObject({ status: 'cancelled', cancelReason: 'moved' })
    expect(extendHorizon(book, horizonMs + 9 * day, server).rows).toHaveLength(1)
    const again = { type: 'series.end', id: 's', from: null, reason: 'moved' } as const
    expect(decide(book, again, { staffId: 'nina', atMs: eight + 2 * day })).toMatchObject({
      type: 'done',
      rows: [],
    })
  })

  test('it ends from an occasion on', () => {
    const book = perform(ward(), makeAct('s'))
    perform(book, { type: 'series.end', id: 's', from: '2027-03-03T09:00', reason: 'moved' })
    expect(standing(book)).toEqual(['s_20270301T0900', 's_20270302T0900'])
    expect(why(book, { type: 'series.end', id: 'none', from: null, reason: 'moved' })).toBe('unknown')
  })
})

describe('[PLAN-6] hours are set as a whole', () => {
  const wish = { zone: 'Europe/Helsinki', weekly: [{ day: 1, from: 480, to: 960 }], away: [] }
  const set = (from: typeof wish | null, to: typeof wish, id = 'anna'): PlanAct => ({
    type: 'hours.set',
    id,
    from,
    to,
  })

  test('on the ground of what stands, or of what was', () => {
    const book = perform(ward(), set(null, wish))
    expect(book.get('hours', 'anna')).toMatchObject({ rev: 1, ...wish })
    expect(decide(book, set(null, wish), nina)).toMatchObject({ type: 'done', rows: [] })
    const other = { ...wish, weekly: [] }
    expect(why(book, set(null, other))).toBe('edited-meanwhile')
    expect(why(book, set(wish, other))).toBe('done')
  })

  test.each([
    ['nobody', set(null, wish, 'nobody'), 'unknown'],
    ['no zone', set(null, { ...wish, zone: 'Nowhere' }), 'senseless'],
    [
      'an end before the start',
      set(null, { ...wish, weekly: [{ day: 1, from: 960, to: 480 }] }),
      'senseless',
    ],
  ])('%s', (_, act, expected) => {
    expect(why(ward(), act)).toBe(expected)
  })

  test('who falls ill leaves bookings behind: they stand, and whoever made them is told', () => {
    const book = perform(ward(hours('anna')), bookAct('one'), bookAct('two', { when: at(eight + 2 * hour) }))
    const away = [{ startMs: eight, endMs: eight + hour, why: 'ill' }]
    const row = book.get('hours', 'anna')
    if (!row) throw new Error('no hours')
    const { zone, weekly } = row
    // Booked in the night on purpose, before these hours were made: it was outside then, too.
    book.put({ ...appointment(book, 'two'), id: 'night', when: at(eight + 14 * hour) })
    const act: PlanAct = {
      type: 'hours.set',
      id: 'anna',
      from: { zone, weekly, away: [] },
      to: { zone, weekly, away },
    }
    const troubles = troublesOf(decide(book, act, anna))
    expect(troubles).toMatchObject([{ id: 'one', why: 'away', also: ['nina'], startMs: eight }])
    expect(troubles[0]?.blocking).toMatchObject([
      { appointmentId: 'one', title: appointment(book, 'one').title, startMs: eight },
    ])
    expect(troubles).toHaveLength(1)
    expect(troubles[0]?.free[0]).toBe(eight + hour)
  })

  test('[INBOX-6] each booking that is left outside is asked for by itself, and moved to a start that is free', () => {
    const book = perform(ward(hours('anna')), bookAct('one'))
    const row = book.get('hours', 'anna')
    if (!row) throw new Error('no hours')
    const { zone, weekly } = row
    const away = [{ startMs: eight, endMs: eight + hour, why: 'ill' }]
    const [told] = troublesOf(
      apply(
        book,
        { type: 'hours.set', id: 'anna', from: { zone, weekly, away: [] }, to: { zone, weekly, away } },
        nina,
      ),
    )
    expect(told?.asked).toEqual({ type: 'appointment.edit', id: 'one', changes: {} })
    expect(why(book, editOf(book, 'one', { when: at(told?.free[0] ?? 0) }))).toBe('done')
  })
})

describe('[PLAN-13] appointments follow their patient, and end with the stay (HZ-1, HZ-6)', () => {
  const discharge = (admissionId: string): Parameters<typeof why>[1] => ({
    type: 'admission.discharge',
    actId: 'x',
    admissionId,
    born: '1948-03-02',
    number: '1048',
  })

  test('to the next bed', () => {
    const book = perform(ward(), bookAct('one', { stops: [stop('b1'), stop('b2')] }))
    apply(book, { type: 'admission.move', actId: 'x', admissionId: 'a1', bedId: 'b3' }, nina)
    expect(book.get('bed', 'b1')).toMatchObject({ stay: null, epoch: 2 })
    expect(appointment(book, 'one').stops).toMatchObject([
      { bedId: 'b3', admissionId: 'a1' },
      { bedId: 'b2' },
    ])
  })

  test('a round leaves out who has gone, a call for nobody else is cancelled, its bed is free', () => {
    const book = perform(
      ward(),
      bookAct('round', { stops: [stop('b1'), stop('b2')] }),
      bookAct('call', { staff: ['bertil'], when: at(eight + hour), stops: [stop('b1')] }, 'bed-call'),
      bookAct('whoever', { when: at(eight + 2 * hour), stops: [stop('b1', { admissionId: null })] }),
      bookAct('past', { when: at(eight - 3 * hour), stops: [stop('b1')] }),
      makeAct('s', { start: '2027-03-01T12:00', pattern: pattern({ stops: [stop('b1')] }) }),
    )
    perform(book, discharge('a1'))
    expect(appointment(book, 'round').stops).toMatchObject([{ state: 'skipped' }, { state: 'open' }])
    expect(appointment(book, 'call')).toMatchObject({ status: 'cancelled', cancelReason: 'discharged' })
    expect(appointment(book, 'whoever')).toMatchObject({ status: 'booked', rev: 1 })
    expect(appointment(book, 'past')).toMatchObject({ status: 'booked', rev: 1 })
    expect(standing(book, 's_')).toEqual([])
    expect(extendHorizon(book, horizonMs + 2 * day, server).rows).toHaveLength(1)
    expect(book.bookings('bed:b1', eight, eight + hour)).toEqual([])
  })

  test('what has begun is not cancelled: whoever is in it says how it ended', () => {
    const book = perform(ward(), bookAct('call', { stops: [stop('b1')] }, 'bed-call'))
    perform(book, editOf(book, 'call', { status: 'arrived' }), discharge('a1'))
    expect(appointment(book, 'call')).toMatchObject({ status: 'arrived', stops: [{ state: 'skipped' }] })
    expect(why(book, editOf(book, 'call', { status: 'fulfilled' }))).toBe('done')
  })

  test('a bed that is in the round already is not visited twice', () => {
    const book = perform(ward(), bookAct('one', { stops: [stop('b1'), stop('b3')] }))
    apply(book, { type: 'admission.move', actId: 'x', admissionId: 'a1', bedId: 'b3' }, nina)
    expect(appointment(book, 'one').stops).toMatchObject([
      { bedId: 'b1', state: 'skipped' },
      { bedId: 'b3', state: 'open' },
    ])
  })

  test('what the new bed has no time for is left out and told', () => {
    const book = perform(
      ward(),
      bookAct('one', { stops: [stop('b1')] }),
      bookAct('clean', { staff: ['bertil'], stops: [stop('b3')] }),
    )
    const move = { type: 'admission.move', actId: 'x', admissionId: 'a1', bedId: 'b3' } as const
    const [told] = troublesOf(apply(book, move, nina))
    expect(told).toMatchObject({ id: 'one', why: 'taken' })
    expect(appointment(book, 'one').stops).toMatchObject([{ bedId: 'b1', state: 'skipped' }])
    // [INBOX-6] At a start that is free its stop is open again, where its patient lies.
    if (told?.asked?.type !== 'appointment.edit') throw new Error('not asked for by itself')
    const when = { from: appointment(book, 'one').when, to: at(told.free[0] ?? 0) }
    expect(said(apply(book, { ...told.asked, changes: { ...told.asked.changes, when } }, nina))).toBe('done')
    expect(appointment(book, 'one').stops).toMatchObject([{ bedId: 'b3', state: 'open' }])
  })

  test("the admission's own refusal is its own", () => {
    const decision = decide(
      ward(),
      { type: 'admission.move', actId: 'x', admissionId: 'a1', bedId: 'b2' },
      nina,
    )
    expect(decision).toMatchObject({ type: 'refused', trouble: { why: 'admission', detail: 'bed-taken' } })
    expect(why(ward(bed('b1', 'a2')), discharge('a1'))).toBe('admission')
  })
})
