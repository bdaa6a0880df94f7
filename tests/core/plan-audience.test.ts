/** Who may know what, what an act needs, what undoes it; where something is free, and who waits for it. */
import { describe, expect, test } from 'vitest'
import { actionsOf } from '../../src/core/plan/act-rights.ts'
import { blockingFor, mayKnow, patientEntries, type Reader, viewFor } from '../../src/core/plan/audience.ts'
import { decide } from '../../src/core/plan/decide.ts'
import { alternatives, freeStarts } from '../../src/core/plan/free.ts'
import { inverseOf } from '../../src/core/plan/inverse.ts'
import { waitingFor } from '../../src/core/plan/waiting.ts'
import type { Attention, PlanAct, Row } from '../../src/protocol/plan.ts'
import {
  anna,
  appointment,
  at,
  bed,
  bookAct,
  day,
  editOf,
  eight,
  hour,
  hours,
  makeAct,
  minute,
  pattern,
  perform,
  person,
  stop,
  troublesOf,
  ward,
  why,
} from './plan-fixtures.ts'

const nurse: Reader = { staffId: 'nina', role: 'nurse', own: 'ward' }
const guestDoctor: Reader = { staffId: 'bertil', role: 'doctor', own: 'participant' }
const interpreter: Reader = { staffId: 'ilse', role: 'interpreter', own: 'participant' }

const outpatient = { name: 'Olli', born: '1960-01-01', email: 'o@example.org', phone: '1' }
const talk = bookAct(
  'talk',
  {
    staff: ['bertil', 'ilse'],
    note: 'prognosis',
    outpatient,
    stops: [stop('b1')],
    language: 'so',
    interpreter: true,
    place: 'Room 7',
  },
  'visit',
)
const book = () =>
  perform(
    ward(person('ilse', 'interpreter')),
    talk,
    bookAct('round', { staff: ['anna'], when: at(eight + 2 * hour) }),
  )

const attention: Attention = {
  type: 'attention',
  id: 'x',
  rev: 1,
  by: 'nina',
  also: ['bertil'],
  asked: talk,
  why: 'taken',
  blocking: [
    {
      resource: 'staff:bertil',
      startMs: eight,
      endMs: eight + hour,
      appointmentId: 'talk',
      title: 'Round',
      by: 'nina',
    },
  ],
  free: [],
  clashes: [{ field: 'note', from: '', asked: 'a', stands: 'b' }],
  startMs: eight,
  atMs: eight,
  escalated: false,
  resolved: null,
}

