/** What is asked once more in place of what was refused; what others wrote since is never written over unseen (PLAN-2). */
import { againId } from '../core/plan/again.ts'
import { mergeStops } from '../core/plan/merge-stops.ts'
import type { Appointment, AppointmentFields, Changes, Clash, PlanAct } from '../protocol/plan.ts'
import { lengthOf, readAct } from './plan-acts.ts'
import type { Concern } from './plan-entries.ts'
import type { Sync } from './sync.ts'

export type Refused = Pick<Concern, 'id' | 'asked' | 'why' | 'clashes' | 'where'>
type Book = Extract<PlanAct, { type: 'appointment.book' }>
type Edit = Extract<PlanAct, { type: 'appointment.edit' }>

/** [PLAN-2] The same at another time: nothing but the time differs from what was asked. */
export function atStart(sync: Sync, concern: Refused, startMs: number): PlanAct | null {
  const { asked, clashes } = concern
  const at = (lengthMs: number) => ({ type: 'at', startMs, endMs: startMs + lengthMs }) as const
  if (asked?.type === 'appointment.book') return booked(concern, asked, { when: at(lengthOf(asked.fields)) })
  if (asked?.type !== 'appointment.edit') return null
  const row = sync.view.value.get('appointment', asked.id)
  if (!row) return null
  const { when } = asked.changes
  const clash = clashes.find(({ field }) => field === 'when')
  const from = clash ? clash.stands : (when?.from ?? row.when)
  return edited(asked, { when: { from, to: at(lengthOf({ when: when?.to ?? row.when })) } })
}

/** [PLAN-2] The same outside the hours of somebody. */
export function outside(sync: Sync, concern: Refused): PlanAct | null {
  const { asked } = concern
  if (asked?.type === 'appointment.book') return booked(concern, asked, { outsideHours: true })
  if (asked?.type !== 'appointment.edit') return null
  const from = asked.changes.outsideHours?.from ?? sync.view.value.get('appointment', asked.id)?.outsideHours
  return from === undefined ? null : edited(asked, { outsideHours: { from, to: true } })
}

/**
 * [PLAN-2] Writes what was asked over what the person was shown as standing, and over nothing else: a field that
 * did not clash keeps what it was when it was asked. What the server took of it already is not asked again, for whoever
 * wrote over that had read it.
 */
export function insisted({ asked, clashes, why, where }: Refused): PlanAct | null {
  if (asked?.type !== 'appointment.edit') return null
  const isRestTaken = where === 'ward' && why === 'edited-meanwhile'
  const shown = clashes.map((clash) => [clash.field, { from: clash.stands, to: mineOf(clash) }] as const)
  const changes = { ...(isRestTaken ? {} : asked.changes), ...Object.fromEntries(shown) }
  return readAct({ ...asked, changes })
}

/** Of a round each bed by itself, so that what was done at a bed meanwhile stays done. */
function mineOf({ field, from, asked, stands }: Clash): unknown {
  const merged = field === 'stops' ? mergeStops(from, stands, asked) : null
  if (!merged) return asked
  // Beds that agree clash with something else, the length say: then mine alone are meant.
  return merged.clashed ? merged.stops : merged.stops.filter(({ bedId }) => isIn(asked, bedId))
}

function isIn(stops: unknown, bedId: string): boolean {
  return Array.isArray(stops) && stops.some((one: { bedId?: unknown }) => one.bedId === bedId)
}

function edited(asked: Edit, more: Readonly<Record<string, unknown>>): PlanAct | null {
  return readAct({ ...asked, changes: { ...asked.changes, ...more } })
}

function booked({ id }: Refused, asked: Book, fields: Partial<AppointmentFields>): PlanAct {
  return { ...asked, id: againId(id), fields: { ...asked.fields, ...fields } }
}

/** The appointment as it was asked for, as far as a form can ask for it; null: it was no appointment. */
export function wishOf({ asked, by }: Pick<Concern, 'asked' | 'by'>, row: Appointment | null) {
  if (asked?.type === 'appointment.book') {
    const { id, kind, fields } = asked
    const made = { rev: 0, occasion: null, by, changedBy: by, changedMs: 0 }
    return { type: 'appointment', id, kind, ...fields, ...made } satisfies Appointment
  }
  return asked?.type === 'appointment.edit' && row ? { ...row, ...wanted(asked) } : null
}

/** What its writer saw: a form over it asks for what was asked, from what it was then (PLAN-2). */
export function groundOf({ asked }: Pick<Concern, 'asked'>, row: Appointment): Appointment {
  return asked?.type === 'appointment.edit' ? { ...row, ...sideOf(asked.changes, 'from') } : row
}

/** Whether a form can ask for any of it: none ends an appointment. */
export function isFormed({ asked }: Pick<Concern, 'asked'>): boolean {
  if (asked?.type === 'appointment.edit') return Object.keys(wanted(asked)).length > 0
  return asked?.type === 'appointment.book' || asked?.type === 'series.make'
}

/** All that an edit wanted, but the end of the appointment. */
export function wanted({ changes }: Edit): Partial<AppointmentFields> {
  return sideOf(changes, 'to')
}

function sideOf(changes: Changes, side: 'from' | 'to'): Partial<AppointmentFields> {
  const { status: _status, cancelReason: _reason, ...rest } = changes
  return Object.fromEntries(Object.entries(rest).map(([field, change]) => [field, change?.[side]]))
}
