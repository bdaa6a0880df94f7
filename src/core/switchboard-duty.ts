/** A call to a duty while it rings at several: each of them may leave it to the others. */
import type { Party } from '../protocol/people.ts'
import { isCalled, othersRung, ringingFor, sameParty } from './switchboard-parties.ts'
import type { Decision, ServerCall, Switchboard, SwitchboardEffect } from './switchboard-state.ts'
import { tableOf } from './switchboard-table.ts'
import { finish, forEach, ringElse, withCall, withoutAway } from './switchboard-turn.ts'

/** [DUTY-3] The call as it rings on without one of those who have the duty. Null: it rings at nobody else. */
export function ringWithout(board: Switchboard, call: ServerCall, party: Party): ServerCall | null {
  const { duty } = call
  const [first] = othersRung(board, call, party)
  if (!duty || !first || !isCalled(call, party)) return null
  const holders = duty.holders.filter((one) => !sameParty(one, party))
  return { ...call, callee: first, duty: { ...duty, holders } }
}

/** [DUTY-3] One of several who have a duty will not answer: it rings on at the others. Null: there are none. */
export function leaveRing(board: Switchboard, call: ServerCall, by: Party): Decision | null {
  const { callId } = call
  const left = ringWithout(board, call, by)
  if (!left) return null
  const screens = ringingFor(board, by)
  const told = screens.map(
    (to): SwitchboardEffect => ({ type: 'tellEnded', to, callId, reason: 'declined', by: 'me' }),
  )
  const next = withoutAway(withCall(board, left), [by])
  return {
    board: next,
    effects: [
      { type: 'recordOpen', call: left },
      { type: 'recordDeclined', call: left, by },
      ...told,
      ...ringElse(next, screens),
    ],
  }
}

/** [DUTY-3] Whoever is in a call from now on is rung by no other: each is left to the others whom it rings, or is busy. */
export function leaveOtherRings(board: Switchboard, call: ServerCall, party: Party): Decision {
  const others = [...board.calls.values()].filter(
    (one) => one.phase === 'ringing' && tableOf(one) !== tableOf(call) && isCalled(one, party),
  )
  return forEach(board, others, (next, one) => leaveRing(next, one, party) ?? finish(next, one, 'busy', null))
}
