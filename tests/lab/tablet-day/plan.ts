/** What happens on a simulated day, and when: all of it by one seed. */
import type { RequestReason } from '../../../src/protocol/request.ts'
import { between, type Chance } from '../prng.ts'

export const minuteMs = 60_000
const hourMs = 60 * minuteMs

const callKinds = {
  /** Answered, and ended by either. */
  'the station ends it': 6,
  'the patient ends it': 5,
  'the patient says not now': 2,
  'the station stops calling': 2,
  'nobody answers': 1,
  'a knock': 2,
  /** All of the tablet's network is gone for seconds, or for good. */
  'the network breaks and comes back': 1,
  'the network breaks it off': 1,
} as const
export type CallKind = keyof typeof callKinds

const requestKinds = {
  'done by a nurse': 4,
  'a nurse is here': 3,
  'taken back': 2,
  /** The tablet has no network: it says so, and nothing is made of it later (HZ-4). */
  'no network': 1,
} as const
export type RequestKind = keyof typeof requestKinds

const dropKinds = {
  'the air is silent': 3,
  'every socket is lost': 2,
  'the server is killed': 3,
} as const
export type DropKind = keyof typeof dropKinds

/** One that was sent. */
export type Request = {
  readonly kind: Exclude<RequestKind, 'no network'>
  readonly reason: RequestReason
}

export type Happening = { readonly atMs: number } & (
  | { readonly type: 'call'; readonly kind: CallKind }
  | { readonly type: 'request'; readonly kind: RequestKind }
  | { readonly type: 'care'; readonly request: Request; readonly step: 'seen' | 'coming' | 'over' }
  | { readonly type: 'drop'; readonly kind: DropKind; readonly lastsMs: number }
  | { readonly type: 'update'; readonly build: 'other' | 'broken' | 'later' }
  /** Whoever keeps the server takes the broken build away again. */
  | { readonly type: 'taken back' }
  | { readonly type: 'shift' }
  | { readonly type: 'look' }
)

export type DayParts = { readonly hours: number; readonly calls: number; readonly requests: number }

const drops = 8
/** How often everything open is closed, and memory is looked at, in a day. */
const looks = 24

/** Each kind as often as its share says, in an order of chance. */
function dealt<K extends string>(chance: Chance, shares: Readonly<Record<K, number>>, count: number): K[] {
  const kinds = Object.keys(shares) as K[]
  const all = kinds.flatMap((kind) => Array<K>(shares[kind]).fill(kind))
  const decks = Array.from({ length: Math.ceil(count / all.length) }, () => shuffled(chance, all))
  return decks.flat().slice(0, count)
}

function shuffled<T>(chance: Chance, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: chance() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

/**
 * Updates come early: what is left of the day is the long life of the last build's page. The first of them comes in the middle
 * of a call.
 */
export function planDay(chance: Chance, { hours, calls, requests }: DayParts): Happening[] {
  const dayMs = hours * hourMs
  const within = (from: number, to: number) => between(chance, from * dayMs, to * dayMs)
  const anywhen = () => within(0, 0.99)
  const broken = within(0.2, 0.24)
  const happenings: Happening[] = [
    ...dealt(chance, callKinds, calls - 1).map((kind) => ({ type: 'call', kind, atMs: anywhen() }) as const),
    ...dealt(chance, requestKinds, requests).map(
      (kind) => ({ type: 'request', kind, atMs: anywhen() }) as const,
    ),
    ...dealt(chance, dropKinds, drops).map(
      (kind) => ({ type: 'drop', kind, atMs: anywhen(), lastsMs: between(chance, 5_000, 180_000) }) as const,
    ),
    { type: 'update', build: 'other', atMs: within(0.05, 0.12) },
    { type: 'update', build: 'broken', atMs: broken },
    { type: 'taken back', atMs: broken + within(0.01, 0.03) },
    { type: 'update', build: 'later', atMs: within(0.29, 0.31) },
    ...[1 / 3, 2 / 3].map((at) => ({ type: 'shift', atMs: at * dayMs }) as const),
    ...Array.from(
      { length: looks },
      (_, at) => ({ type: 'look', atMs: ((at + 1) / looks) * dayMs }) as const,
    ),
  ]
  return happenings.toSorted((a, b) => a.atMs - b.atMs)
}

/** What becomes of a request that was sent, and when. */
export function careOf(chance: Chance, request: Request, nowMs: number): Happening[] {
  // Now and then nobody looks for long, and the whole ward is called (ASK-9).
  const seenMs =
    nowMs + (chance() < 0.15 ? between(chance, 5, 8) * minuteMs : between(chance, 5_000, 110_000))
  const comingMs = seenMs + between(chance, 5_000, 60_000)
  const overMs = comingMs + between(chance, 1, 20) * minuteMs
  const isComing = request.kind === 'a nurse is here' || chance() < 0.5
  return [
    { type: 'care', request, step: 'seen', atMs: seenMs },
    ...(isComing ? ([{ type: 'care', request, step: 'coming', atMs: comingMs }] as const) : []),
    { type: 'care', request, step: 'over', atMs: overMs },
  ]
}

export function insert(agenda: Happening[], more: readonly Happening[]): void {
  agenda.push(...more)
  agenda.sort((a, b) => a.atMs - b.atMs)
}
