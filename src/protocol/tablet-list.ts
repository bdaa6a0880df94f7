/** The list of tablets that IT works from: each bed's, and what it last said of itself. No other screen carries it. */
import * as v from 'valibot'
import { waysFound } from './ice.ts'
import { bedReport, tabletState, tabletTrouble } from './people.ts'
import { bedLabel, id, milliseconds } from './primitives.ts'
import { updatesView } from './rollout.ts'
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
  /** What its bed shows at the stations. */
  trouble: v.optional(tabletTrouble),
  /** There while it stands on its *Start* page, which one touch leaves. */
  start: bedReport.entries.start,
  /** Null: this bed has no tablet, or it said nothing yet. */
  health: v.nullable(toldHealth),
  /** Whether it can be heard, as it last said since the server runs; null: nothing yet. */
  sound: v.nullable(v.picklist(['on', 'blocked'])),
  power: v.nullable(v.picklist(['mains', 'battery'])),
  /** It has said that it holds nothing of an earlier patient (HZ-6). */
  isWiped: v.boolean(),
})
export type TabletRow = v.InferOutput<typeof tabletRow>
export const tabletList = v.strictObject({ tablets: v.array(tabletRow), updates: updatesView })

/** `atNight`: whoever asks knows that it is an hour of quiet there. */
export const ringTestRequest = v.strictObject({ bedId: id, atNight: v.boolean() })
export const ringTestAnswer = v.strictObject({
  outcome: v.picklist(['played', 'away', 'busy', 'privacy', 'quiet']),
})
export type RingTest = v.InferOutput<typeof ringTestAnswer>
