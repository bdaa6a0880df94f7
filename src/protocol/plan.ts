/** What the ward's plan is made of: rows that are kept, and acts that change them. Both ends read the same words. */
import * as v from 'valibot'
import { admissionAct } from './admission.ts'
import {
  type AppointmentKind,
  type AppointmentStatus,
  appointmentKind,
  appointmentKinds,
  appointmentStatus,
  appointmentStatuses,
  zone,
} from './appointment.ts'
import { patient, staffRole } from './people.ts'
import { bedLabel, counter, id, milliseconds, name } from './primitives.ts'

/** Grows with the shape of acts and rows; the server reads every version that a device may still hold (120 days). */
export const planVersion = 1

const line = (length: number) => v.pipe(v.string(), v.maxLength(length))
const words = (length: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(length))
const minutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(24 * 60))
const buffer = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(120))
/** RFC 5545 §3.3.5, form 1 in ISO 8601's extended writing: a wall clock's minute, of no zone by itself. */
export const localMinute = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/))
/** BCP 47. */
const language = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{2,35}$/))

export {
  type AppointmentKind,
  type AppointmentStatus,
  appointmentKind,
  appointmentKinds,
  appointmentStatus,
  appointmentStatuses,
  zone,
}

/** `at`: from `startMs` up to, not including, `endMs`. `waiting`: some `minutes` within that window, once there are. */
export const when = v.variant('type', [
  v.strictObject({ type: v.literal('at'), startMs: milliseconds, endMs: milliseconds }),
  v.strictObject({
    type: v.literal('waiting'),
    minutes,
    notBeforeMs: milliseconds,
    notAfterMs: milliseconds,
  }),
])
export type When = v.InferOutput<typeof when>

/** One bed of a round, in its order; a bedside call has exactly one. Nobody is visited who no longer lies there (HZ-1). */
export const stop = v.strictObject({
  bedId: id,
  admissionId: v.nullable(id),
  minutes,
  state: v.picklist(['open', 'done', 'skipped']),
})
export type Stop = v.InferOutput<typeof stop>

export const outpatient = v.strictObject({
  name,
  born: v.nullable(patient.entries.born),
  email: v.nullable(line(254)),
  phone: v.nullable(line(32)),
})

/** What people decide about an appointment; each field is edited, and merged, by itself. */
const fields = {
  title: words(120),
  note: line(2_000),
  /** A room, told apart without regard to blanks and capitals; null: at the bed, or by video. */
  place: v.nullable(words(80)),
  /** Who must be there; a person is never in two places at once. */
  staff: v.pipe(v.array(id), v.maxLength(16)),
  /** Whoever fills it that day, such as "neurosurgeon on call". */
  roles: v.pipe(v.array(words(60)), v.maxLength(8)),
  stops: v.pipe(v.array(stop), v.maxLength(96)),
  outpatient: v.nullable(outpatient),
  /** Minutes that people and room are taken before and after. */
  before: buffer,
  after: buffer,
  language: v.nullable(language),
  interpreter: v.boolean(),
  /** True: outside the hours or into the buffers of somebody, on purpose. Nobody is ever in two places by it. */
  outsideHours: v.boolean(),
}

export const appointmentFields = v.strictObject({
  ...fields,
  when,
  status: appointmentStatus,
  cancelReason: v.nullable(words(200)),
})
export type AppointmentFields = v.InferOutput<typeof appointmentFields>
export type AppointmentField = keyof AppointmentFields

/** Which of a series' occasions this is: its RECURRENCE-ID (RFC 5545 §3.8.4.4) by the series' own clock. */
const occasion = v.strictObject({
  seriesId: id,
  at: localMinute,
  /** Changed by itself: the series no longer does. */
  detached: v.boolean(),
  /** The clocks skipped its time that day, so it stands an hour later. */
  shifted: v.boolean(),
})

const kept = { id, rev: counter }

/** `rev` grows with every change. `by`, `changedBy`: members of staff, or `server`. `changedMs`: the server's clock. */
export const appointment = v.strictObject({
  type: v.literal('appointment'),
  ...kept,
  kind: appointmentKind,
  ...appointmentFields.entries,
  occasion: v.nullable(occasion),
  by: id,
  changedBy: id,
  changedMs: milliseconds,
})
export type Appointment = v.InferOutput<typeof appointment>

/** What every occasion of a series is made from. */
export const pattern = v.strictObject({ kind: appointmentKind, ...fields, minutes })
export type Pattern = v.InferOutput<typeof pattern>

