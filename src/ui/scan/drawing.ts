/** Keeps a canvas as its look says: drawn once a screen's frame at most, blank before it is of something else. */
import { effect, type ReadonlySignal } from '@preact/signals'
import type { ScanFailure } from '../../core/scan/outcome.ts'
import type { View, Viewport } from '../../core/scan/view.ts'
import type { ScanIo, ScanReader } from '../../state/scan-ports.ts'
import type { Look } from '../../state/scan-viewer.ts'

type Hearing = {
  resized(viewport: Viewport): void
  drew(view: View, outcome: 'drawn' | ScanFailure): void
  /** Whether the picture on the screen is another one than is asked for, for longer than an eye forgives. */
  late(isLate: boolean): void
}

const lateMs = 250

/** The answer ends it, and nothing stays on the canvas. */
export function keepDrawing(
  canvas: HTMLCanvasElement,
  io: ScanIo,
  reader: ScanReader,
  look: ReadonlySignal<Look | null>,
  hearing: Hearing,
): () => void {
  const painter = io.painter(canvas, reader)
  let frame = 0
  let stackId: string | null = null
  let drawn = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  function settle(key: string): void {
    drawn = key
    clearTimeout(timer)
    timer = undefined
    hearing.late(false)
  }

  async function draw(): Promise<void> {
    frame = 0
    const now = look.peek()
    if (!now) return
    const outcome = await painter.draw(now.view)
    if (outcome === 'stale') return
    settle(keyOf(now.view))
    hearing.drew(now.view, outcome)
  }

  const resizing = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = canvas
    if (width < 1 || height < 1) return
    painter.resize(width, height, devicePixelRatio)
    hearing.resized({ width, height })
  })
  resizing.observe(canvas)

  const stop = effect(() => {
    const now = look.value
    if ((now?.stackId ?? null) !== stackId) {
      stackId = now?.stackId ?? null
      painter.blank()
      settle('')
    }
    if (!now) return
    if (keyOf(now.view) !== drawn) timer ??= setTimeout(() => hearing.late(true), lateMs)
    frame ||= requestAnimationFrame(() => void draw())
  })

  return () => {
    stop()
    resizing.disconnect()
    cancelAnimationFrame(frame)
    clearTimeout(timer)
    painter.blank()
    painter.close()
  }
}

const keyOf = ({ fileId, frame }: View) => `${fileId} ${frame}`
