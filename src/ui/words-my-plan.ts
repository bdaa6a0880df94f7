/** What the tablet tells the patient of their day: when, and after a touch what and who. */
import type { MyPlan, PatientEntry } from '../state/patient-plan.ts'
import { bed } from './texts/bed.ts'
import { clockOf } from './texts/dates.ts'

const kinds: Record<PatientEntry['kind'], string> = bed('myEntries')

export const myPlanWords = bed('myPlan')

/** Neighbours may read along, so what it is about needs a touch (HZ-15). */
export function entryWord({ kind }: PatientEntry): string {
  return kinds[kind]
}

/** `14:05`, by the clocks of the ward, wherever this tablet believes to be. */
export function entryTime({ startMs }: PatientEntry, zone: string): string {
  return clockOf(startMs, zone)
}

export function entrySpan({ startMs, endMs }: PatientEntry, zone: string): string {
  return `${clockOf(startMs, zone)}–${clockOf(endMs, zone)}`
}

export function moreWord(count: number): string {
  return myPlanWords.more({ count })
}

/** Null: it is as the server has it now. */
export function myPlanAge({ asOfMs, zone }: MyPlan): string | null {
  return asOfMs === null ? null : myPlanWords.asOf({ time: clockOf(asOfMs, zone) })
}
