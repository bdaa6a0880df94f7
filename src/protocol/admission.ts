/** What is said about who lies where. Ids are made by the client; saying an act twice does it once. */
import * as v from 'valibot'
import { patient } from './people.ts'
import { id } from './primitives.ts'
import { wishes } from './wishes.ts'

/** Why an admission, or a change of it, was not done. */
export const admissionRefusals = [
  'unknown-bed',
  'bed-taken',
  'already-admitted',
  'unknown-admission',
  'wrong-identifiers',
] as const
export const admissionRefusal = v.picklist(admissionRefusals)
export type AdmissionRefusal = v.InferOutput<typeof admissionRefusal>

export const admissionClientMessages = [
  v.strictObject({
    type: v.literal('admission.admit'),
    actId: id,
    admissionId: id,
    bedId: id,
    patient,
    wishes,
  }),
  /** To another, free bed. */
  v.strictObject({ type: v.literal('admission.move'), actId: id, admissionId: id, bedId: id }),
  /** Two patients exchange their beds, in one act. */
  v.strictObject({ type: v.literal('admission.swap'), actId: id, admissionId: id, withAdmissionId: id }),
  v.strictObject({ type: v.literal('admission.wish'), actId: id, admissionId: id, wishes }),
  /** Not in their bed for a while (theatre, imaging, leave), and in it again. The bed stays theirs. */
  v.strictObject({
    type: v.literal('admission.away'),
    actId: id,
    admissionId: id,
    now: v.picklist(['away', 'back']),
  }),
  /** Born and number are typed again, so that nobody is discharged by a slip of the finger (HZ-1). */
  v.strictObject({
    type: v.literal('admission.discharge'),
    actId: id,
    admissionId: id,
    born: patient.entries.born,
    number: patient.entries.number,
  }),
] as const
export const admissionAct = v.variant('type', [...admissionClientMessages])
export type AdmissionAct = v.InferOutput<typeof admissionAct>

/** Name, day of birth or number are put right, as only the hospital's own record does: the stay is the same. */
export const admissionCorrection = v.strictObject({
  type: v.literal('admission.correct'),
  actId: id,
  admissionId: id,
  patient,
})
export type AdmissionCorrection = v.InferOutput<typeof admissionCorrection>
export type AdmissionChange = AdmissionAct | AdmissionCorrection

/** How the act ended, told to whoever asked for it; every board is told by `bed.changed`. */
export const admissionAnswered = v.strictObject({
  type: v.literal('admission.answered'),
  actId: id,
  refusal: v.nullable(admissionRefusal),
})
export type AdmissionAnswered = v.InferOutput<typeof admissionAnswered>
