/** How a picture is looked at (SPEC.md, VIEW): coordinates, zoom, turns, windows, steps. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Grey, Window } from '../../src/core/scan/grey.ts'
import {
  allowedWindow,
  clamped,
  draggedWindow,
  type Extent,
  fitted,
  fittedView,
  flipped,
  indexIn,
  inverted,
  type Point,
  panned,
  placementOf,
  steppedIndex,
  toImage,
  toViewport,
  turned,
  type View,
  type Viewport,
  voiOf,
  withVoi,
  zoomed,
} from '../../src/core/scan/view.ts'

const seed = 20261201
const check = (property: fc.IProperty<unknown>) => fc.assert(property, { seed, numRuns: 1_000 })

const extents: fc.Arbitrary<Extent> = fc.record({
  columns: fc.integer({ min: 1, max: 16_384 }),
  rows: fc.integer({ min: 1, max: 16_384 }),
  pixelAspect: fc.constantFrom(1, 0.5, 2, 1.37, 0.1),
})
const viewports: fc.Arbitrary<Viewport> = fc.record({
  width: fc.integer({ min: 40, max: 4_000 }),
  height: fc.integer({ min: 40, max: 4_000 }),
})
const share = fc.double({ min: 0, max: 1, noNaN: true })

/** A picture, and a view of it that is allowed. */
const looks = fc
  .tuple(extents, share, share, share, fc.constantFrom(0, 90, 180, 270), fc.boolean(), fc.boolean())
  .map(([extent, across, down, near, rotation, isFlipped, isInverted]) => {
    const longest = Math.max(extent.columns, extent.rows * extent.pixelAspect)
    const view: View = {
      fileId: 'a',
      frame: 0,
      voi: null,
      isInverted,
      centre: [across * extent.columns, down * extent.rows],
      scale: 4 + near * longest,
      rotation: rotation as View['rotation'],
      isFlipped,
    }
    return { extent, view: clamped(view, extent) }
  })

const near = (a: number, b: number, size: number) => expect(Math.abs(a - b)).toBeLessThan(1e-7 * (1 + size))
function same(a: Point, b: Point, size: number): void {
  near(a[0], b[0], size)
  near(a[1], b[1], size)
}
const sizeOf = ({ columns, rows }: Extent) => Math.max(columns, rows)

describe('coordinates', () => {
  test('[VIEW-1] from the picture to the viewport and back is where one began, for every turn, flip and shape of pixels', () => {
    check(
      fc.property(looks, viewports, share, share, ({ extent, view }, viewport, across, down) => {
        const point: Point = [across * extent.columns, down * extent.rows]
        same(
          toImage(view, extent, viewport, toViewport(view, extent, viewport, point)),
          point,
          sizeOf(extent),
        )
        const place: Point = [across * viewport.width, down * viewport.height]
        same(toViewport(view, extent, viewport, toImage(view, extent, viewport, place)), place, 4_000)
      }),
    )
  })

  test('[VIEW-1] a telephone and a wide screen show the same middle, and the same square round it', () => {
    check(
      fc.property(looks, viewports, viewports, share, share, ({ extent, view }, a, b, across, down) => {
        const at = ({ width, height }: Viewport): Point => {
          const short = Math.min(width, height)
          return [width / 2 + (across - 0.5) * short, height / 2 + (down - 0.5) * short]
        }
        same(toImage(view, extent, a, at(a)), toImage(view, extent, b, at(b)), sizeOf(extent) * 10)
        same(toImage(view, extent, a, [a.width / 2, a.height / 2]), view.centre, sizeOf(extent))
      }),
    )
  })

  test('[VIEW-1] by hand: a picture of 200 × 100 in 400 × 400, turned to the right and flipped', () => {
    const extent = { columns: 200, rows: 100, pixelAspect: 1 }
    const viewport = { width: 400, height: 400 }
    const upright = fittedView('a', 0, extent, viewport)
    expect(toViewport(upright, extent, viewport, [0, 0])).toEqual([0, 100])
    expect(toViewport(upright, extent, viewport, [200, 100])).toEqual([400, 300])
    expect(toViewport(turned(upright), extent, viewport, [0, 0])).toEqual([300, 0])
    expect(toViewport(flipped(upright), extent, viewport, [0, 0])).toEqual([400, 100])
    expect(placementOf(upright, extent, viewport)).toEqual([2, 0, -0, 2, 0, 100])
  })

  test('[VIEW-1] a pixel that is twice as high as wide takes twice the height', () => {
    const extent = { columns: 100, rows: 100, pixelAspect: 2 }
    const viewport = { width: 300, height: 400 }
    const view = fittedView('a', 0, extent, viewport)
    expect(toViewport(view, extent, viewport, [100, 100])).toEqual([250, 400])
  })
})

