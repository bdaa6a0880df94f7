/** The grid by keyboard: arrows go from slot to slot, M takes an entry along, Enter puts it down. */
import type { PlanScreens } from '../../state/plan.ts'
import { type Column, canCross, canResize, type Placing, placeAt, stepMs } from './place.ts'

const hourSteps = 12

/** Elements that can have the focus carry their column and their order is that of the day. */
function stopsOf(grid: HTMLElement, column: string): HTMLElement[] {
  return [...grid.querySelectorAll<HTMLElement>(`[data-stop][data-column="${column}"]`)]
}

/** Moves the focus. False: the key means nothing here. */
export function moveFocus(grid: HTMLElement, from: HTMLElement, key: string): boolean {
  const column = Number(from.dataset.column)
  const here = stopsOf(grid, String(column))
  const at = here.indexOf(from)
  const to = targetOf(key)
  if (!to) return false
  const next =
    to.type === 'row'
      ? here[to.at === 'first' ? 0 : to.at === 'last' ? here.length - 1 : Math.max(0, at + to.at)]
      : nearest(stopsOf(grid, String(column + to.by)), Number(from.dataset.ms) - dayOf(from))
  next?.focus()
  return true
}

type Target =
  | { readonly type: 'row'; readonly at: 'first' | 'last' | number }
  | { readonly type: 'column'; readonly by: -1 | 1 }

function targetOf(key: string): Target | null {
  switch (key) {
    case 'ArrowDown':
      return { type: 'row', at: 1 }
    case 'ArrowUp':
      return { type: 'row', at: -1 }
    case 'Home':
      return { type: 'row', at: 'first' }
    case 'End':
      return { type: 'row', at: 'last' }
    case 'ArrowLeft':
      return { type: 'column', by: -1 }
    case 'ArrowRight':
      return { type: 'column', by: 1 }
    default:
      return null
  }
}

function dayOf(element: HTMLElement): number {
  return Number(element.dataset.day)
}

/** The one that begins last before that time of its own day, or its first. */
function nearest(stops: readonly HTMLElement[], intoDayMs: number): HTMLElement | undefined {
  return stops.findLast((stop) => Number(stop.dataset.ms) - dayOf(stop) <= intoDayMs) ?? stops[0]
}

/** What a key does to an entry that is being moved; null: nothing. */
export function placeByKey(
  plan: PlanScreens,
  placing: Placing,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  columns: readonly Column[],
): Placing | null {
  const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -hourSteps, PageDown: hourSteps }[key]
  const { column, startMs, endMs } = placing
  if (steps !== undefined) {
    const own = columns[column]
    if (shiftKey && !(own && canResize(plan, placing.entry, own))) return null
    const byMs = steps * stepMs
    const longer = Math.max(startMs + stepMs, endMs + byMs)
    const next = shiftKey
      ? { column, startMs, endMs: longer }
      : { column, startMs: startMs + byMs, endMs: endMs + byMs }
    return placeAt(plan, placing, next, columns)
  }
  const by = { ArrowLeft: -1, ArrowRight: 1 }[key]
  return by === undefined ? null : placeBeside(plan, placing, column + by, columns)
}

/** The same time of the day in another column. */
function placeBeside(
  plan: PlanScreens,
  placing: Placing,
  to: number,
  columns: readonly Column[],
): Placing | null {
  const [from, beside] = [columns[placing.column], columns[to]]
  if (!from || !beside || !canCross(placing.entry, from, beside)) return null
  const byMs = beside.day.startMs - from.day.startMs
  const next = { column: to, startMs: placing.startMs + byMs, endMs: placing.endMs + byMs }
  return placeAt(plan, placing, next, columns)
}
