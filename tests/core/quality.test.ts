/** What a link measures, and the word that people read. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Judged, judge, type Measured, unjudged } from '../../src/core/quality.ts'
import { type Sparing, spare, unspared } from '../../src/core/sparing.ts'
import { well } from '../fakes/measured.ts'

const pollMs = 500

/** One measurement after the other, from `fromMs` on, for so long. */
function over<S>(
  state: S,
  step: (state: S, measured: Measured) => S,
  what: Partial<Measured>,
  fromMs: number,
  forMs: number,
): S {
  let now = state
  for (let atMs = fromMs; atMs <= fromMs + forMs; atMs += pollMs) now = step(now, { ...well, ...what, atMs })
  return now
}

const judged = (what: Partial<Measured>, forMs: number, state: Judged = unjudged, fromMs = 0) =>
  over(state, judge, what, fromMs, forMs)
const spared = (what: Partial<Measured>, forMs: number, state: Sparing = unspared, fromMs = 0) =>
  over(state, spare, what, fromMs, forMs)

test.each([
  ['a tenth of the sound is lost', { lost: 0.11 }],
  ['sound comes late', { delayMs: 300 }],
  ['sound is made up', { concealed: 0.041 }],
  ['the picture stands still', { frozen: 0.21 }],
])('[QUALITY-1] weak where %s, whatever the rest is like', (_, what) => {
  expect(judged(what, 4_000).word, 'not by how it began').toBe('good')
  expect(judged(what, 4_500).word).toBe('weak')
})

test('[QUALITY-1] one bad moment in a good call is no weak call', () => {
  const before = judged({}, 5_000)
  expect(judged({ lost: 0.3 }, 0, before, 5_500).word).toBe('good')
})

test('[QUALITY-1] it falls within 5 s and rises 5 s after the last of it', () => {
  const weak = judged({ lost: 0.3 }, 3_000, judged({}, 10_000), 10_500)
  expect(weak.word).toBe('weak')
  const soon = judged({}, 5_000, weak, 14_000)
  expect(soon.word).toBe('weak')
  expect(judged({}, 10_000, weak, 14_000).word).toBe('good')
})

test('[QUALITY-1] what a browser does not tell counts for nothing', () => {
  const nothing = {
    lost: null,
    delayMs: null,
    concealed: null,
    frozen: null,
    lostThere: null,
    uplinkBps: null,
    way: null,
    over: null,
  }
  expect(judged(nothing, 60_000).word).toBe('good')
  expect(spared(nothing, 60_000).share).toBe('full')
})

test('[QUALITY-2] the picture is small after 2.5 s and off after 5 s, and not before', () => {
  for (const what of [{ lostThere: 0.16 }, { uplinkBps: 149_000 }]) {
    expect(spared(what, 2_000).share).toBe('full')
    expect(spared(what, 2_500).share).toBe('small')
    expect(spared(what, 4_500).share).toBe('small')
    expect(spared(what, 5_000).share).toBe('off')
  }
  expect(spared({ lostThere: 0.15, uplinkBps: 150_000 }, 60_000).share).toBe('full')
})

test('[QUALITY-2] it comes back small after 10 s that were fine, and whole after 10 more', () => {
  const off = spared({ lostThere: 0.2 }, 5_000)
  expect(spared({}, 9_500, off, 5_500).share).toBe('off')
  const small = spared({}, 10_000, off, 5_500)
  expect(small.share).toBe('small')
  expect(spared({}, 9_500, small, 16_000).share).toBe('small')
  expect(spared({}, 10_000, small, 16_000)).toEqual(unspared)
})

test('[QUALITY-2] sound alone fills no way: what it is thought to carry then keeps no picture away', () => {
  const off = spared({ uplinkBps: 100_000 }, 5_000)
  expect(spared({ uplinkBps: 90_000 }, 10_000, off, 5_500).share).toBe('small')
  expect(spared({ uplinkBps: 90_000, delayMs: 400 }, 60_000, off, 5_500).share).toBe('off')
})

test('[QUALITY-2] a way that never carries a picture is tried more and more seldom', () => {
  let state = unspared
  let tries = 0
  for (let atMs = 0; atMs < 600_000; atMs += pollMs) {
    const before = state.share
    state = spare(state, { ...well, atMs, uplinkBps: state.share === 'off' ? 200_000 : 100_000 })
    if (before === 'off' && state.share === 'small') tries += 1
  }
  expect(tries).toBeGreaterThan(3)
  expect(tries).toBeLessThanOrEqual(10)
})

test('[QUALITY-1] [QUALITY-2] whatever is measured, words and shares change one step at a time, and slowly back', () => {
  const told = (max: number) => fc.option(fc.double({ min: 0, max, noNaN: true }), { nil: null })
  const any = fc.record({
    lost: told(1),
    delayMs: told(2_000),
    concealed: told(1),
    frozen: told(1),
    lostThere: told(1),
    uplinkBps: told(5_000_000),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 200 }), (all) => {
      let state = unspared
      let cameBackMs = Number.NEGATIVE_INFINITY
      let wentMs = Number.NEGATIVE_INFINITY
      for (const [index, one] of all.entries()) {
        const atMs = index * pollMs
        const next = spare(state, { ...well, ...one, atMs })
        const step = [state.share, next.share].join('>')
        expect([
          'full>full',
          'full>small',
          'small>small',
          'small>off',
          'small>full',
          'off>off',
          'off>small',
        ]).toContain(step)
        if (step === 'small>off') wentMs = atMs
        if (step === 'off>small') {
          expect(atMs - wentMs).toBeGreaterThanOrEqual(10_000)
          cameBackMs = atMs
        }
        if (step === 'small>full') expect(atMs - cameBackMs).toBeGreaterThanOrEqual(10_000)
        state = next
      }
    }),
    { seed: 6, numRuns: 300 },
  )
})
