/** How fast a carrying sends beside a call: below what the way carries, so that nobody's voice waits behind it (CARRY-8). */
import type { Quality } from '../quality.ts'

/** An answer to a small question that was asked on the call's own link. */
export type Echo = {
  readonly atMs: number
  /** Its round trip; of one that is still out, how long it has been. */
  readonly rttMs: number
  /** Payload that had arrived at the other end by then. */
  readonly bytes: number
  /** It is not back yet. */
  readonly isOut: boolean
}

type Draining = {
  readonly sinceMs: number
  /** What was so before. */
  readonly before: { readonly rate: number; readonly full: number | null }
}

export type Pace = {
  /** Bytes a second. */
  readonly rate: number
  readonly quality: Quality
  /** What the way carried when it was last full; null: it never was. */
  readonly full: number | null
  /** What waits on the way is let run off; null: nothing does. */
  readonly draining: Draining | null
  /** What was asked before was held up by a page, and says nothing of the way. */
  readonly heldUpMs: number
  /** The last second, oldest first. */
  readonly echoes: readonly Echo[]
  /** The shortest round trip of the present stretch of time and of the one before. */
  readonly shortest: { readonly sinceMs: number; readonly nowMs: number; readonly beforeMs: number }
}

const bitsPerByte = 8
const startRate = 2_000_000 / bitsPerByte
export const leastRate = 500_000 / bitsPerByte
/** Above it a token bucket means nothing. */
const mostRate = 1_000_000_000 / bitsPerByte

/** Beyond the shortest round trip: the way is full; it is no longer; it is as good as empty. */
const fullMs = 50
const drainedMs = 35
const emptyMs = 25
/** A stretch of time that the shortest round trip is taken of; ways change. */
const shortestForMs = 15_000
const echoesForMs = 1_000
/** The quickest of so long is what counts: others were held up at either end, or in the air. */
const quickestForMs = 250

/** What is left to the call, its pictures and whoever else is there. */
const share = 0.88
/** Growth a second: while nothing is known; up to the share of what is known; beyond it; where the way carries more now. */
const growth = { search: 2, regain: 1.3, probe: 1.015, beyond: 1.3 } as const
/** Fall a second, while a call is weak, and while the way does not run off. */
const fall = 0.7
/** What a way that is hardly full is thought to carry, of what it did before: air that trembles looks the same. */
const mildly = 0.95
/** Of the time between two questions: so much less wait is no way that runs off. */
const heldUpShare = 0.6
/** What waits should have run off by then. */
const patienceMs = 2_000

export const unpaced: Pace = {
  ...{ rate: startRate, quality: 'good', full: null, draining: null, heldUpMs: 0, echoes: [] },
  shortest: { sinceMs: 0, nowMs: Number.POSITIVE_INFINITY, beforeMs: Number.POSITIVE_INFINITY },
}

const within = (rate: number) => Math.min(mostRate, Math.max(leastRate, rate))

/** [CARRY-9] Half at once as the call becomes weak; `heard` goes on from there. After a loss it begins as at first. */
export function callIs(pace: Pace, quality: Quality): Pace {
  if (quality === pace.quality) return pace
  if (quality === 'good') return { ...pace, quality }
  if (quality === 'lost') return { ...pace, quality, rate: Math.min(pace.rate, startRate) }
  return { ...pace, quality, full: pace.rate, rate: within(pace.rate / 2) }
}

/** [CARRY-8] One more echo, and what may leave a second from now on. */
export function heard(pace: Pace, echo: Echo): Pace {
  const last = pace.echoes.at(-1)
  const shortest = shortestOf(pace.shortest, echo)
  const echoes = [...pace.echoes, echo].filter(({ atMs }) => echo.atMs - atMs <= echoesForMs)
  const next = { ...pace, echoes, shortest }
  if (!last) return next
  const baseMs = Math.min(shortest.nowMs, shortest.beforeMs)
  if (isHeldUp(pace, echo)) return { ...next, ...pace.draining?.before, draining: null, heldUpMs: echo.atMs }
  if (askedMs(echo) < pace.heldUpMs) return next
  const lately = echoes.filter(({ atMs }) => echo.atMs - atMs <= quickestForMs)
  const delayMs = Math.min(last.rttMs, ...lately.map(({ rttMs }) => rttMs)) - baseMs
  const seconds = Math.min(1, Math.max(0, echo.atMs - last.atMs) / 1_000)
  if (pace.quality === 'lost') return next
  if (pace.quality === 'weak') return { ...next, rate: within(pace.rate * fall ** seconds) }
  if (pace.draining) return drain(next, pace.draining, delayMs, seconds)
  if (delayMs >= fullMs) return fill(next, delayMs)
  return delayMs < emptyMs ? grow(next, seconds) : next
}

