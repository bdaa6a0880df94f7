/** Appointments that other programs make and change: as acts of the plan, so that no rule of it is passed by. */
import { randomUUIDv7 } from 'node:crypto'
import type { PlanReader } from '../../core/plan/book.ts'
import type { Appointment, AppointmentFields, Blocking, Changes, PlanAct } from '../../protocol/plan.ts'
import type { Outcome } from '../../protocol/sync.ts'
import type { PlanAuthor, Taking } from './acts.ts'
import type { FhirAsker } from './fhir-access.ts'
import { type FhirAnswer, instant, isRead, problem, toFhirId } from './fhir-answer.ts'
import { appointmentResource, isOffered } from './fhir-appointment.ts'
import { type FhirWish, readAppointment, stopsOf } from './fhir-read.ts'
import type { PlanPort } from './port.ts'

export type WriteAsk = { readonly plan: PlanPort; readonly asker: FhirAsker; readonly body: unknown }

/** http://hl7.org/fhir/R4/http.html#create: the server gives the id. */
export async function createAppointment({ plan, asker, body }: WriteAsk): Promise<FhirAnswer> {
  const wish = readAppointment(plan.book, body)
  if (!isRead(wish)) return wish.answer
  const { kind, fields } = wish.value
  const id = randomUUIDv7()
  const whole: AppointmentFields = {
    ...fields,
    stops: stopsOf(plan.book, wish.value, []),
    before: 0,
    after: 0,
    language: null,
    outsideHours: false,
  }
  const act = { type: 'appointment.book', id, kind, fields: whole } as const
  const outcome = await perform(plan, asker.author, act, null)
  return refusalOf(plan.book, outcome) ?? answerWith(plan.book, asker, id, 201)
}

/**
 * http://hl7.org/fhir/R4/http.html#update. `version`: what If-Match said, null without it. It holds until the plan has
 * taken the change (RFC 9110 §13.1.1): what somebody else changed meanwhile is refused whole and never merged, so that
 * a program which sends it again does it once.
 */
export async function updateAppointment(
  { plan, asker, body }: WriteAsk,
  before: Appointment,
  version: string | null,
): Promise<FhirAnswer> {
  if (version === null)
    return problem(400, 'required', 'An update says in If-Match which version it changes, as in W/"3".')
  if (version !== String(before.rev))
    return problem(412, 'conflict', `The version is ${before.rev} by now. Read it again, then change that.`)
  const wish = readAppointment(plan.book, body)
  if (!isRead(wish)) return wish.answer
  if (wish.value.id !== toFhirId(before.id))
    return problem(400, 'value', 'The id of the resource is not that of its address.', 'Appointment.id')
  if (wish.value.kind !== before.kind)
    return problem(
      422,
      'business-rule',
      'What kind of appointment it is does not change.',
      'Appointment.serviceType',
    )
  const changes = changesOf(plan.book, before, wish.value)
  if (Object.keys(changes).length === 0) return answerWith(plan.book, asker, before.id, 200)
  const { id, rev } = before
  const outcome = await perform(plan, asker.author, { type: 'appointment.edit', id, changes }, { id, rev })
  return (
    refusalOf(plan.book, disagreeing(plan.book, outcome, before)) ?? answerWith(plan.book, asker, id, 200)
  )
}

/** Only what is another now, so that what FHIR does not know of stays as it is. */
function changesOf(plan: PlanReader, before: Appointment, wish: FhirWish): Changes {
  const { fields } = wish
  // A patient from outside comes back by name only; who is still the same keeps the rest.
  const outpatient =
    fields.outpatient?.name === before.outpatient?.name ? before.outpatient : fields.outpatient
  const after = { ...fields, outpatient, stops: stopsOf(plan, wish, before.stops) }
  const cancelReason = after.cancelReason ?? before.cancelReason
  const changes: Changes = {}
  const changed = <T>(from: T, to: T) => JSON.stringify(from) !== JSON.stringify(to)
  if (changed(before.title, after.title)) changes.title = { from: before.title, to: after.title }
  if (changed(before.note, after.note)) changes.note = { from: before.note, to: after.note }
  if (changed(before.place, after.place)) changes.place = { from: before.place, to: after.place }
  if (changed(before.staff, after.staff)) changes.staff = { from: before.staff, to: after.staff }
  if (changed(before.roles, after.roles)) changes.roles = { from: before.roles, to: after.roles }
  if (changed(before.stops, after.stops)) changes.stops = { from: before.stops, to: after.stops }
  if (changed(before.outpatient, outpatient)) changes.outpatient = { from: before.outpatient, to: outpatient }
  if (changed(before.interpreter, after.interpreter))
    changes.interpreter = { from: before.interpreter, to: after.interpreter }
  if (changed(before.when, after.when)) changes.when = { from: before.when, to: after.when }
  if (changed(before.status, after.status)) changes.status = { from: before.status, to: after.status }
  if (changed(before.cancelReason, cancelReason))
    changes.cancelReason = { from: before.cancelReason, to: cancelReason }
  return changes
}

