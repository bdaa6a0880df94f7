/** The viewer by keyboard. */
import type { Point } from '../../core/scan/view.ts'
import type { Handled, ViewerTool } from '../../state/scan-viewer.ts'

const farSlices = 10
const panPx = 48
const zoomFactor = 1.25

const arrows: Readonly<Record<string, Point>> = {
  ArrowRight: [-panPx, 0],
  ArrowLeft: [panPx, 0],
  ArrowDown: [0, -panPx],
  ArrowUp: [0, panPx],
}

/** The middle of what takes the keys: zoom by key is about it. */
function middle({ currentTarget }: Event): Point {
  return currentTarget instanceof Element
    ? [currentTarget.clientWidth / 2, currentTarget.clientHeight / 2]
    : [0, 0]
}

function stepStack({ files, shown, showStack }: Handled, by: number): void {
  const stacks = files.stacks.peek()
  const at = stacks.findIndex((one) => one.stackId === shown.peek()?.stack.stackId)
  const next = stacks[at + by]
  if (next) showStack(next.stackId)
}

function takeTool({ tool }: Handled, next: ViewerTool): void {
  tool.value = next
}

function actOf(viewer: Handled, event: KeyboardEvent, onKeys: () => void): (() => void) | null {
  const { key } = event
  const arrow = arrows[key]
  if (event.shiftKey && arrow) return () => viewer.pan(arrow)
  const preset = viewer.presets.peek().find((one) => one.key === key)
  if (preset) return () => viewer.choose(preset)
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return () => viewer.step(1)
    case 'ArrowUp':
    case 'ArrowLeft':
      return () => viewer.step(-1)
    case 'PageDown':
      return () => viewer.step(farSlices)
    case 'PageUp':
      return () => viewer.step(-farSlices)
    case 'Home':
      return () => viewer.go(0)
    case 'End':
      return () => viewer.go(Number.MAX_SAFE_INTEGER)
    case '+':
    case '=':
      return () => viewer.zoom(middle(event), zoomFactor)
    case '-':
      return () => viewer.zoom(middle(event), 1 / zoomFactor)
    case 'o':
      return viewer.reset
    case 'r':
      return viewer.turn
    case 'f':
      return viewer.flip
    case 'i':
      return viewer.invert
    case 's':
      return () => takeTool(viewer, 'scroll')
    case 'w':
      return () => takeTool(viewer, 'window')
    case 'm':
      return () => takeTool(viewer, 'move')
    case 'z':
      return () => takeTool(viewer, 'zoom')
    case 'n':
      return () => stepStack(viewer, 1)
    case 'p':
      return () => stepStack(viewer, -1)
    case ' ':
      return () => runOrStop(viewer)
    case '?':
      return onKeys
    default:
      return null
  }
}

export function runOrStop({ film, shown }: Handled): void {
  if (film.isRunning.peek()) film.stop()
  else if (shown.peek()?.stack.kind === 'film') film.run()
}

/** What the picture takes, nobody else does: a digit chooses a window here, and no bed. */
export function pressKey(viewer: Handled, event: KeyboardEvent, onKeys: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const act = actOf(viewer, event, onKeys)
  if (!act && !/^[\d?]$/.test(event.key)) return
  event.preventDefault()
  event.stopPropagation()
  act?.()
}
