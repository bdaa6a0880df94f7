/** *Who called me*: the patient's own list, asked for by a touch, kept nowhere, and gone by itself after a minute (HZ-6). */
import { type ReadonlySignal, signal } from '@preact/signals'
import type { LedgerLine, LedgerYours } from '../protocol/ledger.ts'
import type { Clock, SocketPort } from './ports.ts'

export type { LedgerLine }

export type LedgerView =
  | { readonly type: 'closed' }
  | { readonly type: 'asked' }
  /** It is the server's alone: without it there is no list. */
  | { readonly type: 'out-of-reach' }
  | { readonly type: 'shown'; readonly lines: readonly LedgerLine[]; readonly more: boolean }

export type MyLedger = {
  readonly view: ReadonlySignal<LedgerView>
  open(): void
  close(): void
  /** `stayEpoch`: of whom this tablet knows that they lie here. */
  received(stayEpoch: number | null, answer: LedgerYours): void
}

/** The next pair of eyes may be a visitor's. */
const openMs = 60_000

export function createMyLedger(
  { clock, socket }: { readonly clock: Clock; readonly socket: SocketPort },
  isOpen: ReadonlySignal<boolean>,
): MyLedger {
  const view = signal<LedgerView>({ type: 'closed' })
  let stop = () => {}

  function close(): void {
    stop()
    view.value = { type: 'closed' }
  }

  return {
    view,
    open() {
      stop()
      stop = clock.after(openMs, close)
      view.value = { type: isOpen.peek() ? 'asked' : 'out-of-reach' }
      if (isOpen.peek()) socket.send({ type: 'ledger.ask' })
    },
    close,
    received(stayEpoch, { stay, lines, more }) {
      // An answer about whoever lay here before is for nobody any more.
      if (view.peek().type === 'asked' && stay === stayEpoch) view.value = { type: 'shown', lines, more }
    },
  }
}
