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

/** What packets travel in, and by which a relay is reached: UDP, TCP, or TLS over TCP (RFC 8656 §3.1). */
export const relayWays = ['udp', 'tcp', 'tls'] as const
export type RelayWay = (typeof relayWays)[number]
const wayState = v.picklist(['open', 'closed'])
export type WayState = v.InferOutput<typeof wayState>
/** Which of them this device's network leaves open, as far as it was found out. */
export const waysFound = v.strictObject({
  udp: v.optional(wayState),
  tcp: v.optional(wayState),
  tls: v.optional(wayState),
})
export type WaysFound = v.InferOutput<typeof waysFound>

/** Where the relays are, without a credential: to be tried, not used. */
export const relayUrls = iceServer.entries.urls

/** The relays of one call for whoever reads this; what came before for the same call is out of date. */
export const callRelays = v.strictObject({ callId: id, ...ways })
export type CallRelays = v.InferOutput<typeof callRelays>
