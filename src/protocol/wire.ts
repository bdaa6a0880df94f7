/** The frames of the one WebSocket: a handshake, numbered messages with cumulative acknowledgement, a heartbeat. */
import * as v from 'valibot'
import { admissionAnswered } from './admission.ts'
import { zone } from './appointment.ts'
import { callServerMessages, callView } from './call.ts'
import { careChanged } from './care.ts'
import { copiesNews } from './copies-news.ts'
import { dutyNews } from './duty-news.ts'
import { familyYours } from './family-messages.ts'
import { visitor, wardAccess } from './glass.ts'
import { guestServerMessages } from './guest-messages.ts'
import { callRelays, relayUrls } from './ice.ts'
import { ledgerYours } from './ledger.ts'
import { bedView, party, stay } from './people.ts'
import { patientPlan, planNews } from './plan-news.ts'
import { base64url, counter, id, milliseconds, name, protocolVersion } from './primitives.ts'
import { chain } from './proof.ts'
import { requestServerMessages } from './request.ts'
import { codeCheck, staffCodeChanged } from './staff-code.ts'
import { updateOffer } from './update.ts'
import { visitNews, visitServerMessages } from './visit-messages.ts'
import { wishes } from './wishes.ts'

/** Close codes (RFC 6455 §7.4.2, private range); 1009 is the standard's own for a frame that is too big. */
export const closeCode = {
  badMessage: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  replaced: 4409,
  outdated: 4426,
  tooMany: 4429,
  goingAway: 1012,
  /** Two tablets answer to this device's key: neither may ring until staff bind the bed anew. */
  cloned: 4423,
} as const

/** Why a tablet was replaced (4409), in the close frame's reason: by another tablet, or by another window of its own. */
export const reboundReason = 'this bed has another tablet now'

export type { ClientFrame, ClientMessage, Hello } from './client-frame.ts'

const strayDigits = v.pipe(v.string(), v.regex(/^\d{6}$/))

export const serverMessage = v.variant('type', [
  ...callServerMessages,
  v.strictObject({ type: v.literal('bed.changed'), bed: bedView }),
  /** The screens of this browser were locked, or opened again; told at once to every tab, and after a welcome. */
  v.strictObject({ type: v.literal('lock.changed'), locked: v.boolean() }),
  admissionAnswered,
  careChanged,
  /** To a bed's tablet: somebody else lies there now, or nobody, or they wish otherwise. */
  v.strictObject({ type: v.literal('stay.changed'), stay, wishes: v.nullable(wishes) }),
  /** To a bed's tablet: play the sound of a call once, and ask whether it was heard. */
  v.strictObject({ type: v.literal('sound.play') }),
  updateOffer,
  staffCodeChanged,
  /** An administrator has signed this tablet's certificate. */
  v.strictObject({ type: v.literal('chain.changed'), chain }),
  /** To a tablet that may not be at its bed: what staff there are to type at a station. Null: it is. */
  v.strictObject({
    type: v.literal('tablet.whereabouts'),
    digits: v.nullable(strayDigits),
  }),
  /** What this person may see of the ward from now on, with the whole board. */
  v.strictObject({ type: v.literal('access.changed'), access: wardAccess, beds: v.array(bedView) }),
  v.strictObject({ type: v.literal('ward.visited'), visitor }),
  planNews,
  dutyNews,
  copiesNews,
  patientPlan,
  ...requestServerMessages,
  ...guestServerMessages,
  visitNews,
  ...visitServerMessages,
  ledgerYours,
  familyYours,
])
export type ServerMessage = v.InferOutput<typeof serverMessage>

/** How long things last, in milliseconds; the server sends its own so that both ends agree. */
export const timings = v.strictObject({
  inviteMs: milliseconds,
  ringMs: milliseconds,
  knockMs: milliseconds,
  relinkMs: milliseconds,
  connectMs: milliseconds,
  rebuildMs: milliseconds,
  /** Between the first and the second search for another way (ICE restart); later ones come more slowly. */
  restartMs: milliseconds,
  reconnectMs: milliseconds,
  /** A request that no station sounds for after so long is not sent. */
  askMs: milliseconds,
  /** Unseen for so long it alerts again, and for so long the whole ward. */
  unseenMs: milliseconds,
  wardMs: milliseconds,
  /** How long *now* may take, and what one of the five or fifteen minutes lasts. */
  comeNowMs: milliseconds,
  minuteMs: milliseconds,
  /** How long nobody touches the station of a call before both sides are asked, and how long they have to reply. */
  untouchedMs: milliseconds,
  stillMs: milliseconds,
  /** A minute of the patient's privacy. */
  privacyMinuteMs: milliseconds,
  /** How long a tablet may be without server or power before it may not be at its bed. */
  astrayMs: milliseconds,
})
export type Timings = v.InferOutput<typeof timings>

/** A numbered message. `seq` counts from 1 in a session; `ack` is the last number received from the other side. */
export const numbered = <M extends v.GenericSchema>(message: M) =>
  v.strictObject({ seq: counter, ack: counter, message })

export const welcome = v.strictObject({
  type: v.literal('welcome'),
  sessionId: id,
  /** True: the old session goes on, nothing was lost and missed messages follow. False: start from `snapshot`. */
  resumed: v.boolean(),
  received: counter,
  serverTimeMs: milliseconds,
  demo: v.boolean(),
  ward: name,
  me: party,
  /** A bed's own; null at a station. */
  stay: v.nullable(stay),
  /** Who cares for whoever lies in this bed; nobody at a station. */
  carers: careChanged.entries.carers,
  /** Of whoever lies in a tablet's bed; null at a station, and where nobody lies. */
  wishes: v.nullable(wishes),
  /** The clock that hangs on the ward's walls. */
  zone,
  /** What a tablet keeps beside its key and brings with its next hello; null at a station. */
  counter: v.nullable(counter),
  timings,
  access: wardAccess,
  /** Those of the calls in `snapshot`; whoever merely signs in has none. */
  relays: v.pipe(v.array(callRelays), v.maxLength(16)),
  /** Where the relays are, to be tried; not there where there is none. */
  relayUrls: v.optional(relayUrls),
  /** A tablet's own certificates; null while it waits for an administrator, and at a station, which asks over HTTP. */
  chain: v.nullable(chain),
  /** What staff are to type where this tablet may not be at its bed (HZ-14); not there where nothing is against it. */
  astray: v.optional(strayDigits),
  /** What a tablet checks staff codes by; not there at any other screen. */
  staffCode: v.optional(codeCheck),
  snapshot: v.nullable(v.strictObject({ beds: v.array(bedView), calls: v.array(callView) })),
})
export type Welcome = v.InferOutput<typeof welcome>

/** The first frame the server sends; a bed signs `bedside/4|origin|deviceId|nonce|counter` with its enrolled key. */
const challenge = v.strictObject({ type: v.literal('challenge'), nonce: base64url(64) })

const serverFrame = v.union([
  numbered(serverMessage),
  v.variant('type', [challenge, welcome, v.strictObject({ type: v.literal('pong'), ack: counter })]),
])
export type ServerFrame = v.InferOutput<typeof serverFrame>

/** The bytes a bed signs (UTF-8) to prove that it holds the key it was enrolled with. */
export function challengeText(origin: string, deviceId: string, nonce: string, counter: number): string {
  return `bedside/${protocolVersion}|${origin}|${deviceId}|${nonce}|${counter}`
}

export function parse<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | null {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : null
}

export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A frame from the server, or null when it is not one; never throws. */
export function decodeServerFrame(text: string): ServerFrame | null {
  return parse(serverFrame, fromJson(text))
}
