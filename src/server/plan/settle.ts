/** What a move or a discharge means for what was planned for that patient: the server's own acts, each in sight (HZ-1). */
import type { PlanReader } from '../../core/plan/book.ts'
import { decide } from '../../core/plan/decide.ts'
import type { Appointment, Changes, PlanAct, Series, Stop } from '../../protocol/plan.ts'
import { raise, subId } from './inbox.ts'
import type { Step } from './ledger.ts'

/** Who is named as the writer of what no person wrote. */
export const serverId = 'server'

const dischargedReason = 'Patient discharged'
/** What can still take place. */
const open: ReadonlySet<Appointment['status']> = new Set([
  'proposed',
  'pending',
  'booked',
  'arrived',
  'checked-in',
  'waitlist',
])

/** `actId`: the act that moved or discharged; what stands in the way is raised under a name made of it. */
export function settle(step: Step, actId: string, admissionId: string): void {
  const bedId = bedOf(step.draft, admissionId)
  for (const series of [...step.draft.all('series')]) settleSeries(step, series, admissionId, bedId)
  for (const appointment of [...step.draft.all('appointment')]) {
    const changes = changesFor(appointment, admissionId, bedId, step.nowMs)
    if (changes) write(step, actId, appointment, { type: 'appointment.edit', id: appointment.id, changes })
  }
}

/** Where this patient lies now; null: not here any more. */
function bedOf(plan: PlanReader, admissionId: string): string | null {
  for (const { id, stay } of plan.all('bed')) if (stay?.admissionId === admissionId) return id
  return null
}

/** Null: it has nothing to do with this patient, or is over. */
export function changesFor(
  { kind, status, cancelReason, when, stops }: Appointment,
  admissionId: string,
  bedId: string | null,
  nowMs: number,
): Changes | null {
  if (!open.has(status) || (when.type === 'at' && when.endMs <= nowMs)) return null
  if (!stops.some((stop) => isTheirs(stop, admissionId) && stop.bedId !== bedId)) return null
  const hasBegun = when.type === 'at' && when.startMs <= nowMs
  if (bedId === null && kind === 'bed-call' && !hasBegun)
    return {
      status: { from: status, to: 'cancelled' },
      cancelReason: { from: cancelReason, to: dischargedReason },
    }
  const to = stops.map((stop) => (isTheirs(stop, admissionId) ? settled(stop, bedId) : stop))
  return { stops: { from: stops, to } }
}

function isTheirs(stop: Stop, admissionId: string): boolean {
  return stop.admissionId === admissionId && stop.state === 'open'
}

function settled(stop: Stop, bedId: string | null): Stop {
  return bedId === null ? { ...stop, state: 'skipped' } : { ...stop, bedId }
}

function write(
  step: Step,
  actId: string,
  before: Appointment,
  act: Extract<PlanAct, { type: 'appointment.edit' }>,
): void {
  const { draft, nowMs } = step
  const decision = decide(draft, act, { staffId: serverId, atMs: nowMs })
  const asked = { actId: subId(actId, before.id), by: serverId, act }
  const also = [...new Set([before.by, ...before.staff])]
  if (decision.type === 'refused') {
    raise(step, asked, [{ ...decision.trouble, also: [...decision.trouble.also, ...also] }])
    return
  }
  // Nobody changed this occasion by itself: its series goes on changing it.
  for (const row of decision.rows)
    draft.put(
      row.type === 'appointment' && row.id === before.id ? { ...row, occasion: before.occasion } : row,
    )
  raise(step, asked, decision.troubles)
}

/** What the coming occasions are made from. A bedside call that repeats ends with the stay. */
function settleSeries(step: Step, series: Series, admissionId: string, bedId: string | null): void {
  const { stops, kind } = series.pattern
  if (!stops.some((stop) => stop.admissionId === admissionId && stop.bedId !== bedId)) return
  const kept = bedId === null ? stops.filter((stop) => stop.admissionId !== admissionId) : stops
  const moved = kept.map((stop) =>
    stop.admissionId === admissionId && bedId !== null ? { ...stop, bedId } : stop,
  )
  const isOver = bedId === null && kind === 'bed-call'
  const now = localMinuteOf(step.nowMs, series.zone)
  step.draft.put({
    ...series,
    rev: series.rev + 1,
    until: isOver && (series.until === null || series.until > now) ? now : series.until,
    pattern: isOver ? series.pattern : { ...series.pattern, stops: moved },
    changedBy: serverId,
    changedMs: step.nowMs,
  })
}

/** What a wall clock of this zone shows, `YYYY-MM-DDTHH:MM`. */
export function localMinuteOf(atMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs))
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
}
