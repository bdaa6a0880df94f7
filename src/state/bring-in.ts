/**
 * Whom one can bring to the table of the present call, and the asking of interpreters: one after the other, for as long as
 * the call lasts. Nobody rings while another does, or once one of them came. It comes when somebody asks for it.
 */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { CallState, EndReason } from '../core/call-state.ts'
import { sameParty } from '../core/switchboard-parties.ts'
import { mostSeats } from '../core/switchboard-table.ts'
import {
  type InterpretersOf,
  type TablePeople,
  type TablePerson,
  tablePeople,
} from '../protocol/interpreting.ts'
import type { BedView, StaffParty } from '../protocol/people.ts'
import type { Calls, Parted, Seat } from './calls.ts'
import type { ApiFailure, ApiPort, Clock } from './ports.ts'

export type { InterpretersOf, TablePeople, TablePerson }

/** `asking`: it rings at them. `came`: they are at the table. */
export type CameOut = 'asking' | 'no-answer' | 'declined' | 'busy' | 'came'

export type Asking = {
  /** BCP 47. */
  readonly language: string
  /** In the order in which they were asked; the one who is being asked stands last. */
  readonly asked: readonly { readonly party: StaffParty; readonly cameOut: CameOut }[]
  /** When the asking began, by this device's clock. */
  readonly sinceMs: number
  /** Of the contracted service; to be shown once nobody came, and from the beginning to whoever will not wait. */
  readonly phone: string | null
  /** `full`: there is no seat left at the table, so nobody else is asked. `stopped`: it was taken back here. */
  readonly state: 'asking' | 'came' | 'nobody' | 'full' | 'stopped'
}

/** Why nobody can be asked now; `rings`: somebody is being asked. */
export type Hindrance = 'no-call' | 'full' | 'rings'

export type BringIn = {
  /** Null until the server said it. */
  readonly people: Signal<TablePeople | null>
  readonly problem: Signal<ApiFailure | null>
  /** The language of the patient at the table (BCP 47); null: not known. */
  readonly patientLanguage: ReadonlySignal<string | null>
  /** The ward's languages, the patient's first. */
  readonly languages: ReadonlySignal<readonly InterpretersOf[]>
  /** Null: somebody can be asked. */
  readonly hindrance: ReadonlySignal<Hindrance | null>
  readonly asking: Signal<Asking | null>
  /** Whether this person has a seat at the table, or is asked to take one. */
  isSeated(party: StaffParty): boolean
  /** Reads who is there, now and again, until `close`. */
  open(): void
  close(): void
  /** Asks this person to come, or whoever has this duty, of whom they are one; nothing where something hinders it. */
  ask(party: StaffParty, dutyId?: string): void
  /** Asks those who speak it, are here and are free, one after the other, until one comes. */
  askInterpreter(language: string): void
  /** Takes back whom it asks, and asks nobody else. */
  stop(): void
  /** The last asking was read. */
  dismiss(): void
}

export type BringInParts = {
  readonly api: Pick<ApiPort, 'ask'>
  readonly clock: Clock
  readonly calls: Pick<Calls, 'seats' | 'tableId' | 'parted' | 'bringIn' | 'takeBack'>
  readonly beds: ReadonlySignal<readonly BedView[]>
}

/** How long it rings at one interpreter before the next is asked. */
export const askedMs = 20_000
const refreshMs = 10_000
/** A ring that was taken back is over at once; one that is not after so long may go on, and nobody else is rung. */
const goneMs = 5_000

/** Whose turn it is. `seat`: once it rings there. */
type Turn = {
  readonly party: StaffParty
  seat: Seat | null
  isTakenBack: boolean
  isOver: boolean
  stopTimer: () => void
}

