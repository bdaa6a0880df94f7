/**
 * When a series takes place: RFC 5545 §3.3.10 and §3.8.5 on a wall clock of an IANA zone, over Temporal. Our own,
 * because a round must never vanish: what the clocks skip is shifted and flagged, where known libraries drop it.
 */
import type { Series } from '../../protocol/plan.ts'
import { type Day, dateText, dayFromNumber, dayNumberOf } from './civil.ts'
import { daysOf, firstOf, periodOf } from './recurrence-days.ts'
import { parseRule, type Rule } from './recurrence-rule.ts'

export { formatRule, parseRule, type Rule, type RuleDay, type RuleEnd } from './recurrence-rule.ts'

/** `at`: the series' own clock, as its rule says, even when the clocks skip it. `startMs`: when it really is. */
export type Occasion = { readonly at: string; readonly startMs: number; readonly shifted: boolean }

type Recurring = Pick<Series, 'rule' | 'start' | 'zone' | 'except' | 'until'>

/** Most periods that are looked at in one go, a century of days; a rule that wants more has ended. */
const mostPeriods = 40_000
const dayMs = 24 * 60 * 60 * 1000
/** The years that `localMinute` can write, with room for zones on both sides. */
const leastMs = -62_135_000_000_000
const mostMs = 253_370_000_000_000

/** Whether there is such a zone in the IANA database of this machine; fixed offsets are no zones. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    new Temporal.ZonedDateTime(0n, zone)
    return true
  } catch {
    return false
  }
}

/**
 * What a wall clock's minute means. One that the clocks skip moves forward by what they skip, as RFC 5545 §3.3.5 says;
 * one that comes twice is the first. Throws RangeError when there is no such minute or zone.
 */
export function localToMs(at: string, zone: string): { startMs: number; shifted: boolean } {
  const local = Temporal.PlainDateTime.from(at)
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'compatible' })
  return { startMs: zoned.epochMilliseconds, shifted: !zoned.toPlainDateTime().equals(local) }
}

/**
 * Occasions that begin in [fromMs, toMs), in order, each once. The start is always the first, even one that its rule
 * does not mean, and COUNT counts from it (RFC 5545 §3.8.5.3: DTSTART "defines the first instance"; §3.3.10: it
 * "always counts as the first occurrence"); EXDATE takes away without changing the count. Empty when rule, start or
 * zone cannot be read. The work is bounded by `mostPeriods` and the window, whatever the rule.
 */
export function occasions(series: Recurring, fromMs: number, toMs: number): Occasion[] {
  const rule = parseRule(series.rule)
  const start = dayOf(series.start)
  const from = Math.max(fromMs, leastMs)
  const to = Math.min(toMs, mostMs)
  if (!rule || !start || !isZone(series.zone) || !(from < to)) return []
  const except = new Set(series.except)
  const found: Occasion[] = []
  for (const number of numbers(rule, start, from, to)) {
    const at = `${dateText(dayFromNumber(number))}${series.start.slice(10)}`
    const occasion = { at, ...localToMs(at, series.zone) }
    if (occasion.startMs >= to || isOver(rule, series.until, occasion)) break
    if (occasion.startMs < from || except.has(at)) continue
    // A zone that skips a whole day puts two on one moment: the one that is really meant stays.
    if (found.at(-1)?.startMs === occasion.startMs) found.pop()
    found.push(occasion)
  }
  return found
}

/** Days that may lie in the window, as numbers; somewhat more than that, since a zone is up to a day from UTC. */
function* numbers(rule: Rule, start: Day, fromMs: number, toMs: number): Generator<number> {
  const early = Math.floor(fromMs / dayMs) - 3
  const late = Math.ceil(toMs / dayMs) + 3
  const counts = rule.end.type === 'count'
  let left = rule.end.type === 'count' ? rule.end.count - 1 : Number.POSITIVE_INFINITY
  const begin = counts ? 0 : Math.max(0, periodOf(rule, start, early))
  if (start.number >= early && start.number <= late) yield start.number
  for (let period = begin; period < begin + mostPeriods; period++) {
    const first = firstOf(rule, start, period)
    if (first > late) return
    for (const number of daysOf(rule, start, first)) {
      if (number <= start.number) continue
      if (left-- <= 0) return
      if (number >= early) yield number
    }
  }
}

function isOver({ end }: Rule, until: string | null, { at, startMs }: Occasion): boolean {
  if (until !== null && at >= until) return true
  switch (end.type) {
    case 'until-date':
      return at.slice(0, 10) > end.date
    case 'until-local':
      return at > end.at
    case 'until-ms':
      return startMs > end.ms
    default:
      return false
  }
}

/** Null: no minute of the calendar. */
function dayOf(at: string): Day | null {
  try {
    const { year, month, day } = Temporal.PlainDateTime.from(at)
    return year >= 1 && year <= 9999 && at.length === 16 ? dayFromNumber(dayNumberOf(year, month, day)) : null
  } catch {
    return null
  }
}
