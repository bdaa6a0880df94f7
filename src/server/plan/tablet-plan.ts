/** What beds' tablets may know of the plan: each the days of the patient who lies there now, and of nobody else (HZ-6). */
import type { PlanReader } from '../../core/plan/book.ts'
import type { Appointment, AppointmentStatus } from '../../protocol/plan.ts'
import type { PatientEntry } from '../../protocol/plan-news.ts'
import { planId } from './horizon.ts'

const dayMs = 24 * 60 * 60_000
const aheadMs = 7 * dayMs
const mostEntries = 64

/** Not told to a patient: nobody has agreed to it, or it never was. */
const untold: ReadonlySet<AppointmentStatus> = new Set([
  'proposed',
  'pending',
  'waitlist',
  'entered-in-error',
])

type Slot = { readonly startMs: number; readonly endMs: number }
type Lying = { readonly bedId: string; readonly admissionId: string | null }

/** Of each of these beds: from yesterday's midnight to a week ahead, in order; empty when nobody lies there. */
export function entriesOf(
  plan: PlanReader,
  bedIds: readonly string[],
  nowMs: number,
): ReadonlyMap<string, readonly PatientEntry[]> {
  const window = {
    startMs: midnightBefore(nowMs, plan.get('plan', planId)?.zone ?? 'UTC'),
    endMs: nowMs + aheadMs,
  }
  const lying = bedIds.map((bedId) => ({
    bedId,
    admissionId: plan.get('bed', bedId)?.stay?.admissionId ?? null,
    entries: [] as PatientEntry[],
  }))
  for (const one of plan.all('appointment')) {
    if (!isTold(one, window)) continue
    for (const bed of lying) {
      const slot = slotOf(one, bed)
      if (slot && overlaps(slot, window)) bed.entries.push(entryOf(plan, one, slot))
    }
  }
  return new Map(lying.map(({ bedId, entries }) => [bedId, inOrder(entries)]))
}

function inOrder(entries: readonly PatientEntry[]): PatientEntry[] {
  return entries.toSorted((one, other) => one.startMs - other.startMs).slice(0, mostEntries)
}

function isTold({ kind, status, when, stops }: Appointment, window: Slot): boolean {
  return (
    kind !== 'note' && stops.length > 0 && when.type === 'at' && overlaps(when, window) && !untold.has(status)
  )
}

function overlaps(one: Slot, other: Slot): boolean {
  return one.startMs < other.endMs && one.endMs > other.startMs
}

/** When it is this patient's turn; null: it is not about this stay. Only a round may name a bed and mean whoever lies there. */
function slotOf({ kind, when, stops }: Appointment, { bedId, admissionId }: Lying): Slot | null {
  if (when.type === 'waiting' || admissionId === null) return null
  let startMs = when.startMs
  for (const stop of stops) {
    if (stop.state === 'skipped') continue
    const endMs = Math.min(startMs + stop.minutes * 60_000, when.endMs)
    const isOfBed = kind === 'round' && stop.admissionId === null && stop.bedId === bedId
    if (stop.admissionId === admissionId || isOfBed) return { startMs, endMs }
    startMs = endMs
  }
  return null
}

function entryOf(plan: PlanReader, one: Appointment, slot: Slot): PatientEntry {
  const { id, kind, status, title, place } = one
  const people = one.staff.flatMap((staffId) => plan.get('person', staffId)?.name ?? [])
  return { id, kind, status, ...slot, title, place, people }
}

function midnightBefore(nowMs: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(nowMs))
    .toZonedDateTimeISO(zone)
    .startOfDay()
    .subtract({ days: 1 }).epochMilliseconds
}
