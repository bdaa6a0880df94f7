/** *Call back* on the tablet: offered for a minute after a call, an ordinary ring now or not at all (HZ-4). */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { callBackMs, mayCallBack } from '../core/call-back.ts'
import type { StaffParty } from '../protocol/people.ts'
import type { Bed } from './bed.ts'
import type { Clock } from './ports.ts'

export type CallBack = {
  /** Who may be called back now; null: nobody. */
  readonly offer: ReadonlySignal<StaffParty | null>
  /** Rings them; what was pressed opens this tablet's camera. */
  call(): void
}

export type CallBackParts = Pick<Bed, 'calls' | 'readiness' | 'privacy' | 'wishes'> & {
  readonly clock: Pick<Clock, 'after'>
  /** Who lies here, by number; null: nobody was heard of. */
  readonly stay: Bed['beside']['stay']
}

export function createCallBack(parts: CallBackParts): CallBack {
  const { clock, calls, readiness, privacy, wishes, stay } = parts
  const last = signal<{ readonly peer: StaffParty; readonly stay: number } | null>(null)
  let stop = () => {}

  function offerFor(peer: StaffParty, epoch: number): void {
    stop()
    last.value = { peer, stay: epoch }
    stop = clock.after(callBackMs, () => {
      last.value = null
    })
  }

  effect(() => {
    const state = calls.state.value
    const epoch = stay.peek()
    if (state.type === 'ended' && state.peer.type === 'staff' && epoch !== null && mayCallBack(state))
      offerFor(state.peer, epoch)
  })

  /** Connected, alone with nobody, and to be called at all. */
  const isFree = computed(() => {
    const { type } = calls.state.value
    const mayBegin = readiness.value.type === 'ready' && (type === 'idle' || type === 'ended')
    return mayBegin && privacy.shown.value === null && wishes.agreed.value?.answer !== 'in-person'
  })
  const offer = computed(() => {
    const offered = last.value
    return offered && offered.stay === stay.value && isFree.value ? offered.peer : null
  })
  return {
    offer,
    call() {
      const peer = offer.peek()
      if (peer) calls.dial(peer, 'ring', stay.peek())
    },
  }
}
