/** What is no appointment at all, whatever else the plan holds: an end before the start, a bed twice. */
import type { Appointment, AppointmentFields, HoursWish, Pattern, Stop, When } from '../../protocol/plan.ts'
import { lengthOf, minuteMs } from './booking.ts'
import { isZone } from './recurrence.ts'

export const dayMs = 24 * 60 * minuteMs
/** Calendars of clocks and programs end there: the last day but one of the year 9998. */
export const lastMs = 253_339_228_800_000

export function isTimeSensible(when: When): boolean {
  if (when.type === 'waiting')
    return when.notAfterMs <= lastMs && when.notAfterMs - when.notBeforeMs >= when.minutes * minuteMs
  const lengthMs = when.endMs - when.startMs
  return lengthMs > 0 && lengthMs <= dayMs && when.endMs <= lastMs
}

export function areStopsSensible(stops: readonly Stop[]): boolean {
  return new Set(stops.map(({ bedId }) => bedId)).size === stops.length
}

/** Whether its parts agree: a call has one bed, stops fit in, who waits has no time, a cancellation has its reason. */
export function doPartsAgree(one: Pick<Appointment, 'kind'> & AppointmentFields): boolean {
  if (!doStopsFit(one, lengthOf(one) / minuteMs)) return false
  if (one.status === 'cancelled') return one.cancelReason !== null
  if (one.status === 'entered-in-error') return true
  return (one.when.type === 'waiting') === (one.status === 'waitlist')
}

export function isSensible(one: Pick<Appointment, 'kind'> & AppointmentFields): boolean {
  return isTimeSensible(one.when) && areStopsSensible(one.stops) && doPartsAgree(one)
}

export function isPatternSensible({ kind, stops, minutes }: Pattern): boolean {
  return areStopsSensible(stops) && doStopsFit({ kind, stops }, minutes)
}

/** Other hours on a date are other than a week's: without a week there are none. */
export function areHoursSensible({ zone, weekly, days = [], away }: HoursWish): boolean {
  return (
    isZone(zone) &&
    [...weekly, ...days.flatMap(({ spans }) => spans)].every(isSpanSensible) &&
    new Set(days.map(({ date }) => date)).size === days.length &&
    (days.length === 0 || weekly.length > 0) &&
    away.every(({ startMs, endMs }) => startMs < endMs && endMs <= lastMs)
  )
}

/** It begins on its own day and is over a day later. */
function isSpanSensible({ from, to }: { readonly from: number; readonly to: number }): boolean {
  return from < 24 * 60 && from < to && to - from <= 24 * 60
}

/** The one stop of a call lasts as long as the call, whatever it says (`whole-call.ts`). */
function doStopsFit({ kind, stops }: Pick<Appointment, 'kind' | 'stops'>, most: number): boolean {
  if (kind === 'bed-call') return stops.length === 1
  return minutesOf(stops) <= most
}

export function minutesOf(stops: readonly Stop[]): number {
  return stops.reduce((sum, { minutes }) => sum + minutes, 0)
}
