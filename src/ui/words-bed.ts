/** What the tablet says to the patient beside it. */
import type { Readiness, Setup } from '../state/bed.ts'
import { bed } from './texts/bed.ts'
import { either } from './texts/catalogue.ts'
import { type Advice, filled, refusals, timeOf } from './words.ts'

type Problem = NonNullable<Extract<Setup, { type: 'unbound' }>['problem']>

export const setupWords = bed('setup')
export const unbound: Advice = bed('unbound')
export const bindingProblems: Record<Problem, Advice> = either(bed('binding'), refusals)
export const codeWords = bed('code')
export const idleWords = bed('idle')
export const careWords = bed('care')
export const knockChoice = bed('knock')
export const callWords = bed('call')
export const soundWords = bed('sound')

type WaitingWhy = Extract<Setup, { type: 'waiting' }>['why']

/** What a tablet says while it waits for its six digits to be typed. `todo` is for staff. */
export const waitingWords: Record<WaitingWhy, Advice> = bed('waiting')

/** `123 456`: read in two groups. */
export function digitsWord(digits: string): string {
  return `${digits.slice(0, 3)}\u00a0${digits.slice(3)}`
}

const readinesses = bed('readiness')

/** The idle screen's one line, and the sentence under it. `Ready` is exact: tests and screen readers rely on it. */
export function readinessWords(readiness: Readiness, label: string): { said: string; more: string } {
  const { said, more } = readinesses[readiness.type]
  const time = readiness.type === 'unreachable' ? timeOf(readiness.sinceMs) : ''
  return { said: filled(said, { time }), more: filled(more, { label }) }
}
