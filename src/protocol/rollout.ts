/** How far tablets are brought to another build of the app, and what administrators say about it. No other screen carries it. */
import * as v from 'valibot'
import { areaName, bedLabel, counter, id, milliseconds } from './primitives.ts'
import { buildId } from './tablet-health.ts'
import { updateFailure } from './update.ts'

export const rolloutStage = v.variant('type', [
  v.strictObject({ type: v.literal('bed'), bedId: id }),
  v.strictObject({ type: v.literal('area'), area: areaName }),
  v.strictObject({ type: v.literal('all') }),
])
export type RolloutStage = v.InferOutput<typeof rolloutStage>

/** `wider`: to the next stage. `stop`: no further tablet. `back`: every tablet to the build before. */
export const rolloutRequest = v.variant('act', [
  v.strictObject({ act: v.literal('begin'), build: buildId, bedId: id }),
  v.strictObject({ act: v.picklist(['wider', 'stop', 'back']), number: counter }),
])
export type RolloutRequest = v.InferOutput<typeof rolloutRequest>

export const rolloutState = v.picklist(['going', 'stopped', 'back'])

/** As administrators see it. */
export const rolloutView = v.strictObject({
  number: counter,
  build: buildId,
  before: v.nullable(buildId),
  stage: rolloutStage,
  state: rolloutState,
  /** Where it failed, and why; it stopped itself then. */
  failed: v.nullable(v.strictObject({ bedId: id, label: bedLabel, why: updateFailure })),
  /** Tablets of this stage that are to run the build, and those that do. */
  meant: counter,
  running: counter,
  /** Null: it goes no further now. */
  next: v.nullable(rolloutStage),
  mayGoBack: v.boolean(),
})
export type RolloutView = v.InferOutput<typeof rolloutView>

/** A build that this server has. `fits`: it speaks the server's wire, so that a tablet may run it. */
export const buildView = v.strictObject({ build: buildId, builtMs: milliseconds, fits: v.boolean() })
export type BuildView = v.InferOutput<typeof buildView>

/** The newest first. */
export const updatesView = v.strictObject({
  builds: v.array(buildView),
  rollout: rolloutView,
})
export type UpdatesView = v.InferOutput<typeof updatesView>
