/** [SCAN-13] What a file says in words is text, never markup: cut to length, without what a screen would obey. */

/** Controls and the marks that turn the direction of writing: with them a name can look like another one. */
const unseen = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

export const cleanText = (text: string, most: number): string =>
  [...text.replace(unseen, ' ').replace(/\s+/gu, ' ').trim()].slice(0, most).join('')

/**
 * A PN value (PS3.5 section 6.2.1.1) as one line, `Family, Given Middle`: the first group that says anything, of
 * alphabetic, ideographic and phonetic. Null when it is empty.
 */
export function personName(value: string): string | null {
  const group = value.split('=').find((one) => one.replaceAll('^', '').trim() !== '') ?? ''
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group
    .split('^')
    .map((part) => cleanText(part, 64))
  const first = [prefix, given, middle, suffix].filter((part) => part !== '').join(' ')
  return [family, first].filter((part) => part !== '').join(', ') || null
}