describe('[PLAN-14] one of the ward knows its plan, whoever takes part knows their part', () => {
  test.each([
    ['their own', 'talk', 'known'],
    ['another one', 'round', 'unknown'],
  ])('appointment: %s', (_, id, expected) => {
    const row = appointment(book(), id)
    for (const reader of [interpreter, guestDoctor])
      expect(mayKnow(row, reader) ? 'known' : 'unknown').toBe(expected)
    expect(viewFor(row, nurse)).toBe(row)
  })

  test('an interpreter is told whom, where, when and in what language, and nothing else', () => {
    expect(viewFor(appointment(book(), 'talk'), interpreter)).toMatchObject({
      note: '',
      outpatient: { name: 'Olli', born: null, email: null, phone: null },
      stops: [{ bedId: 'b1', admissionId: null }],
      language: 'so',
      place: 'Room 7',
      when: at(eight),
    })
    expect(viewFor(appointment(book(), 'talk'), guestDoctor)).toMatchObject({ note: 'prognosis', outpatient })
  })

  test("who lies in a bed is the ward's to know", () => {
    expect(viewFor(bed('b1', 'a1'), interpreter)).toMatchObject({ label: 'b1', stay: null })
    expect(viewFor(bed('b1', 'a1'), nurse)).toMatchObject({ stay: { admissionId: 'a1' } })
  })

  test("why somebody is away is theirs and the administrator's to know", () => {
    const row = hours('anna', { away: [{ startMs: eight, endMs: eight + day, why: 'ill' }] })
    const reader = (staffId: string, role: Reader['role']): Reader => ({ staffId, role, own: 'ward' })
    expect(viewFor(row, nurse)).toMatchObject({ away: [{ startMs: eight, why: '' }] })
    expect(viewFor(row, reader('anna', 'doctor'))).toBe(row)
    expect(viewFor(row, reader('root', 'admin'))).toBe(row)
    expect(viewFor(row, interpreter)).toBeNull()
  })

  test('nor is it told by what was asked about their hours', () => {
    const wish = { zone: 'UTC', weekly: [], away: [{ startMs: eight, endMs: eight + day, why: 'surgery' }] }
    const row: Attention = {
      ...attention,
      by: 'anna',
      also: ['nina'],
      asked: { type: 'hours.set', id: 'anna', from: wish, to: wish },
      clashes: [{ field: 'hours', from: wish, asked: wish, stands: wish }],
    }
    const reader = (staffId: string, role: Reader['role']): Reader => ({ staffId, role, own: 'ward' })
    for (const other of [nurse, reader('bertil', 'doctor'), { ...guestDoctor, staffId: 'nina' }])
      expect(JSON.stringify(viewFor(row, other))).not.toContain('surgery')
    expect(viewFor(row, nurse)).toMatchObject({ asked: { to: { away: [{ startMs: eight, why: '' }] } } })
    expect(viewFor(row, reader('anna', 'nurse'))).toBe(row)
    expect(viewFor(row, reader('root', 'admin'))).toBe(row)
  })

  test('whose entry stood in the way hears that it did, and not what was asked for', () => {
    expect(viewFor(attention, nurse)).toBe(attention)
    expect(viewFor(attention, guestDoctor)).toMatchObject({
      asked: null,
      clashes: [],
      blocking: [{ startMs: eight, title: null, by: null, appointmentId: null }],
    })
    expect(viewFor(attention, interpreter)).toBeNull()
  })

  test('a series is known to whom its occasions are', () => {
    const there = perform(ward(), makeAct('s', { pattern: pattern({ staff: ['bertil'], note: 'n' }) })).get(
      'series',
      's',
    )
    if (!there) throw new Error('no series')
    expect(viewFor(there, guestDoctor)).toMatchObject({ pattern: { note: 'n' } })
    expect(viewFor(there, interpreter)).toBeNull()
    expect(viewFor(there, { ...interpreter, staffId: 'bertil' })).toMatchObject({ pattern: { note: '' } })
  })

  test('what stands in the way keeps its time and loses its name', () => {
    const [one] = blockingFor(attention.blocking, book(), { ...interpreter, staffId: 'other' })
    expect(one).toEqual({ ...attention.blocking[0], appointmentId: null, title: null, by: null })
    expect(blockingFor(attention.blocking, book(), interpreter)).toEqual(attention.blocking)
  })
})

test('[PLAN-14] nothing that is secret to an interpreter is in any row that they are given (HZ-6)', () => {
  const secret = 'SECRET'
  const hidden = {
    note: secret,
    outpatient: { name: 'Olli', born: '1960-01-01', email: secret, phone: secret },
  }
  const mine = { staff: ['ilse'], stops: [stop('b1', { admissionId: secret })], ...hidden }
  const theirs = { ...mine, staff: ['anna'], title: secret, place: secret }
  const row = appointment(book(), 'round')
  const patient = { name: secret, born: '1948-03-02', number: secret }
  const series = perform(ward(), makeAct('s')).get('series', 's')
  if (!series) throw new Error('no series')
  const rows: Row[] = [
    { ...row, ...mine },
    { ...row, ...theirs },
    { ...series, pattern: pattern(mine) },
    { ...series, pattern: pattern(theirs) },
    { ...bed('b1', 'a1'), stay: { admissionId: secret, patient } },
    hours('anna', { away: [{ startMs: 0, endMs: 1, why: secret }] }),
    {
      ...attention,
      also: ['ilse'],
      asked: bookAct('x', theirs),
      clashes: [{ field: 'note', from: '', asked: secret, stands: secret }],
      blocking: [
        { resource: 'staff:anna', startMs: 0, endMs: 1, appointmentId: secret, title: secret, by: 'anna' },
      ],
    },
    { ...attention, also: [], asked: bookAct('x', theirs) },
  ]
  const given = rows.map((one) => viewFor(one, interpreter))
  expect(given.map((one) => one?.type)).toEqual([
    'appointment',
    undefined,
    'series',
    undefined,
    'bed',
    undefined,
    'attention',
    undefined,
  ])
  expect(JSON.stringify(given)).not.toContain(secret)
  expect(JSON.stringify(rows.map((one) => viewFor(one, nurse)))).toContain(secret)
})

