/** When a person may be booked: their weekly hours by the clock of their zone, without the times they are away. */
import type { HoursWish } from '../../protocol/plan.ts'
import { dayMs, lastMs } from './sense.ts'

/** From `startMs` up to, not including, `endMs`. */
export type Span = { readonly startMs: number; readonly endMs: number }

/** When a week is open, and the dates that are otherwise. */
type Open = Pick<HoursWish, 'zone' | 'weekly' | 'days'>

/** Windows by zone and UTC day; clocks are asked once for each, since asking them is slow. */
const known = new WeakMap<object, WeakMap<object, Map<string, readonly Span[]>>>()
const mostKnown = 1_000
const noDays: NonNullable<HoursWish['days']> = []

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
export function openSpans(hours: Open, fromMs: number, toMs: number): Span[] {
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

function spansOfDay(open: Open, day: number): readonly Span[] {
  const days = knownOf(open)
  const name = `${day} ${open.zone}`
  const before = days.get(name)
  if (before) return before
  const spans = windowsNear(open, day)
  if (days.size >= mostKnown) days.clear()
  days.set(name, spans)
  return spans
}

function knownOf({ weekly, days = noDays }: Open): Map<string, readonly Span[]> {
  const byDays = known.get(weekly) ?? new WeakMap<object, Map<string, readonly Span[]>>()
  known.set(weekly, byDays)
  const found = byDays.get(days) ?? new Map<string, readonly Span[]>()
  byDays.set(days, found)
  return found
}

/** Wall clocks are up to a day from UTC, and nights end a day later, so the neighbours' windows may reach in. */
function windowsNear(open: Open, day: number): readonly Span[] {
  const utc = Temporal.PlainDate.from('1970-01-01').add({ days: day })
  const spans = [-2, -1, 0, 1].flatMap((offset) => windowsOf(open, utc.add({ days: offset })))
  return spans
    .filter(({ startMs, endMs }) => startMs < (day + 1) * dayMs && endMs > day * dayMs)
    .sort((one, other) => one.startMs - other.startMs)
}

function windowsOf({ zone, weekly, days = noDays }: Open, date: Temporal.PlainDate): Span[] {
  const other = days.length === 0 ? undefined : days.find((one) => one.date === date.toString())
  return (other?.spans ?? weekly.filter(({ day }) => day === date.dayOfWeek))
    .map(({ from, to }) => ({ startMs: minuteOf(date, from, zone), endMs: minuteOf(date, to, zone) }))
    .filter(({ startMs, endMs }) => startMs < endMs)
}

/** From minute 1440 on it is the next day's. A minute that the clocks skip is as much later (RFC 5545 §3.3.5). */
function minuteOf(date: Temporal.PlainDate, minute: number, zone: string): number {
  const day = date.add({ days: Math.floor(minute / (24 * 60)) })
  const time = new Temporal.PlainTime(Math.floor((minute % (24 * 60)) / 60), minute % 60)
  return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds
}
