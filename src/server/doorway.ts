/** How many sockets may be open: of one address, of one person, and of those that have not said who they are. */
import type { WebSocket } from 'ws'
import type { EndpointId } from '../core/switchboard-state.ts'
import { closeCode } from '../protocol/wire.ts'
import { createBuckets } from './buckets.ts'
import { createCrowd } from './crowd.ts'
import type { Limits } from './limits.ts'

/** One socket, for as long as it is open. `network`: where it comes from. */
export type Visitor = {
  readonly socket: WebSocket
  readonly network: string
  /** Which endpoint of which party it was found to be. */
  seat: { readonly partyId: string; readonly endpoint: EndpointId } | null
}

/** The one crowd of all sockets that have not said hello. */
const everybody = ''

export type Doorway = ReturnType<typeof createDoorway>

export function createDoorway(limits: Limits) {
  const opened = createBuckets(limits.openedByAddress)
  const ofAddress = createCrowd<Visitor>(limits.socketsOfAddress)
  const ofParty = createCrowd<Visitor>(limits.socketsOfParty)
  const greetersOfAddress = createCrowd<Visitor>(limits.greetersOfAddress)
  const greeters = createCrowd<Visitor>(limits.greeters)

  function greeted(visitor: Visitor): void {
    greetersOfAddress.leave(visitor.network, visitor)
    greeters.leave(everybody, visitor)
  }

  return {
    /** Whether this address may open one more. A newcomer never costs anybody a socket that is in use. */
    isOpenTo: (network: string, nowMs: number) =>
      !ofAddress.isFull(network) && opened.take(network, nowMs) === 0,

    /** Whoever waits the longest without a hello makes room: those who mean it need only a moment. */
    enter(visitor: Visitor): void {
      ofAddress.join(visitor.network, visitor)
      const crowded = [greetersOfAddress.join(visitor.network, visitor), greeters.join(everybody, visitor)]
      for (const oldest of crowded) {
        if (!oldest) continue
        oldest.socket.close(closeCode.tooMany, 'too many without a hello')
        greeted(oldest)
      }
    },

    /** False: this party has too many windows open. One that comes back takes the seat it had, full or not. */
    seat(visitor: Visitor, partyId: string, endpoint: EndpointId): boolean {
      greeted(visitor)
      const isBack = [...ofParty.of(partyId)].some((other) => other.seat?.endpoint === endpoint)
      if (ofParty.isFull(partyId) && !isBack) return false
      visitor.seat = { partyId, endpoint }
      ofParty.join(partyId, visitor)
      return true
    },

    leave(visitor: Visitor): void {
      ofAddress.leave(visitor.network, visitor)
      greeted(visitor)
      if (visitor.seat) ofParty.leave(visitor.seat.partyId, visitor)
    },
  }
}
