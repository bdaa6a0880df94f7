/** What an outpatient who waits again is told of the call that came to nothing. */
import type { CallState } from '../core/call-state.ts'

/** `none`: nothing has to be said. */
export type LastCall = 'none' | 'declined' | 'unanswered' | 'unverified' | 'camera' | 'lost'

export function lastOf({ reason, by }: Extract<CallState, { type: 'ended' }>): LastCall {
  switch (reason) {
    case 'declined':
      return by === 'me' ? 'declined' : 'none'
    case 'no-answer':
      return 'unanswered'
    case 'verification-failed':
      return 'unverified'
    case 'permission-lost':
    case 'device-unready':
      return by === 'me' ? 'camera' : 'none'
    case 'connection-lost':
      return 'lost'
    default:
      return 'none'
  }
}
