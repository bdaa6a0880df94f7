/** One entry in the grid: as high as it is long, with what it is in words that fit. */

import type { Entry } from '../../state/plan.ts'
import type { Slot } from '../../state/plan-days.ts'
import { Icon } from '../parts/icon.tsx'
import { clockWord, entryName, gridWords, lookWords, planWords, spanWord } from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { whereOf, whoElse, whoOf } from './lines.ts'
import { looks } from './looks.ts'
import type { Column, Lane } from './place.ts'
import { openOf } from './today.tsx'

type BlockProps = {
  desk: Desk
  entry: Entry
  column: Column
  index: number
  slot: Slot
  lane: Lane
  isLifted: boolean
  canResize: boolean
  onGrab: (event: PointerEvent, entry: Entry, column: number, mode: 'move' | 'resize') => void
}

export function EntryBlock({
  desk,
  entry,
  column,
  index,
  slot,
  lane,
  isLifted,
  canResize,
  onGrab,
}: BlockProps) {
  const { plan } = desk
  const { row, look } = entry
  const startMs = Math.max(entry.startMs, column.day.startMs)
  const endMs = Math.min(entry.endMs, column.day.endMs)
  const minutes = (endMs - startMs) / 60_000
  const where = whereOf(plan, row)
  const who = column.bed ? whoOf(plan, row) : whoElse(plan, row)
  return (
    <button
      type="button"
      class={`block ${row.kind} ${look}${isLifted ? ' lifted' : ''}${lengthClass(minutes)}`}
      data-stop=""
      data-entry={entry.key}
      data-column={index}
      data-ms={entry.startMs}
      data-day={column.day.startMs}
      tabIndex={-1}
      style={{
        '--from': String((startMs - slot.startMs) / 60_000),
        '--long': String(minutes),
        '--lane': String(lane.lane),
        '--lanes': String(lane.lanes),
      }}
      onClick={() => openOf(desk, entry)}
      onPointerDown={(event) => onGrab(event, entry, index, 'move')}
    >
      <span class="unseen">{entryName(entry, plan.zone.value, where, who)}</span>
      <span class="block-title" aria-hidden="true">
        {look !== 'confirmed' && <Icon svg={looks[look].icon} />}
        <b>{row.title}</b>
      </span>
      <span class="block-more" aria-hidden="true">
        {look !== 'confirmed' && <span class="block-look">{lookWords[look]}</span>}
        <span>{timeWord(entry, minutes, plan.zone.value)}</span>
        <span>{column.bed ? who : where}</span>
        {row.occasion?.shifted && <span class="shifted">{planWords.shifted}</span>}
      </span>
      {canResize && (
        <span
          class="resize"
          title={gridWords.resize}
          onPointerDown={(event) => {
            event.stopPropagation()
            onGrab(event, entry, index, 'resize')
          }}
        />
      )}
    </button>
  )
}

/** One line has room for when it begins; where it ends is seen. */
function timeWord({ startMs, endMs }: Entry, minutes: number, zone: string): string {
  return isShort(minutes) ? clockWord(startMs, zone) : spanWord(startMs, endMs, zone)
}

function isShort(minutes: number): boolean {
  return minutes < 30
}

function lengthClass(minutes: number): string {
  if (isShort(minutes)) return ' short'
  return minutes > 120 ? ' long' : ''
}
