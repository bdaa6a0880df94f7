/** Reads an Appointment that another program sends, as far as the plan knows such things; the rest is refused, not lost. */
import * as v from 'valibot'
import type { PlanReader } from '../../core/plan/book.ts'
import {
  type AppointmentFields,
  type AppointmentKind,
  appointmentKinds,
  appointmentStatus,
  type Stop,
  type When,
} from '../../protocol/plan.ts'
import { fromFhirId, isRead, type Read } from './fhir-answer.ts'
import { kindSystem } from './fhir-appointment.ts'
import { instant, readAs, refuse, text } from './fhir-elements.ts'

const coding = v.looseObject({ system: v.optional(text), code: v.optional(text) })
const concept = v.looseObject({ coding: v.optional(v.array(coding)), text: v.optional(text) })
const identifier = v.looseObject({ system: v.optional(text), value: v.optional(text) })
const participant = v.looseObject({
  type: v.optional(v.array(concept)),
  actor: v.optional(
    v.looseObject({
      reference: v.optional(text),
      type: v.optional(text),
      identifier: v.optional(identifier),
      display: v.optional(text),
    }),
  ),
  status: v.picklist(['accepted', 'declined', 'tentative', 'needs-action']),
})
type Participant = v.InferOutput<typeof participant>
const elements = {
  resourceType: v.literal('Appointment'),
  id: v.optional(text),
  meta: v.optional(v.looseObject({})),
  text: v.optional(v.looseObject({})),
  status: appointmentStatus,
  cancelationReason: v.optional(concept),
  serviceType: v.optional(v.array(concept)),
  description: v.optional(v.pipe(text, v.maxLength(120))),
  comment: v.optional(v.pipe(text, v.maxLength(2_000))),
  start: v.optional(instant),
  end: v.optional(instant),
  minutesDuration: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24 * 60))),
  requestedPeriod: v.optional(v.array(v.looseObject({ start: instant, end: instant }))),
  created: v.optional(text),
  participant: v.pipe(v.array(participant), v.minLength(1), v.maxLength(128)),
}
const resource = v.strictObject(elements)
type Resource = v.InferOutput<typeof resource>

/** What an Appointment says that the plan can hold. */
export type FhirWish = {
  readonly id: string | null
  readonly kind: AppointmentKind
  readonly fields: {
    readonly title: string
    readonly note: string
    readonly status: Resource['status']
    readonly cancelReason: string | null
    readonly when: When
    readonly staff: string[]
    readonly roles: string[]
    readonly interpreter: boolean
    readonly place: string | null
    readonly outpatient: AppointmentFields['outpatient']
  }
  readonly bedIds: readonly string[]
}

export function readAppointment(plan: PlanReader, body: unknown): Read<FhirWish> {
  const one = readAs(resource, 'Appointment', body)
  if (!isRead(one)) return one
  const when = whenOf(one.value)
  return isRead(when) ? wishOf(plan, one.value, when.value) : when
}

function whenOf({ start, end, status, minutesDuration, requestedPeriod }: Resource): Read<When> {
  if (start !== undefined && end !== undefined) {
    if (end <= start) return refuse('value', 'The appointment ends before it begins.', 'Appointment.end')
    return { type: 'read', value: { type: 'at', startMs: start, endMs: end } }
  }
  const [period] = requestedPeriod ?? []
  if (status !== 'waitlist' || start !== undefined || end !== undefined || !period || !minutesDuration)
    return refuse(
      'required',
      'An appointment has a start and an end; on the waiting list it has minutesDuration and a requestedPeriod.',
      'Appointment.start',
    )
  const value = {
    type: 'waiting',
    minutes: minutesDuration,
    notBeforeMs: period.start,
    notAfterMs: period.end,
  } as const
  return { type: 'read', value }
}

type Actors = {
  readonly staff: string[]
  readonly roles: string[]
  readonly bedIds: string[]
  places: string[]
  outpatients: string[]
  interpreter: boolean
}

