/** When a person may be booked, as a form that can be filled in halfway; what it asks; and whom that leaves outside. */
import { permissionOf } from '../core/permissions.ts'
import { type Decision, decide, type Trouble } from '../core/plan/decide.ts'
import { wishOfRow } from '../core/plan/hours-acts.ts'
import { same } from '../core/plan/merge.ts'
import type { Hours, HoursWish, KeptAct, PersonRow, PlanAct } from '../protocol/plan.ts'
import type { PlanScreens } from './plan.ts'
import { readAct } from './plan-acts.ts'
import { dateAt, dayOfDate, isClock, isDate } from './plan-days.ts'

/** `HH:MM` on the wall; one that ends no later than it begins ends the next day. */
export type SpanForm = { readonly from: string; readonly to: string }

/** `date`: `YYYY-MM-DD`; no span: not there on that date. */
export type DateForm = { readonly key: number; readonly date: string; readonly spans: readonly SpanForm[] }

/** From the first date to the last, both whole. `was`: its own moments, which stand until a date is touched. */
export type AwayForm = {
  readonly key: number
  readonly first: string
  readonly last: string
  readonly why: string
  readonly was: { readonly startMs: number; readonly endMs: number } | null
}

/** `week`: Monday first, seven days; of no matter while `when` is `always`. */
export type HoursForm = {
  readonly when: 'always' | 'weekly'
  readonly zone: string
  readonly week: readonly (readonly SpanForm[])[]
  readonly dates: readonly DateForm[]
  readonly away: readonly AwayForm[]
}

export type HoursProblem =
  | 'no-day'
  | 'no-time'
  | 'overlap'
  | 'no-date'
  | 'date-twice'
  | 'away-over'
  | 'too-many'

/** What is offered for why somebody is away; a word of the program, whatever language it is read in. */
export const awayKinds = ['leave', 'ill', 'training', 'other'] as const

const dayMinutes = 24 * 60
/** As many as an act may carry. */
const most = 100
const usualSpan: SpanForm = { from: '08:00', to: '16:00' }
const usualWeek = [1, 2, 3, 4, 5, 6, 7].map((day) => (day <= 5 ? [usualSpan] : []))

/** `row`: as it stands; what is over of it is left out. `zone`: the plan's, for whoever has none yet. */
export function hoursForm(row: Hours | undefined, zone: string, nowMs: number): HoursForm {
  const ahead = row && aheadOf(wishOfRow(row), nowMs)
  if (!ahead) return { when: 'always', zone, week: usualWeek, dates: [], away: [] }
  const { weekly, days = [], away } = ahead
  const weekOf = (day: number) => weekly.filter((one) => one.day === day).map(spanForm)
  return {
    when: weekly.length === 0 ? 'always' : 'weekly',
    zone: ahead.zone,
    week: weekly.length === 0 ? usualWeek : [1, 2, 3, 4, 5, 6, 7].map(weekOf),
    dates: days.map(({ date, spans }, key) => ({ key, date, spans: spans.map(spanForm) })),
    away: away.map(({ startMs, endMs, why }, key) => ({
      key,
      first: dateAt(startMs, ahead.zone),
      last: dateAt(endMs - 1, ahead.zone),
      why,
      was: { startMs, endMs },
    })),
  }
}

/** Why somebody was away is nobody's business any more once they are back. */
function aheadOf({ days, ...wish }: HoursWish, nowMs: number): HoursWish {
  const today = dateAt(nowMs, wish.zone)
  const later = (days ?? []).filter(({ date }) => date >= today).sort(byDate)
  const away = wish.away
    .filter(({ endMs }) => endMs > nowMs)
    .sort((one, other) => one.startMs - other.startMs)
  return { ...wish, away, ...(later.length > 0 && { days: later }) }
}

function byDate(one: { readonly date: string }, other: { readonly date: string }): number {
  return one.date < other.date ? -1 : 1
}

function spanForm({ from, to }: { readonly from: number; readonly to: number }): SpanForm {
  return { from: clockOf(from), to: clockOf(to) }
}

