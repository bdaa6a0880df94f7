/** How the present call goes, counted while it does and told to the server when it is over here. */
import type { ReadonlySignal } from '@preact/signals'
import type { Tally } from '../core/call-figures.ts'
import type { CallState } from '../core/call-state.ts'
import type { CallQuality } from './call-quality.ts'
import type { CommonPorts } from './ports.ts'

/** What counts comes with the first call: no start waits for it, and a ring lasts longer than its way here. */
const fetchCounting = () => import('../core/call-figures.ts')
type Counting = Awaited<ReturnType<typeof fetchCounting>>

/** The answer looks again; to be called after whatever changed, so that the end of a call is told before its figures. */
export function createCallFigures(
  state: ReadonlySignal<CallState>,
  { quality, measured }: Pick<CallQuality, 'quality' | 'measured'>,
  { clock, socket }: Pick<CommonPorts, 'clock' | 'socket'>,
): () => void {
  let tally: Tally | null = null
  let counting: Counting | null = null
  let isFetching = false

  async function begin(): Promise<void> {
    if (isFetching) return
    isFetching = true
    // Where it does not come nobody counts this call, and the next one asks again.
    counting = await fetchCounting().catch(() => null)
    isFetching = false
    if (counting) look()
  }

  function look(): void {
    if (!counting) {
      if (state.peek().type !== 'idle') void begin()
      return
    }
    const atMs = clock.upMs()
    const next = counting.count(tally, {
      state: state.peek(),
      quality: quality.peek(),
      measured: measured.peek(),
      atMs,
    })
    if (tally && tally.callId !== next?.callId)
      socket.send({ type: 'call.figures', callId: tally.callId, figures: counting.figuresOf(tally, atMs) })
    tally = next
  }

  return look
}
