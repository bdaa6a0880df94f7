/** When family may ring at a bed by their link, and what they are told where they may not. Rules are FAMILY-n in SPEC.md. */
import type { EndReason } from '../protocol/call.ts'
import type { VisitTime } from '../protocol/family.ts'
import type { Party } from '../protocol/people.ts'
import type { VisitHours, Wishes } from '../protocol/wishes.ts'
import { isQuiet } from './answer-policy.ts'
import { isWithin } from './minutes.ts'

/** Where nobody said otherwise at an admission. */
export const usualVisits: VisitHours = { fromMinute: 10 * 60, untilMinute: 20 * 60 }

/** Who visits a bed from outside by a link of that stay. */
export type RelativeParty = Extract<Party, { type: 'guest' }> & { readonly kind: 'relative' }

export function isRelative(party: Party): party is RelativeParty {
  return party.type === 'guest' && party.kind === 'relative'
}

/** [FAMILY-1] `wishes` null: nobody lies there. `minute`: since midnight by the ward's clock. */
export function visitTimeOf(wishes: Wishes | null, minute: number): VisitTime {
  const hours = wishes?.answer === 'in-person' ? null : (wishes?.visits ?? null)
  const isOpen = hours !== null && isWithin(hours, minute) && !isQuiet(wishes, minute)
  return isOpen ? { type: 'open' } : { type: 'resting', hours }
}

const theirs: ReadonlySet<EndReason> = new Set([
  'hung-up',
  'cancelled',
  'connection-lost',
  'verification-failed',
  'forgotten',
])

/** [FAMILY-3] Why a call of theirs ended, as family are told it. */
export function reasonFor(party: Party, reason: EndReason): EndReason {
  return isRelative(party) && !theirs.has(reason) ? 'no-answer' : reason
}
