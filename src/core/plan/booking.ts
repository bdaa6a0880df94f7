/** Who and what an appointment takes, and for how long: what may never be in two places at once (HZ-8). */
import type { Appointment, AppointmentFields, AppointmentStatus, Stop } from '../../protocol/plan.ts'

/**
 * `resource`: `staff:ID`, `bed:ID` or `room:NAME`; from `startMs` up to, not including, `endMs`, buffers among it.
 * `bareStartMs`, `bareEndMs`: without the buffers; of these no two of a resource ever overlap. `excused`: its
 * appointment may lie in the buffers of others, and others in its own.
 */
export type Booking = {
  readonly resource: string
  readonly startMs: number
  readonly endMs: number
  readonly bareStartMs: number
  readonly bareEndMs: number
  readonly excused: boolean
  readonly appointmentId: string
}

/** What of an appointment takes somebody's time. */
export type Taking = Pick<Appointment, 'id' | 'kind'> &
  Pick<
    AppointmentFields,
    'status' | 'when' | 'staff' | 'place' | 'stops' | 'before' | 'after' | 'outsideHours'
  >

export const minuteMs = 60_000

/** Over before, or never was: it takes nobody's time. */
const idle: ReadonlySet<AppointmentStatus> = new Set(['cancelled', 'noshow', 'entered-in-error', 'waitlist'])

export function isActive(status: AppointmentStatus): boolean {
  return !idle.has(status)
}

/** [PLAN-1] People and room for the whole of it and its buffers, each bed for its own stop; a note takes nobody. */
export function bookingsOf(one: Taking): Booking[] {
  const { when } = one
  if (one.kind === 'note' || !isActive(one.status) || when.type === 'waiting') return []
  const same = { appointmentId: one.id, excused: one.outsideHours }
  const whole = {
    startMs: when.startMs - one.before * minuteMs,
    endMs: when.endMs + one.after * minuteMs,
    bareStartMs: when.startMs,
    bareEndMs: when.endMs,
    ...same,
  }
  const wholly = new Set(one.staff.map((id) => `staff:${id}`))
  if (one.place !== null) wholly.add(roomOf(one.place))
  const beds = stopTimes(one)
    .filter(({ stop, startMs, endMs }) => stop.state !== 'skipped' && endMs > startMs)
    .map(({ stop, startMs, endMs }) => ({
      resource: `bed:${stop.bedId}`,
      startMs,
      endMs,
      bareStartMs: startMs,
      bareEndMs: endMs,
      ...same,
    }))
  return [...[...wholly].map((resource) => ({ resource, ...whole })), ...beds]
}

export type StopTime = { readonly stop: Stop; readonly startMs: number; readonly endMs: number }

/**
 * The time of each stop, one after the other; none lasts longer than the appointment. One that is left out frees its
 * bed and keeps its time: what follows must not begin earlier than its patient was told, nor run into others by it.
 */
export function stopTimes({ when, stops }: Pick<AppointmentFields, 'when' | 'stops'>): StopTime[] {
  if (when.type === 'waiting') return []
  let atMs = when.startMs
  return stops.map((stop) => {
    const startMs = atMs
    atMs = Math.min(atMs + stop.minutes * minuteMs, when.endMs)
    return { stop, startMs, endMs: atMs }
  })
}

/** [PLAN-1] The bare time of two never overlaps; their buffers may where either was put there on purpose. */
export function collide(one: Booking, other: Booking): boolean {
  if (one.bareStartMs < other.bareEndMs && other.bareStartMs < one.bareEndMs) return true
  return !one.excused && !other.excused && one.startMs < other.endMs && other.startMs < one.endMs
}

/** The longest that a row may name; a small letter may be longer than its capital. */
const longestResource = 120

export function roomOf(place: string): string {
  return `room:${place.replaceAll(/\s+/g, ' ').trim().toLowerCase()}`.slice(0, longestResource)
}

/** How long it is, in milliseconds. */
export function lengthOf({ when }: Pick<AppointmentFields, 'when'>): number {
  return when.type === 'at' ? when.endMs - when.startMs : when.minutes * minuteMs
}
