/** The stacks that are open, each by a small picture of its middle. */
import { useEffect, useRef } from 'preact/hooks'
import type { Stack } from '../../core/scan/stacks.ts'
import { thumbnailOf } from '../../core/scan/thumbnail.ts'
import type { OpenedScan, ScanReader } from '../../state/scan-ports.ts'
import type { Viewer } from '../../state/scan-viewer.ts'
import { scanWords, stackWord, stackWords } from '../words-scan.ts'

export function Series({ viewer }: { viewer: Viewer }) {
  const stacks = viewer.files.stacks.value
  if (stacks.length < 2) return null
  return (
    <nav class="scan-series" aria-label={scanWords.series}>
      <ul>
        {stacks.map((stack) => (
          <li key={stack.stackId}>
            <button
              type="button"
              aria-current={viewer.shown.value?.stack.stackId === stack.stackId}
              onClick={() => viewer.showStack(stack.stackId)}
            >
              <SmallPicture stack={stack} reader={viewer.reader} />
              <span>
                <b>{stackWord(stack)}</b>
                <small>{stackWords.count({ count: stack.slices.length })}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const mostPx = 96

function SmallPicture({ stack, reader }: { stack: Stack<OpenedScan>; reader: ScanReader }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const middle = stack.slices[Math.floor(stack.slices.length / 2)]
  const key = `${middle?.fileId} ${middle?.frame}`
  useEffect(() => {
    let isThere = true
    if (middle) void drawSmall(reader, middle, () => (isThere ? canvas.current : null))
    return () => {
      isThere = false
    }
  }, [key])
  return <canvas ref={canvas} width={mostPx} height={mostPx} />
}

/** What cannot be drawn stays dark: its series says why once it is opened. */
async function drawSmall(
  reader: ScanReader,
  { fileId, frame }: { readonly fileId: string; readonly frame: number },
  there: () => HTMLCanvasElement | null,
): Promise<void> {
  const picture = await reader.picture(fileId, frame)
  const known = picture.ok ? await reader.frame(fileId, frame) : picture
  const canvas = there()
  if (!canvas || !picture.ok || !known.ok) return
  const { width, height, rgba } = thumbnailOf(known.value, picture.value, mostPx)
  canvas.width = width
  canvas.height = height
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0)
}
