/** What a finger or a key on the plan means, as acts. Each is built from the row that was on the screen. */
import * as v from 'valibot'
import {
  type Appointment,
  type AppointmentFields,
  type PlanAct,
  planAct,
  type Stop,
} from '../protocol/plan.ts'

const minuteMs = 60_000

/** Null: nothing would change, or it is nothing that can be asked. */
export function editOf(row: Appointment, next: Partial<AppointmentFields>): PlanAct | null {
  const stands = new Map<string, unknown>(Object.entries(row))
  const changed = Object.entries(next).filter(
    ([field, to]) => JSON.stringify(stands.get(field)) !== JSON.stringify(to),
  )
  if (changed.length === 0) return null
  const changes = Object.fromEntries(changed.map(([field, to]) => [field, { from: stands.get(field), to }]))
  return readAct({ type: 'appointment.edit', id: row.id, changes })
}

export function readAct(act: unknown): PlanAct | null {
  const read = v.safeParse(planAct, act)
  return read.success ? read.output : null
}

/** To another time, as long as it was; what it lasted on the waiting list it lasts in the plan. */
export function moveAct(row: Appointment, startMs: number): PlanAct | null {
  const lengthMs = lengthOf(row)
  const status = row.when.type === 'waiting' ? ({ status: 'booked' } as const) : {}
  return editOf(row, { when: { type: 'at', startMs, endMs: startMs + lengthMs }, ...status })
}

/** To another bed as well: whoever lies there is whom it is for (HZ-1). */
export function moveToBedAct(
  row: Appointment,
  startMs: number,
  bed: { readonly id: string; readonly admissionId: string | null },
): PlanAct | null {
  const stops = row.stops.map((stop): Stop => ({ ...stop, bedId: bed.id, admissionId: bed.admissionId }))
  return editOf(row, { when: { type: 'at', startMs, endMs: startMs + lengthOf(row) }, stops })
}

/**
 * Its end elsewhere. The last stop that is not left out takes what is given or taken, and keeps a minute: the end stays
 * behind it and what comes before it.
 */
export function resizeAct(row: Appointment, toMs: number): PlanAct | null {
  if (row.when.type === 'waiting' || toMs <= row.when.startMs) return null
  const last = row.stops.findLastIndex(({ state }) => state !== 'skipped')
  const least = row.stops.reduce((sum, { minutes }, index) => sum + (index === last ? 1 : minutes), 0)
  const endMs = Math.max(toMs, row.when.startMs + least * minuteMs)
  const growth = (endMs - row.when.endMs) / minuteMs
  const stops = row.stops.map((stop, index) =>
    index === last ? { ...stop, minutes: Math.max(1, stop.minutes + growth) } : stop,
  )
  return editOf(row, { when: { ...row.when, endMs }, stops })
}

export function cancelAct(row: Appointment, reason: string): PlanAct | null {
  return editOf(row, { status: 'cancelled', cancelReason: reason })
}

/** Who waits for a time has none to be booked at: opened again, they wait again. */
export function statusAct(row: Appointment, status: AppointmentFields['status']): PlanAct | null {
  return editOf(row, { status: status === 'booked' && row.when.type === 'waiting' ? 'waitlist' : status })
}

/** Who has come has come, whatever is marked; what was done is open again with its bed. */
export function stopAct(row: Appointment, index: number, state: Stop['state']): PlanAct | null {
  const stops = row.stops.map((stop, at) => (at === index ? { ...stop, state } : stop))
  const isOpen = stops.some((stop) => stop.state === 'open')
  const reopened = row.status === 'fulfilled' ? 'booked' : row.status
  return editOf(row, { stops, status: isOpen ? reopened : 'fulfilled' })
}

export function reorderAct(row: Appointment, from: number, to: number): PlanAct | null {
  const moved = row.stops[from]
  if (!moved || to < 0 || to >= row.stops.length) return null
  const stops = row.stops.filter((_, index) => index !== from)
  stops.splice(to, 0, moved)
  return editOf(row, { stops })
}

/** Milliseconds. */
export function lengthOf({ when }: Pick<Appointment, 'when'>): number {
  return when.type === 'at' ? when.endMs - when.startMs : when.minutes * minuteMs
}
