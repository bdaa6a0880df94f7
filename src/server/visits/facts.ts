/** What a visit is by its appointment: when, whose, and whether it is to be at all. */
import type { VisitFacts } from '../../core/visit.ts'
import type { GuestParty } from '../../protocol/people.ts'
import type { Appointment } from '../../protocol/plan.ts'
import { decodeCertificate } from '../../protocol/proof.ts'
import type { Visit } from './kept.ts'

type Time = { readonly startMs: number; readonly endMs: number }

/** What waits for a time has none yet: the window it is to be in. */
export function timeOf({ when }: Appointment): Time {
  if (when.type === 'waiting') return { startMs: when.notBeforeMs, endMs: when.notAfterMs }
  const { startMs, endMs } = when
  return { startMs, endMs }
}

/** Cancelled, or without a time again. */
export function isOff({ when, status }: Appointment): boolean {
  return when.type === 'waiting' || status === 'cancelled' || status === 'entered-in-error'
}

/** It was, or nobody came. */
export function hasPassed({ status }: Appointment): boolean {
  return status === 'fulfilled' || status === 'noshow'
}

/** Whoever is in a call is not late for it: `isCalled`. */
export function factsFor(row: Appointment, visit: Visit, isCalled: boolean, nowMs: number): VisitFacts {
  return {
    ...timeOf(row),
    status: isOff(row) ? 'cancelled' : row.status,
    lastCallMs: isCalled ? nowMs : visit.lastCallMs,
    closedMs: visit.closed?.atMs ?? null,
  }
}

export function partyFor({ visitId, name }: Visit, row: Appointment | undefined): GuestParty {
  return { type: 'guest', guestId: visitId, name: row?.outpatient?.name ?? name, kind: 'visitor' }
}

/** [VISIT-4] Whether a station's word for the bound key holds now, for whoever the appointment is with. */
export function isVouchedFor({ vouched, publicKey }: Visit, name: string, nowMs: number): boolean {
  const said = decodeCertificate(vouched?.chain[0]?.text ?? '')
  return said !== null && said.publicKey === publicKey && said.label === name && said.notAfterMs > nowMs
}

/** Whom a visit is for; nobody in particular: whoever of the ward. */
export function isWith(row: Appointment | undefined, staffId: string): boolean {
  return row !== undefined && (row.staff.length === 0 || row.staff.includes(staffId))
}

export function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
