/** [FIGURES-1] What one end of a call counts while it goes on, to be said when it is over there. */
import { type CallFigures, longestMs, mostReconnections } from '../protocol/call-figures.ts'
import { type CallState, callIdOf } from './call-state.ts'
import type { LinkMake, Measured, Quality } from './quality.ts'

/** How the call is, as far as time is counted: on its way, or one of the three words. */
type Standing = 'connecting' | Quality

export type Tally = {
  readonly callId: string
  /** This page was not there when it was answered: it came back to a call that goes on. */
  readonly cameBack: boolean
  /** Since when it is so; the times before are counted. */
  readonly standing: Standing
  readonly sinceMs: number
  readonly spentMs: Readonly<Record<Standing, number>>
  readonly reconnections: number
  readonly way: LinkMake['way']
  readonly over: LinkMake['over']
}

/** What a page knows of its call at one moment; `atMs` by a clock that no correction touches. */
export type Glance = {
  readonly state: CallState
  readonly quality: Quality | null
  readonly measured: Measured | null
  readonly atMs: number
}

const nothingMs = { connecting: 0, good: 0, weak: 0, lost: 0 } as const

function standingOf({ state, quality }: Glance): Standing | null {
  return state.type === 'connecting' ? 'connecting' : quality
}

function begun(callId: string, standing: Standing, { state, atMs }: Glance): Tally {
  const cameBack = 'call' in state && state.call.continued
  const counts = { spentMs: nothingMs, reconnections: 0, way: null, over: null }
  return { callId, cameBack, standing, sinceMs: atMs, ...counts }
}

/** The other end's hanging up closes the link a moment before the news of it: no loss. */
const farewellMs = 2_000

function spent({ spentMs, standing, sinceMs }: Tally, atMs: number): Tally['spentMs'] {
  return { ...spentMs, [standing]: spentMs[standing] + Math.max(0, atMs - sinceMs) }
}

/** What changes with the standing: what was before is counted, and a loss that is over was a reconnection. */
function turned(tally: Tally, standing: Standing, atMs: number): Tally {
  if (tally.standing === standing) return tally
  const reconnections = tally.reconnections + (tally.standing === 'lost' ? 1 : 0)
  return { ...tally, standing, sinceMs: atMs, spentMs: spent(tally, atMs), reconnections }
}

/** The tally after another look; null where there is no call to count, or no more. */
export function count(before: Tally | null, glance: Glance): Tally | null {
  const { state, measured, atMs } = glance
  const [callId, standing] = [callIdOf(state), standingOf(glance)]
  if (callId === null || standing === null) return null
  const tally = before?.callId === callId ? before : begun(callId, standing, glance)
  const { way, over } = { way: measured?.way ?? tally.way, over: measured?.over ?? tally.over }
  return { ...turned(tally, standing, atMs), way, over }
}

function bounded(ms: number): number {
  return Math.min(longestMs, Math.round(ms))
}

/** What there is to say of a call that ended at `atMs`. */
export function figuresOf(tally: Tally, atMs: number): CallFigures {
  const { cameBack, standing, sinceMs, reconnections, way, over } = tally
  const isFarewell = standing === 'lost' && atMs - sinceMs < farewellMs
  const { connecting, good, weak, lost } = isFarewell ? tally.spentMs : spent(tally, atMs)
  return {
    setUpMs: cameBack || standing === 'connecting' ? null : bounded(connecting),
    reconnections: Math.min(mostReconnections, reconnections),
    goodMs: bounded(good),
    weakMs: bounded(weak),
    lostMs: bounded(lost),
    way,
    over,
  }
}
