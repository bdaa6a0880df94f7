/** The staff code at a tablet: how many tries there are, and how long it rests after wrong ones. Rules are CODE-n in `state/SPEC.md`. */

export const codeDigits = 6
export const triesInARow = 5
const firstPauseMs = 60_000
const longestPauseMs = 15 * 60_000

/** What outlives a page. `wrong`: tries since the code was last right; `leftMs`: of the pause after them. */
export type Tries = { readonly wrong: number; readonly leftMs: number }
export const noTries: Tries = { wrong: 0, leftMs: 0 }

/** [CODE-1] Counted before it is known what it was: whoever pulls the plug meanwhile has had their try. */
export function tried({ wrong }: Tries): Tries {
  return { wrong: wrong + 1, leftMs: pauseAfter(wrong + 1) }
}

/** [CODE-1] A minute after five wrong ones, twice as long after each five more. */
export function pauseAfter(wrong: number): number {
  if (wrong % triesInARow !== 0) return 0
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (wrong / triesInARow - 1))
}

/** How many are left before the next pause. */
export function triesLeft({ wrong }: Tries): number {
  return triesInARow - (wrong % triesInARow)
}

/** A press on a keypad or a key of a keyboard as a digit; null: it is none. */
export function digitOf(key: string): string | null {
  return /^\d$/.test(key) ? key : null
}
