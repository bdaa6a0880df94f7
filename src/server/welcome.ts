/** The first thing an endpoint is told: who it is, the server's time, how long things last, and all that goes on. */
import { accessOf } from '../core/access.ts'
import type { CallRelays } from '../protocol/ice.ts'
import type { CodeCheck } from '../protocol/staff-code.ts'
import type { Timings, Welcome } from '../protocol/wire.ts'
import type { Session } from './session.ts'
import type { Ward } from './ward.ts'

export type WelcomeParts = {
  /** IANA name of the ward's clock. */
  readonly zone: string
  readonly ward: Ward
  readonly timings: Timings
  readonly now: () => number
  /** What staff type for the tablet of a bed that may not be at it; null: nothing is against it. */
  readonly strayDigits: (bedId: string) => string | null
  readonly relayUrls: readonly string[]
  /** What a tablet checks staff codes by. */
  readonly codeCheck: () => CodeCheck
}

/** `snapshot` null: the old session goes on and what was missed follows. `relays` are those of its calls. */
export type SayWelcome = (
  session: Session,
  snapshot: Welcome['snapshot'],
  relays: readonly CallRelays[],
) => void

export function createWelcome({
  ward,
  zone,
  timings,
  now,
  strayDigits,
  relayUrls,
  codeCheck,
}: WelcomeParts): SayWelcome {
  return (session, snapshot, relays) => {
    const bed = session.party.type === 'bed' ? ward.beds.get(session.party.bedId) : undefined
    const astray = bed && strayDigits(bed.party.bedId)
    const welcome: Welcome = {
      type: 'welcome',
      sessionId: session.sessionId,
      resumed: snapshot === null,
      received: session.received,
      serverTimeMs: now(),
      demo: ward.demo,
      ward: ward.name,
      me: session.party,
      stay: bed?.stay ?? null,
      carers: [...(bed?.carers ?? [])],
      wishes: bed?.wishes ?? null,
      zone,
      counter: session.counter,
      timings,
      access: accessOf(session.actor, ward.wardId, now()),
      relays: [...relays],
      ...(relayUrls.length > 0 && { relayUrls: [...relayUrls] }),
      chain: session.chain,
      ...(astray && { astray }),
      ...(bed && { staffCode: codeCheck() }),
      snapshot,
    }
    session.socket?.send(JSON.stringify(welcome))
  }
}
