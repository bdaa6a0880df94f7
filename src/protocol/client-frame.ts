/** What clients say, which the server alone reads: no screen carries it, and knows only its types. */
import * as v from 'valibot'
import { admissionClientMessages } from './admission.ts'
import { callClientMessages } from './call.ts'
import { figuresMessage } from './call-figures.ts'
import { outcomeMessage } from './call-outcome.ts'
import { overrideMessage } from './call-override.ts'
import { careClientMessages } from './care.ts'
import { familyClientMessages } from './family-messages.ts'
import { guardOf } from './guard.ts'
import { guestClientMessages, guestHello } from './guest-messages.ts'
import { ledgerAsk } from './ledger.ts'
import { bedReport } from './people.ts'
import { base64url, counter, id, protocolVersion } from './primitives.ts'
import { requestClientMessages } from './request.ts'
import { scanClientMessages } from './scan-receipt.ts'
import { settingsMessages } from './staff-code.ts'
import { healthMessage } from './tablet-health.ts'
import { updateFailed } from './update.ts'
import { visitClientMessages } from './visit-messages.ts'
import { fromJson, numbered, parse } from './wire.ts'

export const clientMessage = v.variant('type', [
  ...callClientMessages,
  overrideMessage,
  outcomeMessage,
  figuresMessage,
  ...admissionClientMessages,
  ...careClientMessages,
  ...requestClientMessages,
  ...guestClientMessages,
  ...scanClientMessages,
  ...visitClientMessages,
  v.strictObject({ type: v.literal('bed.report'), report: bedReport }),
  healthMessage,
  updateFailed,
  ...settingsMessages,
  ledgerAsk,
  ...familyClientMessages,
  /** Whoever stands at the bed with the patient wants to know whether a call is heard there. */
  v.strictObject({ type: v.literal('sound.check'), bedId: id }),
])
export type ClientMessage = v.InferOutput<typeof clientMessage>

/** What a client holds when it comes back: the session to resume and the last number it received. */
const resume = v.nullable(v.strictObject({ sessionId: id, received: counter }))
/** The calls this page is in, so that a restarted server learns they live. */
const claims = v.pipe(v.array(v.strictObject({ callId: id, epoch: counter })), v.maxLength(4))

export const hello = v.variant('client', [
  v.strictObject({
    type: v.literal('hello'),
    version: v.literal(protocolVersion),
    client: v.literal('station'),
    tabId: id,
    resume,
    claims,
  }),
  v.strictObject({
    type: v.literal('hello'),
    version: v.literal(protocolVersion),
    client: v.literal('bed'),
    deviceId: id,
    signature: base64url(128),
    /** The number the last welcome gave this device; 0 before the first. See `core/lineage.ts`. */
    counter,
    report: bedReport,
    resume,
    claims,
  }),
  v.strictObject({
    type: v.literal('hello'),
    version: v.literal(protocolVersion),
    ...guestHello,
    resume,
    claims,
  }),
])
export type Hello = v.InferOutput<typeof hello>

export const clientFrame = v.union([
  numbered(clientMessage),
  v.strictObject({ type: v.literal('ping'), ack: counter }),
])
export type ClientFrame = v.InferOutput<typeof clientFrame>
/** The server's hot path: every signal of every call passes it. */
const isClientFrame = guardOf(clientFrame)

/** A client's first frame: the hello, or why not (`outdated` when it is a hello of another version). */
export function decodeHello(text: string): Hello | 'bad' | 'outdated' {
  const value = fromJson(text)
  const decoded = parse(hello, value)
  if (decoded) return decoded
  const version = parse(v.looseObject({ type: v.literal('hello'), version: v.number() }), value)?.version
  return version !== undefined && version !== protocolVersion ? 'outdated' : 'bad'
}

/** A frame from a client after its hello, or null when it is not one; never throws. */
export function decodeClientFrame(text: string): ClientFrame | null {
  const value = fromJson(text)
  return isClientFrame(value) ? value : null
}
