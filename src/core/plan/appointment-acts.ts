/** What booking an appointment and editing one make of the plan. */
import type { Appointment, AppointmentStatus, PlanAct } from '../../protocol/plan.ts'
import { isActive } from './booking.ts'
import { type Asking, type Decision, done, othersOf, refused, type Trouble, trouble } from './decision.ts'
import { type Merged, same } from './merge.ts'
import { missingOf, startOf, timeAgainst } from './placing.ts'
import { areStopsSensible, doPartsAgree, isSensible, isTimeSensible } from './sense.ts'
import { hasBegun, isClosed, mayFollow } from './status.ts'
import { mergeEdit, whole } from './whole-call.ts'

type BookAct = Extract<PlanAct, { type: 'appointment.book' }>
type EditAct = Extract<PlanAct, { type: 'appointment.edit' }>

/** [PLAN-8] The same booking once more changes nothing; another one under its id is refused. */
export function book(asking: Asking, act: BookAct): Decision {
  const { plan, author } = asking
  const row: Appointment = whole({
    type: 'appointment',
    id: act.id,
    rev: 1,
    kind: act.kind,
    ...act.fields,
    occasion: null,
    by: author.staffId,
    changedBy: author.staffId,
    changedMs: author.atMs,
  })
  const there = plan.get('appointment', act.id)
  if (there) {
    const isRepeat = same(whole({ ...there, changedMs: row.changedMs }), row)
    return isRepeat ? done([]) : refused(act.id, 'out-of-order', { startMs: startOf(row) })
  }
  if (isClosed(row.status) || !isSensible(row)) return refused(act.id, 'senseless')
  const against = placed(asking, row, null)
  return against ? { type: 'refused', trouble: against } : done([row])
}

/** What stands against this row where it is; with what is free instead, unless it has begun: nobody begins it anew. */
export function placed(asking: Asking, row: Appointment, before: Appointment | null): Trouble | null {
  const { plan, author, offer } = asking
  if (!isActive(row.status) && row.status !== 'waitlist') return null
  const missing = missingOf(plan, row, before)
  if (missing) return missing
  const against = timeAgainst(plan, row, author, before)
  return against && { ...against, free: hasBegun(row) ? [] : offer(plan, row) }
}

/** [PLAN-2] Field by field: one that still is what the writer saw takes what was written; another is a clash. */
export function edit(asking: Asking, act: EditAct): Decision {
  const { plan, author } = asking
  const before = plan.get('appointment', act.id)
  if (!before) return refused(act.id, 'unknown')
  const merged = mergeEdit(before, act.changes)
  const meanwhile = meanwhileOf(asking, before, merged)
  if (Object.keys(merged.taken).length === 0)
    return meanwhile ? { type: 'refused', trouble: meanwhile } : done([])
  const row = placedWhole(before, edited(asking, before, merged))
  const closed = closedBy(before, row)
  if (closed)
    return refused(act.id, closed, {
      startMs: startOf(before),
      clashes: merged.clashes,
      also: othersOf([before.changedBy], author),
    })
  const senseless = senseOf(asking, act, row, before)
  if (senseless) return { type: 'refused', trouble: senseless }
  // What is opened again is booked anew: its patient may have left meanwhile (HZ-6).
  const stood = isActive(before.status) === isActive(row.status) ? before : null
  const against = isPlacedAnew(before, row) ? placed(asking, row, stood) : null
  if (against) return { type: 'refused', trouble: { ...against, clashes: merged.clashes } }
  return done([row], meanwhile ? [meanwhile] : [])
}

function meanwhileOf({ author }: Asking, before: Appointment, { clashes }: Merged): Trouble | null {
  if (clashes.length === 0) return null
  const also = othersOf([before.changedBy], author)
  return trouble(before.id, 'edited-meanwhile', { clashes, also, startMs: startOf(before) })
}

/** [PLAN-10] An occasion that was changed by itself no longer follows its series. */
function edited({ author }: Asking, before: Appointment, { taken }: Merged): Appointment {
  const merged: Appointment = { ...before, ...taken }
  const row: Appointment = {
    ...merged,
    status: 'status' in taken ? merged.status : statusByStops(before, merged),
    rev: before.rev + 1,
    occasion: before.occasion && { ...before.occasion, detached: true },
    changedBy: author.staffId,
    changedMs: author.atMs,
  }
  // FHIR R4 Appointment app-4: only what was cancelled or missed has a reason for it.
  return row.status === 'cancelled' || row.status === 'noshow' ? row : { ...row, cancelReason: null }
}

/** [PLAN-5] Two who mark the last two beds of a round, each without the other's, have done it. */
function statusByStops(before: Appointment, { status, stops }: Appointment): AppointmentStatus {
  const wasOpen = before.stops.some(({ state }) => state === 'open')
  const isOpen = stops.some(({ state }) => state === 'open')
  const mayBeDone = before.kind === 'round' && mayFollow(status, 'fulfilled')
  return wasOpen && !isOpen && stops.length > 0 && mayBeDone ? 'fulfilled' : status
}

/** [PLAN-5] What is over is opened again, or stays as it is. */
function closedBy(before: Appointment, row: Appointment): 'closed' | 'senseless' | null {
  if (before.status === row.status) return isClosed(before.status) ? 'closed' : null
  if (mayFollow(before.status, row.status)) return null
  return isClosed(before.status) ? 'closed' : 'senseless'
}

/**
 * Two edits, each sensible, may be senseless together: one adds a bed while the other makes the round shorter. That is
 * a clash of the two, told as one.
 */
function senseOf(asking: Asking, act: EditAct, row: Appointment, before: Appointment): Trouble | null {
  if (!isTimeSensible(row.when) || !areStopsSensible(row.stops)) return trouble(row.id, 'senseless')
  if (doPartsAgree(row)) return null
  if (before.changedBy === asking.author.staffId) return trouble(row.id, 'senseless')
  const clashes = Object.entries(act.changes).flatMap(([field, change]) =>
    change ? [{ field, from: change.from, asked: change.to, stands: Reflect.get(before, field) }] : [],
  )
  return meanwhileOf(asking, before, { taken: {}, clashes })
}

/** What is not placed anew is left as it is, or a call of former times could be renamed only where its bed is free. */
function placedWhole(before: Appointment, row: Appointment): Appointment {
  return isPlacedAnew(before, row) ? whole(row) : row
}

/** Notes, titles and states of stops ask for no place; what was there stays there, whatever happened round it. */
function isPlacedAnew(before: Appointment, row: Appointment): boolean {
  if (!isActive(row.status) && row.status !== 'waitlist') return false
  if (isActive(before.status) !== isActive(row.status)) return true
  return !same(takenBy(before), takenBy(row)) || (before.outsideHours && !row.outsideHours)
}

function takenBy({ when, staff, place, stops, before, after }: Appointment): unknown {
  const beds = stops.map(({ bedId, admissionId, minutes, state }) => [
    bedId,
    admissionId,
    minutes,
    state === 'skipped',
  ])
  return [when, staff, place, beds, before, after]
}
