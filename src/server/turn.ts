/** Credentials for the relay (TURN), each good for one end of one call, for as long as that call needs it (HZ-10). */
import { createHash, createHmac } from 'node:crypto'
import type { EndpointId, ServerCall } from '../core/switchboard-state.ts'
import type { CallRelays } from '../protocol/ice.ts'
import type { Timings } from '../protocol/wire.ts'
import type { TurnConfig } from './config-turn.ts'

/** An answered call's credentials last this long and are renewed well before: a call that ended leaves them minutes. */
const lifeMs = 5 * 60_000
const renewMs = 2 * 60_000

/** Answered in the last moment of the ring, a link still takes its time to be made. */
const graceMs = 30_000

export type Turn = {
  /** Null: there is no relay. `endpoint` is one the call invites or one that is in it. */
  mint(call: ServerCall, endpoint: EndpointId, nowMs: number): CallRelays | null
  /** How often those of a call that lives are renewed. */
  readonly renewMs: number
}

/** `scale` shortens all times alike, as it does those of a call. */
export function createTurn(config: TurnConfig | null, timings: Timings, scale: number): Turn {
  function lastsMs(call: ServerCall, nowMs: number): number {
    if (call.phase === 'accepted') return lifeMs * scale
    return Math.max(0, call.ringUntilMs - nowMs) + timings.connectMs + graceMs * scale
  }

  return {
    mint(call, endpoint, nowMs) {
      const { callId } = call
      if (!config) return null
      const expires = Math.ceil((nowMs + lastsMs(call, nowMs)) / 1_000)
      const username = `${expires}:${callId}:${nameOf(callId, endpoint)}`
      const credential = credentialOf(config.secret, username)
      const iceServers = [{ urls: [...config.urls], username, credential }]
      return { callId, iceServers, ...(config.ways === 'relay' && { only: 'relay' }) }
    },
    renewMs: renewMs * scale,
  }
}

/**
 * `expiry:name` and base64(HMAC-SHA1(secret, username)), as coturn's `use-auth-secret` checks it
 * (draft-uberti-behave-turn-rest-00 §2.2). SHA-1 is the draft's; as a keyed hash it is still sound.
 */
export function credentialOf(secret: string, username: string): string {
  return createHmac('sha1', secret).update(username).digest('base64')
}

/** The relay's log shall tell the ends of a call apart, and never who they are. */
function nameOf(callId: string, endpoint: EndpointId): string {
  return createHash('sha256').update(`${callId} ${endpoint}`).digest('base64url').slice(0, 16)
}
