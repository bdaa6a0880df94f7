/** What the tablet tells the patient of their day: when, and after a touch what and who. */
import type { MyPlan, PatientEntry } from '../state/patient-plan.ts'

const kinds: Record<PatientEntry['kind'], string> = {
  'bed-call': 'Somebody comes to see you',
  round: 'The round comes to you',
  visit: 'An appointment',
  note: 'For you to know',
}

export const myPlanWords = {
  title: 'My plan today',
  nothing: 'Nothing more is planned for you today.',
  touch: 'Touch to see what and who.',
  close: 'Close',
  who: 'Who comes',
  where: 'Where',
  cancelled: 'Cancelled',
  requested: 'Not certain yet',
  now: 'Now',
}

/** Neighbours may read along, so what it is about needs a touch (HZ-15). */
export function entryWord({ kind }: PatientEntry): string {
  return kinds[kind]
}

/** `14:05`, by the clocks of the ward, wherever this tablet believes to be. */
function timeOf(ms: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(ms)
}

export function entryTime({ startMs }: PatientEntry, zone: string): string {
  return timeOf(startMs, zone)
}

export function entrySpan({ startMs, endMs }: PatientEntry, zone: string): string {
  return `${timeOf(startMs, zone)}–${timeOf(endMs, zone)}`
}

export function moreWord(count: number): string {
  return count === 1 ? 'and 1 more' : `and ${count} more`
}

/** Null: it is as the server has it now. */
export function myPlanAge({ asOfMs, zone }: MyPlan): string | null {
  return asOfMs === null ? null : `As of ${timeOf(asOfMs, zone)}. It may have changed.`
}
