/**
 * Slots that other programs write: an absence of one person, and nothing else. All other slots are computed, so whoever
 * wants somebody's time books an Appointment.
 */
import * as v from 'valibot'
import type { PlanReader } from '../../core/plan/book.ts'
import { type HoursWish, hoursWish } from '../../protocol/plan.ts'
import { type FhirAnswer, isRead, problem, type Read } from './fhir-answer.ts'
import { instant, readAs, refuse, text } from './fhir-elements.ts'
import {
  isSameTime,
  type ScheduleOf,
  type SlotOf,
  schedulesOf,
  slotById,
  slotId,
  slotResource,
} from './fhir-slots.ts'
import { perform, refusalOf, type WriteAsk } from './fhir-write.ts'

const slot = v.strictObject({
  resourceType: v.literal('Slot'),
  id: v.optional(text),
  meta: v.optional(v.looseObject({})),
  text: v.optional(v.looseObject({})),
  schedule: v.looseObject({ reference: text }),
  status: v.picklist(['busy', 'free', 'busy-unavailable', 'busy-tentative', 'entered-in-error']),
  start: instant,
  end: instant,
  /** Why; only the person and the administrator read it again, on our own pages. */
  comment: v.optional(v.pipe(text, v.maxLength(80))),
})

/** An absence as it is asked for; `id`, `why` null: nothing was said about that. */
type Absence = {
  readonly id: string | null
  readonly staffId: string
  readonly slot: SlotOf
  readonly why: string | null
}

/** The same absence once more is answered and makes no second one, so that a program may send it again. */
export async function createSlot(ask: WriteAsk): Promise<FhirAnswer> {
  const absence = readAbsence(ask)
  if (!isRead(absence)) return absence.answer
  return await keep(ask, absence.value, 201)
}

/** `id`: of the address. It says whose time and when, so an update changes neither. */
export async function updateSlot(ask: WriteAsk, id: string): Promise<FhirAnswer> {
  const there = slotById(ask.plan.book, id)
  if (!there || !ask.asker.mayAsk(there.schedule))
    return problem(405, 'not-supported', 'An update makes nothing new: create it, and the server names it.')
  const absence = readAbsence(ask)
  if (!isRead(absence)) return absence.answer
  if (absence.value.id !== id)
    return problem(400, 'value', 'The id of the resource is not that of its address.', 'Slot.id')
  if (idOf(absence.value.slot) !== id)
    return problem(
      422,
      'business-rule',
      'A slot’s schedule, start and end do not change. Delete it and create another.',
      'Slot.start',
    )
  return await keep(ask, absence.value, 200)
}

/** Only an absence can be taken away; everything else is what the plan holds. */
export async function deleteSlot(ask: WriteAsk, id: string): Promise<FhirAnswer> {
  const { plan, asker } = ask
  const there = slotById(plan.book, id)
  if (!there || !asker.mayAsk(there.schedule)) return problem(404, 'not-found', 'There is no such resource.')
  const staffId = staffOf(there.schedule)
  if (there.status !== 'busy-unavailable' || staffId === null)
    return problem(
      405,
      'not-supported',
      'This slot is computed from the plan. Cancel its Appointment instead.',
    )
  const hours = hoursOf(plan.book, staffId)
  const away = hours.to.away.filter((one) => !isSameTime(one, there))
  const refused = await set(ask, staffId, hours.from, { ...hours.to, away })
  return refused ?? { status: 204, body: null }
}

function readAbsence({ plan: { book }, asker, body }: WriteAsk): Read<Absence> {
  const read = readAs(slot, 'Slot', body)
  if (!isRead(read)) return read
  const { id = null, schedule: whose, status, start: startMs, end: endMs, comment = null } = read.value
  if (status !== 'busy-unavailable')
    return refuse(
      'not-supported',
      'A Slot that is written is an absence: busy-unavailable. To take time, book an Appointment (proposed, while it is tentative); to end an absence, delete its Slot.',
      'Slot.status',
    )
  const schedule = schedulesOf(book).find(({ id }) => whose.reference === `Schedule/${id}`)
  if (!schedule || !asker.mayAsk(schedule))
    return refuse('value', 'There is no such schedule.', 'Slot.schedule')
  const staffId = staffOf(schedule)
  if (staffId === null)
    return refuse('not-supported', 'A bed is never absent: only people have hours.', 'Slot.schedule')
  if (endMs <= startMs) return refuse('value', 'The absence ends before it begins.', 'Slot.end')
  return { type: 'read', value: { id, staffId, slot: { schedule, status, startMs, endMs }, why: comment } }
}

async function keep(
  ask: WriteAsk,
  { staffId, slot: one, why }: Absence,
  made: 200 | 201,
): Promise<FhirAnswer> {
  const hours = hoursOf(ask.plan.book, staffId)
  const known = hours.to.away.find((other) => isSameTime(other, one))
  const { startMs, endMs } = one
  const kept = { startMs, endMs, why: why ?? known?.why ?? '' }
  const others = hours.to.away.filter((other) => !isSameTime(other, one))
  const to = { ...hours.to, away: [...others, kept] }
  if (!v.is(hoursWish, to))
    return problem(
      422,
      'business-rule',
      'A person has no more absences than these. Delete those that are over.',
    )
  const refused = await set(ask, staffId, hours.from, to)
  if (refused) return refused
  const status = known ? 200 : made
  const headers = status === 201 ? { location: `/fhir/Slot/${idOf(one)}` } : {}
  return { status, body: slotResource(one), headers }
}

/** What stands, and the same as a wish; somebody without hours is there always, by the plan's clock. */
function hoursOf(
  plan: PlanReader,
  staffId: string,
): { readonly from: HoursWish | null; readonly to: HoursWish } {
  const row = plan.get('hours', staffId)
  if (!row) return { from: null, to: { zone: plan.get('plan', 'plan')?.zone ?? 'UTC', weekly: [], away: [] } }
  const { type: _type, id: _id, rev: _rev, ...wish } = row
  return { from: wish, to: wish }
}

/** Null: it is done. What was booked in the absence stands, and its people are told (PLAN-6). */
async function set(
  { plan, asker }: WriteAsk,
  id: string,
  from: HoursWish | null,
  to: HoursWish,
): Promise<FhirAnswer | null> {
  const outcome = await perform(plan, asker.author, { type: 'hours.set', id, from, to }, null)
  if (outcome.type !== 'refused' || outcome.why !== 'edited-meanwhile') return refusalOf(plan.book, outcome)
  return problem(409, 'transient', 'The hours of this person were changed at this moment. Send it again.')
}

function staffOf({ resource }: ScheduleOf): string | null {
  return resource.startsWith('staff:') ? resource.slice('staff:'.length) : null
}

function idOf({ schedule, startMs, endMs }: SlotOf): string {
  return slotId(schedule, startMs, endMs)
}
