/** Whether an outpatient of the plan is whom the hospital's record speaks of: they have no number there. */
import type { Patient } from '../protocol/people.ts'
import { nameKey } from './adt.ts'

/** [ADT-7] Name and day of birth, both: of two who share them the message is believed to mean either, and nobody is written to. */
export function isSamePerson(
  outpatient: { readonly name: string; readonly born: string | null },
  { name, born }: Patient,
): boolean {
  return outpatient.born === born && nameKey(outpatient.name) === nameKey(name)
}
