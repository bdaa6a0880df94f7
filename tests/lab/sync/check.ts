/** What must be true of a plan that several wrote to, at each step and when all is said. */

import { keyOfRow, type PlanReader } from '../../../src/core/plan/book.ts'
import { type Booking, bookingsOf } from '../../../src/core/plan/booking.ts'
import type { Appointment, KeptAct, Row } from '../../../src/protocol/plan.ts'
import type { SyncAnswer } from '../../../src/protocol/sync.ts'

/** A promise that was made on a screen: it is kept on this device. */
export type Promised = {
  readonly actId: string
  readonly act: KeptAct
  readonly staffId: string
  readonly device: { readonly name: string }
  /** `deleted`: the person chose to. `settled`: the device has heard its outcome. */
  state: 'kept' | 'deleted' | 'taken-back' | 'settled'
}

/** What a screen shows: a plan, and which of its rows the server has not confirmed. */
export type Shown = {
  readonly view: { readonly value: PlanReader }
  readonly unconfirmed: { readonly value: ReadonlyMap<string, string> }
}

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
export function falselyConfirmed(shown: Shown, isConfirmed: (key: string, row: Row) => boolean): string[] {
  const unconfirmed = shown.unconfirmed.value
  const types = ['appointment', 'series', 'hours', 'bed', 'attention'] as const
  return types.flatMap((type) =>
    [...shown.view.value.all(type)].flatMap((row) => {
      const key = keyOfRow(row.type, row.id)
      return unconfirmed.has(key) || isConfirmed(key, row) ? [] : [`[10] ${key} looks confirmed and is not`]
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

/** [5] Whoever takes part only in their own hears nothing of the others, and of no patient. */
export function unseen(staffId: string, askedAs: string, answer: SyncAnswer): string[] {
  const isOwn = answer.cursor.includes(`own-${staffId}`)
  if (askedAs !== staffId) return ['[5] one asked in the name of another']
  if (!isOwn) return []
  return answer.rows.flatMap((row): string[] => {
    if (row.type === 'bed' && row.stay !== null) return ['[5] an interpreter was told who lies where']
    if (row.type === 'appointment' && !row.staff.includes(staffId) && row.by !== staffId)
      return [`[5] ${staffId} was told of ${row.id}`]
    return []
  })
}

/**
 * [1] [7] Each promise is answered once, in its order, and what was refused is in the ward's inbox. `outcomes`: the
 * server's own table, by act. `forgives`: the server lost its memory once.
 */
export function broken(
  promised: Iterable<Promised>,
  outcomes: ReadonlyMap<string, string>,
  attentions: ReadonlySet<string>,
  forgives: boolean,
): string[] {
  return [...promised].flatMap(({ actId, act, staffId, device, state }) => {
    const said = outcomes.get(actId)
    const what = `${actId} (${act.type}, ${staffId} at ${device.name})`
    if (state === 'taken-back' && said !== undefined)
      return [`[1] ${what} was taken back and came all the same`]
    if (state !== 'kept') return []
    // What was refused before the server lost its memory was shown, and is not asked again.
    if (said === undefined) return forgives ? [] : [`[1] ${what} is lost`]
    const outcome = JSON.parse(said)
    const isUnseen = outcome.type !== 'applied' && !attentions.has(actId)
    const isLate = outcome.type === 'refused' && outcome.why === 'out-of-order'
    return [
      ...(isUnseen ? [`[1] ${what} was ${outcome.type}, unseen`] : []),
      ...(isLate ? [`[7] ${what} came out of order`] : []),
    ]
  })
}