describe('[PLAN-15] a patient reads what concerns their stay (HZ-6)', () => {
  const entries = (...acts: Parameters<typeof perform>[1][]) =>
    patientEntries(
      perform(ward(), ...acts),
      { bedId: 'b1', admissionId: 'a1', sinceMs: 0 },
      eight - day,
      eight + day,
    )

  test('their stop of a round, with its own time, and who comes', () => {
    const stops = [stop('b2'), stop('b1'), stop('b3')]
    expect(
      entries(bookAct('round', { stops, staff: ['anna', 'nina'], roles: ['student'], note: 'secret' })),
    ).toEqual([
      {
        id: 'round',
        kind: 'round',
        status: 'booked',
        startMs: eight + 10 * minute,
        endMs: eight + 20 * minute,
        title: 'Round',
        place: null,
        people: ['Dr anna', 'Dr nina', 'student'],
      },
    ])
  })

  test('a round that names nobody: its time and who comes, nothing that was typed, and none before they came', () => {
    const typed = { title: 'His morphine', place: 'Hospice', roles: ['priest'] }
    const round = bookAct('round', { ...typed, stops: [stop('b1', { admissionId: null })] })
    const told = (sinceMs: number) =>
      patientEntries(
        perform(ward(), round),
        { bedId: 'b1', admissionId: 'a1', sinceMs },
        eight - day,
        eight + day,
      )
    expect(told(eight)).toMatchObject([{ kind: 'round', title: '', place: null, people: ['Dr anna'] }])
    expect(told(eight + 1)).toEqual([])
  })

  test.each([
    ['a note', bookAct('one', { stops: [stop('b1')] }, 'note'), []],
    ['another bed', bookAct('one', { stops: [stop('b2')] }, 'bed-call'), []],
    [
      'the patient before',
      bookAct('one', { stops: [stop('b1', { admissionId: 'a0', state: 'done' })] }, 'bed-call'),
      [],
    ],
    [
      'a call that names nobody',
      bookAct('one', { stops: [stop('b1', { admissionId: null })] }, 'bed-call'),
      [],
    ],
    ['their own call', bookAct('one', { stops: [stop('b1')] }, 'bed-call'), ['one']],
    ['tomorrow', bookAct('one', { stops: [stop('b1')], when: at(eight + day) }), []],
  ])('%s', (_, act, expected) => {
    expect(entries(act).map(({ id }) => id)).toEqual(expected)
  })

  test('what was cancelled, left out or done says so; an error was never there', () => {
    const state = (next: Parameters<typeof editOf>[2]) => {
      const there = perform(ward(), bookAct('one', { stops: [stop('b1')] }))
      return patientEntries(
        perform(there, editOf(there, 'one', next)),
        { bedId: 'b1', admissionId: 'a1', sinceMs: 0 },
        0,
        eight + day,
      )[0]?.status
    }
    expect(state({ status: 'cancelled', cancelReason: 'ill' })).toBe('cancelled')
    expect(state({ stops: [stop('b1', { state: 'skipped' })] })).toBe('cancelled')
    expect(state({ stops: [stop('b1', { state: 'done' })] })).toBe('fulfilled')
    expect(state({ status: 'entered-in-error' })).toBeUndefined()
  })
})

