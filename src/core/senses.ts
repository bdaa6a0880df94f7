/** How a call reaches whoever does not hear it, or does not see whose it is. Rules are ADMIT-14 and ADMIT-15 in SPEC.md. */
import type { Wishes } from '../protocol/wishes.ts'

/** [ADMIT-14] Whether the screen flashes with the ring. `isSoft`: it rings as in quiet hours (HZ-15). */
export function flashes(wishes: Wishes | null, isSoft: boolean): boolean {
  return !isSoft || (wishes !== null && wishes.hearing !== 'well')
}

/** [ADMIT-15] Whether it is said aloud who calls. */
export function isSpoken(wishes: Wishes | null, how: 'ringing' | 'knocking'): boolean {
  if (wishes === null || wishes.hearing === 'deaf') return false
  return how === 'knocking' || wishes.sight !== 'well'
}

/** How loud it is said, 0…1; softly where the ring is soft (HZ-15). */
export function spokenVolume(step: number, steps: number, isSoft: boolean): number {
  return isSoft ? 0.25 : step / steps
}
