/** What an end of a call counts, and says when it is over. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { count, figuresOf, type Glance, type Tally } from '../../src/core/call-figures.ts'
import type { CallState, Moment } from '../../src/core/call-state.ts'
import { callFigures, longestMs } from '../../src/protocol/call-figures.ts'
import { guardOf } from '../../src/protocol/guard.ts'
import { well } from '../fakes/measured.ts'
import { anna } from '../fakes/ports.ts'

type Look = Pick<Glance, 'state' | 'quality'> & Partial<Glance>

const call = {
  callId: 'call-1',
  epoch: 1,
  part: 'callee',
  mode: 'ring',
  peer: anna,
  continued: false,
} as const
const at = (moment: Moment): CallState => ({ ...moment, over: [] })
const connecting = (over: Partial<typeof call | { continued: boolean }> = {}): Look => ({
  state: at({
    type: 'connecting',
    call: { ...call, ...over },
    camera: 'opening',
    accepted: false,
    picture: 'none',
  }),
  quality: null,
})
const live = (quality: 'good' | 'weak' = 'good'): Look => ({
  state: at({ type: 'live', call, camera: 'open', still: 'talking' }),
  quality,
})
const lost: Look = {
  state: at({ type: 'reconnecting', call, camera: 'open', still: 'talking', restarts: 1 }),
  quality: 'lost',
}
const ended: Look = {
  state: at({ type: 'ended', callId: 'call-1', part: 'callee', peer: anna, reason: 'hung-up', by: 'me' }),
  quality: null,
}
const ringing: Look = { state: at({ type: 'ringing', call, picture: 'none' }), quality: null }

/** The tally after these looks, each so many milliseconds after the call rang. */
function after(...looks: readonly (readonly [number, Look])[]): Tally | null {
  return looks.reduce<Tally | null>(
    (tally, [atMs, look]) => count(tally, { measured: null, atMs, ...look }),
    null,
  )
}

function figuresAfter(endMs: number, ...looks: readonly (readonly [number, Look])[]) {
  const tally = after(...looks)
  return tally && figuresOf(tally, endMs)
}

test('[FIGURES-1] from the answer until it is live, how often and how long it was lost, good and weak', () => {
  const figures = figuresAfter(
    30_000,
    [0, ringing],
    [5_000, connecting()],
    [5_400, live()],
    [10_400, live('weak')],
    [12_400, lost],
    [15_000, lost],
    [15_400, live('weak')],
    [20_400, live()],
    [25_400, lost],
    [26_000, live()],
  )
  expect(figures).toEqual({
    setUpMs: 400,
    reconnections: 2,
    goodMs: 5_000 + 5_000 + 4_000,
    weakMs: 2_000 + 5_000,
    lostMs: 3_000 + 600,
    way: null,
    over: null,
  })
})

test('[FIGURES-1] the last way its packets took is said, though nothing tells it any more', () => {
  const measured = (way: 'direct' | 'relay' | null) => ({ ...well, way, atMs: 0 })
  const figures = figuresAfter(
    9_000,
    [0, live()],
    [1_000, { ...live(), measured: measured('direct') }],
    [2_000, { ...live(), measured: measured('relay') }],
    [3_000, { ...lost, measured: measured(null) }],
  )
  expect(figures).toMatchObject({ way: 'relay', over: 'udp' })
})

test('[FIGURES-1] a link that closes as the other end hangs up was not lost; one that stays away was, and never came back', () => {
  expect(figuresAfter(10_100, [0, live()], [10_000, lost])).toMatchObject({
    ...{ reconnections: 0, goodMs: 10_000, lostMs: 0 },
  })
  expect(figuresAfter(70_000, [0, live()], [10_000, lost], [40_000, lost])).toMatchObject({
    ...{ reconnections: 0, goodMs: 10_000, lostMs: 60_000 },
  })
})

test('[FIGURES-1] one that was never live says no set-up time, nor does a page that came back to its call', () => {
  expect(figuresAfter(15_000, [0, connecting()])).toMatchObject({
    setUpMs: null,
    goodMs: 0,
    reconnections: 0,
  })
  const back = { ...live(), state: { ...live().state, call: { ...call, continued: true } } } as Look
  expect(figuresAfter(9_000, [0, connecting({ continued: true })], [500, back])).toMatchObject({
    setUpMs: null,
    goodMs: 8_500,
  })
})

test('[FIGURES-1] a caller whose peer was there before the news of the answer waited for nothing', () => {
  expect(figuresAfter(1_000, [0, live()])).toMatchObject({ setUpMs: 0, goodMs: 1_000 })
})

test('[FIGURES-1] what only rang counts nothing, and the next call begins at nought', () => {
  expect(after([0, ringing], [5_000, ended])).toBeNull()
  const next = { ...call, callId: 'call-2' }
  const second = { ...live(), state: { ...live().state, call: next } } as Look
  const tally = after([0, live()], [5_000, lost], [6_000, second])
  expect(tally && figuresOf(tally, 7_000)).toMatchObject({ reconnections: 0, goodMs: 1_000, lostMs: 0 })
})

test('[FIGURES-1] whatever happens, the times add up, and what is said may be sent', () => {
  const isFigures = guardOf(callFigures)
  const any = fc.constantFrom(connecting(), live(), live('weak'), lost)
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({ max: 3 * longestMs }), any), { minLength: 1 }), (steps) => {
      let atMs = 0
      const looks = steps.map(([ms, look]) => {
        atMs += ms
        return [atMs, look] as const
      })
      const [first] = looks
      const tally = after(...looks)
      if (!tally || !first) throw new Error('a call')
      expect(isFigures(figuresOf(tally, atMs))).toBe(true)
      const { connecting, good, weak, lost } = tally.spentMs
      expect(connecting + good + weak + lost + atMs - tally.sinceMs).toBe(atMs - first[0])
    }),
    { seed: 6, numRuns: 500 },
  )
})
