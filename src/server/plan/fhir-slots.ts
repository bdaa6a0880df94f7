/**
 * Schedules and Slots of FHIR R4: whose time there is, and which of it is free. Both are computed from the plan at the
 * moment they are asked for, so none can be old. An Appointment takes a slot; so does an absence (`fhir-slot-write.ts`).
 */
import type { PlanReader } from '../../core/plan/book.ts'
import { openSpans, type Span } from '../../core/plan/hours.ts'
import { type FhirResource, fhirText, instant, toFhirId } from './fhir-answer.ts'

/** `resource`: as bookings name it. */
export type ScheduleOf = {
  readonly id: string
  readonly resource: string
  readonly reference: string
  readonly name: string
  readonly active: boolean
}

export type SlotOf = Span & {
  readonly schedule: ScheduleOf
  readonly status: 'free' | 'busy' | 'busy-unavailable'
}

/** Nothing shorter is offered: no appointment fits. */
const shortestMs = 5 * 60_000

/** One for each person and each bed. */
export function schedulesOf(plan: PlanReader): ScheduleOf[] {
  const people = [...plan.all('person')].map(({ id, name, active }) => ({
    id: `staff.${toFhirId(id)}`,
    resource: `staff:${id}`,
    reference: `Practitioner/${toFhirId(id)}`,
    name,
    active,
  }))
  const beds = [...plan.all('bed')].map(({ id, label }) => ({
    id: `bed.${toFhirId(id)}`,
    resource: `bed:${id}`,
    reference: `Location/${toFhirId(id)}`,
    name: `Bed ${label}`,
    active: true,
  }))
  return [...people, ...beds].sort((one, other) => (one.id < other.id ? -1 : 1))
}

export function scheduleResource(plan: PlanReader, one: ScheduleOf, nowMs: number): FhirResource {
  const display = fhirText(one.name)
  const horizonMs = plan.get('plan', 'plan')?.horizonMs ?? nowMs
  return {
    resourceType: 'Schedule',
    id: one.id,
    active: one.active,
    actor: [{ reference: one.reference, ...(display === undefined ? {} : { display }) }],
    planningHorizon: { start: instant(nowMs), end: instant(Math.max(nowMs, horizonMs)) },
  }
}

/** In the order of their start: absences, what is taken, buffers among it, and what is left of the hours between. */
export function slotsOf(plan: PlanReader, schedule: ScheduleOf, { startMs, endMs }: Span): SlotOf[] {
  const absences = awayOf(plan, schedule).filter((one) => one.startMs < endMs && startMs < one.endMs)
  const busy = joined(plan.bookings(schedule.resource, startMs, endMs))
  const free = schedule.active ? without(openOf(plan, schedule, { startMs, endMs }), busy) : []
  return [
    ...absences.map((span) => ({ ...span, schedule, status: 'busy-unavailable' as const })),
    // Two slots of one time would have one id; who is away is not there, whatever is booked.
    ...busy
      .filter((span) => !absences.some((one) => isSameTime(one, span)))
      .map((span) => ({ ...span, schedule, status: 'busy' as const })),
    ...free
      .filter((span) => span.endMs - span.startMs >= shortestMs)
      .map((span) => ({ ...span, schedule, status: 'free' as const })),
  ].sort((one, other) => one.startMs - other.startMs)
}

export function slotResource({ schedule, status, startMs, endMs }: SlotOf): FhirResource {
  return {
    resourceType: 'Slot',
    id: slotId(schedule, startMs, endMs),
    schedule: { reference: `Schedule/${schedule.id}` },
    status,
    start: instant(startMs),
    end: instant(endMs),
  }
}

/** When somebody is away, each time once; never why (PLAN-14). */
function awayOf(plan: PlanReader, { resource }: ScheduleOf): Span[] {
  const [kind, id = ''] = resource.split(':')
  const away = (kind === 'staff' && plan.get('hours', id)?.away) || []
  return away
    .filter((one, index) => away.findIndex((other) => isSameTime(one, other)) === index)
    .map(({ startMs, endMs }) => ({ startMs, endMs }))
}

export function isSameTime(one: Span, other: Span): boolean {
  return one.startMs === other.startMs && one.endMs === other.endMs
}

/** A slot's id says all of it, since no slot is kept anywhere: its schedule's place in the ward and its time. */
export function slotId({ id }: ScheduleOf, startMs: number, endMs: number): string {
  return `${id}.${startMs.toString(36)}.${(endMs - startMs).toString(36)}`
}

/** Null: no such time, or it is divided otherwise by now. */
export function slotById(plan: PlanReader, id: string): SlotOf | null {
  const [, scheduleId, start = '', length = ''] = /^(.+)\.([0-9a-z]{1,10})\.([0-9a-z]{1,10})$/.exec(id) ?? []
  const schedule = schedulesOf(plan).find((one) => one.id === scheduleId)
  const startMs = Number.parseInt(start, 36)
  const endMs = startMs + Number.parseInt(length, 36)
  if (!schedule || !(endMs > startMs) || endMs > 8.64e15) return null
  const absence = awayOf(plan, schedule).find((one) => isSameTime(one, { startMs, endMs }))
  if (absence) return { ...absence, schedule, status: 'busy-unavailable' }
  if (endMs - startMs > 400 * 24 * 60 * 60_000) return null
  return (
    slotsOf(plan, schedule, { startMs, endMs }).find((one) => isSameTime(one, { startMs, endMs })) ?? null
  )
}

/** When this one may be booked at all. A bed has no hours, and a person without hours is always there. */
function openOf(plan: PlanReader, { resource }: ScheduleOf, span: Span): Span[] {
  const [kind, id = ''] = resource.split(':')
  const hours = kind === 'staff' ? plan.get('hours', id) : undefined
  if (!hours) return [span]
  const open = hours.weekly.length === 0 ? [span] : openSpans(hours, span.startMs, span.endMs)
  const within = open.map(({ startMs, endMs }) => ({
    startMs: Math.max(startMs, span.startMs),
    endMs: Math.min(endMs, span.endMs),
  }))
  return without(within, joined(hours.away))
}

/** Spans that touch are one. */
function joined(spans: readonly Span[]): Span[] {
  const all: { startMs: number; endMs: number }[] = []
  for (const { startMs, endMs } of spans.toSorted((one, other) => one.startMs - other.startMs)) {
    const last = all.at(-1)
    if (last && last.endMs >= startMs) last.endMs = Math.max(last.endMs, endMs)
    else all.push({ startMs, endMs })
  }
  return all
}

/** `open` without what is taken; both in order, neither overlapping itself. */
function without(open: readonly Span[], taken: readonly Span[]): Span[] {
  return open.flatMap((span) => {
    const left: Span[] = []
    let { startMs } = span
    for (const one of taken) {
      if (one.endMs <= startMs || one.startMs >= span.endMs) continue
      if (one.startMs > startMs) left.push({ startMs, endMs: one.startMs })
      startMs = one.endMs
    }
    return startMs < span.endMs ? [...left, { startMs, endMs: span.endMs }] : left
  })
}
