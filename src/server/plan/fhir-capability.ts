/** What `/fhir` can do, in FHIR's own words (http://hl7.org/fhir/R4/capabilitystatement.html). */
import type { FhirResource } from './fhir-answer.ts'

/** `type`: as FHIR's own SearchParameters of R4 say. */
type Search = { readonly name: string; readonly type: 'date' | 'reference' | 'token' }

export const searches = {
  Appointment: [
    { name: '_id', type: 'token' },
    { name: 'date', type: 'date' },
    { name: 'status', type: 'token' },
    { name: 'actor', type: 'reference' },
    { name: 'practitioner', type: 'reference' },
    { name: 'location', type: 'reference' },
  ],
  Schedule: [
    { name: '_id', type: 'token' },
    { name: 'actor', type: 'reference' },
  ],
  Slot: [
    { name: 'schedule', type: 'reference' },
    { name: 'start', type: 'date' },
    { name: 'status', type: 'token' },
  ],
} as const satisfies Record<string, readonly Search[]>

export type FhirKind = keyof typeof searches

const interactions: Readonly<Record<FhirKind, readonly string[]>> = {
  Appointment: ['read', 'search-type', 'create', 'update'],
  Schedule: ['read', 'search-type'],
  Slot: ['read', 'search-type', 'create', 'update', 'delete'],
}

const documentation: Readonly<Record<FhirKind, string>> = {
  Appointment:
    'Updates need If-Match, and are done whole or not at all. What is proposed or pending takes its time and waits for a person of the ward. Nothing is deleted: cancel it.',
  Schedule: 'One for each person and each bed, computed; it is changed by Appointments and by Slots.',
  Slot: 'Computed, but for absences: a Slot that is busy-unavailable, of a person, is created, updated (its comment) and deleted. A Slot that is free or busy becomes one by an update. The comment is never answered.',
}

/** `sinceIso`: when this program's abilities were last changed, a day. */
export function capabilityOf(origin: string, version: string): FhirResource {
  const kinds = ['Appointment', 'Schedule', 'Slot'] as const
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-29',
    kind: 'instance',
    software: { name: 'Bedside', version },
    implementation: { description: 'The plan of one ward', url: `${origin}/fhir` },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'Slots and schedules are computed from the plan; an Appointment takes a slot. Unknown search parameters are refused.',
        security: { description: 'Authorization: Bearer with a key that the ward made for one program.' },
        resource: kinds.map((type) => ({
          type,
          documentation: documentation[type],
          interaction: interactions[type].map((code) => ({ code })),
          ...(type === 'Appointment'
            ? {
                versioning: 'versioned-update',
                readHistory: false,
                updateCreate: false,
                conditionalRead: 'not-match',
              }
            : { versioning: 'no-version', updateCreate: false }),
          searchParam: searches[type].map(({ name, type: kind }) => ({ name, type: kind })),
        })),
      },
    ],
  }
}