describe('[PLAN-3] who may book outside of hours', () => {
  const marked = () =>
    perform(ward(), bookAct('one', { outsideHours: true }), bookAct('two', { staff: ['bertil'] }))
  test.each([
    ['a booking', bookAct('x'), ['plan.change']],
    ['a marked booking', bookAct('x', { outsideHours: true }), ['plan.change', 'plan.override']],
    ['setting the mark', editOf(marked(), 'two', { outsideHours: true }), ['plan.change', 'plan.override']],
    ['taking it away', editOf(marked(), 'one', { outsideHours: false }), ['plan.change']],
    [
      'moving what has it',
      editOf(marked(), 'one', { when: at(eight + hour) }),
      ['plan.change', 'plan.override'],
    ],
    ['letting it run late', editOf(marked(), 'one', { when: at(eight, 45) }), ['plan.change']],
    [
      'another person into it',
      editOf(marked(), 'one', { staff: ['anna', 'nina'] }),
      ['plan.change', 'plan.override'],
    ],
    ['moving another', editOf(marked(), 'two', { when: at(eight + hour) }), ['plan.change']],
    [
      'a marked series',
      makeAct('s', { pattern: pattern({ outsideHours: true }) }),
      ['plan.change', 'plan.override'],
    ],
  ] as const)('%s', (_, act: PlanAct, expected) => {
    expect(actionsOf(act, 'nina', marked())).toEqual(expected)
  })

  test("one's own hours are one's own", () => {
    const act: PlanAct = {
      type: 'hours.set',
      id: 'nina',
      from: null,
      to: { zone: 'UTC', weekly: [], away: [] },
    }
    expect(actionsOf(act, 'nina', ward())).toEqual(['plan.see'])
    expect(actionsOf(act, 'anna', ward())).toEqual(['hours.change'])
  })
})

describe('[PLAN-9] free starts', () => {
  const wish = { ...fieldsFor(), id: 'x', kind: 'round' as const }
  function fieldsFor() {
    return { ...bookAct('x').fields }
  }

  test('in order, within hours, round what stands there and its buffers, none overlapping', () => {
    const there = perform(
      ward(hours('anna')),
      bookAct('one', { when: at(eight + 20 * minute), after: 10 }),
      bookAct('two', { when: at(eight + 2 * hour + 2 * minute) }),
    )
    expect(
      freeStarts(there, wish, eight - day, eight + 4 * hour, 4).map((ms) => (ms - eight) / minute),
    ).toEqual([60, 90, 155, 185])
  })

  test('nobody is away, everybody can, the bed is free at its stop', () => {
    const there = perform(
      ward(hours('anna', { weekly: [], away: [{ startMs: eight, endMs: eight + hour, why: '' }] })),
      bookAct('b', { staff: ['bertil'], when: at(eight + hour) }),
      bookAct('c', { staff: ['nina'], when: at(eight + 100 * minute, 10), stops: [stop('b2')] }),
    )
    const both = { ...wish, staff: ['anna', 'bertil'], stops: [stop('b1'), stop('b2')] }
    expect(freeStarts(there, both, eight, eight + 3 * hour, 2).map((ms) => (ms - eight) / minute)).toEqual([
      100, 130,
    ])
  })

  test('no more than is asked for, none beyond the window, and none in an empty one', () => {
    expect(freeStarts(ward(), wish, eight, eight + day, 2)).toHaveLength(2)
    expect(freeStarts(ward(), wish, eight, eight + hour, 9)).toHaveLength(2)
    expect(freeStarts(ward(), wish, eight, eight + 29 * minute, 9)).toEqual([])
    expect(freeStarts(ward(), wish, eight, eight - day, 9)).toEqual([])
  })

  test('instead of a start: the nearest, one later at least, none past and none hours too early', () => {
    const busy = perform(ward(), bookAct('one', { when: at(eight - hour, 4 * 60) }))
    const minutes = (nowMs: number) => alternatives(busy, wish, nowMs).map((ms) => (ms - eight) / minute)
    expect(minutes(0)).toEqual([-120, -90, 180])
    expect(minutes(eight - hour)).toEqual([180, 210, 240])
    expect(minutes(eight + 10 * hour)).toEqual([600, 630, 660])
  })

  test("a Friday evening's is on Monday", () => {
    const friday = eight + 4 * day + 9 * hour
    const [first] = alternatives(ward(hours('anna')), { ...wish, when: at(friday) }, friday)
    expect(first).toBe(eight + 7 * day)
  })
})

