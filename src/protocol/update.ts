/** What a tablet is told of the build that it is to run, and says where that failed. Every screen carries the first of them. */
import * as v from 'valibot'
import { counter, id, milliseconds } from './primitives.ts'

/**
 * To a tablet: the build that it is to run. `number`: of the roll-out, so that what failed once is tried again only where
 * somebody says so. It is taken when nobody has touched the tablet for `idleMs`, and has `readyMs` to come to Ready.
 */
export const updateOffer = v.strictObject({
  type: v.literal('update.offer'),
  /** What cannot be one becomes no address (`io/script-address.ts`). */
  build: id,
  number: counter,
  idleMs: milliseconds,
  readyMs: milliseconds,
})
export type UpdateOffer = v.InferOutput<typeof updateOffer>

const failures = () => v.picklist(['files', 'not-ready'])
/** `files`: they could not be kept, all of them. `not-ready`: it was there, and the tablet did not come to Ready by it. */
export const updateFailure = /* @__PURE__ */ failures()
export type UpdateFailure = v.InferOutput<typeof updateFailure>

function messages() {
  return v.strictObject({
    type: v.literal('update.failed'),
    build: id,
    number: counter,
    why: updateFailure,
  })
}
/** From a tablet, which runs the build that it ran before. */
export const updateFailed = /* @__PURE__ */ messages()
export type UpdateFailed = v.InferOutput<typeof updateFailed>
