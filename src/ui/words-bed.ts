/** What the tablet says to the patient beside it. */
import type { Readiness } from '../state/bed.ts'
import { bed } from './texts/bed.ts'
import { filled, timeOf } from './words.ts'

export const idleWords = bed('idle')
export const careWords = bed('care')
export const knockChoice = bed('knock')
export const callWords = bed('call')
export const soundWords = bed('sound')

const readinesses = bed('readiness')

/** The idle screen's one line, and the sentence under it. `Ready` is exact: tests and screen readers rely on it. */
export function readinessWords(readiness: Readiness, label: string): { said: string; more: string } {
  const { said, more } = readinesses[readiness.type]
  const time = readiness.type === 'unreachable' ? timeOf(readiness.sinceMs) : ''
  return { said: filled(said, { time }), more: filled(more, { label }) }
}
