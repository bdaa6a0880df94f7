/** What a tablet says of itself besides what its board shows, so that nobody has to walk to it: for the station's causes and for IT. */
import * as v from 'valibot'
import { counter, milliseconds } from './primitives.ts'

/** Which build of the app: the first twelve hexadecimal digits of the SHA-256 of its `index.html`, which names all its files. */
const buildIds = () => v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/))
export const buildId = /* @__PURE__ */ buildIds()

/** Behind a call that a bundler may leave out: the server and the fleet page alone read it. */
function healths() {
  /** What the browser would answer without asking anybody (Permissions API §3); `unknown`: it does not say. */
  const allowed = v.picklist(['granted', 'denied', 'prompt', 'unknown'])
  return v.strictObject({
    /** Null: this page does not know, as while it is developed. */
    build: v.nullable(buildId),
    camera: allowed,
    microphone: allowed,
    /** The screen's lock (Screen Wake Lock API). `lost`: it was refused or taken away. */
    awake: v.picklist(['held', 'lost', 'unsupported']),
    /** Null where the browser does not tell. */
    battery: v.nullable(
      v.strictObject({
        percent: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100)),
        isCharging: v.boolean(),
      }),
    ),
    /** `isKept`: the browser does not empty it by itself. Null where it does not tell. */
    storage: v.nullable(
      v.strictObject({ isKept: v.boolean(), usedMegabytes: counter, quotaMegabytes: counter }),
    ),
    /** What its own clock says. */
    clockMs: milliseconds,
  })
}
export const tabletHealth = /* @__PURE__ */ healths()
export type TabletHealth = v.InferOutput<typeof tabletHealth>

function messages() {
  return v.strictObject({ type: v.literal('tablet.health'), health: tabletHealth })
}
/** To the server alone: no screen but a tablet's carries it. */
export const healthMessage = /* @__PURE__ */ messages()

function tolds() {
  return v.strictObject({ ...tabletHealth.entries, toldMs: milliseconds })
}
/** As it was last told, and when by the server's clock. */
export const toldHealth = /* @__PURE__ */ tolds()
export type ToldHealth = v.InferOutput<typeof toldHealth>
