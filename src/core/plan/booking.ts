/** Who and what an appointment takes, and for how long: what may never be in two places at once (HZ-8). */
import type { Appointment, AppointmentFields, AppointmentStatus } from '../../protocol/plan.ts'

/** `resource`: `staff:ID`, `bed:ID` or `room:NAME`; from `startMs` up to, not including, `endMs`. */
export type Booking = {
  readonly resource: string
  readonly startMs: number
  readonly endMs: number
  readonly appointmentId: string
}

const minuteMs = 60_000

/** Over before, or never was: it takes nobody's time. */
const idle: ReadonlySet<AppointmentStatus> = new Set(['cancelled', 'noshow', 'entered-in-error', 'waitlist'])

export function isActive(status: AppointmentStatus): boolean {
  return !idle.has(status)
}

/** [PLAN-1] People and room for the whole of it and its buffers, each bed for its own stop; a note takes nobody. */
export function bookingsOf(
  one: Pick<Appointment, 'id' | 'kind'> &
    Pick<AppointmentFields, 'status' | 'when' | 'staff' | 'place' | 'stops' | 'before' | 'after'>,
): Booking[] {
  const { when } = one
  if (one.kind === 'note' || !isActive(one.status) || when.type === 'waiting') return []
  const appointmentId = one.id
  const startMs = when.startMs - one.before * minuteMs
  const endMs = when.endMs + one.after * minuteMs
  const whole = [...one.staff.map((id) => `staff:${id}`), ...(one.place === null ? [] : [roomOf(one.place)])]
  return [
    ...[...new Set(whole)].map((resource) => ({ resource, startMs, endMs, appointmentId })),
    ...stopBookings(one.stops, when.startMs, when.endMs, appointmentId),
  ]
}

/** A stop that was left out takes no time; the last one ends with the appointment. */
function stopBookings(
  stops: Appointment['stops'],
  startMs: number,
  endMs: number,
  appointmentId: string,
): Booking[] {
  let atMs = startMs
  return stops
    .filter(({ state }) => state !== 'skipped')
    .map(({ bedId, minutes }) => {
      const slot = { startMs: atMs, endMs: Math.min(atMs + minutes * minuteMs, endMs) }
      atMs = slot.endMs
      return { resource: `bed:${bedId}`, ...slot, appointmentId }
    })
    .filter((slot) => slot.endMs > slot.startMs)
}

export function roomOf(place: string): string {
  return `room:${place.replaceAll(/\s+/g, ' ').trim().toLowerCase()}`
}
