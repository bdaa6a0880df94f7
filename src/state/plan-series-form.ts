/** A series that was asked for and refused, as the form in which it was typed: nobody types it again. */
import type { PlanAct } from '../protocol/plan.ts'
import { clockAt, dateAt, msAt } from './plan-days.ts'
import { type Form, whoOf } from './plan-form.ts'
import { repeatOf } from './plan-repeat.ts'

/** `zone`: the clock by which the form is read; the series has its own. */
export function formOfSeries(asked: Extract<PlanAct, { type: 'series.make' }>, zone: string): Form {
  const { pattern, rule, start } = asked
  const [date = '', clock = ''] = start.split('T')
  const startMs = msAt(date, clock, asked.zone)
  return {
    ...pattern,
    date: startMs === null ? date : dateAt(startMs, zone),
    clock: startMs === null ? clock : clockAt(startMs, zone),
    ...whoOf(pattern.outpatient),
    place: pattern.place ?? '',
    language: pattern.language ?? '',
    waitUntil: null,
    repeat: repeatOf(rule, zone),
  }
}
