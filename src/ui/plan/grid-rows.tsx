/** The half hours of the grid and what begins in each; columns of other lengths than 24 hours carry their own clock. */
import type { ComponentChildren, VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { hoursAgainst } from '../../core/plan/hours.ts'
import type { Entry, PlanScreens } from '../../state/plan.ts'
import { type Slot, slotsOf } from '../../state/plan-days.ts'
import { localeNow } from '../texts/catalogue.ts'
import { fieldWords, gridWords, wallClockWord } from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { EntryBlock } from './entry-block.tsx'
import { type Column, canResize, type Lane, lanesOf, slotMinutes } from './place.ts'

export type Grab = (event: PointerEvent, entry: Entry, column: number, mode: 'move' | 'resize') => void

type RowsProps = {
  desk: Desk
  columns: readonly Column[]
  showCancelled: 'yes' | 'no'
  lifted: string | null
  onGrab: Grab
}

type Filled = {
  readonly column: Column
  readonly index: number
  readonly slots: readonly Slot[]
  readonly shut: readonly boolean[]
  readonly entries: readonly Entry[]
  readonly lanes: ReadonlyMap<string, Lane>
}

const usualSlots = (24 * 60) / slotMinutes

export function Rows({ desk, columns, showCancelled, lifted, onGrab }: RowsProps) {
  const { plan } = desk
  const filled = columns.map((column, index): Filled => {
    const all = plan.entries(column.day, column.whose)
    const entries = showCancelled === 'yes' ? all : all.filter(({ look }) => look !== 'cancelled')
    const slots = slotsOf(column.day, slotMinutes, plan.zone.value)
    return { column, index, slots, shut: shutOf(plan, column, slots), entries, lanes: lanesOf(entries) }
  })
  const still = useStill(columns, plan.zone.value)
  const longest = Math.max(...filled.map(({ slots }) => slots.length))
  const axis = filled.find(({ slots }) => slots.length === usualSlots)?.slots ?? filled[0]?.slots ?? []
  const rowAt = (row: number) => (
    <tr key={row}>
      <th scope="row" class="axis">
        {axis[row] && <span class={isHour(axis[row]) ? '' : 'unseen'}>{slotWord(axis[row])}</span>}
      </th>
      {filled.map((one) => (
        <Cell
          key={one.column.key}
          {...{
            desk,
            filled: one,
            row,
            lifted,
            onGrab,
            ownClock: one.slots.length === axis.length ? 'no' : 'yes',
          }}
        />
      ))}
    </tr>
  )
  return (
    <>
      {Array.from({ length: longest }, (_, row) =>
        still(row, contentOf(filled, row, lifted), () => rowAt(row)),
      )}
    </>
  )
}

const asked = new WeakMap<object, Map<number, readonly boolean[]>>()

/**
 * [PLAN-3] In which half hours the person of this column is not there for all of it; asked of the clocks once a day
 * and once for each change of their hours.
 */
function shutOf(plan: PlanScreens, { whose, day }: Column, slots: readonly Slot[]): readonly boolean[] {
  const hours = whose.type === 'person' ? plan.sync.view.value.get('hours', whose.id) : undefined
  if (!hours) return []
  const days = asked.get(hours) ?? new Map<number, readonly boolean[]>()
  asked.set(hours, days)
  const shut =
    days.get(day.startMs) ??
    slots.map(({ startMs, minutes }) => {
      return hoursAgainst(hours, { startMs, endMs: startMs + minutes * 60_000 }) !== null
    })
  days.set(day.startMs, shut)
  return shut
}

/** All that a row's looks depend on, besides its columns. */
function contentOf(filled: readonly Filled[], row: number, lifted: string | null): unknown[] {
  return filled.flatMap(({ slots, shut, entries, lanes }, at) => {
    const slot = slots[row]
    const within = slot ? entries.filter((entry) => startsIn(entry, slot, row)) : []
    const blocks = within.flatMap((entry) => {
      const { lane, lanes: many } = lanes.get(entry.key) ?? { lane: 0, lanes: 1 }
      return [at, entry, lane, many, lifted === entry.key]
    })
    return [...blocks, shut[row]]
  })
}

type Still = (row: number, content: readonly unknown[], draw: () => VNode) => VNode

/** A row that holds what it held is the same from one change to the next, and most rows are: they are drawn once. */
function useStill(columns: readonly Column[], zone: string): Still {
  const key = columns
    .map(({ key, label, day, bed }) => `${key} ${label} ${day.startMs} ${bed?.stay?.admissionId}`)
    .join()
  return useMemo(() => {
    const rows = new Map<number, { readonly content: readonly unknown[]; readonly drawn: VNode }>()
    return (row, content, draw) => {
      const last = rows.get(row)
      const isSame =
        last?.content.length === content.length && content.every((one, at) => one === last.content[at])
      if (isSame) return last.drawn
      const drawn = draw()
      rows.set(row, { content, drawn })
      return drawn
    }
  }, [key, zone, localeNow()])
}

/** What began the day before stands in the first slot. */
function startsIn({ startMs }: Entry, slot: Slot, row: number): boolean {
  const endMs = slot.startMs + slot.minutes * 60_000
  return startMs < endMs && (startMs >= slot.startMs || row === 0)
}

function isHour({ clock }: Slot): boolean {
  return clock.endsWith(':00')
}

function slotWord({ clock, again }: Slot): string {
  const word = wallClockWord(clock)
  return again ? `${word} ${gridWords.again}` : word
}

type CellProps = {
  desk: Desk
  filled: Filled
  row: number
  lifted: string | null
  ownClock: 'yes' | 'no'
  onGrab: Grab
}

/** A free half hour can have the focus and be booked; one in which something begins leaves that to what begins. */
function Cell({ desk, filled, row, lifted, ownClock, onGrab }: CellProps) {
  const { column, index, slots, shut, entries, lanes } = filled
  const slot = slots[row]
  if (!slot) return <td class="no-slot" />
  const within = entries.filter((entry) => startsIn(entry, slot, row))
  const clock = ownClock === 'yes' && isHour(slot) && slotWord(slot)
  return (
    <Slots slot={slot} column={column} index={index} isShut={shut[row] === true} isFree={within.length === 0}>
      {clock && <span class="own-clock">{clock}</span>}
      {within.map((entry) => (
        <EntryBlock
          key={entry.key}
          desk={desk}
          entry={entry}
          column={column}
          index={index}
          slot={slot}
          lane={lanes.get(entry.key) ?? { lane: 0, lanes: 1 }}
          isLifted={lifted === entry.key}
          canResize={canResize(desk.plan, entry, column)}
          onGrab={onGrab}
        />
      ))}
    </Slots>
  )
}

type SlotProps = {
  slot: Slot
  column: Column
  index: number
  isShut: boolean
  isFree: boolean
  children: ComponentChildren
}

function Slots({ slot, column, index, isShut, isFree, children }: SlotProps) {
  const where = { 'data-column': index, 'data-ms': slot.startMs, 'data-day': column.day.startMs }
  const look = `slot${slot.clock.endsWith(':00') ? ' hour' : ''}${isShut ? ' shut' : ''}`
  const free = gridWords.slot({ clock: wallClockWord(slot.clock), column: column.label })
  if (!isFree) {
    return (
      <td class={look} {...where}>
        {children}
      </td>
    )
  }
  return (
    <td
      class={look}
      aria-label={isShut ? `${free}, ${fieldWords.outsideHours}` : free}
      data-stop=""
      tabIndex={-1}
      {...where}
    >
      {children}
    </td>
  )
}
