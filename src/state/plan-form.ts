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
import { clockAt, dateAt, dayOfDate, isClock, isDate, isRealDate, msAt, stepDate } from './plan-days.ts'
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
  /** `YYYY-MM-DD`; empty: not known. */
  readonly born: string
  readonly email: string
  readonly phone: string
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
  | 'born'
  | 'email'
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
    ...nobody,
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
    ...whoOf(row.outpatient),
    place: row.place ?? '',
    language: row.language ?? '',
    waitUntil: row.when.type === 'waiting' ? dateAt(row.when.notAfterMs - 1, zone) : null,
    repeat: series ? repeatOf(series.rule, series.zone) : { type: 'none' },
  }
}

type Who = Pick<Form, 'patient' | 'born' | 'email' | 'phone'>
const nobody: Who = { patient: '', born: '', email: '', phone: '' }

/** Whoever comes from outside, as it is typed. */
export function whoOf(outpatient: AppointmentFields['outpatient']): Who {
  if (!outpatient) return nobody
  const { name, born, email, phone } = outpatient
  return { patient: name, born: born ?? '', email: email ?? '', phone: phone ?? '' }
}

function outpatientOf({ kind, patient, born, email, phone }: Form): AppointmentFields['outpatient'] {
  const name = patient.trim()
  if (kind !== 'visit' || name === '') return null
  return { name, born: born || null, email: email.trim() || null, phone: phone.trim() || null }
}

const weeksToNext = 4

/** The next appointment of the same patient with the same people, by the same clock some weeks later: nothing of this one's course. */
export function nextOf(row: Appointment, zone: string): Form {
  const form = formOf(row, undefined, zone)
  const date = stepDate(form.date, 7 * weeksToNext)
  return { ...form, date, note: '', waitUntil: null, outsideHours: false }
}

/** What one form asks; `was`: the row it came from, whose own moment stands when its clock was not touched. */
export function fieldsOf(
  form: Form,
  zone: string,
  was: Appointment | null,
  nowMs: number,
): { readonly problem: FormProblem } | { readonly fields: AppointmentFields } {
  const problem = problemOf(form, was, dateAt(nowMs, zone))
  if (problem) return { problem }
  const when = whenOf(form, zone, was)
  if (!when) return { problem: 'no-time' }
  if (when.type === 'waiting' && when.notAfterMs <= when.notBeforeMs) return { problem: 'wait-over' }
  return {
    fields: {
      ...shared(form),
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
  return { kind: form.kind, ...shared(form), minutes: form.minutes }
}

function shared(form: Form): Omit<AppointmentFields, 'when' | 'status' | 'cancelReason'> {
  return {
    title: form.title.trim(),
    note: form.note,
    place: form.place.trim() || null,
    staff: [...form.staff],
    roles: form.roles.map((role) => role.trim()).filter((role) => role !== ''),
    stops: stopsOf(form),
    outpatient: outpatientOf(form),
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
function problemOf(form: Form, was: Appointment | null, today: string): FormProblem | null {
  if (form.title.trim() === '') return 'no-title'
  if (!isDate(form.date) || (form.waitUntil === null && !isClock(form.clock))) return 'no-time'
  if (!Number.isInteger(form.minutes) || form.minutes < 1) return 'no-length'
  if (form.minutes > 24 * 60) return 'too-long'
  if (form.kind === 'bed-call' && form.stops.length !== 1) return 'one-bed'
  if (form.kind === 'round' && form.stops.length === 0) return 'no-bed'
  if (form.kind === 'visit' && form.patient.trim() === '' && !isNameless(was)) return 'no-patient'
  const strange = form.kind === 'visit' ? whoProblem(form, today) : null
  if (strange) return strange
  if (form.language.trim() !== '' && !/^[A-Za-z0-9-]{2,35}$/.test(form.language.trim())) return 'language'
  return repeatProblem(form)
}

/** Both let the patient in by a link of their own: a slip of the hand would keep them out, or invite another one (HZ-1). */
function whoProblem({ born, email }: Form, today: string): FormProblem | null {
  if (born !== '' && (!isRealDate(born) || born < eldest || born > today)) return 'born'
  return email.trim() === '' || plausible.test(email.trim()) ? null : 'email'
}

/** Before this nobody was born who is alive. */
const eldest = '1900-01-01'
/** One `@`, and behind it a name with a dot: whether there is such a mailbox only the mail says. */
const plausible = /^[^\s@,;:<>"()]+@[^\s@.,;:<>"()]+(\.[^\s@.,;:<>"()]+)+$/

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
