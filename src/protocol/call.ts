/** What is said about a call. Every message names its call, and repeating one changes nothing (CALL-2). */
import * as v from 'valibot'
import { callMode } from './call-mode.ts'
import { callOverride } from './call-override.ts'
import { callRelays } from './ice.ts'
import { bedParty, party } from './people.ts'
import { counter, id, milliseconds, name } from './primitives.ts'
import { proof } from './proof.ts'

/** Why a call ended. Data, not errors: `ui/words` has a sentence for each side. */
export const endReasons = [
  'hung-up',
  'cancelled',
  'declined',
  'no-answer',
  'privacy-on',
  'away',
  'in-person',
  'device-unready',
  'permission-lost',
  'busy',
  'rung-too-often',
  'taken-elsewhere',
  'verification-failed',
  'overridden',
  'connection-lost',
  'forgotten',
  'left',
  'table-full',
] as const
export const endReason = v.picklist(endReasons)
export type EndReason = v.InferOutput<typeof endReason>

/** The reasons an endpoint may claim; the others are the server's to give. */
export const claimableReason = v.picklist([
  'hung-up',
  'cancelled',
  'declined',
  'no-answer',
  'privacy-on',
  'away',
  'in-person',
  'device-unready',
  'permission-lost',
  'verification-failed',
  'connection-lost',
  'forgotten',
  'left',
])
export type ClaimableReason = v.InferOutput<typeof claimableReason>

const softly = v.optional(v.literal('yes'))

/**
 * A call that somebody comes to a table by: `tableId` is the call that it stands round, `joins` the side that is new there,
 * `by` who asked them to come. `bed`: whose table it is, where a patient was at its first call.
 */
export const callTable = v.strictObject({
  tableId: id,
  joins: v.picklist(['caller', 'callee']),
  by: party,
  bed: v.optional(bedParty),
})
export type CallTable = v.InferOutput<typeof callTable>

/** A call as one of its endpoints sees it; `remainingMs` is what is left of the ring. */
export const callView = v.strictObject({
  callId: id,
  epoch: counter,
  phase: v.picklist(['ringing', 'accepted']),
  mode: callMode,
  part: v.picklist(['caller', 'callee']),
  peer: party,
  /** The admission epoch of the bed in it, when it began; null between two members of staff. */
  stay: v.nullable(counter),
  remainingMs: milliseconds,
  /** There where it overrides the patient's wish to be alone, or quiet hours. */
  override: v.optional(callOverride),
  /** There where others in the room sleep and the caller chose not to wake them (HZ-15). */
  softly,
  /** There where it is one of several of a table (TABLE-1). */
  table: v.optional(callTable),
  /** There where it was made to whoever has this duty, by its name; `peer` of a caller is one of them until one answers. */
  duty: v.optional(name),
})
export type CallView = v.InferOutput<typeof callView>

const candidate = v.strictObject({
  candidate: v.pipe(v.string(), v.maxLength(1024)),
  sdpMid: v.nullable(v.pipe(v.string(), v.maxLength(32))),
  sdpMLineIndex: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(32))),
})
export type Candidate = v.InferOutput<typeof candidate>

const sdp = v.pipe(v.string(), v.startsWith('v=0'), v.maxLength(49_152))

/**
 * What two links tell each other through the server. `negotiation` counts the offers of one link (one epoch):
 * an answer or a candidate of another negotiation is dropped before simple-peer sees it. An offer or answer without a
 * `proof` (null) may be sent, so that its refusal has a word; no endpoint takes it.
 */
