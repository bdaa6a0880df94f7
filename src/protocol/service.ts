/** How calls went, by ward and bed and never by person, for whoever runs the ward's tablets and network. */
import * as v from 'valibot'
import { bedLabel, counter, id, milliseconds, name } from './primitives.ts'

/** The periods that may be asked for, in days until now. */
export const servicePeriods = ['1', '7', '30'] as const
export const serviceRequest = v.strictObject({ days: v.picklist(servicePeriods) })
export type ServicePeriod = (typeof servicePeriods)[number]

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1))

/** Of some calls. Null: there is nothing that it could be a figure of. */
export const serviceLevels = v.strictObject({
  /** Made and over, whatever came of them. */
  calls: counter,
  answered: counter,
  /** From *Answer* until the call was live at both ends: within it were half of them, and 95 of a hundred. */
  setUp: v.nullable(v.strictObject({ halfMs: milliseconds, mostMs: milliseconds })),
  /** Answered, and ended by a link, a device or a proof that failed. */
  dropped: counter,
  reconnectionsPer100: v.nullable(v.pipe(v.number(), v.minValue(0))),
  /** Of the calls: the share that went by a relay. */
  relayed: v.nullable(share),
  /** Of the time in calls: the share that was weak or lost. */
  poor: v.nullable(share),
})
export type ServiceLevels = v.InferOutput<typeof serviceLevels>

export const serviceAnswer = v.strictObject({
  ward: name,
  whole: serviceLevels,
  /** In the order of the board; the calls between two of staff are of no bed, and in the whole alone. */
  beds: v.array(v.strictObject({ bedId: id, label: bedLabel, levels: serviceLevels })),
})
export type ServiceAnswer = v.InferOutput<typeof serviceAnswer>