function clockOf(minute: number): string {
  const within = minute % dayMinutes
  return `${two(Math.floor(within / 60))}:${two(within % 60)}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

/** What the form asks for, or the first thing that is missing or senseless. */
export function hoursOf(form: HoursForm): { readonly problem: HoursProblem } | { readonly wish: HoursWish } {
  const problem = problemOf(form)
  if (problem) return { problem }
  const isWeekly = form.when === 'weekly'
  const weekly = form.week.flatMap((spans, index) => spans.map((one) => ({ day: index + 1, ...spanOf(one) })))
  const days = form.dates.map(({ date, spans }) => ({ date, spans: spans.map(spanOf) })).sort(byDate)
  const away = form.away.map((one) => awayOf(one, form.zone))
  return {
    wish: {
      zone: form.zone,
      weekly: isWeekly ? weekly : [],
      ...(isWeekly && days.length > 0 && { days }),
      away: away.sort((one, other) => one.startMs - other.startMs),
    },
  }
}

function problemOf({ when, week, dates, away }: HoursForm): HoursProblem | null {
  if (when === 'weekly') {
    if (week.every((spans) => spans.length === 0)) return 'no-day'
    const days = [...week, ...dates.map(({ spans }) => spans)]
    if (days.flat().some(({ from, to }) => !isClock(from) || !isClock(to))) return 'no-time'
    if (days.some(doOverlap)) return 'overlap'
    if (dates.some(({ date }) => !isDate(date))) return 'no-date'
    if (new Set(dates.map(({ date }) => date)).size < dates.length) return 'date-twice'
  }
  if (away.some(({ first, last }) => !isDate(first) || !isDate(last))) return 'no-date'
  if (away.some(({ first, last }) => last < first)) return 'away-over'
  return dates.length > most || away.length > most ? 'too-many' : null
}

function doOverlap(spans: readonly SpanForm[]): boolean {
  const sorted = spans.map(spanOf).sort((one, other) => one.from - other.from)
  return sorted.some(({ from }, index) => from < (sorted[index - 1]?.to ?? 0))
}

function spanOf(span: SpanForm): { from: number; to: number } {
  const [from, to] = [minuteOf(span.from), minuteOf(span.to)]
  return { from, to: to > from ? to : to + dayMinutes }
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

function awayOf({ first, last, why, was }: AwayForm, zone: string): HoursWish['away'][number] {
  const isTouched = !was || dateAt(was.startMs, zone) !== first || dateAt(was.endMs - 1, zone) !== last
  if (!isTouched) return { ...was, why }
  return { startMs: dayOfDate(first, zone).startMs, endMs: dayOfDate(last, zone).endMs, why }
}

/** `row`: as it stood when the form was opened. Null: nothing would change, or it is nothing that can be asked. */
export function hoursAct(
  staffId: string,
  row: Hours | undefined,
  to: HoursWish,
  nowMs: number,
): PlanAct | null {
  const from = row ? wishOfRow(row) : null
  const stands = from && aheadOf(from, nowMs)
  if (same(stands, to) || (stands === null && isNothing(to))) return null
  return readAct({ type: 'hours.set', id: staffId, from, to })
}

function isNothing({ weekly, away }: HoursWish): boolean {
  return weekly.length === 0 && away.length === 0
}

/** What is booked and would be outside of these hours, all of it, as far as this device knows. */
export function leftOut({ sync, me, nowMs }: PlanScreens, act: KeptAct | null): readonly Trouble[] {
  if (act === null) return []
  const said: Decision = decide(sync.view.value, act, { staffId: me.staffId, atMs: nowMs() })
  return said.type === 'done' ? said.troubles : [said.trouble]
}

/** Whose hours this person may set: their own, and an administrator anybody's of the ward. */
export function whoseHours({ me, people }: Pick<PlanScreens, 'me' | 'people'>): readonly PersonRow[] {
  const isKeeper = permissionOf(me.role, 'hours.change') !== 'no'
  return people.value.filter(({ id }) => isKeeper || id === me.staffId)
}

/** As the day before; Monday's is Sunday's. */
export function asBefore(week: HoursForm['week'], day: number): HoursForm['week'] {
  return week.map((spans, index) => (index === day ? (week[(day + 6) % 7] ?? []) : spans))
}

/** Monday's on all days to Friday. */
export function toWeekdays(week: HoursForm['week']): HoursForm['week'] {
  return week.map((spans, index) => (index < 5 ? (week[0] ?? []) : spans))
}

/** A second span begins an hour after the first, so that a break is what is entered. */
export function oneMoreSpan(spans: readonly SpanForm[]): readonly SpanForm[] {
  const last = spans.at(-1)
  if (!last || !isClock(last.to)) return [...spans, usualSpan]
  const begin = (minuteOf(last.to) + 60) % dayMinutes
  return [...spans, { from: clockOf(begin), to: clockOf(begin + 4 * 60) }]
}

/** The next one of a list has a name of its own, whatever was taken out of the list. */
function nextKey(list: readonly { readonly key: number }[]): number {
  return Math.max(-1, ...list.map(({ key }) => key)) + 1
}

/** Without a date: what a stray press adds is asked about, and takes nobody out of today's plan. */
export function oneMoreDate(form: HoursForm): HoursForm {
  return { ...form, dates: [...form.dates, { key: nextKey(form.dates), date: '', spans: [usualSpan] }] }
}

export function oneMoreAway(form: HoursForm): HoursForm {
  const fresh = { key: nextKey(form.away), first: '', last: '', why: '', was: null }
  return { ...form, away: [...form.away, fresh] }
}
