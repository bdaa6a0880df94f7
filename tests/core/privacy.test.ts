/** The curtain's arithmetic, whatever clocks do. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  curtainAt,
  drawn,
  isDrawn,
  keptOf,
  leftOf,
  openCurtain,
  resumed,
  settled,
  touchedCurtain,
} from '../../src/core/privacy.ts'

const minuteMs = 60_000
const lengths = fc.constantFrom(15 * minuteMs, 30 * minuteMs, 60 * minuteMs)
const someMs = fc.integer({ min: 0, max: 200 * minuteMs })

describe('the curtain', () => {
  test('[PRIV-1] it is drawn for as long as was asked, and 15 more make it longer', () => {
    const curtain = drawn(openCurtain, 15 * minuteMs, 1_000)
    expect(leftOf(curtain, 1_000)).toBe(15 * minuteMs)
    expect(leftOf(drawn(curtain, 15 * minuteMs, 1_000 + 13 * minuteMs), 1_000 + 13 * minuteMs)).toBe(
      17 * minuteMs,
    )
  })

  test('[PRIV-3] it ends by itself, and a touch ends its return (HZ-3)', () => {
    const curtain = drawn(openCurtain, 15 * minuteMs, 0)
    expect(curtainAt(curtain, 15 * minuteMs - 1)).toBe(curtain)
    const over = curtainAt(curtain, 15 * minuteMs)
    expect(over).toEqual({ type: 'returning' })
    expect(touchedCurtain(over)).toEqual({ type: 'open' })
    expect(touchedCurtain(curtain)).toBe(curtain)
  })

  test('[PRIV-2] nothing of it is behind a curtain that is open', () => {
    expect(isDrawn(openCurtain, 0)).toBe(false)
    expect(keptOf(openCurtain, 0, 0)).toBeNull()
  })

  test('[PRIV-4] a reload before the server is heard takes nothing off and adds nothing (HZ-3)', () => {
    fc.assert(
      fc.property(lengths, someMs, someMs, fc.option(someMs), (lengthMs, atMs, freshMs, aheadMs) => {
        const before = drawn(openCurtain, lengthMs, 0)
        const kept = keptOf(before, atMs, aheadMs)
        const after = kept && resumed(kept, freshMs)
        expect(after && leftOf(after, freshMs)).toBe(leftOf(before, atMs))
      }),
    )
  })

  test('[PRIV-4] the server’s clock takes off what passed between two pages, and never adds', () => {
    fc.assert(
      fc.property(
        lengths,
        someMs,
        someMs,
        fc.integer({ min: -9e9, max: 9e9 }),
        (lengthMs, atMs, awayMs, ahead) => {
          const before = drawn(openCurtain, lengthMs, 0)
          const kept = keptOf(before, atMs, 1_000_000)
          if (kept?.type !== 'drawn' || kept.untilServerMs === null) return
          const curtain = resumed(kept, 0)
          // The new page's uptime begins at 0 when the server's clock says this:
          const honest = settled(curtain, kept.untilServerMs, 1_000_000 + atMs + awayMs)
          expect(leftOf(honest, 0)).toBe(Math.max(0, kept.leftMs - awayMs))
          expect(leftOf(settled(curtain, kept.untilServerMs, ahead), 0)).toBeLessThanOrEqual(kept.leftMs)
        },
      ),
    )
  })

  test('[PRIV-5] what is kept is of no other stay: an open curtain keeps nothing to come back', () => {
    expect(keptOf(openCurtain, 5, 7)).toBeNull()
    expect(keptOf({ type: 'returning' }, 5, 7)).toEqual({ type: 'returning' })
  })
})