export const signal = v.variant('type', [
  v.strictObject({ type: v.literal('offer'), negotiation: counter, sdp, proof: v.nullable(proof) }),
  v.strictObject({ type: v.literal('answer'), negotiation: counter, sdp, proof: v.nullable(proof) }),
  v.strictObject({
    type: v.literal('candidates'),
    negotiation: counter,
    candidates: v.pipe(v.array(candidate), v.minLength(1), v.maxLength(32)),
  }),
  v.strictObject({ type: v.literal('renegotiate') }),
  /** Only the link that made the first offer can look for another way; this asks it to (RFC 8445 §2.4: ICE restart). */
  v.strictObject({ type: v.literal('restart') }),
  /**
   * What leaves this end. `held`: the camera is on, and its picture is kept back for the sake of the sound. `sharp`: it is
   * as sharp as was asked for.
   */
  v.strictObject({
    type: v.literal('media'),
    camera: v.boolean(),
    microphone: v.boolean(),
    held: v.optional(v.literal('yes')),
    sharp: v.optional(v.literal('yes')),
  }),
  /** Asks for a sharper picture, to look at something closely, or for the usual one again. */
  v.strictObject({ type: v.literal('inspect'), wanted: v.picklist(['sharp', 'usual']) }),
  /** "Still talking?", and *Yes* to it (CALL-16). */
  v.strictObject({ type: v.literal('still'), said: v.picklist(['asked', 'yes']) }),
])
export type Signal = v.InferOutput<typeof signal>

export const callSignal = v.strictObject({
  type: v.literal('call.signal'),
  callId: id,
  epoch: counter,
  signal,
})

export const callClientMessages = [
  /** Ring or knock. `expiresAtMs` (server clock): an invitation that arrives later than that rings nobody. */
  v.strictObject({
    type: v.literal('call.invite'),
    callId: id,
    to: v.variant('type', [
      v.strictObject({ type: v.literal('bed'), bedId: id }),
      v.strictObject({ type: v.literal('staff'), staffId: id }),
      /** Whoever has this duty; the first who answers has the call. */
      v.strictObject({ type: v.literal('duty'), dutyId: id }),
      /** Whoever waits for this visit. */
      v.strictObject({ type: v.literal('visitor'), visitId: id }),
      /** The bed of the patient whose link this caller has. */
      v.strictObject({ type: v.literal('family') }),
    ]),
    mode: callMode,
    /** The admission epoch of the bed in this call as the caller's screen showed it; null between two of staff. */
    stay: v.nullable(counter),
    expiresAtMs: milliseconds,
    softly,
    /** The call that the callee is asked to join. */
    tableId: v.optional(id),
  }),
  v.strictObject({ type: v.literal('call.accept'), callId: id }),
  /** Cancel, decline and hang up are one message: whoever is on a call may always leave it. */
  v.strictObject({ type: v.literal('call.end'), callId: id, reason: claimableReason }),
  /** This screen takes over the call that its person is in at another. */
  v.strictObject({ type: v.literal('call.take'), callId: id }),
  /** Asks for a fresh link under the same call; only the current `epoch` counts, so two askers make one link. */
  v.strictObject({ type: v.literal('call.relink'), callId: id, epoch: counter }),
  callSignal,
] as const

/** A call that is answered, as another screen of whoever is in it knows it. */
export const callElsewhere = v.strictObject({ callId: id, peer: party })
export type CallElsewhere = v.InferOutput<typeof callElsewhere>

export const callServerMessages = [
  /** Comes before the call itself does, and again while it lives; not at all where there is no relay. */
  v.strictObject({ type: v.literal('call.relays'), relays: callRelays }),
  v.strictObject({ type: v.literal('call.changed'), call: callView }),
  /** To a member of staff: the call they are in at another of their screens; null: in none. A person has one call. */
  v.strictObject({ type: v.literal('call.elsewhere'), call: v.nullable(callElsewhere) }),
  /** `by` is whose act it was, from the reader's side. */
  v.strictObject({
    type: v.literal('call.ended'),
    callId: id,
    reason: endReason,
    by: v.picklist(['me', 'peer', 'server']),
  }),
  /** Both rang each other: the reader's own attempt `callId` is gone, the peer's `call` rings here instead. */
  v.strictObject({ type: v.literal('call.glare'), callId: id, call: callView }),
  callSignal,
] as const