describe('[PLAN-12] who waits hears of a time that became free', () => {
  const waiting = (id: string, over: object = {}) =>
    bookAct(id, {
      status: 'waitlist',
      when: { type: 'waiting', minutes: 30, notBeforeMs: eight, notAfterMs: eight + 5 * day },
      ...over,
    })

  test('whoever needs the same person, bed or room and fits, the most urgent first', () => {
    const there = perform(ward(), bookAct('one', { when: at(eight + hour) }))
    const freed = appointment(there, 'one')
    perform(
      there,
      waiting('patient'),
      waiting('urgent', {
        when: { type: 'waiting', minutes: 20, notBeforeMs: eight, notAfterMs: eight + day },
      }),
      waiting('long', {
        when: { type: 'waiting', minutes: 31, notBeforeMs: eight, notAfterMs: eight + day },
      }),
      waiting('other', { staff: ['bertil'] }),
      waiting('late', {
        when: { type: 'waiting', minutes: 30, notBeforeMs: eight + day, notAfterMs: eight + 2 * day },
      }),
    )
    expect(waitingFor(there, freed, 0)).toEqual([])
    perform(there, editOf(there, 'one', { status: 'cancelled', cancelReason: 'ill' }))
    const found = waitingFor(there, freed, 0).map(({ appointment: { id }, startMs }) => [id, startMs])
    expect(found).toEqual([
      ['urgent', eight + hour],
      ['patient', eight + hour],
    ])
    expect(waitingFor(there, freed, eight + 70 * minute).map(({ appointment: { id } }) => id)).toEqual([
      'urgent',
    ])
    const accept = editOf(there, 'patient', { status: 'booked', when: at(eight + hour) })
    expect(why(there, accept)).toBe('done')
  })
})

describe('[PLAN-16] an act that undoes an act', () => {
  const undo = (there: ReturnType<typeof ward>, act: PlanAct) => {
    const back = inverseOf(there, act)
    return back ? perform(there, back) : there
  }

  test('an edit: what it changed is as it was, what others changed since stays', () => {
    const there = perform(ward(), bookAct('one', { stops: [stop('b1'), stop('b2')] }))
    const act = editOf(there, 'one', {
      title: 'New',
      when: at(eight + hour),
      stops: [stop('b2'), stop('b1')],
    })
    perform(there, act)
    perform(
      there,
      editOf(there, 'one', { title: 'Newer', stops: [stop('b2', { state: 'done' }), stop('b1')] }),
    )
    expect(inverseOf(there, act)).not.toHaveProperty('changes.title')
    undo(there, act)
    expect(appointment(there, 'one')).toMatchObject({
      title: 'Newer',
      when: at(eight),
      stops: [{ bedId: 'b1' }, { bedId: 'b2', state: 'done' }],
    })
  })

  test('a booking never was, a cancellation stands again, and a time that was taken since is refused', () => {
    const there = perform(ward(), bookAct('one'))
    const cancel = editOf(there, 'one', { status: 'cancelled', cancelReason: 'ill' })
    perform(there, cancel)
    const back = inverseOf(there, cancel)
    if (!back) throw new Error('no way back')
    expect(why(there, back)).toBe('done')
    perform(there, bookAct('two'))
    expect(troublesOf(decide(there, back, anna))).toMatchObject([{ why: 'taken' }])
    undo(there, bookAct('two'))
    expect(appointment(there, 'two').status).toBe('entered-in-error')
    expect(inverseOf(there, bookAct('two'))).toBeNull()
  })

  test('hours, and a series of which all was changed', () => {
    const to = { zone: 'UTC', weekly: [], away: [{ startMs: 0, endMs: 1, why: '' }] }
    const set: PlanAct = { type: 'hours.set', id: 'anna', from: null, to }
    const there = undo(perform(ward(), set, makeAct('s')), set)
    expect(there.get('hours', 'anna')).toMatchObject({ away: [] })
    const was = there.get('series', 's')
    if (!was) throw new Error('no series')
    const { rule, start, pattern: seen } = was
    const act: PlanAct = {
      type: 'series.edit',
      id: 's',
      from: null,
      nextId: 'n',
      rule: null,
      time: '10:00',
      pattern: null,
      was: { rule, start, pattern: seen },
    }
    undo(perform(there, act), act)
    expect(there.get('series', 's')).toMatchObject({ start: '2027-03-01T09:00', rule })
    expect(there.get('appointment', 's_20270302T1000')).toBeUndefined()
    undo(there, makeAct('s'))
    expect(appointment(there, 's_20270302T0900').status).toBe('cancelled')
  })

  test('of what is not there, or cannot be, there is none', () => {
    expect(inverseOf(ward(), bookAct('one'))).toBeNull()
    expect(inverseOf(ward(), { type: 'attention.resolve', id: 'x', how: 'seen' })).toBeNull()
    expect(inverseOf(ward(), makeAct('s'))).toBeNull()
  })
})
