/** Whether an outpatient of the plan is whom the hospital's record speaks of: they have no number there. */
import type { Patient } from '../protocol/people.ts'

/** [ADT-7] Name and day of birth, both: of two who share them the message is believed to mean either, and nobody is written to. */
export function isSamePerson(
  outpatient: { readonly name: string; readonly born: string | null },
  { name, born }: Patient,
): boolean {
  return outpatient.born === born && nameKey(outpatient.name) === nameKey(name)
}

/** The same words in whatever order, case and accents. */
export function nameKey(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ')
}
