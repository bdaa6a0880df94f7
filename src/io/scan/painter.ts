/** Shows one picture at a time on a canvas: the view that was asked for last, as its file says, or nothing. */
import type { ScanFailure } from '../../core/scan/outcome.ts'
import type { Picture } from '../../core/scan/samples.ts'
import type { ScanFrame } from '../../core/scan/scan.ts'
import { createShades } from '../../core/scan/shades.ts'
import { placementOf, type View } from '../../core/scan/view.ts'
import type { Painter, ScanReader } from '../../state/scan-ports.ts'
import type { Stage } from './sheet.ts'

type Shown = { readonly view: View; readonly frame: ScanFrame; readonly picture: Picture }

const pictured = () => new Promise((next) => requestAnimationFrame(next))

/** `stages` are tried in turn: the graphics card first, the processor where it cannot. */
export function createPainter(
  canvas: HTMLCanvasElement,
  reader: Pick<ScanReader, 'frame' | 'picture'>,
  stages: readonly Stage[],
  nextPicture: () => Promise<unknown> = pictured,
): Painter {
  const context = canvas.getContext('2d', { alpha: false })
  const shadesOf = createShades()
  let shown: Shown | null = null
  let newest = 0

  /** False: nothing here can draw it, or there is no memory for it. */
  function paint(shown: Shown): boolean {
    try {
      return painted(shown)
    } catch {
      return false
    }
  }

  function painted({ view, frame, picture }: Shown): boolean {
    if (!context || canvas.width === 0 || canvas.height === 0) return context !== null
    const { columns, rows } = picture
    const extent = { columns, rows, pixelAspect: frame.geometry.pixelAspect }
    const sheet = {
      picture,
      shades: shadesOf(frame, picture, view),
      placement: placementOf(view, extent, canvas),
    }
    return stages.some((stage) => stage.paint(sheet, context))
  }

  function clear(): void {
    shown = null
    context?.setTransform(1, 0, 0, 1, 0, 0)
    if (context) context.fillStyle = '#000'
    context?.fillRect(0, 0, canvas.width, canvas.height)
  }

  function blank(): void {
    newest += 1
    clear()
    for (const stage of stages) stage.forget()
  }

  /** [SCAN-16] Nobody takes the picture before for the one that cannot be shown. */
  function refused({ failure, detail }: ScanFailure): ScanFailure {
    clear()
    return { failure, detail }
  }

  // A browser that loses the card's memory loses what was on this canvas, too.
  canvas.addEventListener('contextrestored', () => {
    if (shown) paint(shown)
  })

  return {
    async draw(view) {
      newest += 1
      const mine = newest
      const picture = await reader.picture(view.fileId, view.frame)
      const frame = picture.ok ? await reader.frame(view.fileId, view.frame) : picture
      if (mine === newest) await nextPicture()
      if (mine !== newest) return 'stale'
      if (!frame.ok) return refused(frame)
      if (!picture.ok) return refused(picture)
      const next = { view, frame: frame.value, picture: picture.value }
      if (!paint(next)) return refused({ failure: 'no-codec', detail: 'canvas' })
      shown = next
      return 'drawn'
    },
    resize(cssWidth, cssHeight, pixelRatio) {
      canvas.width = Math.max(Math.round(cssWidth * pixelRatio), 0)
      canvas.height = Math.max(Math.round(cssHeight * pixelRatio), 0)
      if (shown) paint(shown)
    },
    blank,
    close() {
      blank()
      canvas.width = 0
      canvas.height = 0
    },
  }
}