function shortestOf(shortest: Pace['shortest'], { atMs, rttMs }: Echo): Pace['shortest'] {
  if (atMs - shortest.sinceMs < shortestForMs) return { ...shortest, nowMs: Math.min(shortest.nowMs, rttMs) }
  return { sinceMs: atMs, nowMs: rttMs, beforeMs: shortest.nowMs }
}

/** Bytes a second that arrived of late; null: not long enough to say. */
function arriving(echoes: readonly Echo[]): number | null {
  const [first, last] = [echoes[0], echoes.at(-1)]
  if (!first || !last || last.atMs - first.atMs < 250) return null
  return (1_000 * (last.bytes - first.bytes)) / (last.atMs - first.atMs)
}

const askedMs = ({ atMs, rttMs }: Echo) => atMs - rttMs

/**
 * What waits on a way runs off as slowly as less comes than it carries. Two that were asked before less was sent, and of
 * which the later one waited less by nearly as much as it was asked later, were answered together: a page was busy.
 */
function isHeldUp({ echoes, shortest, draining }: Pace, echo: Echo): boolean {
  const before = echoes.findLast(({ isOut }) => !isOut)
  if (!before || echo.isOut) return false
  const baseMs = Math.min(shortest.nowMs, shortest.beforeMs)
  const laterMs = askedMs(echo) - askedMs(before)
  const isBeforeLess = !draining || askedMs(echo) <= draining.sinceMs
  const hasWaited = before.rttMs - baseMs >= fullMs
  return isBeforeLess && hasWaited && laterMs > 0 && before.rttMs - echo.rttMs > heldUpShare * laterMs
}

/** The way is full: what arrives now is what it carries, or nearly what it did where little waits. */
function fill(pace: Pace, delayMs: number): Pace {
  const { rate, full: before } = pace
  const arrives = Math.min(rate, arriving(pace.echoes) ?? rate * fall)
  const full = within(delayMs < 2 * fullMs ? Math.max(arrives, mildly * (before ?? 0)) : arrives)
  const draining = { sinceMs: latestMs(pace), before: { rate, full: before } }
  return { ...pace, full, draining, rate: drainRate(full, delayMs) }
}

const latestMs = ({ echoes }: Pace) => echoes.at(-1)?.atMs ?? 0

/** Less than it carries by as much as waits, so that this has run off within about a second. */
const drainRate = (full: number, delayMs: number) => within(full * Math.max(0.1, share - delayMs / 1_000))

function drain(pace: Pace, { sinceMs }: Draining, delayMs: number, seconds: number): Pace {
  const known = pace.full ?? pace.rate
  if (delayMs < drainedMs) return { ...pace, draining: null, rate: within(known * share) }
  const full = latestMs(pace) - sinceMs > patienceMs ? within(known * fall ** seconds) : known
  return { ...pace, full, rate: drainRate(full, delayMs) }
}

function grow(pace: Pace, seconds: number): Pace {
  const { rate, full, echoes } = pace
  const arrived = arriving(echoes)
  // What does not use its rate learns nothing from an empty way.
  if (arrived === null || arrived < rate / 2) return pace
  const by = full === null ? growth.search : growthNear(rate / full)
  return { ...pace, rate: within(rate * by ** seconds) }
}

function growthNear(part: number): number {
  if (part < share) return growth.regain
  return part < 1.03 ? growth.probe : growth.beyond
}

/** What may leave now, in bytes. Of a moment in which nothing left only a little is kept: no catching up. */
export type Allowance = { readonly bytes: number; readonly atMs: number }

/** The most that leaves in one go: this long at the rate, and a piece in any case. */
const burstMs = 20
/** A piece is on the way for so long. */
const pieceMs = 10

/** [CARRY-8] What has come to it by now. */
export function allowed(
  { bytes, atMs }: Allowance,
  rate: number,
  nowMs: number,
  pieceBytes: number,
): Allowance {
  const most = Math.max(pieceBytes, (rate * burstMs) / 1_000)
  const more = (rate * Math.max(0, nowMs - atMs)) / 1_000
  return { bytes: Math.min(most, bytes + more), atMs: nowMs }
}

/** Short where the way is slow: a syllable of the call waits behind one piece at most. */
export function pieceFor(rate: number, mostBytes: number): number {
  return Math.min(mostBytes, Math.max(2_048, Math.floor((rate * pieceMs) / 1_000)))
}
