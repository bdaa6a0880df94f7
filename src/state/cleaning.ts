/** Cleaning: a screen that is wiped does nothing for five minutes, and yet the patient can answer at once. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Calls } from './calls.ts'
import type { MyRequests } from './my-requests.ts'
import type { Clock } from './ports.ts'

/** `settling`: lifted a moment ago, and the cloth may still be on the glass (HZ-2). */
export type CleaningState =
  | { readonly type: 'off' }
  | { readonly type: 'locked'; readonly untilUpMs: number }
  | { readonly type: 'settling' }

export type Cleaning = {
  readonly state: ReadonlySignal<CleaningState>
  begin(): void
  end(): void
}

const lastsMinutes = 5
export const settleMs = 1_000

export type CleaningParts = {
  readonly clock: Pick<Clock, 'upMs' | 'after'>
  readonly calls: Pick<Calls, 'state' | 'timings'>
  readonly requests: Pick<MyRequests, 'open' | 'unsent'>
}

export function createCleaning({ clock, calls, requests }: CleaningParts): Cleaning {
  const state = signal<CleaningState>({ type: 'off' })
  /** All that the patient is told or asked: whatever changes in it is theirs to see, and to answer. */
  const told = computed(() =>
    [
      calls.state.value.type,
      requests.unsent.value?.atMs,
      ...requests.open.value.map((request) => `${request.requestId} ${request.state.type}`),
    ].join('\n'),
  )
  let stop = () => {}

  function end(): void {
    if (state.peek().type !== 'locked') return
    stop()
    state.value = { type: 'settling' }
    stop = clock.after(settleMs, () => {
      state.value = { type: 'off' }
    })
  }

  return {
    state,
    end,
    begin() {
      if (calls.state.peek().type !== 'idle') return
      stop()
      const lastsMs = lastsMinutes * calls.timings().minuteMs
      const before = told.peek()
      const stopTimer = clock.after(lastsMs, end)
      state.value = { type: 'locked', untilUpMs: clock.upMs() + lastsMs }
      const stopHearing = told.subscribe((now) => {
        if (now !== before) end()
      })
      stop = () => {
        stopTimer()
        stopHearing()
      }
    },
  }
}
