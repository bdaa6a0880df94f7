/** Which state an appointment may come to from which: FHIR R4 AppointmentStatus, with the way back for *Undo*. */
import type { Appointment, AppointmentStatus } from '../../protocol/plan.ts'

const open: readonly AppointmentStatus[] = [
  'proposed',
  'pending',
  'booked',
  'arrived',
  'checked-in',
  'waitlist',
]
const begun: readonly AppointmentStatus[] = ['booked', 'arrived', 'checked-in', 'fulfilled', 'noshow']

/** `entered-in-error` may follow on everything, and what was open on everything that closed it. */
const next: Record<AppointmentStatus, readonly AppointmentStatus[]> = {
  proposed: ['pending', 'booked', 'waitlist', 'cancelled'],
  pending: ['proposed', 'booked', 'waitlist', 'cancelled'],
  booked: ['proposed', 'pending', 'waitlist', ...begun, 'cancelled'],
  arrived: [...begun, 'cancelled'],
  'checked-in': [...begun, 'cancelled'],
  waitlist: ['proposed', 'pending', 'booked', 'cancelled'],
  fulfilled: [...open, 'noshow'],
  noshow: [...open, 'fulfilled'],
  cancelled: open,
  'entered-in-error': open,
}

export function mayFollow(before: AppointmentStatus, after: AppointmentStatus): boolean {
  return before === after || after === 'entered-in-error' || next[before].includes(after)
}

/** It is over: it takes no edit but the one that opens it again. */
export function isClosed(status: AppointmentStatus): boolean {
  return !open.includes(status)
}

/** Somebody has come, a bed of it is done, or all of it is. */
export function hasBegun({ status, stops }: Pick<Appointment, 'status' | 'stops'>): boolean {
  return (
    ['arrived', 'checked-in', 'fulfilled'].includes(status) || stops.some(({ state }) => state === 'done')
  )
}
