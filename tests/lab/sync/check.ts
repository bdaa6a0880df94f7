/** What must be true of a plan that several wrote to, at each step and when all is said. */

import { keyOfRow } from '../../../src/core/plan/book.ts'
import { type Booking, bookingsOf } from '../../../src/core/plan/booking.ts'
import type { Appointment, Row } from '../../../src/protocol/plan.ts'
import type { Sync } from '../../../src/state/sync.ts'

/** [3] Nobody and nothing in two places at once, looked at one pair after the other, buffers aside. */
export function twiceBooked(rows: Iterable<Appointment>): string[] {
  const byResource = new Map<string, Booking[]>()
  for (const row of rows)
    for (const booking of bookingsOf(row))
      byResource.set(booking.resource, [...(byResource.get(booking.resource) ?? []), booking])
  return [...byResource].flatMap(([resource, bookings]) => {
    const inOrder = bookings.sort((one, other) => one.bareStartMs - other.bareStartMs)
    return inOrder.flatMap((one, index) => {
      const next = inOrder[index + 1]
      return next && next.bareStartMs < one.bareEndMs && next.appointmentId !== one.appointmentId
        ? [`[3] ${resource} is in ${one.appointmentId} and ${next.appointmentId} at once`]
        : []
    })
  })
}

/** [10] What the server has not confirmed never looks as if it had. */
export function falselyConfirmed(sync: Sync, confirmed: ReadonlyMap<string, Row>): string[] {
  const unconfirmed = sync.unconfirmed.value
  const types = ['appointment', 'series', 'hours', 'bed', 'attention'] as const
  return types.flatMap((type) =>
    [...sync.view.value.all(type)].flatMap((row) => {
      const key = keyOfRow(row.type, row.id)
      const isSame = JSON.stringify(confirmed.get(key)) === JSON.stringify(row)
      return isSame || unconfirmed.has(key) ? [] : [`[10] ${key} looks confirmed and is not`]
    }),
  )
}

export function byKey(rows: Iterable<Row>): Map<string, Row> {
  return new Map([...rows].map((row) => [keyOfRow(row.type, row.id), row]))
}

/** Both have the same rows; the order of their fields counts, because both were made by one program. */
export function differences(
  what: string,
  one: ReadonlyMap<string, Row>,
  other: ReadonlyMap<string, Row>,
): string[] {
  const keys = new Set([...one.keys(), ...other.keys()])
  return [...keys].flatMap((key) => {
    const [mine, theirs] = [JSON.stringify(one.get(key)), JSON.stringify(other.get(key))]
    return mine === theirs ? [] : [`${what}: ${key} is ${mine} here and ${theirs} at the server`]
  })
}
