/** What a bed's tablet may know of the plan: the days of the patient who lies there now, and of nobody else (HZ-6). */
import { patientEntries } from '../../core/plan/audience.ts'
import type { PlanReader } from '../../core/plan/book.ts'
import type { PatientEntry } from '../../protocol/plan-news.ts'
import { planId } from './horizon.ts'

const dayMs = 24 * 60 * 60_000
const aheadMs = 7 * dayMs

/** From yesterday's midnight to a week ahead; empty when nobody lies there. */
export function entriesFor(plan: PlanReader, bedId: string, nowMs: number): PatientEntry[] {
  const stay = plan.get('bed', bedId)?.stay
  if (!stay) return []
  const fromMs = midnightBefore(nowMs, zoneOf(plan))
  return patientEntries(plan, bedId, stay.admissionId, fromMs, nowMs + aheadMs)
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
