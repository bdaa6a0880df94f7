import { describe, expect, test } from 'vitest'
import type { Hours, HoursWish, Row } from '../../src/protocol/plan.ts'
import {
  asBefore,
  type HoursForm,
  hoursAct,
  hoursForm,
  hoursOf,
  leftOut,
  oneMoreAway,
  oneMoreDate,
  oneMoreSpan,
  toWeekdays,
  whoseHours,
} from '../../src/state/plan-hours.ts'
import { screensOver } from '../fakes/plan-screens.ts'
import { annaLaine, appointmentAt, at, demoDay, drOja, helsinki, stopAt } from '../fakes/plan-ward.ts'

const nowMs = at(`${demoDay}T10:00`)
const day = { from: 8 * 60, to: 16 * 60 }
const wish: HoursWish = {
  zone: helsinki,
  weekly: [
    { day: 1, ...day },
    { day: 2, from: 21 * 60, to: 31 * 60 },
  ],
  days: [{ date: '2026-11-28', spans: [{ from: 600, to: 660 }] }],
  away: [{ startMs: at('2026-12-01T00:00'), endMs: at('2026-12-04T00:00'), why: 'leave' }],
}
const rowOf = (over: HoursWish): Hours => ({ type: 'hours', id: 'oja', rev: 1, ...over })

function wishOf(form: HoursForm): HoursWish {
  const read = hoursOf(form)
  if ('problem' in read) throw new Error(read.problem)
  return read.wish
}

describe('hours as a form', () => {
  test('[PLAN-HOURS-1] what stands comes back as it was, with nights, other dates and absences', () => {
    const form = hoursForm(rowOf(wish), helsinki, nowMs)
    expect(form.week[1]).toEqual([{ from: '21:00', to: '07:00' }])
    expect(form.away).toMatchObject([{ first: '2026-12-01', last: '2026-12-03', why: 'leave' }])
    expect(wishOf(form)).toEqual(wish)
    expect(hoursAct('oja', rowOf(wish), wishOf(form), nowMs)).toBeNull()
  })

  test('[PLAN-HOURS-2] whoever has none is there always, and asks nothing by looking', () => {
    const form = hoursForm(undefined, helsinki, nowMs)
    expect(form.when).toBe('always')
    expect(hoursAct('oja', undefined, wishOf(form), nowMs)).toBeNull()
    const act = hoursAct('oja', undefined, wishOf({ ...form, when: 'weekly' }), nowMs)
    expect(act).toMatchObject({ type: 'hours.set', from: null, to: { weekly: Array(5).fill(day) } })
  })

  test('[PLAN-HOURS-3] an absence keeps its own moments until a date of it is touched', () => {
    const away = [{ startMs: at('2026-12-01T13:00'), endMs: at('2026-12-01T15:00'), why: '' }]
    const form = hoursForm(rowOf({ ...wish, away }), helsinki, nowMs)
    expect(wishOf(form).away).toEqual(away)
    const longer = { ...form, away: form.away.map((one) => ({ ...one, last: '2026-12-02' })) }
    expect(wishOf(longer).away).toMatchObject([
      { startMs: at('2026-12-01T00:00'), endMs: at('2026-12-03T00:00') },
    ])
  })

  test('[PLAN-HOURS-4] what is over is kept no longer, its reason least of all', () => {
    const past = { startMs: at('2026-11-02T00:00'), endMs: at('2026-11-06T00:00'), why: 'ill' }
    const row = rowOf({ ...wish, away: [past, ...wish.away], days: [{ date: '2026-11-20', spans: [] }] })
    const to = wishOf(hoursForm(row, helsinki, nowMs))
    expect(to).toEqual({ zone: wish.zone, weekly: wish.weekly, away: wish.away })
    expect(hoursAct('oja', row, to, nowMs)).toBeNull()
    expect(hoursAct('oja', row, { ...to, away: [] }, nowMs)).toMatchObject({ from: { away: [past, {}] } })
  })

  const form = hoursForm(rowOf(wish), helsinki, nowMs)
  const monday = (...spans: HoursForm['week'][number]) => ({ ...form, week: [spans, ...form.week.slice(1)] })
  const away = { key: 9, first: '2026-12-09', last: '2026-12-08', why: '', was: null }
  test.each([
    ['no day', { ...form, week: form.week.map(() => []) }, 'no-day'],
    ['no time', monday({ from: '', to: '16:00' }), 'no-time'],
    ['two that overlap', monday({ from: '08:00', to: '12:00' }, { from: '11:00', to: '16:00' }), 'overlap'],
    ['no date', oneMoreDate(form), 'no-date'],
    ['a date twice', { ...form, dates: [...form.dates, ...form.dates] }, 'date-twice'],
    ['an absence without dates', oneMoreAway(form), 'no-date'],
    ['an absence that ends before it begins', { ...form, away: [away] }, 'away-over'],
  ])('[PLAN-HOURS-5] says what is missing: %s', (_, wrong, problem) => {
    expect(hoursOf(wrong)).toEqual({ problem })
  })

  test('[PLAN-HOURS-6] a day is copied from the day before, Monday to all weekdays, a second time after a break', () => {
    const week = monday({ from: '09:00', to: '12:00' }).week
    expect(asBefore(week, 2)[2]).toEqual(week[1])
    expect(toWeekdays(week).map((spans) => spans[0]?.from)).toEqual([
      ...Array(5).fill('09:00'),
      undefined,
      undefined,
    ])
    expect(oneMoreSpan(week[0] ?? [])[1]).toEqual({ from: '13:00', to: '17:00' })
  })
})

