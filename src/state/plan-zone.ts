/** By whose clock the plan's days are: its own, once it was heard of, and as long as this device remembers it. */
import { computed, effect, type ReadonlySignal, untracked } from '@preact/signals'
import { isZone } from '../core/plan/recurrence.ts'
import type { Sync } from './sync.ts'

export type ZoneMemory = {
  /** The plan's as it was last heard here; before that, this device's own. */
  lastZone(): string
  noteZone(zone: string): void
}

export type PlanZone = {
  readonly zone: ReadonlySignal<string>
  /** Calls with each zone that the plan turns out to have; the answer ends it. */
  watch(heard: (zone: string) => void): () => void
}

export function createZone(sync: Sync, memory: ZoneMemory): PlanZone {
  let last = memory.lastZone()
  // A device that does not know where it is.
  if (!isZone(last)) last = 'UTC'
  const said = computed(() => sync.view.value.get('plan', 'plan')?.zone ?? null)
  return {
    zone: computed(() => said.value ?? last),
    watch: (heard) =>
      effect(() => {
        const { value } = said
        if (value === null) return
        last = value
        memory.noteZone(value)
        untracked(() => heard(value))
      }),
  }
}
