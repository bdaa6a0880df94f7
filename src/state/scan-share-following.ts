/** The side that follows: what comes of a share, what is seen of it, and what is told of that. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { CarryProgress } from '../core/scan/carry-progress.ts'
import {
  isSource,
  roleIn,
  type ShareEffect,
  type ShareReport,
  type ShareState,
} from '../core/scan/share-state.ts'
import { createIncoming, type Incoming } from './scan-incoming.ts'
import type { OpenedScan } from './scan-ports.ts'
import type { ShareWorld } from './scan-share-world.ts'

export type FollowingSide = {
  readonly incoming: ReadonlySignal<Incoming | null>
  readonly received: ReadonlySignal<CarryProgress | null>
  receive(asked: Extract<ShareEffect, { type: 'receive' }>): Promise<void>
  zeroise(): void
}

/** `own`: the files of whoever it comes from, who follows with them while somebody else has the turn. */
export function createFollowing(
  world: ShareWorld,
  state: ReadonlySignal<ShareState>,
  own: () => ReadonlyMap<number, OpenedScan> | null,
  tell: (report: ShareReport) => void,
): FollowingSide {
  const share = computed(() => state.value.share)
  const incoming = signal<Incoming | null>(null)
  const received = signal<CarryProgress | null>(null)
  /** What is fetched for a share that has ended meanwhile finds another number. */
  let turn = 0

  // [LIVE-10] What is on this screen is told as it changes.
  const report = computed(() => {
    const isFollowing = roleIn(state.value) === 'following'
    return isFollowing && incoming.value ? incoming.value.report() : null
  })
  let told = ''
  effect(() => {
    const now = report.value
    const text = JSON.stringify(now)
    if (text === told) return
    told = text
    if (now) queueMicrotask(() => tell(now))
  })
  effect(() => {
    const [now, reader] = [state.value, world.reader.value]
    if (!isSource(now) || roleIn(now) !== 'following' || incoming.peek()) return
    const files = own()
    if (reader && files) incoming.value = createIncoming(reader, share, files)
  })

  return {
    ...{ incoming, received },
    async receive({ callId, shareId, manifest }) {
      const mine = turn
      const fetched = await world.fetch()
      if (!fetched || mine !== turn) return
      const taken = createIncoming(fetched.reader, share)
      incoming.value = taken
      fetched.sharing.carrier.receive(callId, shareId, manifest, {
        file: (index, bytes) => void taken.take(index, bytes),
        progress: (progress) => {
          received.value = progress
        },
        failed: taken.lose,
      })
    },
    zeroise() {
      turn += 1
      incoming.peek()?.zeroise()
      incoming.value = null
      received.value = null
    },
  }
}
