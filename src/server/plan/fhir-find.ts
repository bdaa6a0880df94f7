/** What each search of `/fhir` looks for. */
import type { PlanReader } from '../../core/plan/book.ts'
import type { Appointment } from '../../protocol/plan.ts'
import type { FhirAsker } from './fhir-access.ts'
import { type FhirAnswer, fromFhirId, isRead, problem, toFhirId } from './fhir-answer.ts'
import { appointmentResource, isOffered } from './fhir-appointment.ts'
import { type FhirKind, searches } from './fhir-capability.ts'
import { type Asked, type Entry, pageOf, readQuery, readWindow, type Window } from './fhir-search.ts'
import { scheduleResource, schedulesOf, slotId, slotResource, slotsOf } from './fhir-slots.ts'

const dayMs = 24 * 60 * 60 * 1000
/** How far slots are looked for: without a start, and at most. */
const usualSlotsMs = 7 * dayMs
const mostSlotsMs = 31 * dayMs

/** `self`: the address that was asked, whole. */
export type Find = {
  readonly plan: PlanReader
  readonly asker: FhirAsker
  readonly self: URL
  readonly nowMs: number
}

export function search(kind: FhirKind, find: Find): FhirAnswer {
  const names = searches[kind].map(({ name }) => name)
  const asked = readQuery(find.self.search, names)
  if (!isRead(asked)) return asked.answer
  const dates = readWindow(asked.value.get(kind === 'Slot' ? 'start' : 'date') ?? [], zoneOf(find.plan))
  if (!isRead(dates)) return dates.answer
  switch (kind) {
    case 'Appointment':
      return appointments(find, asked.value, dates.value)
    case 'Schedule':
      return schedules(find, asked.value)
    case 'Slot':
      return slots(find, asked.value, dates.value)
  }
}

function zoneOf(plan: PlanReader): string {
  return plan.get('plan', 'plan')?.zone ?? 'UTC'
}

/** One of a list is enough; a parameter that comes again must hold too (http://hl7.org/fhir/R4/search.html#combining). */
function holds(values: readonly string[] = [], has: (one: string) => boolean): boolean {
  return values.every((value) => value.split(',').some(has))
}

function appointments({ plan, asker, self }: Find, asked: Asked, { fromMs, toMs }: Window): FhirAnswer {
  const entries: Entry[] = []
  for (const row of plan.all('appointment')) {
    const one = isOffered(row) ? asker.view(row) : null
    if (!one) continue
    const atMs = one.when.type === 'at' ? one.when.startMs : one.when.notBeforeMs
    if (asked.has('date') && (one.when.type !== 'at' || atMs < fromMs || atMs >= toMs)) continue
    if (!isAsked(one, asked)) continue
    entries.push({ atMs, id: one.id, resource: () => appointmentResource(plan, one) })
  }
  return pageOf(inOrder(entries), asked, self)
}

function isAsked(one: Appointment, asked: Asked): boolean {
  const staff = one.staff.map((id) => `Practitioner/${toFhirId(id)}`)
  const beds = one.stops.map(({ bedId }) => `Location/${toFhirId(bedId)}`)
  return (
    holds(asked.get('_id'), (id) => fromFhirId(id) === one.id) &&
    holds(asked.get('status'), (status) => status.replace(/^.*\|/, '') === one.status) &&
    holds(asked.get('practitioner'), (name) => isNamed(staff, name, 'Practitioner')) &&
    holds(asked.get('location'), (name) => isNamed(beds, name, 'Location')) &&
    holds(asked.get('actor'), (name) => isNamed([...staff, ...beds], name, null))
  )
}

/** A reference as `Type/id`, as a whole address, or as the id alone where the type is clear. */
function isNamed(references: readonly string[], asked: string, type: string | null): boolean {
  if (!asked.includes('/')) return type !== null && references.includes(`${type}/${asked}`)
  return references.includes(asked.split('/').slice(-2).join('/'))
}

function inOrder(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((one, other) => one.atMs - other.atMs || (one.id < other.id ? -1 : 1))
}

function schedules({ plan, asker, self, nowMs }: Find, asked: Asked): FhirAnswer {
  const entries = schedulesOf(plan)
    .filter(
      (one) =>
        asker.mayAsk(one) &&
        holds(asked.get('_id'), (id) => id === one.id) &&
        holds(asked.get('actor'), (name) => isNamed([one.reference], name, null)),
    )
    .map((one) => ({ atMs: 0, id: one.id, resource: () => scheduleResource(plan, one, nowMs) }))
  return pageOf(entries, asked, self)
}

/** Of whole schedules only: a search of everybody's time would be the ward's day. */
function slots({ plan, asker, self, nowMs }: Find, asked: Asked, window: Window): FhirAnswer {
  if (!asked.has('schedule')) return problem(400, 'required', 'Say whose time: schedule=Schedule/….')
  const startMs = Number.isFinite(window.fromMs) ? window.fromMs : nowMs
  const endMs = Number.isFinite(window.toMs) ? window.toMs : startMs + usualSlotsMs
  if (endMs - startMs > mostSlotsMs)
    return problem(400, 'value', 'Slots are searched over 31 days at most: start=ge…&start=lt….')
  const entries = schedulesOf(plan)
    .filter(asker.mayAsk)
    .filter(({ id }) => holds(asked.get('schedule'), (name) => isNamed([`Schedule/${id}`], name, 'Schedule')))
    .flatMap((schedule) => (startMs < endMs ? slotsOf(plan, schedule, { startMs, endMs }) : []))
    .filter((slot) =>
      holds(asked.get('status') ?? ['free'], (status) => status.replace(/^.*\|/, '') === slot.status),
    )
    .map((slot) => ({
      atMs: slot.startMs,
      id: slotId(slot.schedule, slot.startMs, slot.endMs),
      resource: () => slotResource(slot),
    }))
  return pageOf(inOrder(entries), asked, self)
}
