/** Who is at the table, as this screen's calls have it: what comes and goes with their links reaches the share and its files. */
import { effect, type Signal } from '@preact/signals'
import type { ShareEvent, ShareState } from '../core/scan/share-state.ts'
import { endIdOf } from '../core/switchboard-parties.ts'
import type { Party } from '../protocol/people.ts'
import { decodeCarry } from '../protocol/scan-carry.ts'
import { decodeShareMessage } from '../protocol/scan-share.ts'
import type { TalkPort } from './scan-ports.ts'
import type { ShareParts } from './scan-share.ts'
import type { ShareWorld } from './scan-share-world.ts'

/** Staff who treat (LIVE-1). */
export const mayShow = (party: Party | null): boolean =>
  party?.type === 'staff' && (party.role === 'nurse' || party.role === 'doctor')

const endOf = (party: Party) => ({ id: endIdOf(party), mayPresent: mayShow(party) })

type Telling = {
  readonly state: Signal<ShareState>
  dispatch(event: ShareEvent): void
  /** Whoever this call was to has left. */
  gone(callId: string): void
}

export function watchSeats(
  { me: who, seats, ports: { clock } }: ShareParts,
  talk: TalkPort,
  world: ShareWorld,
  { state, dispatch, gone }: Telling,
): { learnMe(): void } {
  talk.listen({
    opened(callId) {
      if (!sit(callId)) return
      world.carrier()?.linkOpened(callId)
      dispatch({ type: 'opened', callId })
    },
    closed(callId) {
      world.carrier()?.linkClosed(callId)
      dispatch({ type: 'closed', callId })
    },
    said(callId, text, manner) {
      if (manner === 'steady' || !text.startsWith('{"type":"share.')) {
        const carried = decodeCarry(text)
        if (carried) return world.hear(callId, carried)
      }
      const message = decodeShareMessage(text)
      if (message && sit(callId)) dispatch({ type: 'said', callId, message, nowMs: clock.upMs() })
    },
  })

  /** Whether somebody sits there; a link may be up a moment before its seat is drawn. */
  function sit(callId: string): boolean {
    const seat = seats.peek().find((one) => one.callId === callId)
    if (!seat) return false
    learnMe()
    dispatch({ type: 'seated', callId, end: endOf(seat.peer) })
    return true
  }

  function learnMe(): void {
    const me = who()
    if (me && state.peek().me.id !== endIdOf(me)) state.value = { ...state.peek(), me: endOf(me) }
  }

  effect(() => {
    const there = new Set(seats.value.map(({ callId }) => callId))
    learnMe()
    for (const { callId } of state.peek().peers)
      if (!there.has(callId)) {
        world.carrier()?.linkClosed(callId)
        gone(callId)
        dispatch({ type: 'left', callId })
      }
    for (const callId of there)
      if (talk.isOpen(callId) && !state.peek().peers.some((peer) => peer.callId === callId)) {
        sit(callId)
        world.carrier()?.linkOpened(callId)
        dispatch({ type: 'opened', callId })
      }
  })
  // Voices have way.
  effect(() => {
    for (const { callId, quality } of seats.value) {
      const now = quality.value
      if (now !== null && state.value.share) world.carrier()?.callIs(callId, now)
    }
  })
  return { learnMe }
}
