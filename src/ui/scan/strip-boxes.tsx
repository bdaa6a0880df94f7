/** Black boxes over a picture: drawn and moved with a mouse, a finger, or the arrow keys. */
import { useRef, useState } from 'preact/hooks'
import type { Box } from '../../core/scan/boxes.ts'
import type { Looking } from '../../core/scan/looking.ts'
import type { StripStep } from '../../state/scan-strip.ts'
import { boxWord } from '../words-scan-strip.ts'

type BoxesProps = { step: StripStep; looking: Looking; name: string }

/** What a finger that is down does: it draws from here, or carries a box that it took hold of there. */
type Hold =
  | { readonly type: 'draws'; readonly from: readonly [x: number, y: number] }
  | { readonly type: 'carries'; readonly index: number; readonly by: readonly [x: number, y: number] }

const between = (a: readonly [number, number], b: readonly [number, number]): Box => ({
  x: Math.min(a[0], b[0]),
  y: Math.min(a[1], b[1]),
  width: Math.abs(a[0] - b[0]),
  height: Math.abs(a[1] - b[1]),
})

export function Boxes({ step, looking, name }: BoxesProps) {
  const { rows, columns } = looking
  const area = useRef<HTMLDivElement>(null)
  const hold = useRef<Hold | null>(null)
  const [drawing, setDrawing] = useState<Box | null>(null)

  /** In pixels of the image. */
  function pointOf({ clientX, clientY }: PointerEvent): readonly [number, number] {
    const { left, top, width, height } = area.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    return [((clientX - left) / width) * columns, ((clientY - top) / height) * rows]
  }

  function down(event: PointerEvent): void {
    if (event.button !== 0 || hold.current) return
    const from = pointOf(event)
    area.current?.setPointerCapture(event.pointerId)
    const index = step.boxes.value.findLastIndex((box) => isIn(from, box))
    const box = step.boxes.value[index]
    hold.current = box
      ? { type: 'carries', index, by: [from[0] - box.x, from[1] - box.y] }
      : { type: 'draws', from }
  }

  function move(event: PointerEvent): void {
    const [now, point] = [hold.current, pointOf(event)]
    if (now?.type === 'draws') setDrawing(between(now.from, point))
    if (now?.type !== 'carries') return
    const box = step.boxes.value[now.index]
    if (box) step.change(now.index, { ...box, x: point[0] - now.by[0], y: point[1] - now.by[1] })
  }

  /** A tap is no box. */
  function up(): void {
    const isBox = drawing && drawing.width >= columns / 100 && drawing.height >= rows / 100
    if (hold.current?.type === 'draws' && isBox) step.add(drawing)
    hold.current = null
    setDrawing(null)
  }

  return (
    <div
      ref={area}
      class="strip-boxes"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
    >
      {step.boxes.value.map((box, index) => (
        <button
          key={index}
          type="button"
          class="strip-box"
          style={placeOf(box, looking)}
          aria-label={`${name}. ${boxWord(index, box, looking)}`}
          aria-describedby="strip-keys"
          onKeyDown={(event) => pressed(event, step, index, looking)}
        />
      ))}
      {drawing && <div class="strip-box" style={placeOf(drawing, looking)} />}
    </div>
  )
}

const isIn = ([x, y]: readonly [number, number], box: Box) =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height

function placeOf({ x, y, width, height }: Box, { rows, columns }: Looking) {
  const part = (length: number, of: number) => `${(100 * length) / of}%`
  return {
    insetInlineStart: part(x, columns),
    insetBlockStart: part(y, rows),
    inlineSize: part(width, columns),
    blockSize: part(height, rows),
  }
}

const ways: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** A hundredth of the picture at a press, and a pixel at least. */
function pressed(event: KeyboardEvent, step: StripStep, index: number, { rows, columns }: Looking): void {
  const box = step.boxes.value[index]
  if (!box) return
  const way = ways[event.key]
  if (event.key === 'Delete' || event.key === 'Backspace') {
    const { currentTarget } = event
    if (currentTarget instanceof Element) currentTarget.closest('dialog')?.querySelector('h2')?.focus()
    step.remove(index)
  } else if (way) {
    const [right, below] = [way[0] * Math.max(1, columns / 100), way[1] * Math.max(1, rows / 100)]
    const { x, y, width, height } = box
    step.change(
      index,
      event.shiftKey
        ? { x, y, width: width + right, height: height + below }
        : { x: x + right, y: y + below, width, height },
    )
  } else return
  event.preventDefault()
  event.stopPropagation()
}
