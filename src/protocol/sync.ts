/** One request brings what a device wrote and takes what it does not know yet. */
import * as v from 'valibot'
import { blocking, clash, keptAct, planRefusal, type planVersion, row, rowName } from './plan.ts'
import { counter, id, milliseconds } from './primitives.ts'

/** Most acts of one request. */
export const mostActs = 50

/**
 * An act in the outbox. `actId` is made by the device and makes it happen once; `n` counts the acts of this device
 * from 1; `madeMs` is the device's own clock and decides nothing.
 */
export const outboxAct = v.strictObject({
  actId: id,
  n: counter,
  version: counter,
  madeMs: milliseconds,
  act: keptAct,
})
export type OutboxAct = v.InferOutput<typeof outboxAct>

/** An act that nobody could take as it is; it is refused as one that cannot be read. */
export type NamedAct = Omit<OutboxAct, 'act'> & { readonly act: null }

/** What is read of an act that is not understood: enough to answer it, and to leave the others alone. */
export const namedAct = v.looseObject({ actId: id, n: counter })

/**
 * `deviceId`: this browser's store, made anew when it is lost. `epoch`, `cursor`: what the last answer gave, null before
 * the first. An act that cannot be read is refused by itself, so each is looked at one by one.
 */
export const syncRequest = v.strictObject({
  deviceId: id,
  /** Whose store asks. Another than who is signed in: refused with `conflict`, or acts would change their author. */
  staffId: v.optional(id),
  version: counter,
  epoch: v.nullable(id),
  cursor: v.nullable(v.pipe(v.string(), v.maxLength(200))),
  acts: v.pipe(v.array(v.unknown()), v.maxLength(mostActs)),
})
export type SyncRequest = {
  readonly deviceId: string
  readonly staffId: string
  readonly version: typeof planVersion
  readonly epoch: string | null
  readonly cursor: string | null
  readonly acts: readonly (OutboxAct | NamedAct)[]
}

/** The same answer for the same `actId`, however often it is said. `merged`: all but the fields in `clashes`. */
export const outcome = v.variant('type', [
  v.strictObject({ type: v.literal('applied') }),
  v.strictObject({ type: v.literal('merged'), clashes: v.array(clash) }),
  v.strictObject({
    type: v.literal('refused'),
    why: planRefusal,
    /** The admission's own word, when that is why. */
    detail: v.nullable(v.string()),
    blocking: v.array(blocking),
    free: v.array(milliseconds),
  }),
])
export type Outcome = v.InferOutput<typeof outcome>

/**
 * `reset`: forget every confirmed row first, never the outbox. `more`: ask again at once. `epoch` changes when the
 * server came back from a copy. Rows and outcomes belong together: a device takes all of them in one step, or none.
 */
export const syncAnswer = v.strictObject({
  epoch: id,
  cursor: v.string(),
  reset: v.boolean(),
  more: v.boolean(),
  rows: v.array(row),
  removed: v.array(rowName),
  outcomes: v.array(v.strictObject({ actId: id, outcome })),
  serverNowMs: milliseconds,
})
export type SyncAnswer = v.InferOutput<typeof syncAnswer>
