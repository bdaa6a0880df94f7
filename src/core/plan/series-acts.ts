/** What making, changing and ending a series make of the plan. */
import type { Appointment, PlanAct, Series } from '../../protocol/plan.ts'
import { type Asking, type Decision, done, othersOf, refused, type Trouble, trouble } from './decision.ts'
import { horizonOf, longestSeriesId, makeReal, realFrom } from './materialise.ts'
import { mergeFields, same } from './merge.ts'
import { dayWithTime, firstMeant, futureOf, restRule } from './series-future.ts'
import { isLocalMinute, isSeriesSensible, minuteToMs } from './series-sense.ts'
import { reshape } from './series-shape.ts'

type MakeAct = Extract<PlanAct, { type: 'series.make' }>
type EditAct = Extract<PlanAct, { type: 'series.edit' }>
type EndAct = Extract<PlanAct, { type: 'series.end' }>

/** [PLAN-10] Refused as a whole when not one of its occasions finds its time free. */
export function makeSeries(asking: Asking, act: MakeAct): Decision {
  const { plan, author } = asking
  const series: Series = {
    type: 'series',
    id: act.id,
    rev: 1,
    rule: act.rule,
    start: act.start,
    zone: act.zone,
    except: [],
    until: null,
    pattern: act.pattern,
    by: author.staffId,
    changedBy: author.staffId,
    changedMs: author.atMs,
  }
  const there = plan.get('series', act.id)
  if (there) return isRepeat(there, series) ? done([]) : refused(act.id, 'out-of-order')
  if (act.id.length > longestSeriesId || !isSeriesSensible(series)) return refused(act.id, 'senseless')
  const horizonMs = horizonOf(plan, author)
  const { rows, troubles } = makeReal(asking, series, realFrom(horizonMs, author), horizonMs)
  const [first] = troubles
  if (first && rows.length === 0) return { type: 'refused', trouble: { ...first, id: act.id, asked: null } }
  return done([series, ...rows], troubles)
}

function isRepeat(there: Series, series: Series): boolean {
  return same({ ...there, changedMs: series.changedMs }, series)
}

/** [PLAN-11] All that are still to come, or this one and those that follow, as a series of their own. */
export function editSeries(asking: Asking, act: EditAct): Decision {
  const { plan, author } = asking
  const before = plan.get('series', act.id)
  if (!before) return refused(act.id, 'unknown')
  const divided = plan.get('series', act.nextId)
  if (divided) return before.until === act.from ? done([]) : refused(act.id, 'out-of-order')
  if (act.from !== null && before.until !== null && act.from >= before.until)
    return refused(act.id, 'closed', { also: othersOf([before.changedBy], author) })
  const { next, meanwhile, isChanged } = mergeSeries(asking, before, act)
  if (!isChanged) return meanwhile ? { type: 'refused', trouble: meanwhile } : done([])
  if (act.from !== null && act.from > before.start) return divide(asking, before, next, act, meanwhile)
  if (!isSeriesSensible(next)) return refused(act.id, 'senseless')
  const isAhead = (minuteToMs(before.start, before.zone) ?? 0) >= author.atMs
  const start = isAhead && next.rule !== before.rule ? firstMeant(next.rule, next.start) : next.start
  const stamped = { ...next, start, rev: before.rev + 1, changedBy: author.staffId, changedMs: author.atMs }
  const future = futureOf(plan, before, author, null)
  return reshape(asking, { former: before, future, next: stamped, ended: null, meanwhile })
}

/** [PLAN-2] What the writer changed of what they saw, laid over what stands. */
function mergeSeries(asking: Asking, before: Series, act: EditAct) {
  const { rule, start, pattern } = act.was ?? before
  const stands = { rule: before.rule, time: timeOf(before.start), ...before.pattern }
  const was = new Map<string, unknown>([['rule', rule], ['time', timeOf(start)], ...Object.entries(pattern)])
  const asked = new Map<string, unknown>([
    ['rule', act.rule ?? rule],
    ['time', act.time ?? timeOf(start)],
    ...Object.entries(act.pattern ?? pattern),
  ])
  const changed = [...asked].filter(([field, to]) => !same(was.get(field), to))
  const { taken, clashes } = mergeFields(
    stands,
    changed.map(([field, to]) => [field, { from: was.get(field), to }]),
  )
  const { rule: newRule, time, ...fields } = taken
  const next: Series = {
    ...before,
    rule: typeof newRule === 'string' ? newRule : before.rule,
    start: typeof time === 'string' ? `${before.start.slice(0, 10)}T${time}` : before.start,
    pattern: { ...before.pattern, ...fields },
  }
  const also = othersOf([before.changedBy], asking.author)
  const meanwhile = clashes.length > 0 ? trouble(before.id, 'edited-meanwhile', { clashes, also }) : null
  return { next, meanwhile, isChanged: Object.keys(taken).length > 0 }
}

/** `from` is the first occasion of the series that follows; the one before ends there. */
function divide(
  asking: Asking,
  before: Series,
  next: Series,
  act: EditAct,
  meanwhile: Trouble | null,
): Decision {
  const { plan, author } = asking
  const from = act.from ?? before.start
  const stamp = { changedBy: author.staffId, changedMs: author.atMs }
  const first = dayWithTime(from, next.start)
  if (!isLocalMinute(from) || !isLocalMinute(first) || act.nextId.length > longestSeriesId)
    return refused(act.id, 'senseless')
  const repeated =
    next.rule === before.rule
      ? { rule: restRule(before, from), start: first }
      : { rule: next.rule, start: firstMeant(next.rule, first) }
  const following: Series = { ...next, ...stamp, ...repeated, id: act.nextId, rev: 1, by: author.staffId }
  if (!isSeriesSensible(following)) return refused(act.id, 'senseless')
  const ended: Series = { ...before, ...stamp, rev: before.rev + 1, until: from }
  const future = futureOf(plan, before, author, from)
  return reshape(asking, { former: before, future, next: following, ended, meanwhile })
}

function timeOf(at: string): string {
  return at.slice(11)
}

/** [PLAN-11] Everything of it that is still to come is cancelled, also what was changed by itself. */
export function endSeries(asking: Asking, act: EndAct): Decision {
  const { plan, author } = asking
  const before = plan.get('series', act.id)
  if (!before) return refused(act.id, 'unknown')
  if (act.from !== null && !isLocalMinute(act.from)) return refused(act.id, 'senseless')
  const future = futureOf(plan, before, author, act.from)
  const cancelled = [...future.following, ...future.detached].map(
    (row): Appointment => ({
      ...row,
      rev: row.rev + 1,
      status: 'cancelled',
      cancelReason: act.reason,
      changedBy: author.staffId,
      changedMs: author.atMs,
    }),
  )
  const until = future.from
  const isOver = before.until !== null && before.until <= until
  if (isOver && cancelled.length === 0) return done([])
  const ended: Series = {
    ...before,
    rev: before.rev + 1,
    until: isOver ? before.until : until,
    changedBy: author.staffId,
    changedMs: author.atMs,
  }
  return done([ended, ...cancelled])
}
