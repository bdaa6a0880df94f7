/** Where a call's media may be relayed: named for each call to each of its ends, never to who merely signs in. */
import * as v from 'valibot'
import { id } from './primitives.ts'

/** As `RTCIceServer` (W3C WebRTC §4.2.4) with what this app uses of it. */
const iceServer = v.strictObject({
  urls: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(8)),
  username: v.pipe(v.string(), v.maxLength(200)),
  credential: v.pipe(v.string(), v.maxLength(100)),
})

/** `only`: media goes by them or not at all (`RTCIceTransportPolicy`, W3C WebRTC §4.2.5). */
const ways = { iceServers: v.pipe(v.array(iceServer), v.maxLength(4)), only: v.optional(v.literal('relay')) }
export type Relays = v.InferOutput<v.StrictObjectSchema<typeof ways, undefined>>

/** The relays of one call for whoever reads this; what came before for the same call is out of date. */
export const callRelays = v.strictObject({ callId: id, ...ways })
export type CallRelays = v.InferOutput<typeof callRelays>
