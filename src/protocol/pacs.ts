/** What is said of scans in the hospital's PACS, which the server alone asks (DICOMweb, PS3.18). */
import * as v from 'valibot'
import { counter, id, milliseconds } from './primitives.ts'

/**
 * A UID (PS3.5 section 9.1): digits and dots, at most 64. A component that begins with a zero is against the standard and
 * met in practice.
 */
export const dicomUid = v.pipe(v.string(), v.maxLength(64), v.regex(/^\d+(?:\.\d+)+$/))

/** Whose scans: somebody who lies in the ward now. Nobody names a patient by another number than the ward's. */
export const pacsStudiesRequest = v.strictObject({ admissionId: id })
export const pacsSeriesRequest = v.strictObject({ admissionId: id, study: dicomUid })
export const pacsInstancesRequest = v.strictObject({ admissionId: id, study: dicomUid, series: dicomUid })

/**
 * Why the PACS shows nothing. `down`: it does not answer, or not in time (`slow`). `refused`: it does not let this server in. `wrong-answer`: what answers is no DICOMweb, or
 * leads elsewhere. `not-there`: it has no such study of this patient. `other-patient`: it sent somebody else's image.
 */
export const pacsFailures = [
  'not-configured',
  'down',
  'slow',
  'refused',
  'wrong-answer',
  'not-there',
  'other-patient',
  'too-large',
] as const
const pacsFailure = v.picklist(pacsFailures)
export type PacsFailure = v.InferOutput<typeof pacsFailure>

const failed = v.strictObject({ type: v.literal('failed'), why: pacsFailure })

/** As the PACS has it; of a PACS's texts only the beginning is passed on. */
const text = v.pipe(v.string(), v.maxLength(200))
const count = v.nullable(counter)

export const pacsStudy = v.strictObject({
  study: dicomUid,
  /** `2026-11-22`. */
  date: v.nullable(v.pipe(v.string(), v.isoDate())),
  modalities: v.array(text),
  description: text,
  series: count,
  images: count,
})
export type PacsStudy = v.InferOutput<typeof pacsStudy>

/**
 * `GET /api/pacs/studies`, the newest first. `withheld`: how many more have this number and another date of birth. `isAll`:
 * false where the PACS has more than are listed.
 */
export const pacsStudies = v.variant('type', [
  v.strictObject({
    type: v.literal('found'),
    studies: v.array(pacsStudy),
    withheld: counter,
    isAll: v.boolean(),
    askedMs: milliseconds,
  }),
  failed,
])
export type PacsStudies = v.InferOutput<typeof pacsStudies>

export const pacsSeries = v.strictObject({
  series: dicomUid,
  number: v.nullable(v.pipe(v.number(), v.safeInteger())),
  modality: text,
  description: text,
  images: count,
})
export type PacsSeries = v.InferOutput<typeof pacsSeries>

/** `GET /api/pacs/series`. */
export const pacsSeriesAnswer = v.variant('type', [
  v.strictObject({ type: v.literal('found'), series: v.array(pacsSeries) }),
  failed,
])
export type PacsSeriesAnswer = v.InferOutput<typeof pacsSeriesAnswer>

/**
 * `GET /api/pacs/instances`: `failed` as JSON, or multipart/related with each image as `application/dicom` and between
 * them, as `application/json`, these. `broken`: the image before it is not whole. `ended` comes last; without it the
 * connection was lost. `missing`: how many images the PACS has and could not send in a form that can be read.
 */
export const pacsNote = v.variant('type', [
  v.strictObject({ type: v.literal('broken') }),
  v.strictObject({ type: v.literal('ended'), missing: counter }),
  failed,
])
export type PacsNote = v.InferOutput<typeof pacsNote>
