/** What is no series at all: a rule that says nothing, a start that no clock shows, a zone that there is not. */
import type { Series } from '../../protocol/plan.ts'
import { isZone, localToMs, occasions, parseRule } from './recurrence.ts'
import { dayMs, isPatternSensible, lastMs } from './sense.ts'

/** Whether a calendar and a clock show it; 24:00 and the 30th of February are none. */
export function isLocalMinute(at: string): boolean {
  try {
    return Temporal.PlainDateTime.from(at).toString({ smallestUnit: 'minute' }) === at
  } catch {
    return false
  }
}

/** Null: its clock shows no such minute, or one that is out of every plan's reach. */
export function minuteToMs(at: string, zone: string): number | null {
  if (!isLocalMinute(at) || !isZone(zone)) return null
  const { startMs } = localToMs(at, zone)
  return startMs >= 0 && startMs < lastMs - dayMs ? startMs : null
}

export function isSeriesSensible(series: Series): boolean {
  const startMs = minuteToMs(series.start, series.zone)
  if (startMs === null || parseRule(series.rule) === null || !isPatternSensible(series.pattern)) return false
  return occasions({ ...series, except: [], until: null }, startMs, startMs + 1).length > 0
}
