/** A series' occasions taken from one shape into another, such that none of them vanishes on the way (PLAN-11). */
import * as v from 'valibot'
import {
  type Appointment,
  type PlanAct,
  planAct,
  type Row,
  type RowName,
  type Series,
} from '../../protocol/plan.ts'
import { placed } from './appointment-acts.ts'
import { type Draft, draftOver, type PlanReader } from './book.ts'
import type { Asking, Author, Decision, Trouble } from './decision.ts'
import { bookingOf, fieldsOf, horizonOf, occasionId, occasionRow, realFrom, told } from './materialise.ts'
import { same } from './merge.ts'
import { type Occasion, occasions } from './recurrence.ts'
import { dayWithTime, type Future } from './series-future.ts'
import { minuteToMs } from './series-sense.ts'

const mostExcept = 500

/** `next` in place of what `former` still had to come; `ended` is what remains of `former` under its own id, if other. */
export type Reshaping = {
  readonly former: Series
  readonly future: Future
  readonly next: Series
  readonly ended: Series | null
  readonly meanwhile: Trouble | null
}

/**
 * [PLAN-11] Where the new shape of an occasion finds its time taken, the old one stays, as one that was changed by
 * itself: a round never vanishes by an edit.
 */
export function reshape(asking: Asking, { former, future, next, ended, meanwhile }: Reshaping): Decision {
  const { plan, author } = asking
  const draft = draftOver(plan)
  for (const { id } of future.following) draft.remove('appointment', id)
  const series = withExceptions(former, future, next)
  const oldByDay = new Map(future.following.map((row) => [dayOf(row), row]))
  const troubles: Trouble[] = meanwhile ? [meanwhile] : []
  const stood: string[] = []
  for (const occasion of toCome(plan, author, future, series)) {
    if (draft.get('appointment', occasionId(series.id, occasion.at))) continue
    const old = oldByDay.get(occasion.at.slice(0, 10))
    const row = reshaped(series, occasion, author, old)
    const against = placed({ ...asking, plan: draft }, row, row === old ? row : null)
    if (!against) draft.put(row)
    else {
      const kept = old ? keep(asking, draft, old) : null
      troubles.push(told(against, series, author, kept ? reshapeOf(kept, row) : bookingOf(row)))
      if (kept) stood.push(occasion.at)
    }
  }
  const except = [...series.except, ...stood].slice(-mostExcept)
  return { type: 'done', ...changesOf(plan, draft, [{ ...series, except }, ended]), troubles }
}

function toCome(plan: PlanReader, author: Author, { from }: Future, series: Series): Occasion[] {
  const horizonMs = horizonOf(plan, author)
  const fromMs = Math.max(
    realFrom(horizonMs, author),
    author.atMs,
    minuteToMs(dayWithTime(from, 'T00:00'), series.zone) ?? 0,
  )
  return occasions(series, fromMs, horizonMs)
}

/** A day that was left out, or whose occasion stands for itself, does not get a second one under another time. */
function withExceptions(former: Series, { detached, history, from }: Future, next: Series): Series {
  const alone = [...detached, ...history].flatMap(({ id, occasion }) => {
    const at = dayWithTime(occasion?.at ?? from, next.start)
    return occasionId(next.id, at) === id ? [] : [at]
  })
  const leftOut = former.except.map((at) => (at < from ? at : dayWithTime(at, next.start)))
  const isSameTime = dayWithTime(former.start, next.start) === former.start
  const until = former.until === null || isSameTime ? former.until : dayWithTime(former.until, 'T00:00')
  return { ...next, except: [...new Set([...leftOut, ...alone])].slice(-mostExcept), until }
}

/** Under the same id it is the same appointment, with the state it has. */
function reshaped(
  series: Series,
  occasion: Occasion,
  author: Author,
  old: Appointment | undefined,
): Appointment {
  const made = occasionRow(series, occasion, author)
  if (!old || old.id !== made.id) return made
  const shaped: Appointment = {
    ...old,
    ...fieldsOf(series.pattern),
    when: made.when,
    occasion: made.occasion,
  }
  if (same(shaped, old)) return old
  return { ...shaped, rev: old.rev + 1, changedBy: author.staffId, changedMs: author.atMs }
}

/** Null: not even the old one fits any more. */
function keep(asking: Asking, draft: Draft, old: Appointment): Appointment | null {
  const { author } = asking
  const alone: Appointment = {
    ...old,
    rev: old.rev + 1,
    occasion: old.occasion && { ...old.occasion, detached: true },
    changedBy: author.staffId,
    changedMs: author.atMs,
  }
  if (placed({ ...asking, plan: draft }, alone, old)) return null
  draft.put(alone)
  return alone
}

/** What was wanted of the old one that stays: at another time it takes the new shape, and its day has no second one. */
function reshapeOf(kept: Appointment, row: Appointment): PlanAct | null {
  const { status: _status, cancelReason: _reason, ...wanted } = bookingOf(row).fields
  const stands = new Map<string, unknown>(Object.entries(kept))
  const changes = Object.entries(wanted).flatMap(([field, to]) =>
    same(stands.get(field), to) ? [] : [[field, { from: stands.get(field), to }] as const],
  )
  const act = { type: 'appointment.edit', id: kept.id, changes: Object.fromEntries(changes) }
  const read = v.safeParse(planAct, act)
  return read.success ? read.output : null
}

function changesOf(plan: PlanReader, draft: Draft, series: readonly (Series | null)[]) {
  const rows: Row[] = series.filter((one) => one !== null)
  const removed: RowName[] = []
  for (const [key, row] of draft.changed()) {
    const id = key.slice('appointment/'.length)
    if (row === null) removed.push({ type: 'appointment', id })
    else if (row !== plan.get('appointment', id)) rows.push(row)
  }
  return { rows, removed }
}

function dayOf({ occasion }: Appointment): string {
  return occasion?.at.slice(0, 10) ?? ''
}
