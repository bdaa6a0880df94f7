/** What a bed's tablet may know of the plan: the days of the patient who lies there now, and of nobody else (HZ-6). */
import { patientEntries } from '../../core/plan/audience.ts'
import type { PlanReader } from '../../core/plan/book.ts'
import type { PatientEntry } from '../../protocol/plan-news.ts'
import { planId } from './horizon.ts'
import type { Plan } from './plan.ts'

const dayMs = 24 * 60 * 60_000
const aheadMs = 7 * dayMs

/** From yesterday's midnight to a week ahead; empty when nobody lies there. */
export function entriesFor(
  { book, lyingSince }: Pick<Plan, 'book' | 'lyingSince'>,
  bedId: string,
  nowMs: number,
): PatientEntry[] {
  const stay = book.get('bed', bedId)?.stay
  if (!stay) return []
  const { admissionId } = stay
  const fromMs = midnightBefore(nowMs, zoneOf(book))
  const lying = { bedId, admissionId, sinceMs: lyingSince(bedId, admissionId) }
  return patientEntries(book, lying, fromMs, nowMs + aheadMs)
}

/** Where the ward's clocks hang. */
export function zoneOf(plan: PlanReader): string {
  return plan.get('plan', planId)?.zone ?? 'UTC'
}

function midnightBefore(nowMs: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(nowMs))
    .toZonedDateTimeISO(zone)
    .startOfDay()
    .subtract({ days: 1 }).epochMilliseconds
}
