/** What is said to whoever is at the door: ways in, what went wrong with one, the lock, and the passkey. */
import type { EntryProblem } from '../state/sign-in.ts'
import { either } from './texts/catalogue.ts'
import { staff } from './texts/staff.ts'
import { type Advice, refusals } from './words.ts'

export const entryProblems: Record<EntryProblem, Advice> = either(staff('signIn'), refusals)
export const entryWords = staff('entry')
export const lockWords = staff('lock')
export const passkeyWords = staff('passkey')

export function welcomeWord(name: string): Advice {
  return { said: entryWords.welcome.said({ name }), todo: entryWords.welcome.todo }
}