export function createBringIn({ api, clock, calls, beds }: BringInParts): BringIn {
  const people = signal<TablePeople | null>(null)
  const problem = signal<ApiFailure | null>(null)
  const asking = signal<Asking | null>(null)
  const hindrance = computed(() => hindranceAt(calls.seats.value))
  const patientLanguage = computed(() => {
    const bedId = bedAt(calls.seats.value)
    const spoken = beds.value.find((bed) => bed.bedId === bedId)?.wishes?.language ?? null
    return people.value?.interpreters.find(({ language }) => isSame(language, spoken))?.language ?? spoken
  })
  let isOpen = false
  let stopRefreshing: (() => void) | null = null
  let turn: Turn | null = null
  /** Nobody is asked before it is known again who is here. */
  let isReady = false
  /** The table that is asked for; another one is another call. */
  let table: string | null = null
  /** Those who were given up before it rang at them: a ring that comes after all is taken back. */
  const givenUp = new Set<string>()

  function isAsking(): boolean {
    return asking.peek()?.state === 'asking'
  }

  async function load(): Promise<void> {
    const asked = calls.tableId.peek()
    const answer = await api.ask('GET', '/table/people', {}, tablePeople)
    if (calls.tableId.peek() !== asked) return
    problem.value = answer.ok ? null : answer.failure
    if (answer.ok) people.value = answer.value
  }

  function refreshLater(): void {
    stopRefreshing?.()
    stopRefreshing = clock.after(refreshMs, () => {
      if (!isOpen && !isAsking()) return
      void load()
      refreshLater()
    })
  }

  function seatOf(party: StaffParty): Seat | undefined {
    return calls.seats.peek().find(({ peer }) => sameParty(peer, party))
  }

  function entryOf(language: string): InterpretersOf | undefined {
    return people.peek()?.interpreters.find((entry) => entry.language === language)
  }

  /** Who is here and free, and was not asked yet. */
  function nextOf({ language, asked }: Asking): StaffParty | undefined {
    const wasAsked = (party: StaffParty) => asked.some((one) => sameParty(one.party, party))
    return entryOf(language)?.people.find(
      ({ party, isHere, isBusy }) => isHere && !isBusy && !wasAsked(party) && !seatOf(party),
    )?.party
  }

  function finish(state: Exclude<Asking['state'], 'asking'>): void {
    turn?.stopTimer()
    turn = null
    const now = asking.peek()
    if (now) asking.value = { ...now, phone: entryOf(now.language)?.phone ?? now.phone, state }
  }

  function note(party: StaffParty, cameOut: CameOut): void {
    const now = asking.peek()
    if (!now) return
    const others = now.asked.filter((one) => !sameParty(one.party, party))
    asking.value = { ...now, asked: [...others, { party, cameOut }] }
  }

  function takeBack(now: Turn): void {
    now.isTakenBack = true
    if (now.seat === null) givenUp.add(now.party.staffId)
    else calls.takeBack(now.seat.callId)
  }

  function askNext(): void {
    const now = asking.peek()
    if (now?.state !== 'asking' || turn || !isReady) return
    if (hindrance.peek() === 'full') return finish('full')
    // Somebody else rings, or does still: as soon as that is over it is looked at again.
    if (hindrance.peek() !== null) return
    const party = nextOf(now)
    if (!party) return finish('nobody')
    givenUp.delete(party.staffId)
    note(party, 'asking')
    const stopTimer = clock.after(askedMs, waited)
    turn = { party, seat: null, isTakenBack: false, isOver: false, stopTimer }
    calls.bringIn(party)
  }

  function waited(): void {
    const now = turn
    if (!now) return
    takeBack(now)
    // It never rang there, as without a server.
    if (now.seat === null) return end(now)
    now.stopTimer = clock.after(goneMs, () => {
      if (turn !== now) return
      note(now.party, 'no-answer')
      finish('nobody')
    })
  }

  /** Nobody rings any more of this turn; why is told beside it, so it is read once both are so. */
  function end(now: Turn): void {
    if (now.isOver) return
    now.isOver = true
    now.stopTimer()
    now.stopTimer = clock.after(0, () => conclude(now))
  }

  function conclude(now: Turn): void {
    if (turn !== now) return
    turn = null
    const told = endOf(now.seat, calls.parted.peek())
    if (told?.reason === 'table-full') {
      const was = asking.peek()
      if (was) asking.value = { ...was, asked: was.asked.filter(({ party }) => !sameParty(party, now.party)) }
      return finish('full')
    }
    note(now.party, cameOutOf(told?.reason ?? null))
    // Taken back by hand, or the screen was locked: whoever did it does not want the next one rung.
    if (told?.by === 'me' && !now.isTakenBack) return finish('stopped')
    askNext()
  }

  function follow(now: Turn, seats: readonly Seat[]): void {
    const seat = seats.find(({ peer }) => sameParty(peer, now.party))
    const type = seat?.state.value.type
    if (!seat || type === 'ended') return now.seat === null ? undefined : end(now)
    now.seat = seat
    if (type === 'connecting' && !now.isTakenBack) now.stopTimer()
    if (type !== 'live' && type !== 'reconnecting') return
    note(now.party, 'came')
    finish('came')
  }

  /** The call is over: so is everything that was asked for it. */
  function leaveIfOver(): void {
    if (table === null || calls.tableId.peek() === table) return
    if (turn && seatOf(turn.party)) takeBack(turn)
    turn?.stopTimer()
    turn = null
    table = null
    givenUp.clear()
    asking.value = null
    people.value = null
  }

  effect(() => {
    const [seats, at, hindered] = [calls.seats.value, calls.tableId.value, hindrance.value]
    for (const { peer, state, callId } of seats) {
      if (peer.type !== 'staff' || !givenUp.has(peer.staffId) || !isRinging(state.value)) continue
      givenUp.delete(peer.staffId)
      calls.takeBack(callId)
    }
    // Looked at once more: between two calls of one table there is none for a moment.
    if (table !== null && at !== table) clock.after(0, leaveIfOver)
    else if (turn) follow(turn, seats)
    else if (isAsking() && (hindered === null || hindered === 'full')) clock.after(0, askNext)
  })

  return {
    people,
    problem,
    patientLanguage,
    languages: computed(() => firstOf(people.value?.interpreters ?? [], patientLanguage.value)),
    hindrance,
    asking,
    isSeated: (party) => calls.seats.value.some(({ peer }) => sameParty(peer, party)),
    open() {
      isOpen = true
      void load()
      refreshLater()
    },
    close() {
      isOpen = false
    },
    ask(party, dutyId) {
      if (isAsking() || hindrance.peek() !== null || seatOf(party)) return
      givenUp.delete(party.staffId)
      calls.bringIn(party, dutyId === undefined ? {} : { dutyId })
    },
    askInterpreter(language) {
      if (isAsking() || hindrance.peek() !== null) return
      table = calls.tableId.peek()
      const began: Asking = {
        language,
        asked: [],
        sinceMs: clock.nowMs(),
        phone: entryOf(language)?.phone ?? null,
        state: 'asking',
      }
      isReady = false
      asking.value = began
      refreshLater()
      // Who was here when the dialog opened may have gone.
      void load().then(() => {
        if (asking.peek() !== began) return
        isReady = true
        asking.value = { ...began, phone: entryOf(language)?.phone ?? began.phone }
        askNext()
      })
    },
    stop() {
      if (!isAsking()) return
      if (turn) {
        takeBack(turn)
        note(turn.party, 'no-answer')
      }
      finish('stopped')
    },
    dismiss() {
      if (!isAsking()) asking.value = null
    },
  }
}

