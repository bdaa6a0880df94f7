/** A ring that would wake others in the room waits until its caller has seen whom (HZ-15). */
import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { minuteAt } from '../core/minutes.ts'
import { sleepersBeside, wokenBy } from '../core/room.ts'
import type { CallMode } from '../protocol/call-mode.ts'
import type { BedView } from '../protocol/people.ts'

export type Waking = {
  readonly bed: BedView
  readonly mode: CallMode
  /** Those who sleep, by bed. */
  readonly sleepers: readonly BedView[]
}

export type WakingAsked = {
  /** What the caller is asked about; null: nothing. */
  readonly asked: Signal<Waking | null>
  /** Calls at once where nobody would be woken, else asks first. */
  call(bed: BedView, mode: CallMode): void
  /** The caller has seen whom it wakes; it is still of the patient who was meant (HZ-1). */
  go(how: 'softly' | 'loudly'): void
  drop(): void
}

export type WakingParts = {
  readonly beds: ReadonlySignal<readonly BedView[]>
  /** Milliseconds since 1970 and the zone of the ward's clock. */
  wall(): { readonly nowMs: number; readonly zone: string | null }
  dial(bed: BedView, mode: CallMode, how: 'softly' | 'loudly'): void
}

/** Who sleeps beside this bed now, and who of them a ring there would wake. */
export function sleepersNow({ beds, wall }: Pick<WakingParts, 'beds' | 'wall'>, bed: BedView) {
  const { nowMs, zone } = wall()
  const minute = minuteAt(nowMs, zone)
  return { beside: sleepersBeside(beds.value, bed, minute), woken: wokenBy(beds.value, bed, minute) }
}

/** It comes after the board, and with what one calls from. */
export function createWaking(parts: WakingParts): WakingAsked {
  const { beds, dial } = parts
  const asked = signal<Waking | null>(null)
  // Whoever lies there now is not who was meant (HZ-1).
  effect(() => {
    const was = asked.value
    const now = beds.value.find(({ bedId }) => bedId === was?.bed.bedId)
    if (was && now?.stay.epoch !== was.bed.stay.epoch) asked.value = null
  })
  return {
    asked,
    call(bed, mode) {
      const sleepers = sleepersNow(parts, bed).woken
      if (sleepers.length === 0) dial(bed, mode, 'loudly')
      else asked.value = { bed, mode, sleepers }
    },
    go(how) {
      const was = asked.value
      asked.value = null
      if (was) dial(was.bed, was.mode, how)
    },
    drop() {
      asked.value = null
    },
  }
}
