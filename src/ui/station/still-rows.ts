/** Keeps the queue still: what is over leaves its place empty for a moment, so that no row moves up under a finger. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { RequestView } from '../../state/requests.ts'

/** How long a row that is over stands there, and longer while the mouse is among the rows. */
const standsMs = 3_000
/** A press so soon after rows moved was meant for another one. Keys go to what has the focus, wherever it stands. */
const settleMs = 700

type Row = { readonly request: RequestView; readonly overMs: number | null }

export type StillRows = {
  /** Those that are open and those that just were, in the order in which they were made. */
  readonly rows: readonly (Row & { readonly isOver: boolean })[]
  /** What the list has to hear. */
  readonly hears: {
    onPointerEnter(event: PointerEvent): void
    onPointerLeave(): void
    onClickCapture(event: MouseEvent): void
  }
}

export function useStillRows(open: readonly RequestView[]): StillRows {
  const held = useRef<ReadonlyMap<string, Row>>(new Map())
  const hover = useRef<'inside' | 'outside'>('outside')
  const movedMs = useRef(Number.NEGATIVE_INFINITY)
  const [, draw] = useState(0)
  held.current = hold(held.current, open, performance.now())
  const rows = [...held.current.values()].toSorted((a, b) => a.request.madeMs - b.request.madeMs)
  const overs = rows.filter(({ overMs }) => overMs !== null).length
  useEffect(() => {
    if (overs === 0) return
    const timer = setInterval(() => {
      const before = held.current.size
      if (hover.current === 'outside') held.current = letGo(held.current, performance.now())
      if (held.current.size === before) return
      movedMs.current = performance.now()
      draw((count) => count + 1)
    }, 500)
    return () => clearInterval(timer)
  }, [overs])
  return {
    rows: rows.map((row) => ({ ...row, isOver: row.overMs !== null })),
    hears: {
      onPointerEnter({ pointerType }) {
        if (pointerType === 'mouse') hover.current = 'inside'
      },
      onPointerLeave() {
        hover.current = 'outside'
      },
      onClickCapture(event) {
        const isKey = event.detail === 0
        if (isKey || performance.now() - movedMs.current >= settleMs) return
        event.stopPropagation()
        event.preventDefault()
      },
    },
  }
}

export function hold(
  before: ReadonlyMap<string, Row>,
  open: readonly RequestView[],
  nowMs: number,
): ReadonlyMap<string, Row> {
  const over = [...before].map(([id, row]) => [id, { ...row, overMs: row.overMs ?? nowMs }] as const)
  const standing = open.map((request) => [request.requestId, { request, overMs: null }] as const)
  return new Map<string, Row>([...over, ...standing])
}

export function letGo(before: ReadonlyMap<string, Row>, nowMs: number): ReadonlyMap<string, Row> {
  return new Map([...before].filter(([, { overMs }]) => overMs === null || nowMs - overMs < standsMs))
}
