/** When a person may be booked: their weekly hours by the clock of their zone, without the times they are away. */
import type { Hours, HoursWish } from '../../protocol/plan.ts'
import { dayMs, lastMs } from './sense.ts'

/** From `startMs` up to, not including, `endMs`. */
export type Span = { readonly startMs: number; readonly endMs: number }

/** The weeks' windows of one row by UTC day; clocks are asked once for each, since asking them is slow. */
const known = new WeakMap<Hours['weekly'], Map<number, readonly Span[]>>()
const mostDays = 1_000

/** [PLAN-3] Why this person cannot be had for all of [startMs, endMs); null when they can. */
export function hoursAgainst(
  hours: HoursWish,
  { startMs, endMs }: Span,
): { readonly why: 'outside-hours' | 'away'; readonly span: Span } | null {
  const away = hours.away.find((one) => one.startMs < endMs && startMs < one.endMs)
  if (away) return { why: 'away', span: { startMs: away.startMs, endMs: away.endMs } }
  if (hours.weekly.length === 0) return null
  const covers = openSpans(hours, startMs, endMs).some(
    (open) => open.startMs <= startMs && endMs <= open.endMs,
  )
  return covers ? null : { why: 'outside-hours', span: { startMs, endMs } }
}

/** The weekly hours that share a moment with [fromMs, toMs), in order, joined where they touch; away times are not left out. */
export function openSpans(hours: Pick<HoursWish, 'zone' | 'weekly'>, fromMs: number, toMs: number): Span[] {
  const first = Math.floor(Math.max(fromMs, 0) / dayMs)
  const last = Math.floor(Math.min(toMs, lastMs) / dayMs)
  const joined: Span[] = []
  for (let day = first; day <= last; day++) for (const span of spansOfDay(hours, day)) join(joined, span)
  return joined.filter(({ startMs, endMs }) => startMs < toMs && fromMs < endMs)
}

/** Spans come in order of their start. */
function join(joined: Span[], span: Span): void {
  const previous = joined.at(-1)
  if (!previous || previous.endMs < span.startMs) joined.push(span)
  else joined[joined.length - 1] = { ...previous, endMs: Math.max(previous.endMs, span.endMs) }
}

function spansOfDay({ zone, weekly }: Pick<HoursWish, 'zone' | 'weekly'>, day: number): readonly Span[] {
  const days = known.get(weekly) ?? new Map<number, readonly Span[]>()
  known.set(weekly, days)
  const before = days.get(day)
  if (before) return before
  const spans = windowsNear(zone, weekly, day)
  if (days.size >= mostDays) days.clear()
  days.set(day, spans)
  return spans
}

/** Wall clocks are up to a day from UTC, so the neighbours' windows may reach in. */
function windowsNear(zone: string, weekly: HoursWish['weekly'], day: number): readonly Span[] {
  const utc = Temporal.PlainDate.from('1970-01-01').add({ days: day })
  const spans = [-1, 0, 1].flatMap((offset) => windowsOf(zone, weekly, utc.add({ days: offset })))
  return spans
    .filter(({ startMs, endMs }) => startMs < (day + 1) * dayMs && endMs > day * dayMs)
    .sort((one, other) => one.startMs - other.startMs)
}

function windowsOf(zone: string, weekly: HoursWish['weekly'], date: Temporal.PlainDate): Span[] {
  return weekly
    .filter(({ day }) => day === date.dayOfWeek)
    .map(({ from, to }) => ({ startMs: minuteOf(date, from, zone), endMs: minuteOf(date, to, zone) }))
    .filter(({ startMs, endMs }) => startMs < endMs)
}

/** Minute 1440 is the next day's midnight. A minute that the clocks skip is as much later (RFC 5545 §3.3.5). */
function minuteOf(date: Temporal.PlainDate, minute: number, zone: string): number {
  const day = minute === 24 * 60 ? date.add({ days: 1 }) : date
  const time = new Temporal.PlainTime(Math.floor((minute % (24 * 60)) / 60), minute % 60)
  return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds
}
