/** What the socket says about the plan: that there is news, and to a tablet what its own patient's day looks like. */
import * as v from 'valibot'
import { appointmentKind, appointmentStatus, zone } from './appointment.ts'
import { id, milliseconds, name } from './primitives.ts'

/** To staff: something changed; asking brings it. It carries nothing, so that it may come twice or not at all. */
export const planNews = v.strictObject({ type: v.literal('plan.news') })

/** What a patient is told of an appointment: when, what, and who comes. */
export const patientEntry = v.strictObject({
  id,
  kind: appointmentKind,
  status: appointmentStatus,
  startMs: milliseconds,
  endMs: milliseconds,
  /** Empty: of a round that names nobody its kind is all that is said. */
  title: v.pipe(v.string(), v.maxLength(120)),
  place: v.nullable(v.pipe(v.string(), v.maxLength(80))),
  people: v.pipe(v.array(name), v.maxLength(16)),
})
export type PatientEntry = v.InferOutput<typeof patientEntry>

/** To a bed's tablet: yesterday's midnight to a week ahead, of the stay that is there now, as of the server's `asOfMs`, in the ward's zone. */
export const patientPlan = v.strictObject({
  type: v.literal('plan.yours'),
  entries: v.pipe(v.array(patientEntry), v.maxLength(64)),
  zone,
  asOfMs: milliseconds,
})
export type PatientPlan = v.InferOutput<typeof patientPlan>