function isRinging({ type }: CallState): boolean {
  return type === 'dialling' || type === 'calling'
}

/** As the seat itself ended, or as it was told of beside the others. */
function endOf(seat: Seat | null, parted: Parted | null): Pick<Parted, 'reason' | 'by'> | null {
  const state = seat?.state.peek()
  if (state?.type === 'ended') return state
  return parted && parted.callId === seat?.callId ? parted : null
}

/** It is asked from the call that this screen shows, which is the first. */
function hindranceAt(seats: readonly Seat[]): Hindrance | null {
  const states = seats.map(({ state }) => state.value)
  const first = states[0]?.type
  if (first !== 'live' && first !== 'reconnecting') return 'no-call'
  if (states.some(isRinging)) return 'rings'
  return seats.length + 1 >= mostSeats ? 'full' : null
}

function bedAt(seats: readonly Seat[]): string | null {
  for (const { peer, table } of seats) {
    if (peer.type === 'bed') return peer.bedId
    if (table?.bed) return table.bed.bedId
  }
  return null
}

function cameOutOf(reason: EndReason | null): CameOut {
  switch (reason) {
    case 'declined':
    case 'privacy-on':
    case 'in-person':
      return 'declined'
    case 'busy':
    case 'rung-too-often':
      return 'busy'
    default:
      return 'no-answer'
  }
}

/** Whatever the region. */
function isSame(tag: string, other: string | null): boolean {
  const main = (one: string) => one.toLowerCase().split('-')[0]
  return other !== null && main(tag) === main(other)
}

/** The language of the patient first; the others as they stand. */
function firstOf(entries: readonly InterpretersOf[], language: string | null): readonly InterpretersOf[] {
  return [
    ...entries.filter((entry) => isSame(entry.language, language)),
    ...entries.filter((entry) => !isSame(entry.language, language)),
  ]
}
