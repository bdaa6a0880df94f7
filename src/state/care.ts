/** Whom somebody at a station cares for today, and whether the board shows them alone. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { BedView, StaffParty } from '../protocol/people.ts'
import type { Connection } from './connection.ts'
import type { Ports } from './ports.ts'

export type StationCare = {
  readonly beds: ReadonlySignal<readonly BedView[]>
  /** The beds that are mine, as the server has it. */
  readonly mine: ReadonlySignal<ReadonlySet<string>>
  /** What the board shows; all of it to whoever has no bed of their own. */
  readonly shown: ReadonlySignal<'all' | 'mine'>
  /** Whether the choice of one's beds is open. */
  readonly isOpen: Signal<boolean>
  readonly canTake: ReadonlySignal<boolean>
  /** These are mine from now on, and no others; every board says so when the server has it. */
  take(bedIds: readonly string[]): void
  show(which: 'all' | 'mine'): void
}

export function createStationCare(
  { socket }: Pick<Ports, 'socket'>,
  beds: ReadonlySignal<readonly BedView[]>,
  me: ReadonlySignal<StaffParty | null>,
  connection: ReadonlySignal<Connection>,
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
    isOpen: signal(false),
    canTake: computed(() => connection.value.type === 'open'),
    take: (bedIds) => socket.send({ type: 'care.take', bedIds: [...bedIds] }),
    show(which) {
      wanted.value = which
    },
  }
}