/**
 * The plan takes two edits that are senseless together for a clash. With nobody else's in between it is none, and no
 * newer version would help.
 */
function disagreeing(plan: PlanReader, outcome: Outcome, { id, rev }: Appointment): Outcome {
  const isClash = outcome.type === 'refused' && outcome.why === 'edited-meanwhile'
  return isClash && plan.get('appointment', id)?.rev === rev ? { ...outcome, why: 'senseless' } : outcome
}

/** What is refused is told to the program that waits for it, and to nobody else. */
export async function perform(
  plan: PlanPort,
  author: PlanAuthor,
  act: PlanAct,
  seen: Taking['seen'],
): Promise<Outcome> {
  const [outcome] = await plan.perform(author, [{ actId: randomUUIDv7(), act }], 'told', seen)
  if (!outcome) throw new Error('the plan gave no answer')
  return outcome
}

/** Null: it is done. */
export function refusalOf(plan: PlanReader, outcome: Outcome): FhirAnswer | null {
  if (outcome.type !== 'refused') return null
  switch (outcome.why) {
    case 'taken':
    case 'outside-hours':
    case 'away':
      return problem(409, 'conflict', standing(plan, outcome), 'Appointment.start', 'Appointment.participant')
    case 'edited-meanwhile':
      return problem(412, 'conflict', 'Somebody changed the same meanwhile. Read it again, then change that.')
    case 'senseless':
      return problem(
        422,
        'business-rule',
        'Its parts do not agree: the beds of a round take no longer than the round, and a bedside call has one bed.',
      )
    case 'forbidden':
      return problem(403, 'forbidden', 'This is not allowed to you.')
    case 'unreadable':
      return problem(500, 'exception', 'The server made a mistake. It is in the log.')
    default:
      return problem(422, 'business-rule', `The plan does not take this: ${outcome.why}.`)
  }
}

const words = {
  taken: 'It is taken',
  'outside-hours': 'It is outside the hours',
  away: 'It is in an absence',
}

/** Names each slot that stands in the way, and when it would do; never what the other appointment is about. */
function standing(plan: PlanReader, { why, blocking, free }: Extract<Outcome, { type: 'refused' }>): string {
  const [word] = Object.entries(words).flatMap(([name, text]) => (name === why ? [text] : []))
  const slots = blocking.map((one) => slotWords(plan, one)).join('; ')
  const offer = free.length === 0 ? '' : ` Free: ${free.map(instant).join(', ')}.`
  return `${word ?? 'It cannot be'}${slots === '' ? '' : `: ${slots}`}.${offer}`
}

function slotWords(plan: PlanReader, { resource, startMs, endMs }: Blocking): string {
  const [kind, ...rest] = resource.split(':')
  const id = rest.join(':')
  const name =
    kind === 'staff'
      ? `Practitioner/${toFhirId(id)}`
      : kind === 'bed'
        ? `Location/${toFhirId(id)} (bed ${plan.get('bed', id)?.label ?? 'unknown'})`
        : `room "${id}"`
  return `${name} from ${instant(startMs)} to ${instant(endMs)}`
}

/** With its version, so that whoever reads it can change it. */
export function answerWith(plan: PlanReader, asker: FhirAsker, id: string, status: 200 | 201): FhirAnswer {
  const row = plan.get('appointment', id)
  const one = row && asker.view(row)
  if (!one || !isOffered(one)) return problem(404, 'not-found', 'There is no such appointment.')
  return {
    status,
    body: appointmentResource(plan, one),
    headers: {
      etag: `W/"${one.rev}"`,
      'last-modified': new Date(one.changedMs).toUTCString(),
      ...(status === 201 ? { location: `/fhir/Appointment/${toFhirId(id)}/_history/${one.rev}` } : {}),
    },
  }
}
