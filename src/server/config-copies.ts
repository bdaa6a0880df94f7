/** What the operator chose about sealed copies of scans: how much of the disk they may take. */
import * as v from 'valibot'

export type CopiesConfig = {
  /** Of all of them together, and of one sender's, in bytes. */
  readonly mostBytes: number
  readonly personBytes: number
  /** So much of the disk stays free: the database is on it. */
  readonly freeBytes: number
}

const megabytes = v.pipe(
  v.string(),
  v.regex(/^\d{1,8}$/),
  v.transform((text) => Number(text) * 1024 * 1024),
)
const message = 'a number of megabytes'

export const copiesVariables = {
  BEDSIDE_COPIES_MB: v.config(v.optional(megabytes, '20480'), { message }),
  BEDSIDE_COPIES_PERSON_MB: v.config(v.optional(megabytes, '4096'), { message }),
  BEDSIDE_COPIES_FREE_MB: v.config(v.optional(megabytes, '1024'), { message }),
}

const schema = v.object(copiesVariables)

export function readCopies(chosen: v.InferOutput<typeof schema>): CopiesConfig {
  return {
    mostBytes: chosen.BEDSIDE_COPIES_MB,
    personBytes: chosen.BEDSIDE_COPIES_PERSON_MB,
    freeBytes: chosen.BEDSIDE_COPIES_FREE_MB,
  }
}
