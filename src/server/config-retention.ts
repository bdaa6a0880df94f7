/** After how many days what the server keeps of people goes by itself. What the operator does not choose stays. */
import * as v from 'valibot'
import type { Retention } from '../protocol/keeping.ts'

/** No less than a month: late messages of the hospital's record, and questions, are about whoever has just left. */
const days = v.config(
  v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), v.minValue(30), v.maxValue(36_500)),
  ),
  { message: 'a number of days from 30 to 36500' },
)

export const retentionVariables = {
  BEDSIDE_RETAIN_STAYS: days,
  BEDSIDE_RETAIN_OUTPATIENTS: days,
  BEDSIDE_RETAIN_GUESTS: days,
  BEDSIDE_RETAIN_STAFF: days,
  BEDSIDE_RETAIN_CALLS: days,
}

const schema = v.object(retentionVariables)

export function readRetention(chosen: v.InferOutput<typeof schema>): Retention {
  return {
    stays: chosen.BEDSIDE_RETAIN_STAYS ?? null,
    outpatients: chosen.BEDSIDE_RETAIN_OUTPATIENTS ?? null,
    guests: chosen.BEDSIDE_RETAIN_GUESTS ?? null,
    staff: chosen.BEDSIDE_RETAIN_STAFF ?? null,
    calls: chosen.BEDSIDE_RETAIN_CALLS ?? null,
  }
}
