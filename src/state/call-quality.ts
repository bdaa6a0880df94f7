/** How the present call is, and what that makes of one's own picture: sound comes first. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { type CallState, callIdOf } from '../core/call-state.ts'
import { judge, type Measured, type Quality, unjudged } from '../core/quality.ts'
import { spare, unspared } from '../core/sparing.ts'
import type { MediaPort } from './ports.ts'

export type CallQuality = {
  readonly quality: ReadonlySignal<Quality | null>
  readonly held: ReadonlySignal<boolean>
  readonly measured: ReadonlySignal<Measured | null>
  hear(callId: string, measured: Measured): void
  begin(): void
}

export function createCallQuality(
  state: ReadonlySignal<CallState>,
  media: Pick<MediaPort, 'setShare'>,
): CallQuality {
  const word = signal<'good' | 'weak'>('good')
  const share = signal(unspared.share)
  const last = signal<Measured | null>(null)
  let judged = unjudged
  let sparing = unspared

  /** Another call, or none: nothing is known of it. */
  function begin(): void {
    judged = unjudged
    sparing = unspared
    word.value = judged.word
    share.value = sparing.share
    last.value = null
  }

  return {
    quality: computed(() => {
      const { type } = state.value
      if (type === 'reconnecting') return 'lost'
      return type === 'live' ? word.value : null
    }),
    held: computed(() => share.value === 'off' && state.value.type !== 'ended'),
    measured: last,
    hear(callId, measured) {
      // While nothing arrives there is nothing to judge: the call is lost, and says so.
      if (state.peek().type !== 'live' || callIdOf(state.peek()) !== callId) return
      last.value = measured
      judged = judge(judged, measured)
      sparing = spare(sparing, measured)
      word.value = judged.word
      if (share.peek() === sparing.share) return
      share.value = sparing.share
      media.setShare(callId, sparing.share)
    },
    begin,
  }
}
