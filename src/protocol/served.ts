/** What a page and its service worker leave for each other in the browser's caches: which build is served, and which is on trial. */
import * as v from 'valibot'
import { counter, milliseconds } from './primitives.ts'
import { buildId } from './tablet-health.ts'

/** The cache with the two of them, each at an address that no server answers. */
export const servedCache = 'bedside-served'
export const servedAddress = '/served'
export const wantedAddress = '/wanted'

/** From a page: the build that it installs next is to prove itself within so long, or the one before is served again. */
export const wanted = v.strictObject({ build: buildId, number: counter, readyMs: milliseconds })
export type Wanted = v.InferOutput<typeof wanted>

/** From the worker. `trial.starts`: how often the page was loaded and did not say that it is Ready. */
export const served = v.strictObject({
  build: buildId,
  before: v.nullable(buildId),
  trial: v.nullable(v.strictObject({ number: counter, readyMs: milliseconds, starts: counter })),
  failed: v.nullable(v.strictObject({ build: buildId, number: counter })),
})
export type Served = v.InferOutput<typeof served>

/** A page says to its worker that it is Ready, and of which build it is: the one before may still be open beside a new worker. */
export const readySaid = v.strictObject({ ready: buildId })