/** RFC 5545 §3.8.5.3; without an end it goes on, and is made real up to the plan's horizon. */
export const series = v.strictObject({
  type: v.literal('series'),
  ...kept,
  rule: words(300),
  start: localMinute,
  zone,
  /** Occasions that are left out (EXDATE). */
  except: v.pipe(v.array(localMinute), v.maxLength(500)),
  /** The first occasion that no longer belongs to it; null while it goes on. */
  until: v.nullable(localMinute),
  pattern,
  by: id,
  changedBy: id,
  changedMs: milliseconds,
})
export type Series = v.InferOutput<typeof series>

/** Minutes since midnight; beyond 24 hours it is the next day's, so that a night is one span. */
const dayMinute = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(48 * 60))
const openSpan = { from: dayMinute, to: dayMinute }
const hoursFields = {
  zone,
  /** `day`: ISO 8601, 1 is Monday. Empty: always. */
  weekly: v.pipe(
    v.array(
      v.strictObject({
        day: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(7)),
        ...openSpan,
      }),
    ),
    v.maxLength(42),
  ),
  /** Dates (ISO 8601) with other hours than their day of the week has; no span: none at all. */
  days: v.optional(
    v.pipe(
      v.array(
        v.strictObject({
          date: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/)),
          spans: v.pipe(v.array(v.strictObject(openSpan)), v.maxLength(6)),
        }),
      ),
      v.maxLength(100),
    ),
  ),
  away: v.pipe(
    v.array(v.strictObject({ startMs: milliseconds, endMs: milliseconds, why: line(80) })),
    v.maxLength(100),
  ),
}
export const hoursWish = v.strictObject(hoursFields)
export type HoursWish = v.InferOutput<typeof hoursWish>

/** When a person may be booked; `id` is theirs. */
export const hours = v.strictObject({ type: v.literal('hours'), ...kept, ...hoursFields })
export type Hours = v.InferOutput<typeof hours>

/** A bed, and who lies there. */
export const bedRow = v.strictObject({
  type: v.literal('bed'),
  ...kept,
  label: bedLabel,
  position: counter,
  epoch: counter,
  stay: v.nullable(v.strictObject({ admissionId: id, patient })),
})
export type BedRow = v.InferOutput<typeof bedRow>

export const personRow = v.strictObject({
  type: v.literal('person'),
  ...kept,
  name,
  role: staffRole,
  active: v.boolean(),
})
export type PersonRow = v.InferOutput<typeof personRow>

/** The plan's own row; `id` is `plan`. Series are real up to `horizonMs`; days and walls' clocks are those of `zone`. */
export const planRow = v.strictObject({ type: v.literal('plan'), ...kept, horizonMs: milliseconds, zone })
export type PlanRow = v.InferOutput<typeof planRow>

/** Why the plan did not take what was asked; the words are `ui/words-plan`'s. */
export const planRefusals = [
  /** Somebody or something is somewhere else at that time. */
  'taken',
  /** Outside the hours of somebody who must be there. */
  'outside-hours',
  'away',
  /** Another bed, person or appointment than there is. */
  'unknown',
  /** The patient it was for has left the bed. */
  'discharged',
  /** It was over or cancelled before. */
  'closed',
  /** Another one wrote the same field meanwhile. */
  'edited-meanwhile',
  /** A time that ends before it begins, a rule that says nothing, a stop twice. */
  'senseless',
  'forbidden',
  /** A repeat that came with another content, or after what was made later. */
  'out-of-order',
  /** This version of the program does not understand it. */
  'unreadable',
  /** Who lies where has its own refusals. */
  'admission',
  /** Nothing was refused: a time has become free for what waits for one. `asked` takes it. */
  'freed',
  /** Nothing was refused by itself: more of this person's is undecided than the ward is shown at once. */
  'more',
] as const
export const planRefusal = v.picklist(planRefusals)
export type PlanRefusal = v.InferOutput<typeof planRefusal>

/** What stands in the way; `title` and `by` only for those who may see it. `resource`: see `core/plan/booking.ts`. */
export const blocking = v.strictObject({
  resource: line(120),
  startMs: milliseconds,
  endMs: milliseconds,
  appointmentId: v.nullable(id),
  title: v.nullable(line(120)),
  by: v.nullable(id),
})
export type Blocking = v.InferOutput<typeof blocking>

/** A field that two people wrote: what was there when this one wrote, what this one wrote, what stands now. */
export const clash = v.strictObject({
  field: line(40),
  from: v.unknown(),
  asked: v.unknown(),
  stands: v.unknown(),
})
export type Clash = v.InferOutput<typeof clash>

