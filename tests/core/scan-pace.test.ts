/** How fast files leave beside a call (SPEC.md, CARRY-8, CARRY-9): through ways that carry only so much. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allowed, callIs, heard, leastRate, type Pace, pieceFor, unpaced } from '../../src/core/scan/pace.ts'
import { type Look, type NarrowWay, send } from '../fakes/narrow-way.ts'

const seed = 20_261_201
const mbit = 1_000_000
const at95 = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0
const between = (looks: readonly Look[], fromMs: number, toMs: number) =>
  looks.filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
const mean = (looks: readonly Look[]) => looks.reduce((sum, { sentBps }) => sum + sentBps, 0) / looks.length
const delays = (looks: readonly Look[]) => looks.map(({ delayMs }) => delayMs)

test('[CARRY-8] after five seconds at least 0.7 of any way is used, and hardly anything waits in it', () => {
  const way = fc.record({
    bps: fc.double({ min: 1 * mbit, max: 60 * mbit, noNaN: true }),
    rttMs: fc.double({ min: 1, max: 100, noNaN: true }),
    jitterMs: fc.double({ min: 0, max: 30, noNaN: true }),
    chance: fc.nat(),
  })
  fc.assert(
    fc.property(way, ({ bps, rttMs, jitterMs, chance }) => {
      const looks = send({ carries: () => bps, rttMs, jitterMs }, 30_000, unpaced, chance)
      const settled = between(looks, 5_000, 30_000)
      expect(mean(settled)).toBeGreaterThan(0.7 * bps)
      expect(at95(delays(settled))).toBeLessThan(100)
    }),
    { seed, numRuns: 60 },
  )
})

test('[CARRY-8] at first it is slow enough for the narrowest way that a call has, and fast within seconds', () => {
  const narrow = send({ carries: () => mbit, rttMs: 40 }, 10_000)
  expect(Math.max(...delays(narrow))).toBeLessThan(700)
  expect(at95(delays(between(narrow, 3_000, 10_000)))).toBeLessThan(100)
  const wide = send({ carries: () => 20 * mbit, rttMs: 20 }, 8_000)
  expect(mean(between(wide, 4_000, 8_000))).toBeGreaterThan(0.8 * 20 * mbit)
  expect(Math.max(...delays(wide))).toBeLessThan(200)
})

test('[CARRY-8] it yields to others on the way, and takes what they leave', () => {
  const way: NarrowWay = {
    carries: () => 10 * mbit,
    others: (atMs) => (atMs >= 15_000 && atMs < 35_000 ? 4 * mbit : 0),
    rttMs: 20,
  }
  const looks = send(way, 60_000)
  expect(at95(delays(between(looks, 20_000, 35_000)))).toBeLessThan(100)
  expect(mean(between(looks, 20_000, 35_000))).toBeGreaterThan(0.6 * 6 * mbit)
  expect(mean(between(looks, 55_000, 60_000))).toBeGreaterThan(0.8 * 10 * mbit)
})

test('[CARRY-8] a way that becomes four times narrower is left to run off within a few seconds', () => {
  const looks = send({ carries: (atMs) => (atMs < 20_000 ? 20 : 5) * mbit, rttMs: 20 }, 40_000)
  expect(at95(delays(between(looks, 27_000, 40_000)))).toBeLessThan(100)
  expect(mean(between(looks, 27_000, 40_000))).toBeGreaterThan(0.7 * 5 * mbit)
})

test('[CARRY-8] a way that is longer from now on is a full one only for a while', () => {
  let pace: Pace = unpaced
  for (let atMs = 0; atMs < 60_000; atMs += 50) {
    const bytes = (atMs * pace.rate) / 1_000
    pace = heard(pace, { atMs, rttMs: atMs < 5_000 ? 20 : 120, bytes, isOut: false })
  }
  expect(pace.shortest.nowMs).toBe(120)
  expect(pace.draining).toBeNull()
})

test('[CARRY-8] a page that is busy for half a second is not taken for a full way', () => {
  const bytesAt = (atMs: number) => (atMs * unpaced.rate) / 1_000
  const steady = (pace: Pace, fromMs: number, toMs: number) => {
    let now = pace
    for (let atMs = fromMs; atMs < toMs; atMs += 50)
      now = heard(now, { atMs, rttMs: 20, bytes: bytesAt(atMs), isOut: false })
    return now
  }
  const before = steady({ ...unpaced, full: unpaced.rate * 1.2 }, 0, 2_000)
  let pace = before
  // Answered all at once, as the page comes to it; meanwhile the oldest is seen to be late.
  for (let atMs = 2_200; atMs < 2_500; atMs += 50)
    pace = heard(pace, { atMs, rttMs: atMs - 2_000, bytes: bytesAt(2_000), isOut: true })
  expect(pace.rate).toBeLessThan(before.rate)
  for (let askedMs = 2_000; askedMs < 2_500; askedMs += 50)
    pace = heard(pace, { atMs: 2_500, rttMs: 2_520 - askedMs, bytes: bytesAt(2_500), isOut: false })
  pace = steady(pace, 2_550, 2_800)
  expect(pace.rate).toBeGreaterThan(0.95 * before.rate)
})

test('[CARRY-8] what is not used up does not grow', () => {
  let pace: Pace = unpaced
  for (let atMs = 0; atMs < 20_000; atMs += 50)
    pace = heard(pace, { atMs, rttMs: 20, bytes: 0, isOut: false })
  expect(pace.rate).toBe(unpaced.rate)
})

test('[CARRY-8] whatever echoes say, the rate is a number within bounds', () => {
  const any = fc.record({
    gapMs: fc.oneof(fc.nat(500), fc.constantFrom(-10, 0, 1e9)),
    rttMs: fc.oneof(fc.nat(5_000), fc.constantFrom(0, -5, 1e9)),
    bytes: fc.oneof(fc.nat(), fc.constantFrom(0, Number.MAX_SAFE_INTEGER)),
    isOut: fc.boolean(),
    quality: fc.constantFrom('good' as const, 'good' as const, 'weak' as const, 'lost' as const),
  })
  fc.assert(
    fc.property(fc.array(any, { maxLength: 80 }), (echoes) => {
      let [pace, atMs] = [unpaced, 0]
      for (const { gapMs, rttMs, bytes, quality, isOut } of echoes) {
        atMs += gapMs
        pace = heard(callIs(pace, quality), { atMs, rttMs, bytes, isOut })
        expect(pace.rate).toBeGreaterThanOrEqual(leastRate)
        expect(pace.rate).toBeLessThanOrEqual(125_000_000)
      }
    }),
    { seed, numRuns: 500 },
  )
})

test('[CARRY-8] a moment that was not used is not made up for', () => {
  const rate = 2_000_000
  const used = allowed({ bytes: 0, atMs: 0 }, rate, 5, 16_384)
  expect(used.bytes).toBe(10_000)
  expect(allowed(used, rate, 10_000, 16_384).bytes).toBe(40_000)
  expect(allowed(used, 1_000, 10_000, 16_384).bytes).toBe(16_384)
  expect(allowed(used, rate, 1, 16_384).bytes, 'a clock that went back').toBe(10_000)
})

test('[CARRY-8] where the way is slow a piece is short', () => {
  expect(pieceFor(leastRate, 16_384)).toBe(2_048)
  expect(pieceFor(1_000_000, 16_384)).toBe(10_000)
  expect(pieceFor(100_000_000, 16_384)).toBe(16_384)
})

test('[CARRY-9] a weak call halves the rate at once and it falls on, and a good one lets it rise again', () => {
  let pace: Pace = { ...unpaced, rate: 1_000_000 }
  pace = callIs(pace, 'weak')
  expect(pace.rate).toBe(500_000)
  expect(callIs(pace, 'weak')).toBe(pace)
  let bytes = 0
  const listen = (fromMs: number, toMs: number) => {
    for (let atMs = fromMs; atMs < toMs; atMs += 50) {
      bytes += pace.rate / 20
      pace = heard(pace, { atMs, rttMs: 20, bytes, isOut: false })
    }
  }
  listen(0, 2_000)
  expect(pace.rate).toBeGreaterThan(0.45 * 500_000)
  expect(pace.rate).toBeLessThan(0.55 * 500_000)
  listen(2_000, 20_000)
  expect(pace.rate).toBe(leastRate)
  pace = callIs(pace, 'good')
  listen(20_000, 30_000)
  expect(pace.rate).toBeGreaterThan(4 * leastRate)
})

test('[CARRY-9] a call that was lost is begun with as at first, by what is known of its way', () => {
  const lost = callIs({ ...unpaced, rate: 5_000_000, full: 6_000_000 }, 'lost')
  expect(heard(lost, { atMs: 1, rttMs: 900, bytes: 0, isOut: false })).toMatchObject({
    rate: unpaced.rate,
    full: 6_000_000,
  })
})
