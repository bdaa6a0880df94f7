/** What of a series is still to come, and what of it no longer changes: history, and what was changed by itself. */
import type { Appointment, Series } from '../../protocol/plan.ts'
import type { PlanReader } from './book.ts'
import { minuteMs } from './booking.ts'
import type { Author } from './decision.ts'
import { startOf } from './placing.ts'
import { occasions } from './recurrence.ts'
import { minuteToMs } from './series-sense.ts'

export type Future = {
  /** The first minute of the series' own clock that is of it. */
  readonly from: string
  /** Not begun, and as the series makes them. */
  readonly following: readonly Appointment[]
  /** Not begun, but changed by itself. */
  readonly detached: readonly Appointment[]
  /** All others of the series, of that day or later. */
  readonly history: readonly Appointment[]
}

const notBegun: readonly string[] = ['proposed', 'pending', 'booked', 'waitlist']

/** `from` null: all that begin at `author.atMs` or later. */
export function futureOf(plan: PlanReader, series: Series, author: Author, from: string | null): Future {
  const first = from ?? firstMinute(series, author)
  const future = { from: first, following: [], detached: [], history: [] } satisfies Future
  const parts: Record<'following' | 'detached' | 'history', Appointment[]> = future
  for (const row of plan.all('appointment')) {
    const { occasion } = row
    if (occasion?.seriesId !== series.id || occasion.at.slice(0, 10) < first.slice(0, 10)) continue
    const isToCome = (startOf(row) ?? author.atMs) >= author.atMs && occasion.at >= first
    if (!notBegun.includes(row.status) || !isToCome) parts.history.push(row)
    else parts[occasion.detached ? 'detached' : 'following'].push(row)
  }
  return future
}

function firstMinute({ zone, start }: Series, { atMs }: Author): string {
  const now = Temporal.Instant.fromEpochMilliseconds(Math.ceil(atMs / minuteMs) * minuteMs)
  const at = now.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
  return at > start ? at : start
}

/** The day of `at` with the time of `clock`. */
export function dayWithTime(at: string, clock: string): string {
  return `${at.slice(0, 10)}${clock.slice(10)}`
}

/** RFC 5545 §3.3.10: COUNT counts from the start, so what is left of it is less by what came before. */
export function restRule(series: Series, from: string): string {
  const fromMs = minuteToMs(from, series.zone) ?? 0
  return series.rule.replace(/COUNT=(\d+)/, (_, count) => {
    const before = occasions({ ...series, except: [], until: null }, 0, fromMs).length
    return `COUNT=${Math.max(1, Number(count) - before)}`
  })
}
