/** What a calendar file means for what was taken over from it before: it moved there, changed or is cancelled. */
import { hash } from 'node:crypto'
import { same } from '../../core/plan/merge.ts'
import { isClosed } from '../../core/plan/status.ts'
import type { Appointment, AppointmentFields, PlanAct } from '../../protocol/plan.ts'
import type { ImportItem, ImportSkip } from '../../protocol/plan-share.ts'
import type { Found } from './ics-found.ts'
import type { Remembered } from './ics-memory.ts'

type Deed = ImportItem['does']
export type Change =
  | { readonly type: 'skip'; readonly why: ImportSkip }
  | { readonly type: 'act'; readonly does: Deed; readonly act: PlanAct }

const known = { type: 'skip', why: 'known' } as const
/** What is said of these is a time, though none that is booked anew. */
const timed: readonly (ImportSkip | null)[] = [null, 'past', 'beyond-horizon']

/** `before`: what the last file said; null: it is not known. `row`: as it stands. */
export function changeOf(row: Appointment, before: Remembered | null, found: Found, reason: string): Change {
  if (before && (before.said === saidOf(found) || isOlder(found, before))) return skipped(found)
  if (found.why === 'cancelled') return isClosed(row.status) ? known : cancel(row, reason)
  if (!timed.includes(found.why) || found.startMs === null || found.endMs === null) return skipped(found)
  // What a person cancelled here stays so; what the file had cancelled may come back with it.
  const isReopened = row.status === 'cancelled' && before?.said === cancelled
  if (isClosed(row.status) && !isReopened) return known
  return edit(row, wantedOf(row, found, found.startMs, found.endMs))
}

function skipped({ why }: Found): Change {
  return { type: 'skip', why: why ?? 'known' }
}

/** RFC 5546 §2.1.5: by its revision, and where that is the same by when it was written down. */
export function isOlder({ sequence, modifiedMs }: Found, before: Remembered): boolean {
  if (sequence !== before.sequence) return sequence < before.sequence
  return modifiedMs !== null && before.modifiedMs !== null && modifiedMs < before.modifiedMs
}

export function cancel(row: Appointment, reason: string): Change {
  const status = { from: row.status, to: 'cancelled' } as const
  const changes = { status, cancelReason: { from: row.cancelReason, to: reason } }
  return { type: 'act', does: 'cancel', act: { type: 'appointment.edit', id: row.id, changes } }
}

type Wanted = Pick<AppointmentFields, 'title' | 'place' | 'when' | 'status'>

function wantedOf(row: Appointment, found: Found, startMs: number, endMs: number): Wanted {
  const { title, place, isTentative } = found
  const isSettled = !isClosed(row.status) && row.status !== 'pending'
  const status = isSettled ? row.status : isTentative ? 'pending' : 'booked'
  return { title, place, when: { type: 'at', startMs, endMs }, status }
}

function edit(row: Appointment, to: Wanted): Change {
  const { title, place, when, status, id } = row
  const isMoved = !same(when, to.when)
  const changes = {
    ...(title === to.title ? {} : { title: { from: title, to: to.title } }),
    ...(place === to.place ? {} : { place: { from: place, to: to.place } }),
    ...(isMoved ? { when: { from: when, to: to.when } } : {}),
    ...(status === to.status ? {} : { status: { from: status, to: to.status } }),
  }
  if (Object.keys(changes).length === 0) return known
  return { type: 'act', does: isMoved ? 'move' : 'change', act: { type: 'appointment.edit', id, changes } }
}

export const cancelled = 'cancelled'

/** What of it would change an appointment; that it has become past is no change. */
export function saidOf({ why, title, place, isTentative, startMs, endMs }: Found): string {
  if (why === 'cancelled') return cancelled
  return hash('sha256', JSON.stringify([title, place, isTentative, startMs, endMs]), 'base64url')
}

export function rememberedOf(id: string, uid: string, found: Found): Remembered {
  const { sequence, modifiedMs, endMs, startMs } = found
  return { id, uid, sequence, modifiedMs, said: saidOf(found), endsMs: endMs ?? startMs ?? 0 }
}
