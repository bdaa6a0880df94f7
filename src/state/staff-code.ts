/** The ward's staff code at a signed-in screen: shown when somebody asks for it and not for long, made anew by an administrator. */
import { type ReadonlySignal, signal } from '@preact/signals'
import { type StaffCode, staffCodeAnswer } from '../protocol/staff-code.ts'
import type { ApiFailure, ApiPort, Clock } from './ports.ts'

export type ShownCode =
  | { readonly type: 'hidden' | 'asked' }
  | { readonly type: 'shown'; readonly code: StaffCode }
  | { readonly type: 'failed'; readonly failure: ApiFailure }

export type StaffCodeDesk = {
  readonly shown: ReadonlySignal<ShownCode>
  show(): Promise<void>
  /** Another code is made; the one before opens nothing as soon as a tablet hears of it. */
  renew(): Promise<void>
  hide(): void
}

/** Long enough to read it, or to walk to the next bed. */
const shownMs = 60_000

export function createStaffCodeDesk(api: Pick<ApiPort, 'ask'>, clock: Pick<Clock, 'after'>): StaffCodeDesk {
  const shown = signal<ShownCode>({ type: 'hidden' })
  let stop = () => {}
  /** What was asked before it was hidden is not shown after. */
  let turn = 0

  function hide(): void {
    turn += 1
    stop()
    shown.value = { type: 'hidden' }
  }

  async function ask(method: 'GET' | 'POST'): Promise<void> {
    hide()
    const mine = turn
    shown.value = { type: 'asked' }
    const answer = await api.ask(method, '/staff-code', {}, staffCodeAnswer)
    if (mine !== turn) return
    shown.value = answer.ok
      ? { type: 'shown', code: answer.value }
      : { type: 'failed', failure: answer.failure }
    stop = clock.after(shownMs, hide)
  }

  return { shown, hide, show: () => ask('GET'), renew: () => ask('POST') }
}
