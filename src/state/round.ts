/** The round that somebody at a station is on: which bed comes next, and who was not reached. It rings nobody by itself. */
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import { ahead, beginRound, calledNext, heardEnd, type MissedWhy, type Round } from '../core/round.ts'
import type { BedView } from '../protocol/people.ts'
import type { Station } from './station.ts'

export { type MissedWhy, outcomesAfter } from '../core/round.ts'

/** `next` null: it is over. `missed`: in the order of the board, those that are passed by now among them. */
export type RoundView = {
  readonly next: BedView | null
  readonly left: number
  readonly talked: number
  readonly missed: readonly { readonly bed: BedView; readonly why: MissedWhy }[]
}

export type StationRound = {
  readonly view: ReadonlySignal<RoundView | null>
  begin(): void
  /** Calls the bed that stands there as the next. */
  callNext(): void
  end(): void
}

export type RoundParts = Pick<Station, 'beds' | 'call' | 'me'> & {
  readonly calls: Pick<Station['calls'], 'state' | 'dismiss'>
  readonly care: Pick<Station['care'], 'mine'>
}

export function createStationRound({ beds, care, calls, call, me }: RoundParts): StationRound {
  const round = signal<Round | null>(null)

  /** A round is the walk of one person. */
  let whose: string | null = null
  effect(() => {
    const staffId = me.value?.staffId ?? null
    if (staffId !== whose) round.value = null
    whose = staffId
  })

  effect(() => {
    const state = calls.state.value
    const now = round.peek()
    if (!now) return
    if (state.type === 'ended') round.value = heardEnd(now, state)
    if (state.type !== 'dialling') return
    // Only a call that is made takes the round on: one that was not wanted after all leaves its bed the next.
    const coming = ahead(now, beds.peek())
    if (state.peer.type === 'bed' && state.peer.bedId === coming.next?.bedId)
      round.value = calledNext(now, coming)
  })

  return {
    view: computed(() => round.value && viewOf(round.value, beds.value)),
    begin() {
      // The end of an earlier call has been read by then.
      calls.dismiss()
      round.value = beginRound(beds.peek(), care.mine.peek())
    },
    callNext() {
      const now = round.peek()
      const coming = now && ahead(now, beds.peek())
      if (coming?.next) call(coming.next, 'ring')
    },
    end() {
      round.value = null
    },
  }
}

function viewOf(round: Round, beds: readonly BedView[]): RoundView {
  const { next, passed, left } = ahead(round, beds)
  const missed = new Map([...round.missed, ...passed])
  return {
    next,
    left,
    talked: round.talked.size,
    missed: beds.flatMap((bed) => {
      const why = missed.get(bed.bedId)
      return why ? [{ bed, why }] : []
    }),
  }
}
