/** A day of several beds, or days of one person, as a grid of half hours in which entries are moved and resized. */
import { useLayoutEffect, useRef } from 'preact/hooks'
import { useNow } from '../parts/now.ts'
import { gridWords, planWords, spanWord } from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { Rows } from './grid-rows.tsx'
import { resourceWord } from './lines.ts'
import { useMoving } from './moving.ts'
import type { Column, Placing } from './place.ts'

type GridProps = { desk: Desk; columns: readonly Column[]; label: string; showCancelled: 'yes' | 'no' }

export function TimeGrid({ desk, columns, label, showCancelled }: GridProps) {
  const { plan } = desk
  const zone = plan.zone.value
  const grid = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const focusKey = useRef<string | null>(null)
  const moving = useMoving({ plan, columns, grid, body, focusKey })
  const placing = moving.placing.value
  const byKeys = moving.byKeys.value
  useScroll(grid, columns, plan.nowMs())
  useOneTabStop(grid, focusKey)

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
      <div
        class={columns.length === 1 ? 'grid single' : 'grid'}
        ref={grid}
        style={{ '--columns': String(columns.length) }}
      >
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of the ARIA guide is a table with this role */}
        <table role="grid" aria-label={label} onKeyDown={moving.onKeyDown} onClick={onClick}>
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
            <Rows
              {...{ desk, columns, showCancelled, lifted: placing?.entry.key ?? null, onGrab: moving.onGrab }}
            />
          </tbody>
        </table>
        <Preview {...{ desk, columns, placing, byKeys }} />
        <NowLine desk={desk} columns={columns} />
      </div>
      <p class="unseen" aria-live="assertive">
        {byKeys && placing && placingWord(desk, placing, columns, zone)}
      </p>
      <p class="grid-help">{byKeys ? gridWords.moveHelp : planWords.keysHint}</p>
    </>
  )
}

function isToday({ day }: Column, nowMs: number): boolean {
  return day.startMs <= nowMs && nowMs < day.endMs
}

type PreviewProps = { desk: Desk; columns: readonly Column[]; placing: Placing | null; byKeys: boolean }

/** Where it would stand, and who is there already: seen before it is let go. */
function Preview({ desk, columns, placing, byKeys }: PreviewProps) {
  const shown = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (byKeys) shown.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [placing, byKeys])
  const column = placing && columns[placing.column]
  if (!placing || !column) return null
  const { startMs, endMs, trouble } = placing
  const held = trouble?.blocking.map(({ resource }) => resourceWord(desk.plan, resource)) ?? []
  return (
    <div
      ref={shown}
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
  const place = gridWords.moving({
    span: spanWord(startMs, endMs, zone),
    column: columns[column]?.label ?? '',
  })
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
    // A little earlier: an hour's word stands on its line, and half of it above.
    if (grid.current) grid.current.scrollTop = (Math.max(0, hours) * 2 - 0.3) * row
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
