/** A day of several beds, or days of one person, as a grid of half hours in which entries are moved and resized. */
import { useComputed, useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Entry } from '../../state/plan.ts'
import { useNow } from '../parts/now.ts'
import { gridWords, planWords, spanWord } from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { startDrag } from './drag.ts'
import { Rows } from './grid-rows.tsx'
import { moveFocus, placeByKey } from './keys.ts'
import { resourceWord } from './lines.ts'
import { type Column, canMove, type Placing, placingOf } from './place.ts'

type GridProps = { desk: Desk; columns: readonly Column[]; label: string; showCancelled: 'yes' | 'no' }

export function TimeGrid({ desk, columns, label, showCancelled }: GridProps) {
  const { plan } = desk
  const zone = plan.zone.value
  const grid = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const placing = useSignal<Placing | null>(null)
  const lifted = useComputed(() => placing.value?.entry.key ?? null)
  const byKeys = useSignal(false)
  const focusKey = useRef<string | null>(null)
  useScroll(grid, columns, plan.nowMs())
  useOneTabStop(grid, focusKey)

  function drop(placed: Placing): void {
    placing.value = null
    byKeys.value = false
    focusKey.current = placed.entry.key
    if (placed.act) void plan.ask(placed.act, 'moved')
  }

  function onKeyDown(event: KeyboardEvent): void {
    const target = event.target
    if (!(target instanceof HTMLElement) || !grid.current) return
    if (moveByKey(event)) return event.preventDefault()
    if (event.key === 'PageDown' || event.key === 'PageUp') {
      plan.step(event.key === 'PageDown' ? 1 : -1)
      event.preventDefault()
    } else if (event.key === 'm' || event.key === 'M') lift(target)
    else if (target.dataset.entry === undefined && event.key === 'Enter') target.click()
    else if (moveFocus(grid.current, target, event.key)) event.preventDefault()
  }

  function moveByKey(event: KeyboardEvent): boolean {
    const held = placing.value
    if (!held || !byKeys.value) return false
    if (event.key === 'Enter') drop(held)
    else if (event.key === 'Escape') {
      placing.value = null
      byKeys.value = false
    } else {
      const next = placeByKey(plan, held, event, columns)
      if (!next) return event.key.startsWith('Arrow')
      placing.value = next
    }
    return true
  }

  function lift(target: HTMLElement): void {
    const column = Number(target.dataset.column)
    const found = columns[column]
    const entry =
      found && plan.entries(found.day, found.whose).find(({ key }) => key === target.dataset.entry)
    if (!entry || !canMove(plan, entry)) return
    byKeys.value = true
    placing.value = placingOf(entry, column)
  }

  function grab(event: PointerEvent, entry: Entry, column: number, mode: 'move' | 'resize'): void {
    if (!body.current || !grid.current || !canMove(plan, entry)) return
    byKeys.value = false
    startDrag(event, {
      plan,
      columns,
      placing: placingOf(entry, column),
      mode,
      body: body.current,
      scroller: grid.current,
      show: (next) => {
        placing.value = next
      },
      drop,
    })
  }

  /** A touch on what is free books there; entries hear their own. */
  function onClick({ target }: MouseEvent): void {
    if (!(target instanceof HTMLElement) || target.tagName !== 'TD' || !plan.mayChange) return
    const column = columns[Number(target.dataset.column)]
    const startMs = Number(target.dataset.ms)
    if (!column || !startMs) return
    const bed = column.bed
    const stop = bed && { bedId: bed.id, admissionId: bed.stay?.admissionId ?? null, minutes: 15 }
    desk.create(startMs, stop ? { stops: [{ ...stop, state: 'open' }] } : {})
  }

  return (
    <>
      <div class="grid" ref={grid} style={{ '--columns': String(columns.length) }}>
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of the ARIA guide is a table with this role */}
        <table role="grid" aria-label={label} onKeyDown={onKeyDown} onClick={onClick}>
          <thead>
            <tr>
              <td class="axis" />
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  class={column.bed === null && isToday(column, plan.nowMs()) ? 'current' : ''}
                >
                  <b>{column.label}</b>
                  {column.more && <span>{column.more}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            <Rows {...{ desk, columns, showCancelled, lifted: lifted.value, onGrab: grab }} />
          </tbody>
        </table>
        <Preview {...{ desk, columns, placing: placing.value }} />
        <NowLine desk={desk} columns={columns} />
      </div>
      <p class="unseen" aria-live="assertive">
        {byKeys.value && placing.value && placingWord(desk, placing.value, columns, zone)}
      </p>
      <p class="grid-help">{byKeys.value ? gridWords.moveHelp : planWords.keysHint}</p>
    </>
  )
}

