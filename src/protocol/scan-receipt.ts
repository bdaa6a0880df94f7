/** What the server learns of a scan that is shown live in a call: that it was, to whom and for how long; never what. */
import * as v from 'valibot'
import { counter, id } from './primitives.ts'

/** As a hospital writes it, and as a file names its patient. */
const patientNumber = v.pipe(v.string(), v.minLength(1), v.maxLength(64))

export const scanClientMessages = [
  /** By whom it comes from. `digest`: the SHA-256 of its manifest. `patientNumber` null: the file named nobody. */
  v.strictObject({
    type: v.literal('scan.shared'),
    callId: id,
    shareId: id,
    digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    files: v.pipe(counter, v.minValue(1), v.maxValue(2_000)),
    patientNumber: v.nullable(patientNumber),
  }),
  /** By a viewer: the first picture is on the screen. */
  v.strictObject({ type: v.literal('scan.seen'), callId: id, shareId: id }),
  /** By whom it comes from, for everybody; by a viewer: it is gone there. */
  v.strictObject({ type: v.literal('scan.ended'), callId: id, shareId: id }),
] as const