const screens = (rows: readonly Row[], me = drOja) => screensOver(rows, nowMs, me)

describe('hours that are asked for', () => {
  const talks = ['17:00', '18:00'].map((clock) =>
    appointmentAt(`talk-${clock}`, 'bed-call', `${demoDay}T${clock}`, 20, {
      title: `Talk at ${clock}`,
      staff: ['oja'],
      stops: [stopAt(1, 20)],
    }),
  )

  test('[HZ-8] all that is booked and would be outside is known before it is asked, and needs attention after', async () => {
    const { plan } = screens(talks)
    const act = hoursAct('oja', undefined, { ...wish, days: [] }, plan.nowMs())
    expect(leftOut(plan, act).map(({ id, why }) => [id, why])).toEqual([
      ['talk-17:00', 'outside-hours'],
      ['talk-18:00', 'outside-hours'],
    ])
    expect(plan.sync.view.value.get('hours', 'oja'), 'nothing was asked yet').toBeUndefined()
    await plan.ask(act, 'changed')
    expect(plan.concerns.value[0]).toMatchObject({ asked: { type: 'hours.set' }, why: 'outside-hours' })
  })

  test('[HZ-7] set offline they stand at once and wait; undo leaves nothing of them', async () => {
    const { plan, sync } = screens([])
    sync.setOnline(false)
    await plan.ask(hoursAct('oja', undefined, wish, plan.nowMs()), 'changed')
    expect(sync.view.value.get('hours', 'oja')).toMatchObject({ weekly: wish.weekly })
    expect(sync.unconfirmed.value.has('hours/oja')).toBe(true)
    const toast = plan.toast.value
    if (toast?.type === 'did') await toast.undo?.()
    expect(sync.view.value.get('hours', 'oja')).toBeUndefined()
    expect(sync.pending.value).toEqual([])
  })

  test('[PLAN-HOURS-7] one sets one’s own, an administrator anybody’s', () => {
    const admin = { ...annaLaine, role: 'admin' } as const
    expect(whoseHours(screens([]).plan).map(({ id }) => id)).toEqual(['oja'])
    expect(whoseHours(screens([], admin).plan).length).toBeGreaterThan(3)
  })
})
