/**
 * A bedside call is at its bed for all of it: the minutes of its one stop follow its length, whatever an act says of
 * them. Else whoever changes only the time leaves the bed free for somebody else in the middle of a call (HZ-8).
 */
import type { Appointment, AppointmentFields, AppointmentKind, Changes, Stop } from '../../protocol/plan.ts'
import { lengthOf, minuteMs } from './booking.ts'
import { type Merged, mergeFields, same } from './merge.ts'

type Call = Pick<Appointment, 'kind'> & Pick<AppointmentFields, 'when' | 'stops'>

/** [PLAN-1] The same when it is no call, or is whole already. */
export function whole<T extends Call>(one: T): T {
  const stops = wholeStops(one.kind, one.stops, lengthOf(one))
  return same(stops, one.stops) ? one : { ...one, stops }
}

/** As long as `lengthMs`; a minute that is begun counts, and no stop outlasts its appointment (`stopTimes`). */
export function wholeStops(kind: AppointmentKind, stops: Stop[], lengthMs: number): Stop[] {
  if (kind !== 'bed-call') return stops
  const minutes = Math.min(24 * 60, Math.max(1, Math.ceil(lengthMs / minuteMs)))
  return stops.map((stop) => ({ ...stop, minutes }))
}

/**
 * [PLAN-2] What stands, with what was written: of a call's stop everything but its minutes, which are the time's to say.
 * Whoever asks for other minutes and no other time hears that they do not stand.
 */
export function mergeEdit(before: Appointment, changes: Changes): Merged {
  if (before.kind !== 'bed-call' || !changes.stops) return mergeFields(before, Object.entries(changes))
  const { from, to } = changes.stops
  const stops = { from: withMinutesOf(before.stops, from), to: asStands(before, to) }
  const merged = mergeFields(before, Object.entries({ ...changes, stops }))
  const isLost = !changes.when && asksMinutes(from, to) && !same(to, whole({ ...before, stops: to }).stops)
  if (!isLost || merged.clashes.some(({ field }) => field === 'stops')) return merged
  const clash = { field: 'stops', from, asked: to, stands: before.stops }
  return { ...merged, clashes: [...merged.clashes, clash] }
}

function withMinutesOf([known]: readonly Stop[], stops: readonly Stop[]): Stop[] {
  return stops.map((stop) => ({ ...stop, minutes: known?.minutes ?? stop.minutes }))
}

/** A call of former times that is not whole becomes so when somebody says that it is. */
function asStands(before: Appointment, to: Stop[]): Stop[] {
  const all = wholeStops(before.kind, to, lengthOf(before))
  return same(to, all) ? all : withMinutesOf(before.stops, to)
}

function asksMinutes(from: readonly Stop[], to: readonly Stop[]): boolean {
  return from[0]?.minutes !== to[0]?.minutes
}
