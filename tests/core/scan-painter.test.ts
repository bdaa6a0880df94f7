/** What stands on a canvas (SPEC.md, SCAN-16): the view that was asked for last, or nothing. */
import { expect, test } from 'vitest'
import { done, fail, type Outcome } from '../../src/core/scan/outcome.ts'
import { photoFrame, photoScan } from '../../src/core/scan/photo.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import { fittedView, type View } from '../../src/core/scan/view.ts'
import { createPainter } from '../../src/io/scan/painter.ts'
import type { Sheet, Stage } from '../../src/io/scan/sheet.ts'

const extent = { columns: 2, rows: 2, pixelAspect: 1 }
const view = (fileId: string): View => fittedView(fileId, 0, extent, { width: 2, height: 2 })
const card = (value: number): Picture => ({
  rows: 2,
  columns: 2,
  samplesPerPixel: 3,
  samples: new Uint8Array(12).fill(value),
})
const cards: Readonly<Record<string, Picture>> = { one: card(1), two: card(2) }

/** A canvas as far as a painter needs one; `seen` is what is on it. */
function setUp(stages?: (paint: Stage['paint']) => readonly Stage[]) {
  const seen: (number | 'black')[] = []
  const listeners = new Map<string, () => void>()
  const context = { setTransform() {}, fillRect: () => seen.push('black'), fillStyle: '' }
  const canvas = {
    width: 2,
    height: 2,
    getContext: () => context,
    addEventListener: (name: string, hear: () => void) => listeners.set(name, hear),
  } as unknown as HTMLCanvasElement
  const paint = ({ picture }: Sheet) => {
    seen.push(picture.samples[0] ?? -1)
    return true
  }
  const forgotten: string[] = []
  const stage: Stage = { paint, forget: () => forgotten.push('all') }
  const waiting = new Map<string, (outcome: Outcome<Picture>) => void>()
  const reader = {
    picture: (fileId: string) => new Promise<Outcome<Picture>>((answer) => waiting.set(fileId, answer)),
    frame: async () => done(photoFrame(photoScan({ width: 2, height: 2 }, 'PNG'))),
  }
  const painter = createPainter(canvas, reader, stages?.(paint) ?? [stage], async () => {})
  const comes = (fileId: string) => waiting.get(fileId)?.(done(cards[fileId] ?? card(9)))
  return { painter, seen, comes, waiting, listeners, forgotten, canvas }
}

test('[SCAN-16] (HZ-1) of two views the last one stands, in whatever order their pictures come', async () => {
  const { painter, seen, comes } = setUp()
  const draws = [painter.draw(view('one')), painter.draw(view('two'))]
  comes('two')
  comes('one')
  expect(await Promise.all(draws)).toEqual(['stale', 'drawn'])
  expect(seen).toEqual([2])
})

test('[SCAN-16] (HZ-1) a view that cannot be drawn leaves black, and not the picture before', async () => {
  const { painter, seen, comes, waiting } = setUp()
  const first = painter.draw(view('one'))
  comes('one')
  expect(await first).toBe('drawn')
  const second = painter.draw(view('two'))
  expect(seen, 'until then the first stays').toEqual([1])
  waiting.get('two')?.(fail('corrupt', 'stream'))
  expect(await second).toEqual({ failure: 'corrupt', detail: 'stream' })
  expect(seen).toEqual([1, 'black'])
  painter.resize(4, 4, 1)
  expect(seen, 'and it does not come back').toEqual([1, 'black'])
})

test('[SCAN-16] what the first stage cannot draw the next one does; what none can is a failure by name', async () => {
  const no: Stage = { paint: () => false, forget() {} }
  const { painter, seen, comes } = setUp((paint) => [no, { paint, forget() {} }])
  const drawn = painter.draw(view('one'))
  comes('one')
  expect([await drawn, seen]).toEqual(['drawn', [1]])
  const hopeless = setUp(() => [no])
  const failed = hopeless.painter.draw(view('one'))
  hopeless.comes('one')
  expect(await failed).toEqual({ failure: 'no-codec', detail: 'canvas' })
  expect(hopeless.seen).toEqual(['black'])
})

test('[SCAN-16] (HZ-1) without memory to draw in there is black and a failure by name, not the picture before', async () => {
  let isFull = false
  const { painter, seen, comes } = setUp((paint) => [
    {
      paint(sheet, context) {
        if (isFull) throw new RangeError('Array buffer allocation failed')
        return paint(sheet, context)
      },
      forget() {},
    },
  ])
  const first = painter.draw(view('one'))
  comes('one')
  expect(await first).toBe('drawn')
  isFull = true
  const second = painter.draw(view('two'))
  comes('two')
  expect(await second).toEqual({ failure: 'no-codec', detail: 'canvas' })
  expect(seen).toEqual([1, 'black'])
})

test('[SCAN-16] another size, or a canvas that lost what it held, draws the same view again', async () => {
  const { painter, seen, comes, listeners, canvas } = setUp()
  const drawn = painter.draw(view('one'))
  comes('one')
  await drawn
  painter.resize(100.4, 50, 2)
  expect([canvas.width, canvas.height]).toEqual([201, 100])
  listeners.get('contextrestored')?.()
  expect(seen).toEqual([1, 1, 1])
})

test('[SCAN-16] (HZ-9) blank is black at once, in the card’s memory, too; what was on its way comes too late', async () => {
  const { painter, seen, comes, forgotten, canvas } = setUp()
  const draw = painter.draw(view('one'))
  painter.blank()
  comes('one')
  expect(await draw).toBe('stale')
  expect([seen, forgotten]).toEqual([['black'], ['all']])
  painter.close()
  expect(canvas.width).toBe(0)
})