function wishOf(plan: PlanReader, one: Resource, when: When): Read<FhirWish> {
  const actors: Actors = { staff: [], roles: [], bedIds: [], places: [], outpatients: [], interpreter: false }
  for (const [index, each] of one.participant.entries())
    if (!sort(plan, each, actors))
      return refuse(
        'not-supported',
        'A participant is a Practitioner or a Location (a bed) of this server, a Location by its name, a Patient, or a role in words.',
        `Appointment.participant[${index}]`,
      )
  if (actors.places.length > 1)
    return refuse('not-supported', 'An appointment is in one room.', 'Appointment.participant')
  if (actors.outpatients.length > 1)
    return refuse('not-supported', 'One patient comes from outside at a time.', 'Appointment.participant')
  const kind = kindOf(one, actors.bedIds.length)
  if (!kind) return refuse('value', 'There is no such kind of appointment.', 'Appointment.serviceType')
  const [place = null] = actors.places
  const [guest] = actors.outpatients
  const { staff, roles, interpreter, bedIds } = actors
  const fields = {
    title: one.description ?? 'Appointment',
    note: one.comment ?? '',
    status: one.status,
    cancelReason:
      one.status === 'cancelled' ? (one.cancelationReason?.text ?? 'Cancelled by another program') : null,
    when,
    staff,
    roles,
    interpreter,
    place,
    outpatient: guest === undefined ? null : { name: guest, born: null, email: null, phone: null },
  }
  return { type: 'read', value: { id: one.id ?? null, kind, fields, bedIds } }
}

/** False: the plan knows nobody and nothing like that. A patient by identifier is whoever lies in the bed. */
function sort(plan: PlanReader, { actor, type = [] }: Participant, actors: Actors): boolean {
  const [, named, fhirId = ''] =
    /^(Practitioner|Location)\/([A-Za-z0-9.-]{1,64})$/.exec(actor?.reference ?? '') ?? []
  const id = fromFhirId(fhirId)
  if (named === 'Practitioner' && id && plan.get('person', id)) return add(actors.staff, id)
  if (named === 'Location' && id && plan.get('bed', id)) return add(actors.bedIds, id)
  if (actor?.reference !== undefined) return false
  const display = actor?.display?.slice(0, 80)
  if (actor?.type === 'Location' && display !== undefined) return add(actors.places, display)
  if (actor?.type === 'Patient')
    return display === undefined ? actor.identifier !== undefined : add(actors.outpatients, display)
  const [role] = type
  if (actor || !role) return false
  if (role.coding?.some(({ code }) => code === 'interpreter')) {
    actors.interpreter = true
    return true
  }
  if (role.text === undefined) return false
  return role.text === 'Somebody of the ward' || add(actors.roles, role.text.slice(0, 60))
}

function add(list: string[], one: string): true {
  if (!list.includes(one)) list.push(one)
  return true
}

function kindOf({ serviceType = [] }: Resource, beds: number): AppointmentKind | null {
  const said = serviceType.flatMap(({ coding = [] }) => coding).find(({ system }) => system === kindSystem)
  if (said) return appointmentKinds.find((kind) => kind === said.code && kind !== 'note') ?? null
  if (beds === 0) return 'visit'
  return beds === 1 ? 'bed-call' : 'round'
}

/** The stops of these beds: those that are there already stay as they are, the time that is left goes to the new ones. */
export function stopsOf(plan: PlanReader, { bedIds, fields }: FhirWish, before: readonly Stop[]): Stop[] {
  const { when } = fields
  const minutes = when.type === 'at' ? Math.floor((when.endMs - when.startMs) / 60_000) : when.minutes
  const known = new Map(before.map((stop) => [stop.bedId, stop]))
  const kept = bedIds.flatMap((bedId) => known.get(bedId) ?? [])
  const left = minutes - kept.reduce((sum, stop) => sum + stop.minutes, 0)
  const each = Math.max(1, Math.floor(left / Math.max(1, bedIds.length - kept.length)))
  return bedIds.map(
    (bedId) =>
      known.get(bedId) ?? {
        bedId,
        admissionId: plan.get('bed', bedId)?.stay?.admissionId ?? null,
        minutes: each,
        state: 'open',
      },
  )
}
