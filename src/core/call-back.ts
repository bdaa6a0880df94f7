/** After which ends of a call the patient may call back, for a minute: those that a slip of the finger may have caused. */
import { type CallState, type EndReason, talkedReasons } from './call-state.ts'

export const callBackMs = 60_000

type Ended = Extract<CallState, { type: 'ended' }>

const missed: readonly EndReason[] = ['declined', 'no-answer', 'cancelled']

/** [CALL-17] Of a call of one's own only if it was answered: one that was not asks for no other. */
export function mayCallBack({ reason, part, peer }: Ended): boolean {
  if (peer.type !== 'staff') return false
  return talkedReasons.includes(reason) || (part === 'callee' && missed.includes(reason))
}
