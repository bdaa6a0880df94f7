/** What is said about when somebody may be booked, and when they are away. */
import { awayKinds, type HoursProblem } from '../state/plan-hours.ts'
import { hours } from './texts/hours.ts'

export const hoursWords = hours('hours')
export const hoursProblems: Record<HoursProblem, string> = hours('problems')
export const hoursConcerns = hours('concerns')
const kinds = hours('kinds')

/** Each kind with its word; one that was written elsewhere, in its own words, stays what it is. */
export function kindOptions(why: string): (readonly [string, string])[] {
  const known = awayKinds.map((kind) => [kind, kinds[kind]] as const)
  const isOther = why !== '' && !awayKinds.some((kind) => kind === why)
  return [['', kinds.none], ...known, ...(isOther ? [[why, why] as const] : [])]
}
