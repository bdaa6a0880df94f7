/** An appointment as a FHIR R4 resource (http://hl7.org/fhir/R4/appointment.html). */
import type { PlanReader } from '../../core/plan/book.ts'
import { roomOf } from '../../core/plan/booking.ts'
import type { Appointment, AppointmentKind, AppointmentStatus } from '../../protocol/plan.ts'
import { type FhirResource, fhirText, instant, toFhirId } from './fhir-answer.ts'

export const kindSystem = 'urn:x-bedside:appointment-kind'
export const roomSystem = 'urn:x-bedside:room'
const admissionSystem = 'urn:x-bedside:admission'
const roleSystem = 'urn:x-bedside:role'

const kindNames: Readonly<Record<AppointmentKind, string>> = {
  'bed-call': 'Bedside call',
  round: 'Round',
  visit: 'Outpatient visit',
  note: 'Note',
}

/** Notes are a person's own and not offered at all; what is offered has a participant, as FHIR wants. */
export function isOffered({ kind }: Appointment): boolean {
  return kind !== 'note'
}

export function appointmentResource(plan: PlanReader, one: Appointment): FhirResource {
  const { id, rev, changedMs, status, kind, title, note } = one
  return {
    resourceType: 'Appointment',
    id: toFhirId(id),
    meta: { versionId: String(rev), lastUpdated: instant(changedMs) },
    status,
    ...reasonOf(one),
    serviceType: [{ coding: [{ system: kindSystem, code: kind, display: kindNames[kind] }] }],
    ...some('description', fhirText(title)),
    ...timesOf(one),
    ...some('comment', fhirText(note)),
    participant: participantsOf(plan, one),
  }
}

/** Only for what did not take place (invariant app-4). */
function reasonOf({ status, cancelReason }: Appointment) {
  const text = cancelReason === null ? undefined : fhirText(cancelReason)
  return status === 'cancelled' && text !== undefined ? { cancelationReason: { text } } : {}
}

function timesOf({ when, status }: Appointment) {
  if (when.type === 'at') {
    const minutes = Math.round((when.endMs - when.startMs) / 60_000)
    const times = { start: instant(when.startMs), end: instant(when.endMs) }
    return minutes > 0 ? { ...times, minutesDuration: minutes } : times
  }
  const period = { start: instant(when.notBeforeMs), end: instant(when.notAfterMs) }
  const wish = { minutesDuration: when.minutes, requestedPeriod: [period] }
  const mayLackTimes: readonly AppointmentStatus[] = ['proposed', 'cancelled', 'waitlist']
  // Invariant app-3: all others have a start and an end.
  return mayLackTimes.includes(status) ? wish : { ...wish, ...period }
}

function participantsOf(plan: PlanReader, one: Appointment) {
  const participants = [...peopleOf(plan, one), ...placesOf(plan, one), ...patientsOf(one)]
  // Invariant app-1: a participant is somebody, or of some kind.
  return participants.length > 0
    ? participants
    : [{ type: [{ text: 'Somebody of the ward' }], status: 'needs-action' }]
}

const accepted = { required: 'required', status: 'accepted' } as const

function peopleOf(plan: PlanReader, { staff, roles, interpreter }: Appointment) {
  const needs = [...roles, ...(interpreter ? ['Interpreter'] : [])]
  return [
    ...staff.map((id) => ({
      actor: {
        reference: `Practitioner/${toFhirId(id)}`,
        type: 'Practitioner',
        ...some('display', fhirText(plan.get('person', id)?.name ?? '')),
      },
      ...accepted,
    })),
    ...needs.flatMap((role) => {
      const text = fhirText(role)
      const coding =
        interpreter && role === 'Interpreter' ? [{ system: roleSystem, code: 'interpreter' }] : null
      if (text === undefined) return []
      return [
        { type: [{ ...(coding ? { coding } : {}), text }], required: 'required', status: 'needs-action' },
      ]
    }),
  ]
}

/** Beds in the order of the round; a room by its name. */
function placesOf(plan: PlanReader, { place, stops }: Appointment) {
  const beds = stops.map(({ bedId }) => {
    const label = plan.get('bed', bedId)?.label
    const display = label === undefined ? {} : { display: `Bed ${label}` }
    return { actor: { reference: `Location/${toFhirId(bedId)}`, type: 'Location', ...display }, ...accepted }
  })
  const display = place === null ? undefined : fhirText(place)
  if (place === null || display === undefined) return beds
  const identifier = { system: roomSystem, value: roomOf(display).slice('room:'.length) }
  return [...beds, { actor: { type: 'Location', identifier, display }, ...accepted }]
}

/** In-patients by their stay, without names; who comes from outside by the name that was written down. */
function patientsOf({ stops, outpatient }: Appointment) {
  const stays = [...new Set(stops.flatMap(({ admissionId }) => admissionId ?? []))].map((value) => ({
    actor: { type: 'Patient', identifier: { system: admissionSystem, value } },
    ...accepted,
  }))
  const display = outpatient && fhirText(outpatient.name)
  return display ? [...stays, { actor: { type: 'Patient', display }, ...accepted }] : stays
}

function some(name: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [name]: value }
}
