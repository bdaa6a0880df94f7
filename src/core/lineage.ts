/**
 * Whether a device is still one device. Each welcome gives it the next number, which it keeps beside its key and brings
 * with its next hello. A tablet that crashed, lost a write or was set back to a backup comes with an older number and
 * goes on from there; what it forgot is never seen again. A copied profile leaves two that go on from one number: as
 * soon as both have been seen after each other, one of them brings a number of the line that was given up.
 */

/** The last number given, and the ranges `(after, upTo]` of numbers given up because a hello went back before them. */
export type Lineage = {
  readonly last: number
  readonly givenUp: readonly { readonly after: number; readonly upTo: number }[]
}

export const newLineage: Lineage = { last: 0, givenUp: [] }

export type LineageVerdict =
  | { readonly type: 'one'; readonly lineage: Lineage }
  /** Two devices have this key and both are in use. */
  | { readonly type: 'two' }

/** A device says hello with the number it keeps; on `one` give it `lineage.last`. */
export function greet({ last, givenUp }: Lineage, brought: number): LineageVerdict {
  if (givenUp.some(({ after, upTo }) => after < brought && brought <= upTo)) return { type: 'two' }
  // More than was ever given: it is the server that was set back to a backup.
  if (brought >= last) return { type: 'one', lineage: { last: brought + 1, givenUp } }
  const inner = givenUp.filter(({ after }) => after < brought)
  return { type: 'one', lineage: { last: last + 1, givenUp: [...inner, { after: brought, upTo: last }] } }
}
