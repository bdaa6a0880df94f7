/** The appointment dialog's answers, read from rows and read into acts; what is wrong is said by field. */

import type {
  Appointment,
  AppointmentFields,
  AppointmentKind,
  Pattern,
  Series,
  Stop,
} from '../protocol/plan.ts'
import { lengthOf } from './plan-acts.ts'
import { clockAt, dateAt, dayOfDate, isClock, isDate, msAt } from './plan-days.ts'
import { type Repeat, repeatOf } from './plan-repeat.ts'

export type Form = {
  readonly kind: AppointmentKind
  readonly title: string
  /** `YYYY-MM-DD` and `HH:MM` by the plan's clock. */
  readonly date: string
  readonly clock: string
  readonly minutes: number
  readonly staff: readonly string[]
  readonly roles: readonly string[]
  readonly stops: readonly Stop[]
  readonly patient: string
  readonly place: string
  readonly language: string
  readonly interpreter: boolean
  readonly note: string
  readonly before: number
  readonly after: number
  readonly outsideHours: boolean
  /** On the waiting list from `date` until the end of this day; null: at its time. */
  readonly waitUntil: string | null
  readonly repeat: Repeat
}

export type FormProblem =
  | 'no-title'
  | 'no-time'
  | 'no-length'
  | 'too-long'
  | 'no-bed'
  | 'one-bed'
  | 'no-patient'
  | 'no-days'
  | 'no-end'
  | 'wait-over'
  | 'language'
  | 'waiting-repeats'

/** Which occasions of a series an edit is for. */
export type Scope = 'this' | 'following' | 'all'

const minuteMs = 60_000

export function emptyForm(startMs: number, zone: string, me: string): Form {
  return {
    kind: 'bed-call',
    title: '',
    date: dateAt(startMs, zone),
    clock: clockAt(startMs, zone),
    minutes: 15,
    staff: [me],
    roles: [],
    stops: [],
    patient: '',
    place: '',
    language: '',
    interpreter: false,
    note: '',
    before: 0,
    after: 0,
    outsideHours: false,
    waitUntil: null,
    repeat: { type: 'none' },
  }
}

/** `series`: what the row is an occasion of. */
export function formOf(row: Appointment, series: Series | undefined, zone: string): Form {
  const startMs = row.when.type === 'at' ? row.when.startMs : row.when.notBeforeMs
  return {
    ...row,
    date: dateAt(startMs, zone),
    clock: clockAt(startMs, zone),
    minutes: Math.round(lengthOf(row) / minuteMs),
    patient: row.outpatient?.name ?? '',
    place: row.place ?? '',
    language: row.language ?? '',
    waitUntil: row.when.type === 'waiting' ? dateAt(row.when.notAfterMs - 1, zone) : null,
    repeat: series ? repeatOf(series.rule, series.zone) : { type: 'none' },
  }
}

/** What one form asks; `was`: the row it came from, whose own moment stands when its clock was not touched. */
export function fieldsOf(
  form: Form,
  zone: string,
  was: Appointment | null,
): { readonly problem: FormProblem } | { readonly fields: AppointmentFields } {
  const problem = problemOf(form, was)
  if (problem) return { problem }
  const when = whenOf(form, zone, was)
  if (!when) return { problem: 'no-time' }
  if (when.type === 'waiting' && when.notAfterMs <= when.notBeforeMs) return { problem: 'wait-over' }
  return {
    fields: {
      ...shared(form, was),
      when,
      status: statusOf(when.type, was),
      cancelReason: was?.cancelReason ?? null,
    },
  }
}

function statusOf(type: 'at' | 'waiting', was: Appointment | null): AppointmentFields['status'] {
  if (type === 'waiting') return 'waitlist'
  return was && was.status !== 'waitlist' ? was.status : 'booked'
}

export function patternOf(form: Form): Pattern {
  return { kind: form.kind, ...shared(form, null), minutes: form.minutes }
}

function shared(
  form: Form,
  was: Appointment | null,
): Omit<AppointmentFields, 'when' | 'status' | 'cancelReason'> {
  const known = was?.outpatient ?? { born: null, email: null, phone: null }
  const name = form.patient.trim()
  return {
    title: form.title.trim(),
    note: form.note,
    place: form.place.trim() || null,
    staff: [...form.staff],
    roles: form.roles.map((role) => role.trim()).filter((role) => role !== ''),
    stops: stopsOf(form),
    outpatient: form.kind === 'visit' && name !== '' ? { ...known, name } : null,
    before: form.before,
    after: form.after,
    language: form.language.trim() || null,
    interpreter: form.interpreter,
    outsideHours: form.outsideHours,
  }
}

/** A bedside call lasts as long as its one stop; a visit and a note have none. */
function stopsOf({ kind, stops, minutes }: Form): Stop[] {
  if (kind === 'round') return [...stops]
  return kind === 'bed-call' ? stops.map((stop) => ({ ...stop, minutes })) : []
}

function whenOf(form: Form, zone: string, was: Appointment | null): AppointmentFields['when'] | null {
  if (form.waitUntil !== null) {
    const notBeforeMs = dayOfDate(form.date, zone).startMs
    const notAfterMs = dayOfDate(form.waitUntil, zone).endMs
    return { type: 'waiting', minutes: form.minutes, notBeforeMs, notAfterMs }
  }
  const startMs = keptStart(form, zone, was) ?? msAt(form.date, form.clock, zone)
  return startMs === null ? null : { type: 'at', startMs, endMs: startMs + form.minutes * minuteMs }
}

/** The second 03:30 of a day of 25 hours stays the second when nobody touched it. */
function keptStart(form: Form, zone: string, was: Appointment | null): number | null {
  if (was?.when.type !== 'at') return null
  const { startMs } = was.when
  return dateAt(startMs, zone) === form.date && clockAt(startMs, zone) === form.clock ? startMs : null
}

/** The first thing that is missing or senseless, in the order of the dialog. */
function problemOf(form: Form, was: Appointment | null): FormProblem | null {
  if (form.title.trim() === '') return 'no-title'
  if (!isDate(form.date) || (form.waitUntil === null && !isClock(form.clock))) return 'no-time'
  if (!Number.isInteger(form.minutes) || form.minutes < 1) return 'no-length'
  if (form.minutes > 24 * 60) return 'too-long'
  if (form.kind === 'bed-call' && form.stops.length !== 1) return 'one-bed'
  if (form.kind === 'round' && form.stops.length === 0) return 'no-bed'
  if (form.kind === 'visit' && form.patient.trim() === '' && !isNameless(was)) return 'no-patient'
  if (form.language.trim() !== '' && !/^[A-Za-z0-9-]{2,35}$/.test(form.language.trim())) return 'language'
  return repeatProblem(form)
}

/** A visit that came from another program may name nobody; it is changed like all others. */
function isNameless(was: Appointment | null): boolean {
  return was?.kind === 'visit' && was.outpatient === null
}

function repeatProblem({ repeat, waitUntil }: Form): FormProblem | null {
  if (waitUntil !== null && !isDate(waitUntil)) return 'wait-over'
  if (repeat.type === 'none') return null
  if (waitUntil !== null) return 'waiting-repeats'
  if (repeat.type === 'other') return null
  if (repeat.type === 'weekly' && repeat.days.length === 0) return 'no-days'
  if (repeat.end.type === 'until' && !isDate(repeat.end.date)) return 'no-end'
  return repeat.end.type === 'count' && !(repeat.end.count >= 1) ? 'no-end' : null
}
