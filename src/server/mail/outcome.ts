/** What became of one try, whichever way a letter goes. */

/**
 * `refused`: for good. `later`: worth another try; `whose`: it was about this letter, or nothing goes this way just now.
 * `problem`: in the other side's own words, for staff and never for the log. `code`: without anybody's data, for the log.
 */
export type Outcome =
  | { readonly type: 'sent' }
  | { readonly type: 'refused'; readonly problem: string; readonly code: string }
  | {
      readonly type: 'later'
      readonly whose: 'letter' | 'way'
      readonly problem: string
      readonly code: string
    }

const longestProblem = 200

/** One line of it is enough for a person to tell another. */
export function inOneLine(words: string): string {
  return words
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, longestProblem)
}