describe('what is in sight', () => {
  test('[VIEW-2] a picture is whole in any viewport, touches its edges, and lies in its middle', () => {
    check(
      fc.property(looks, viewports, ({ extent, view }, viewport) => {
        const whole = fitted(view, extent, viewport)
        const corners = [
          toViewport(whole, extent, viewport, [0, 0]),
          toViewport(whole, extent, viewport, [extent.columns, extent.rows]),
        ] as const
        const [width, height] = [0, 1].map((side) =>
          Math.abs((corners[1][side] ?? 0) - (corners[0][side] ?? 0)),
        )
        const fill = Math.max((width ?? 0) / viewport.width, (height ?? 0) / viewport.height)
        near(fill, 1, 1)
        same(
          toViewport(whole, extent, viewport, [extent.columns / 2, extent.rows / 2]),
          [viewport.width / 2, viewport.height / 2],
          4_000,
        )
      }),
    )
  })

  test('[VIEW-2] at first it is upright and as the file says', () => {
    const first = fittedView('a', 3, { columns: 512, rows: 512, pixelAspect: 1 }, { width: 800, height: 600 })
    expect(first).toMatchObject({
      frame: 3,
      voi: null,
      isInverted: false,
      rotation: 0,
      isFlipped: false,
      scale: 512,
    })
  })

  test('[VIEW-3] whatever is done, the middle stays on the picture and the scale within its bounds', () => {
    const step = fc.oneof(
      fc.tuple(
        fc.constant('pan' as const),
        fc.integer({ min: -9_000, max: 9_000 }),
        fc.integer({ min: -9_000, max: 9_000 }),
      ),
      fc.tuple(
        fc.constant('zoom' as const),
        fc.integer({ min: -500, max: 4_500 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
      ),
      fc.tuple(fc.constant('turn' as const), fc.constant(0), fc.constant(0)),
      fc.tuple(fc.constant('flip' as const), fc.constant(0), fc.constant(0)),
    )
    check(
      fc.property(
        looks,
        viewports,
        fc.array(step, { maxLength: 20 }),
        ({ extent, view }, viewport, steps) => {
          const end = steps.reduce((now, [what, a, b]) => {
            if (what === 'pan') return panned(now, extent, viewport, [a, b])
            if (what === 'zoom') return zoomed(now, extent, viewport, [a, a], b)
            return what === 'turn' ? turned(now) : flipped(now)
          }, view)
          expect(clamped(end, extent)).toEqual(end)
          const [x, y] = end.centre
          expect(x >= 0 && x <= extent.columns && y >= 0 && y <= extent.rows).toBe(true)
        },
      ),
    )
  })

  test('[VIEW-3] nonsense becomes a view that shows something', () => {
    const extent = { columns: 10, rows: 20, pixelAspect: 1 }
    const view = fittedView('a', 0, extent, { width: 100, height: 100 })
    const wild = { ...view, centre: [Number.NaN, Number.POSITIVE_INFINITY] as const, scale: Number.NaN }
    expect(clamped(wild, extent)).toMatchObject({ centre: [5, 10], scale: 20 })
    expect(clamped({ ...view, scale: 0, centre: [-4, 400] }, extent)).toMatchObject({
      centre: [0, 20],
      scale: 4,
    })
    expect(clamped({ ...view, scale: 1e9 }, extent).scale).toBe(40)
  })

  test('[VIEW-4] what lies under the finger stays there, unless the middle would leave the picture', () => {
    check(
      fc.property(
        looks,
        viewports,
        share,
        share,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        ({ extent, view }, viewport, across, down, factor) => {
          const finger: Point = [across * viewport.width, down * viewport.height]
          const before = toImage(view, extent, viewport, finger)
          const after = zoomed(view, extent, viewport, finger, factor)
          const [x, y] = after.centre
          const isAtEdge = [0, extent.columns].includes(x) || [0, extent.rows].includes(y)
          if (!isAtEdge) same(toImage(after, extent, viewport, finger), before, sizeOf(extent) * 10)
        },
      ),
    )
  })

  test('[VIEW-4] a picture follows the finger that drags it', () => {
    const extent = { columns: 400, rows: 400, pixelAspect: 1 }
    const viewport = { width: 400, height: 400 }
    const view = turned(fittedView('a', 0, extent, viewport))
    const [before, after] = [view, panned(view, extent, viewport, [30, -20])].map((one) =>
      toViewport(one, extent, viewport, [200, 200]),
    )
    expect(before).toEqual([200, 200])
    expect(after).toEqual([230, 180])
  })
})

describe('turning and flipping', () => {
  test('[VIEW-5] four turns and two flips are none; a flip is a mirror on the screen whatever was done before', () => {
    check(
      fc.property(looks, viewports, share, share, ({ extent, view }, viewport, across, down) => {
        expect(turned(turned(turned(turned(view))))).toEqual(view)
        expect(flipped(flipped(view))).toEqual(view)
        expect(inverted(inverted(view))).toEqual(view)
        const point: Point = [across * extent.columns, down * extent.rows]
        const [x, y] = toViewport(view, extent, viewport, point)
        const size = Math.abs(x) + Math.abs(y) + 4_000
        same(toViewport(flipped(view), extent, viewport, point), [viewport.width - x, y], size)
        const [right, below] = [x - viewport.width / 2, y - viewport.height / 2]
        const quarter: Point = [viewport.width / 2 - below, viewport.height / 2 + right]
        same(toViewport(turned(view), extent, viewport, point), quarter, size)
      }),
    )
  })
})

describe('windows', () => {
  const wide = fc.record({
    centre: fc.integer({ min: -32_768, max: 65_535 }),
    width: fc.integer({ min: 1, max: 65_536 }),
  })
  const drags = fc.tuple(fc.integer({ min: -4_000, max: 4_000 }), fc.integer({ min: -4_000, max: 4_000 }))

  test('[VIEW-6] a window by hand is always one that its function allows, and is finite', () => {
    check(
      fc.property(
        wide,
        drags,
        fc.constantFrom('LINEAR', 'LINEAR_EXACT', 'SIGMOID'),
        (from, drag, voiFunction) => {
          const { centre, width } = draggedWindow(from, drag, voiFunction as Grey['voiFunction'])
          expect(Number.isFinite(centre) && Number.isFinite(width)).toBe(true)
          expect(width).toBeGreaterThanOrEqual(voiFunction === 'LINEAR' ? 1 : 1e-6)
        },
      ),
    )
  })

  test('[VIEW-6] right is wider, down is darker, and back where it began is the window from before', () => {
    check(
      fc.property(wide, (from) => {
        expect(draggedWindow(from, [0, 0], 'LINEAR')).toEqual(from)
      }),
    )
    const from = { centre: 40, width: 400 }
    expect(draggedWindow(from, [160, 0], 'LINEAR')).toEqual({ centre: 40, width: 800 })
    expect(draggedWindow(from, [0, 32], 'LINEAR')).toEqual({ centre: 80, width: 400 })
    expect(draggedWindow({ centre: 0.5, width: 0.5 }, [0, 32], 'SIGMOID')).toEqual({
      centre: 0.55,
      width: 0.5,
    })
  })

  test('[VIEW-6] what no function allows becomes what it does', () => {
    expect(allowedWindow({ centre: Number.NaN, width: -4 }, 'LINEAR')).toEqual({ centre: 0, width: 1 })
    expect(allowedWindow({ centre: 1e30, width: Number.POSITIVE_INFINITY }, 'SIGMOID').width).toBe(1e-6)
  })

  test('[VIEW-7] the view’s window, else the file’s first, else its table, else everything', () => {
    const plain: Grey = {
      modality: { slope: 1, intercept: 0 },
      windows: [],
      voiLuts: [],
      voiFunction: 'LINEAR',
      isInverted: false,
    }
    const table = { first: 0, bits: 8, entries: Uint16Array.of(0, 255), explanation: null }
    const mine: Window = { centre: 1, width: 2 }
    const first = { centre: 3, width: 4, name: null }
    expect(voiOf({ ...plain, windows: [first] }, mine)).toBe(mine)
    expect(voiOf({ ...plain, windows: [first], voiLuts: [table] }, null)).toBe(first)
    expect(voiOf({ ...plain, voiLuts: [table] }, null)).toBe(table)
    expect(voiOf(plain, null)).toBeNull()
    expect(
      withVoi(fittedView('a', 0, { columns: 1, rows: 1, pixelAspect: 1 }, { width: 9, height: 9 }), mine).voi,
    ).toBe(mine)
  })
})

test('[VIEW-8] a stack ends at its ends', () => {
  expect(steppedIndex(60, 58, 1)).toBe(59)
  expect(steppedIndex(60, 59, 1)).toBe(59)
  expect(steppedIndex(60, 3, -10)).toBe(0)
  expect(steppedIndex(0, 0, 1)).toBe(0)
  expect(steppedIndex(10, 4, 1.7)).toBe(5)
  const slices = [
    { fileId: 'a', frame: 0 },
    { fileId: 'b', frame: 2 },
  ]
  expect(indexIn(slices, { fileId: 'b', frame: 2 })).toBe(1)
  expect(indexIn(slices, { fileId: 'b', frame: 0 })).toBe(-1)
})