function isToday({ day }: Column, nowMs: number): boolean {
  return day.startMs <= nowMs && nowMs < day.endMs
}

type PreviewProps = { desk: Desk; columns: readonly Column[]; placing: Placing | null }

/** Where it would stand, and who is there already: seen before it is let go. */
function Preview({ desk, columns, placing }: PreviewProps) {
  const column = placing && columns[placing.column]
  if (!placing || !column) return null
  const { startMs, endMs, trouble } = placing
  const held = trouble?.blocking.map(({ resource }) => resourceWord(desk.plan, resource)) ?? []
  return (
    <div
      class={trouble ? 'preview clash' : 'preview'}
      aria-hidden="true"
      style={{
        '--column': String(placing.column),
        '--from': String((startMs - column.day.startMs) / 60_000),
        '--long': String((endMs - startMs) / 60_000),
      }}
    >
      <b>{spanWord(startMs, endMs, desk.plan.zone.value)}</b>
      {trouble && <span>{`${gridWords.clash}: ${[...new Set(held)].join(', ')}`}</span>}
    </div>
  )
}

function NowLine({ desk, columns }: { desk: Desk; columns: readonly Column[] }) {
  useNow(30_000)
  const nowMs = desk.plan.nowMs()
  const first = columns.findIndex((column) => isToday(column, nowMs))
  const column = columns[first]
  if (!column) return null
  const across = columns.filter((one) => isToday(one, nowMs)).length
  return (
    <div
      class="now-line"
      aria-hidden="true"
      style={{
        '--column': String(first),
        '--across': String(across),
        '--from': String((nowMs - column.day.startMs) / 60_000),
      }}
    />
  )
}

function placingWord(
  desk: Desk,
  { startMs, endMs, column, trouble }: Placing,
  columns: readonly Column[],
  zone: string,
): string {
  const place = gridWords.moving(spanWord(startMs, endMs, zone), columns[column]?.label ?? '')
  if (!trouble) return place
  return `${place}. ${gridWords.clash}: ${trouble.blocking.map(({ resource }) => resourceWord(desk.plan, resource)).join(', ')}`
}

/** Opened at what is now, or at the morning. */
function useScroll(
  grid: { current: HTMLDivElement | null },
  columns: readonly Column[],
  nowMs: number,
): void {
  const key = columns[0]?.day.date
  useLayoutEffect(() => {
    const day = columns.find((column) => isToday(column, nowMs))?.day
    const hours = day ? (nowMs - day.startMs) / 3_600_000 - 1 : 7
    const row = grid.current?.querySelector('tbody tr')?.getBoundingClientRect().height ?? 0
    if (grid.current) grid.current.scrollTop = Math.max(0, hours) * 2 * row
  }, [key])
}

/** One of the grid's stops is in the page's tab order: the one that had the focus last. */
function useOneTabStop(grid: { current: HTMLDivElement | null }, focusKey: { current: string | null }): void {
  useLayoutEffect(() => {
    const within = grid.current
    if (!within) return
    const wanted = focusKey.current
    if (wanted !== null) {
      focusKey.current = null
      within.querySelector<HTMLElement>(`[data-entry="${CSS.escape(wanted)}"]`)?.focus()
    }
    if (!within.querySelector('[data-stop][tabindex="0"]'))
      within.querySelector<HTMLElement>('[data-entry], [data-stop]')?.setAttribute('tabindex', '0')
  })
  useLayoutEffect(() => {
    const within = grid.current
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target.dataset.stop === undefined) return
      for (const old of within?.querySelectorAll('[data-stop][tabindex="0"]') ?? [])
        old.setAttribute('tabindex', '-1')
      target.setAttribute('tabindex', '0')
    }
    within?.addEventListener('focusin', onFocus)
    return () => within?.removeEventListener('focusin', onFocus)
  }, [])
}