const change = <S extends v.GenericSchema>(of: S) => v.strictObject({ from: of, to: of })
/** Each field with what it was (`from`) when this was decided, so that two people's edits merge field by field. */
const changes = v.partial(
  v.strictObject({
    title: change(fields.title),
    note: change(fields.note),
    place: change(fields.place),
    staff: change(fields.staff),
    roles: change(fields.roles),
    stops: change(fields.stops),
    outpatient: change(fields.outpatient),
    before: change(fields.before),
    after: change(fields.after),
    language: change(fields.language),
    interpreter: change(fields.interpreter),
    outsideHours: change(fields.outsideHours),
    when: change(when),
    status: change(appointmentStatus),
    cancelReason: change(v.nullable(words(200))),
  }),
)
export type Changes = v.InferOutput<typeof changes>

export const planAct = v.variant('type', [
  v.strictObject({
    type: v.literal('appointment.book'),
    id,
    kind: appointmentKind,
    fields: appointmentFields,
  }),
  /** Moves, cancels, reorders, marks as done: all of it is an edit. */
  v.strictObject({ type: v.literal('appointment.edit'), id, changes }),
  v.strictObject({
    type: v.literal('series.make'),
    id,
    rule: series.entries.rule,
    start: localMinute,
    zone,
    pattern,
  }),
  /**
   * This occasion and all that follow, or with `from` null all. Occasions that were changed by themselves stay as they
   * are. `nextId`: the id of the series that follows when `from` divides one in two.
   */
  v.strictObject({
    type: v.literal('series.edit'),
    id,
    from: v.nullable(localMinute),
    nextId: id,
    rule: v.nullable(series.entries.rule),
    /** The wall clock's time of day from now on, `HH:MM`; null: as it was. */
    time: v.nullable(v.pipe(v.string(), v.regex(/^\d{2}:\d{2}$/))),
    pattern: v.nullable(pattern),
    /** As the series was when this was decided, so that two people's edits merge; without it the last one has its way. */
    was: v.optional(v.strictObject({ rule: series.entries.rule, start: localMinute, pattern })),
  }),
  v.strictObject({ type: v.literal('series.end'), id, from: v.nullable(localMinute), reason: words(200) }),
  v.strictObject({ type: v.literal('hours.set'), id, from: v.nullable(hoursWish), to: hoursWish }),
  /** A person has decided about what was refused. */
  v.strictObject({
    type: v.literal('attention.resolve'),
    id,
    how: v.picklist(['dropped', 'taken', 'overridden', 'seen']),
  }),
])
export type PlanAct = v.InferOutput<typeof planAct>

/** Everything that may be done without a network. */
export const keptAct = v.variant('type', [...planAct.options, ...admissionAct.options])
export type KeptAct = v.InferOutput<typeof keptAct>

/**
 * What was refused, or taken only in part, until a person decides: a row like all others, so that a lost device hides
 * nothing (HZ-8). `id` is the act's own. `startMs`: when it would have begun; null when it has no time.
 */
export const attention = v.strictObject({
  type: v.literal('attention'),
  ...kept,
  /** Who asked, and who else should know: those whose entry stood in the way. */
  by: id,
  also: v.array(id),
  /** What was asked, as it came, or of many things at once the one that this is about; null when it could not be read. */
  asked: v.nullable(keptAct),
  why: planRefusal,
  /** What stands in the way; where time is offered that became free (`freed`), what it was and who had it. */
  blocking: v.array(blocking),
  /** Up to three starts that are free, milliseconds since 1970. */
  free: v.array(milliseconds),
  clashes: v.array(clash),
  startMs: v.nullable(milliseconds),
  atMs: milliseconds,
  /** Its start is near, or it has none and came long ago, and nobody has decided. */
  escalated: v.boolean(),
  /** It waits on the server for its turn to be shown; no device is told of it. */
  hidden: v.optional(v.literal(true)),
  resolved: v.nullable(v.strictObject({ by: id, how: line(40), atMs: milliseconds })),
})
export type Attention = v.InferOutput<typeof attention>

export const row = v.variant('type', [appointment, series, hours, bedRow, personRow, planRow, attention])
export type Row = v.InferOutput<typeof row>
export type RowType = Row['type']
export type RowOf<T extends RowType> = Extract<Row, { type: T }>

export const rowTypes = ['appointment', 'series', 'hours', 'bed', 'person', 'plan', 'attention'] as const
export const rowName = v.strictObject({ type: v.picklist(rowTypes), id })
export type RowName = v.InferOutput<typeof rowName>
