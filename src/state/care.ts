/** Whom somebody at a station cares for today, and whether the board shows them alone. */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { BedView, StaffParty } from '../protocol/people.ts'
import type { Ports } from './ports.ts'

export type StationCare = {
  readonly beds: ReadonlySignal<readonly BedView[]>
  /** The beds that are mine, as the server has it. */
  readonly mine: ReadonlySignal<ReadonlySet<string>>
  /** What the board shows; all of it to whoever has no bed of their own. */
  readonly shown: ReadonlySignal<'all' | 'mine'>
  /** These are mine from now on, and no others; every board says so when the server has it. */
  take(bedIds: readonly string[]): void
  show(which: 'all' | 'mine'): void
}

export function createStationCare(
  { socket }: Pick<Ports, 'socket'>,
  beds: ReadonlySignal<readonly BedView[]>,
  me: ReadonlySignal<StaffParty | null>,
): StationCare {
  const mine = computed((): ReadonlySet<string> => {
    const staffId = me.value?.staffId
    const isMine = ({ carers }: BedView) => carers.some((carer) => carer.staffId === staffId)
    return new Set(beds.value.filter(isMine).map(({ bedId }) => bedId))
  })
  const wanted = signal<'all' | 'mine'>('all')
  const shown = computed(() => (mine.value.size === 0 ? 'all' : wanted.value))
  return {
    beds,
    mine,
    shown,
    take: (bedIds) => socket.send({ type: 'care.take', bedIds: [...bedIds] }),
    show(which) {
      wanted.value = which
    },
  }
}
