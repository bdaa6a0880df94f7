/** Six digits as they are read from afar, whoever shows them. */

/** `123 456`: in two groups. */
export function digitsWord(digits: string): string {
  return `${digits.slice(0, 3)}\u00a0${digits.slice(3)}`
}
