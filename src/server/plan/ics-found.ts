/** What a calendar file asks for: each occasion from now up to the plan's horizon, or why it is left out. */
import { localToMs, occasions, parseRule } from '../../core/plan/recurrence.ts'
import type { IcsRefusal, ImportSkip } from '../../protocol/plan-share.ts'
import { type IcsEvent, type IcsTime, readEvent } from './ics-events.ts'
import { type EventText, scanIcs } from './ics-scan.ts'

/** `zone`: of times that name none. */
export type IcsAsk = {
  readonly text: string
  readonly zone: string
  readonly nowMs: number
  readonly horizonMs: number
}

/**
 * `key` names it among all that were ever imported, `uid` all of its series. `why` null: it is to be booked. What is past
 * or too far ahead has its times all the same: it may have been elsewhere before.
 */
export type Found = {
  readonly line: number
  readonly key: string
  readonly uid: string
  readonly sequence: number
  readonly modifiedMs: number | null
  readonly title: string
  readonly place: string | null
  readonly isTentative: boolean
  readonly startMs: number | null
  readonly endMs: number | null
  readonly why: ImportSkip | null
}

export type FoundAll =
  | { readonly type: 'read'; readonly found: readonly Found[] }
  | { readonly type: 'refused'; readonly why: IcsRefusal; readonly line: number | null }

/** More than any calendar has within the horizon; the rest is not looked for. */
export const mostFound = 5_000
const dayMs = 24 * 60 * 60 * 1000

export function findInIcs(ask: IcsAsk): FoundAll {
  const scan = scanIcs(ask.text)
  if (scan.type === 'refused') return scan
  const read = scan.events.map((text) => ({ text, event: readEvent(text) }))
  const instead = insteadOf(
    read.flatMap(({ event }) => event ?? []),
    ask,
  )
  const found: Found[] = []
  for (const { text, event } of read) {
    if (found.length >= mostFound) break
    found.push(...(event ? findEvent(event, instead.get(event.uid) ?? new Set(), ask) : [unreadable(text)]))
  }
  return { type: 'read', found: found.slice(0, mostFound) }
}

/** By UID, the moments of a series that the file changes by themselves. */
function insteadOf(events: readonly IcsEvent[], ask: IcsAsk): Map<string, Set<number>> {
  const moments = new Map<string, Set<number>>()
  for (const { uid, instead } of events) {
    const ms = instead && msOf(instead, ask.zone)
    if (ms !== null) moments.set(uid, (moments.get(uid) ?? new Set()).add(ms))
  }
  return moments
}

function findEvent(event: IcsEvent, instead: ReadonlySet<number>, ask: IcsAsk): Found[] {
  const one = common(event)
  const startMs = msOf(event.start, ask.zone)
  const why = whyNot(event)
  if (why === 'cancelled' && event.instead) return [skip({ ...one, key: keyOf(event, ask) }, why, startMs)]
  if (why !== null || startMs === null) return [skip(one, why ?? 'unknown-zone', startMs)]
  const lengthMs = lengthOf(event, startMs, ask)
  if (lengthMs === null || lengthMs <= 0 || lengthMs > dayMs) return [skip(one, 'senseless', startMs)]
  const insteadMs = event.instead && msOf(event.instead, ask.zone)
  if (event.instead && insteadMs === null) return [skip(one, 'unknown-zone', startMs)]
  if (event.rule === null && event.extra.length === 0) {
    return [place({ ...one, key: keyOf(event, ask) }, startMs, lengthMs, ask)]
  }
  if (event.rule !== null && !parseRule(event.rule)) return [skip(one, 'unsupported-rule', startMs)]
  const starts = startsOf(event, ask)
  // It is over, or begins later than is looked ahead; what was booked of it before may have to go.
  if (starts.length === 0) return [skip(one, startMs < ask.nowMs ? 'past' : 'beyond-horizon', startMs)]
  return starts
    .filter((ms) => !instead.has(ms))
    .map((ms) => place({ ...one, key: `${event.uid}|${ms}` }, ms, lengthMs, ask))
}

/** Of one occasion: which one it is, by the moment that its series gave it. */
function keyOf({ uid, instead }: IcsEvent, { zone }: IcsAsk): string {
  const insteadMs = instead && msOf(instead, zone)
  return insteadMs === null ? uid : `${uid}|${insteadMs}`
}

type Common = Omit<Found, 'startMs' | 'endMs' | 'why'>

function common({ line, uid, sequence, modifiedMs, title, place, status }: IcsEvent): Common {
  return { line, key: uid, uid, sequence, modifiedMs, title, place, isTentative: status === 'TENTATIVE' }
}

function whyNot({ status, isFree, start, isOdd, except, extra }: IcsEvent): ImportSkip | null {
  if (status === 'CANCELLED') return 'cancelled'
  if (start.type === 'date') return 'all-day'
  if (isFree) return 'free-time'
  if ([start, ...except, ...extra].some(({ type }) => type === 'unknown')) return 'unknown-zone'
  return isOdd ? 'unsupported-rule' : null
}

function skip(one: Common, why: ImportSkip, startMs: number | null): Found {
  return { ...one, startMs, endMs: null, why }
}

function unreadable({ line }: EventText): Found {
  const one = {
    line,
    key: '',
    uid: '',
    sequence: 0,
    modifiedMs: null,
    title: '',
    place: null,
    isTentative: false,
  }
  return skip(one, 'unreadable', null)
}

function place(one: Common, startMs: number, lengthMs: number, { nowMs, horizonMs }: IcsAsk): Found {
  const endMs = startMs + lengthMs
  const why = endMs <= nowMs ? 'past' : startMs >= horizonMs ? 'beyond-horizon' : null
  return { ...one, startMs, endMs, why }
}

/** Those of the rule from now to the horizon, and single ones beside it, without those that are taken out. */
function startsOf({ start, rule, except, extra }: IcsEvent, ask: IcsAsk): number[] {
  if (start.type !== 'at') return []
  const zone = start.zone ?? ask.zone
  const out = new Set(except.map((time) => (time.type === 'date' ? time.date : msOf(time, ask.zone))))
  const series = { rule: rule ?? 'FREQ=DAILY;COUNT=1', start: start.at, zone, except: [], until: null }
  const ruled = occasions(series, ask.nowMs - dayMs, ask.horizonMs)
    .filter(({ at, startMs }) => !out.has(startMs) && !out.has(at.slice(0, 10)))
    .map(({ startMs }) => startMs)
  const single = extra.flatMap((time) => msOf(time, ask.zone) ?? [])
  const near = single.filter((ms) => ms >= ask.nowMs - dayMs && ms < ask.horizonMs && !out.has(ms))
  return [...new Set([...ruled, ...near])].sort((one, other) => one - other)
}

/** Null: a day, a zone that is not known, or a time that there is not. */
function msOf(time: IcsTime, zone: string): number | null {
  if (time.type !== 'at') return null
  try {
    return localToMs(time.at, time.zone ?? zone).startMs
  } catch {
    return null
  }
}

function lengthOf({ end, lengthMs }: IcsEvent, startMs: number, { zone }: IcsAsk): number | null {
  const endMs = end && msOf(end, zone)
  return endMs === null ? lengthMs : endMs - startMs
}
