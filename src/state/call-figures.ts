/** How the present call goes, counted while it does and told to the server when it is over here. */
import type { ReadonlySignal } from '@preact/signals'
import { count, figuresOf, type Tally } from '../core/call-figures.ts'
import type { CallState } from '../core/call-state.ts'
import type { CallQuality } from './call-quality.ts'
import type { CommonPorts } from './ports.ts'

/** The answer looks again; to be called after whatever changed, so that the end of a call is told before its figures. */
export function createCallFigures(
  state: ReadonlySignal<CallState>,
  { quality, measured }: Pick<CallQuality, 'quality' | 'measured'>,
  { clock, socket }: Pick<CommonPorts, 'clock' | 'socket'>,
): () => void {
  let tally: Tally | null = null

  return () => {
    const atMs = clock.upMs()
    const next = count(tally, {
      state: state.peek(),
      quality: quality.peek(),
      measured: measured.peek(),
      atMs,
    })
    if (tally && tally.callId !== next?.callId)
      socket.send({ type: 'call.figures', callId: tally.callId, figures: figuresOf(tally, atMs) })
    tally = next
  }
}
