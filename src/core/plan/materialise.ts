/** A series made real: a row for each of its occasions, since only rows can stand in each other's way. */
import type { Appointment, Pattern, PlanAct, Series } from '../../protocol/plan.ts'
import { placed } from './appointment-acts.ts'
import { draftOver, type PlanReader } from './book.ts'
import { minuteMs } from './booking.ts'
import { type Asking, type Author, type Decided, othersOf, type Trouble } from './decision.ts'
import { alternatives } from './free.ts'
import { type Occasion, occasions } from './recurrence.ts'
import { dayMs, lastMs } from './sense.ts'
import { wholeStops } from './whole-call.ts'

/** Series are real for as long ahead, unless the plan's own row says otherwise. */
export const horizonDays = 60

export function horizonOf(plan: PlanReader, { atMs }: Author): number {
  return plan.get('plan', 'plan')?.horizonMs ?? atMs + horizonDays * dayMs
}

/**
 * From when on a new series' occasions are real: some days back, so that one made, and worked through, without a network
 * is found again as it was; by the horizon and not by a clock, so that both ends agree. Never later than now: the horizon
 * may have been made by a clock that was wrong.
 */
export function realFrom(horizonMs: number, { atMs }: Author): number {
  return Math.max(0, Math.min(atMs, horizonMs - (horizonDays + 3) * dayMs))
}

/** The same at both ends and for ever: the series' id and its own clock's minute. */
export function occasionId(seriesId: string, at: string): string {
  return `${seriesId}_${at.replaceAll(/[-:]/g, '')}`
}

/** Longest id of a series, so that those of its occasions are ids (64 characters). */
export const longestSeriesId = 50

/**
 * [PLAN-10] Rows of the occasions that begin in [fromMs, toMs) and are not there yet in any state; one that finds its
 * time taken becomes a trouble, the others stand. Nothing of the plan changes; twice is as once.
 */
export function materialise(
  plan: PlanReader,
  series: Series,
  fromMs: number,
  toMs: number,
  author: Author,
): { readonly rows: readonly Appointment[]; readonly troubles: readonly Trouble[] } {
  return makeReal(
    { plan, author, offer: (there, wish) => alternatives(there, wish, author.atMs) },
    series,
    fromMs,
    toMs,
  )
}

export function makeReal(asking: Asking, series: Series, fromMs: number, toMs: number) {
  const draft = draftOver(asking.plan)
  const rows: Appointment[] = []
  const troubles: Trouble[] = []
  for (const occasion of occasions(series, Math.max(0, fromMs), Math.min(toMs, lastMs - dayMs))) {
    if (draft.get('appointment', occasionId(series.id, occasion.at))) continue
    const row = occasionRow(series, occasion, asking.author)
    const against = placed({ ...asking, plan: draft }, row, null)
    if (against) troubles.push(told(against, series, asking.author, bookingOf(row)))
    else {
      draft.put(row)
      rows.push(row)
    }
  }
  return { rows, troubles }
}

/** Whoever made the series hears of an occasion that could not be, though the server tried it. */
export function told(against: Trouble, series: Series, author: Author, asked: PlanAct | null): Trouble {
  return { ...against, asked, also: othersOf([...against.also, series.by], author) }
}

/** An occasion as a booking of its own: at another time it is no occasion of its series any more. */
export function bookingOf(row: Appointment): Extract<PlanAct, { type: 'appointment.book' }> {
  const { id, kind, when, status, cancelReason } = row
  const { title, note, place, staff, roles, stops, outpatient } = row
  const { before, after, language, interpreter, outsideHours } = row
  const who = { title, note, place, staff, roles, stops, outpatient }
  const how = { before, after, language, interpreter, outsideHours }
  return {
    type: 'appointment.book',
    id,
    kind,
    fields: { ...who, ...how, when, status, cancelReason },
  }
}

export function occasionRow(series: Series, { at, startMs, shifted }: Occasion, author: Author): Appointment {
  return {
    type: 'appointment',
    id: occasionId(series.id, at),
    rev: 1,
    ...fieldsOf(series.pattern),
    when: { type: 'at', startMs, endMs: startMs + series.pattern.minutes * minuteMs },
    status: 'booked',
    cancelReason: null,
    occasion: { seriesId: series.id, at, detached: false, shifted },
    by: series.by,
    changedBy: author.staffId,
    changedMs: author.atMs,
  }
}

export function fieldsOf({ minutes, ...fields }: Pattern): Omit<Pattern, 'minutes'> {
  return { ...fields, stops: wholeStops(fields.kind, fields.stops, minutes * minuteMs) }
}

/**
 * [PLAN-10] All series made real up to `horizonMs`, and the plan's row that says so. What lies before the horizon that
 * was is left alone: what was refused there was told then.
 */
export function extendHorizon(plan: PlanReader, horizonMs: number, author: Author): Decided {
  const before = plan.get('plan', 'plan')
  if (!before || before.horizonMs >= horizonMs) return { type: 'done', rows: [], removed: [], troubles: [] }
  const draft = draftOver(plan)
  const rows: Appointment[] = []
  const troubles: Trouble[] = []
  for (const series of plan.all('series')) {
    const made = materialise(draft, series, before.horizonMs, horizonMs, author)
    for (const row of made.rows) draft.put(row)
    rows.push(...made.rows)
    troubles.push(...made.troubles)
  }
  return {
    type: 'done',
    rows: [...rows, { ...before, rev: before.rev + 1, horizonMs }],
    removed: [],
    troubles,
  }
}
