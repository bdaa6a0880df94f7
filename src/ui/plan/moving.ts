/** What is being moved in the grid, by pointer or by keys, until it is put down or let be. */
import { type Signal, useSignal } from '@preact/signals'
import type { Entry, PlanScreens } from '../../state/plan.ts'
import { startDrag } from './drag.ts'
import { moveFocus, placeByKey } from './keys.ts'
import { type Column, canMove, type Placing, placingOf } from './place.ts'

type Moving = {
  readonly placing: Signal<Placing | null>
  readonly byKeys: Signal<boolean>
  onKeyDown(event: KeyboardEvent): void
  onGrab(event: PointerEvent, entry: Entry, column: number, mode: 'move' | 'resize'): void
}

type MovingParts = {
  readonly plan: PlanScreens
  readonly columns: readonly Column[]
  readonly grid: { readonly current: HTMLElement | null }
  readonly body: { readonly current: HTMLElement | null }
  /** Takes the entry that has the focus once it is drawn anew. */
  readonly focusKey: { current: string | null }
}

export function useMoving(parts: MovingParts): Moving {
  const { plan, columns, grid, body } = parts
  const placing = useSignal<Placing | null>(null)
  const byKeys = useSignal(false)
  const take = (next: Placing | null, how: 'keys' | 'pointer') => {
    placing.value = next
    byKeys.value = next !== null && how === 'keys'
  }
  const drop = (placed: Placing) => {
    take(null, 'pointer')
    parts.focusKey.current = placed.entry.key
    if (placed.act) void plan.ask(placed.act, 'moved')
  }
  return {
    placing,
    byKeys,
    onKeyDown(event) {
      const { target } = event
      if (!(target instanceof HTMLElement) || !grid.current) return
      const held = byKeys.value ? placing.value : null
      if (held) moveByKey(parts, held, event, { take: (next) => take(next, 'keys'), drop })
      else if (event.key.toLowerCase() === 'm') take(liftedBy(parts, target), 'keys')
      else if (!walk(plan, grid.current, target, event.key)) return
      event.preventDefault()
    },
    onGrab(event, entry, column, mode) {
      if (!body.current || !grid.current || !canMove(plan, entry)) return
      startDrag(event, {
        plan,
        columns,
        placing: placingOf(entry, column),
        mode,
        body: body.current,
        scroller: grid.current,
        show: (next) => take(next, 'pointer'),
        drop,
      })
    },
  }
}

type Hands = { take(next: Placing | null): void; drop(placed: Placing): void }

/** While something is held, no key means anything else. */
function moveByKey({ plan, columns }: MovingParts, held: Placing, event: KeyboardEvent, hands: Hands): void {
  if (event.key === 'Enter') hands.drop(held)
  else if (event.key === 'Escape') hands.take(null)
  else hands.take(placeByKey(plan, held, event, columns) ?? held)
}

function liftedBy({ plan, columns }: MovingParts, target: HTMLElement): Placing | null {
  const column = Number(target.dataset.column)
  const found = columns[column]
  const entry = found && plan.entries(found.day, found.whose).find(({ key }) => key === target.dataset.entry)
  return entry && canMove(plan, entry) ? placingOf(entry, column) : null
}

/** Goes on to another slot, another day, or opens what is free. False: the key means nothing here. */
function walk(plan: PlanScreens, grid: HTMLElement, target: HTMLElement, key: string): boolean {
  if (key === 'PageDown' || key === 'PageUp') {
    plan.step(key === 'PageDown' ? 1 : -1)
    return true
  }
  if (key === 'Enter' && target.dataset.entry === undefined) {
    target.click()
    return true
  }
  return moveFocus(grid, target, key)
}
