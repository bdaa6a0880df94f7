/** What is said about wards that are not one's own, and about breaking the glass. */
import type { Visitor } from '../state/glass.ts'
import type { ApiFailure } from '../state/ports.ts'
import { staff } from './texts/staff.ts'
import { type Advice, roleWord, timeOf } from './words.ts'

export const notYourWard: Advice = staff('notYourWard')
export const noBreaking: Advice = staff('noBreaking')
export const noBoard: Advice = staff('noBoard')
export const breakWords = staff('glass')
const problems = staff('glassProblems')

export function brokenWord(untilMs: number): string {
  return breakWords.broken({ time: timeOf(untilMs) })
}

export function visitorWord({ name, role: of, untilMs }: Visitor): string {
  const role = roleWord(of)
  return untilMs === null
    ? breakWords.visitorLeft({ name, role })
    : breakWords.visitor({ name, role, time: timeOf(untilMs) })
}

export function glassProblem(failure: ApiFailure): string {
  switch (failure) {
    case 'conflict':
    case 'unreachable':
    case 'too-many':
      return problems[failure]
    default:
      return problems.other
  }
}
