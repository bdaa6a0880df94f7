/** Whom one can call by name or by duty, one's own shift and those one is asked to take over, and what is asked when nobody answers. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Having } from '../core/shift.ts'
import {
  type Addressee,
  type ColleaguesNow,
  type ConsultAlarm,
  type ConsultIn,
  type ConsultView,
  colleaguesNow,
  type DutyNow,
  type Reach,
  type ShiftNow,
  type ShiftOffered,
} from '../protocol/duty.ts'
import type { ApiFailure, ApiPort, Clock } from './ports.ts'

export { consultMinutes } from '../protocol/duty.ts'
export type {
  Addressee,
  ColleaguesNow,
  ConsultAlarm,
  ConsultIn,
  ConsultView,
  DutyNow,
  Having,
  Reach,
  ShiftNow,
  ShiftOffered,
}

export type Colleagues = {
  /** Null until the server said it. */
  readonly now: ReadonlySignal<ColleaguesNow | null>
  readonly problem: ReadonlySignal<ApiFailure | null>
  /** How loudly this station calls for what its person is asked. */
  readonly alarm: ReadonlySignal<ConsultAlarm>
  /** Reads how things are, once. */
  look(): void
  /** Reads who is there, now and again, until `close`. */
  open(): void
  close(): void
  /** This is what I have for my shift, from now on and no longer than one lasts. True: the server has it. */
  takeShift(having: Having): Promise<boolean>
  /** What I had taken calls again, and nothing is mine any more. */
  endShift(): Promise<boolean>
  /** Asks this colleague to take all of it over; null: nobody any more. */
  offerShift(toId: string | null): Promise<boolean>
  answerShift(fromId: string, answer: 'take' | 'no'): Promise<boolean>
  /** Asks for a call back. True: the server has it, and tells whoever it is asked of. */
  ask(to: Addressee, reason: string): Promise<boolean>
  see(consultId: string, inMinutes: ConsultIn): Promise<boolean>
  /** Taken back by whoever asked, done by whoever was asked. */
  end(consultId: string): Promise<boolean>
}

export type ColleaguesParts = {
  readonly api: Pick<ApiPort, 'ask'>
  readonly clock: Pick<Clock, 'after'>
  readonly newId: () => string
  /** From 0 to 1. */
  readonly random: () => number
  /** Whose it is; null: nobody who may call colleagues. */
  readonly me: ReadonlySignal<string | null>
  /** Which welcome of the server this screen is in; null: it is not heard. */
  readonly session: ReadonlySignal<number | null>
  /** Counts what the server said of news. */
  readonly news: ReadonlySignal<number>
  readonly isLocked: ReadonlySignal<boolean>
}

const refreshMs = 10_000
/** At least, and twice that at most: a whole ward's stations fail at once. */
const againMs = 1_000

export function createColleagues(parts: ColleaguesParts): Colleagues {
  const { api, clock, newId, random, me, session, news, isLocked } = parts
  const now = signal<ColleaguesNow | null>(null)
  const problem: Signal<ApiFailure | null> = signal(null)
  const alarm = computed(() => now.value?.alarm ?? 'none')
  let asked = 0
  let isOpen = false
  let isDue = false
  let stopRefreshing: (() => void) | null = null

  /** Of several answers the one that was asked for last counts. */
  async function say(method: 'GET' | 'POST', path: string, said: Readonly<Record<string, unknown>>) {
    asked += 1
    const mine = asked
    const answer = await api.ask(method, path, said, colleaguesNow)
    if (mine !== asked) return answer.ok
    problem.value = answer.ok ? null : answer.failure
    if (answer.ok) now.value = answer.value
    return answer.ok
  }

  /** A welcome and the news behind it are one reason to ask. */
  function loadSoon(): void {
    if (isDue) return
    isDue = true
    clock.after(0, () => {
      isDue = false
      if (me.peek() !== null) void load()
    })
  }

  /** What could not be read is read again, while the server is heard; a welcome asks by itself. */
  async function load(): Promise<void> {
    if (await say('GET', '/colleagues', {})) return
    const mine = asked
    clock.after(againMs * (1 + random()), () => {
      if (mine === asked && session.peek() !== null) loadSoon()
    })
  }

  function refreshLater(): void {
    stopRefreshing?.()
    stopRefreshing = clock.after(refreshMs, () => {
      if (!isOpen) return
      loadSoon()
      refreshLater()
    })
  }

  me.subscribe(() => {
    // What one was asked is nobody's who signs in next.
    asked += 1
    now.value = null
  })

  effect(() => {
    const isHeard = me.value !== null && session.value !== null && news.value >= 0
    if (isLocked.value && now.peek())
      now.value = { people: [], duties: [], consults: [], taken: [], alarm: alarm.peek(), shift: null }
    if (isHeard) loadSoon()
  })

  return {
    now,
    problem,
    alarm: computed(() => (session.value === null || me.value === null ? 'none' : alarm.value)),
    look: loadSoon,
    open() {
      isOpen = true
      loadSoon()
      refreshLater()
    },
    close() {
      isOpen = false
    },
    takeShift: ({ bedIds, dutyIds, languages }) => say('POST', '/shift/take', { bedIds, dutyIds, languages }),
    endShift: () => say('POST', '/shift/end', {}),
    offerShift: (toId) => say('POST', '/shift/offer', { toId }),
    answerShift: (fromId, answer) => say('POST', '/shift/answer', { fromId, answer }),
    ask: (to, reason) => say('POST', '/consult', { consultId: newId(), to, reason: reason.trim() }),
    see: (consultId, inMinutes) => say('POST', '/consult/see', { consultId, inMinutes }),
    end: (consultId) => say('POST', '/consult/end', { consultId }),
  }
}
