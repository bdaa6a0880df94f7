/** What an appointment is, in the words that tablets are told too: they load nothing else of the plan. */
import * as v from 'valibot'

/** A name of the IANA time zone database; whether there is such a zone is decided where it is used. */
export const zone = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+_/-]{1,64}$/))

export const appointmentKinds = ['bed-call', 'round', 'visit', 'note'] as const
export const appointmentKind = v.picklist(appointmentKinds)
export type AppointmentKind = v.InferOutput<typeof appointmentKind>

/** FHIR R4 AppointmentStatus (http://hl7.org/fhir/R4/valueset-appointmentstatus.html). */
export const appointmentStatuses = [
  'proposed',
  'pending',
  'booked',
  'arrived',
  'checked-in',
  'fulfilled',
  'cancelled',
  'noshow',
  'waitlist',
  'entered-in-error',
] as const
export const appointmentStatus = v.picklist(appointmentStatuses)
export type AppointmentStatus = v.InferOutput<typeof appointmentStatus>
