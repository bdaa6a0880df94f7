/** The act that undoes an act, for *Undo*: an act like all others, so that it is merged, refused and kept like them. */
import * as v from 'valibot'
import { type Appointment, type KeptAct, type PlanAct, planAct } from '../../protocol/plan.ts'
import type { PlanReader } from './book.ts'
import { same } from './merge.ts'
import { isClosed } from './status.ts'

/**
 * [PLAN-16] Null: there is none. `plan` as it stands now, with the act in it. A booking that is undone never was (FHIR
 * `entered-in-error`): nobody is told of a cancellation. `reason`: what a series is ended with.
 */
export function inverseOf(plan: PlanReader, act: KeptAct, reason = 'Undone'): PlanAct | null {
  switch (act.type) {
    case 'appointment.book': {
      const row = plan.get('appointment', act.id)
      if (!row || isClosed(row.status)) return null
      const status = { from: row.status, to: 'entered-in-error' } as const
      return { type: 'appointment.edit', id: act.id, changes: { status } }
    }
    case 'appointment.edit':
      return editBack(plan, act)
    case 'series.make':
      return plan.get('series', act.id) ? { type: 'series.end', id: act.id, from: null, reason } : null
    case 'series.edit':
      return seriesBack(plan, act)
    case 'hours.set': {
      const to = act.from ?? { zone: act.to.zone, weekly: [], away: [] }
      return { type: 'hours.set', id: act.id, from: act.to, to }
    }
    default:
      return null
  }
}

/** Only what still stands as it was written is taken back; of stops, what is not, is merged. */
function editBack(plan: PlanReader, act: Extract<PlanAct, { type: 'appointment.edit' }>): PlanAct | null {
  const row = plan.get('appointment', act.id)
  if (!row) return null
  const reopened = reopening(row, act)
  if (isClosed(row.status) && !act.changes.status && !reopened) return null
  const back = Object.entries(act.changes).flatMap(([field, change]) =>
    change && !same(change.from, change.to) && (field === 'stops' || same(Reflect.get(row, field), change.to))
      ? [[field, { from: change.to, to: change.from }] as const]
      : [],
  )
  if (back.length === 0) return null
  const changes = { ...Object.fromEntries(back), ...(reopened && { status: reopened }) }
  const read = v.safeParse(planAct, { ...act, changes })
  return read.success ? read.output : null
}

/** A round that became done by its last bed is open again with that bed. */
function reopening(row: Appointment, { changes }: Extract<PlanAct, { type: 'appointment.edit' }>) {
  if (row.kind !== 'round' || row.status !== 'fulfilled' || !changes.stops || changes.status) return null
  const { from, to } = changes.stops
  const openIn = (stops: typeof to) => stops.filter(({ state }) => state === 'open').length
  const isDoneByIt = openIn(row.stops) === 0 && openIn(to) < openIn(from)
  return isDoneByIt ? ({ from: 'fulfilled', to: 'booked' } as const) : null
}

/** A series that was divided in two is not put together again. */
function seriesBack(plan: PlanReader, act: Extract<PlanAct, { type: 'series.edit' }>): PlanAct | null {
  const row = plan.get('series', act.id)
  if (!row || !act.was || act.from !== null) return null
  const { rule, start, pattern } = act.was
  const was = { rule: row.rule, start: row.start, pattern: row.pattern }
  return { ...act, rule, time: start.slice(11), pattern, was }
}
