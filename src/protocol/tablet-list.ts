/** The list of tablets that IT works from: each bed's, and what it last said of itself. No other screen carries it. */
import * as v from 'valibot'
import { waysFound } from './ice.ts'
import { tabletState } from './people.ts'
import { bedLabel, id, milliseconds } from './primitives.ts'
import { toldHealth } from './tablet-health.ts'

export const tabletRow = v.strictObject({
  bedId: id,
  label: bedLabel,
  state: tabletState,
  /** A tablet waits at this bed for its digits, whatever the state is. */
  waits: v.boolean(),
  /** Null: it is there. */
  offlineSinceMs: v.nullable(milliseconds),
  /** What it said of the ways to the relay; not there before. */
  ways: v.optional(waysFound),
  /** Null: this bed has no tablet, or it said nothing yet. */
  health: v.nullable(toldHealth),
})
export type TabletRow = v.InferOutput<typeof tabletRow>
export const tabletList = v.strictObject({ tablets: v.array(tabletRow) })
