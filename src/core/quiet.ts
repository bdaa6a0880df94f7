/** Quiet hours at a bed, as a station sees them. */
import type { CallMode } from '../protocol/call-mode.ts'
import type { Wishes } from '../protocol/wishes.ts'
import { isKnockTime, isQuiet } from './answer-policy.ts'

/** `override`: what an override of it comes to at the most; null: whoever lies there is not called at all. */
export type QuietNow = { readonly untilMinute: number; readonly override: CallMode | null }

/** [ADMIT-13] Null: it is no hour of quiet there. */
export function quietAt(wishes: Wishes | null, minute: number): QuietNow | null {
  if (!wishes?.quiet || !isQuiet(wishes, minute)) return null
  const override = isKnockTime(wishes, minute) ? 'knock' : wishes.answer === 'in-person' ? null : 'ring'
  return { untilMinute: wishes.quiet.untilMinute, override }
}
