/** Visits by video as a station sees them: who waits, who is invited, and what staff do about either. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import * as v from 'valibot'
import type { Visitor } from '../core/call-state.ts'
import { missingMs } from '../core/visit.ts'
import {
  type VisitInviteAnswer,
  type VisitsNow,
  type VisitView,
  visitInviteAnswer,
  visitsNow,
} from '../protocol/visit.ts'
import type { VisitSaid } from '../protocol/visit-messages.ts'
import type { ApiFailure, ApiPort, Clock, Result, VisitsPort } from './ports.ts'

export type { VisitInviteAnswer, VisitSaid, VisitsNow, VisitView }

/** `uncertified`: no administrator signed this station. `no-key`: they have not come in yet. `changed`: who it is does not stand any more as it stood on the screen. */
export type AdmitFailure = ApiFailure | 'uncertified' | 'no-key' | 'changed'

export type Visits = {
  /** Null until the server said it. */
  readonly now: ReadonlySignal<VisitsNow | null>
  readonly problem: ReadonlySignal<ApiFailure | null>
  /** Whether this station calls for whoever waits for its person: never over a call. */
  readonly alarm: ReadonlySignal<'none' | 'first'>
  /** Those who have not come and are to be waited for all the same. */
  readonly awaited: ReadonlySignal<ReadonlySet<string>>
  /** The appointment that the last answer was asked about, whichever day it is on; null: none. */
  readonly regarded: ReadonlySignal<string | null>
  look(): void
  /** From now on this one is asked about as well, and then no other. */
  regard(appointmentId: string | null): void
  of(visitId: string): VisitView | undefined
  /** `zone`: the clock that the patient lives by, null the hospital's; not said: as it was. */
  invite(
    appointmentId: string,
    by: 'mail' | 'letter',
    zone?: string | null,
  ): Promise<Result<VisitInviteAnswer, ApiFailure>>
  /** `visitId` null: to all who wait for this person. Of each that follows null means: the server has it. */
  say(visitId: string | null, said: VisitSaid): Promise<ApiFailure | null>
  seen(): Promise<ApiFailure | null>
  /** `asking`: with the device that the screen showed (HZ-1). */
  device(asking: VisitView, answer: 'let-in' | 'refuse'): Promise<ApiFailure | null>
  /** Vouches for their browser, and rings there; `shown`: who it is as the screen showed it (HZ-1). */
  admit(shown: VisitView): Promise<AdmitFailure | null>
  identify(visitId: string, isThem: boolean): Promise<ApiFailure | null>
  /** One of theirs came in this call. */
  photo(visitId: string, callId: string, photoId: string): Promise<ApiFailure | null>
  end(visitId: string, outcome: 'done' | 'no-show'): Promise<ApiFailure | null>
  /** What they wished for is taken care of otherwise. */
  seenTo(visitId: string): Promise<ApiFailure | null>
  /** The patient was told otherwise of what the screen showed: the letter that failed is asked about no more. */
  mailDealt(shown: VisitView): Promise<ApiFailure | null>
  /** Whoever is missing is not proposed as missing for another while. */
  wait(visitId: string): void
}

export type VisitsParts = {
  readonly api: Pick<ApiPort, 'ask'>
  readonly port: () => Promise<VisitsPort>
  readonly clock: Pick<Clock, 'after'>
  /** From 0 to 1. */
  readonly random: () => number
  readonly serverNowMs: () => number
  /** Whose it is; null: nobody who admits anybody. */
  readonly me: ReadonlySignal<string | null>
  /** Which welcome of the server this screen is in; null: it is not heard. */
  readonly session: ReadonlySignal<number | null>
  /** Counts what the server said of news. */
  readonly news: ReadonlySignal<number>
  readonly isLocked: ReadonlySignal<boolean>
  readonly isInCall: ReadonlySignal<boolean>
  readonly ring: (visitor: Visitor) => void
}

/** At least, and twice that at most: a whole ward's stations fail at once. */
const againMs = 1_000

export function createVisits(parts: VisitsParts): Visits {
  const { api, clock, me, session } = parts
  const { now, problem, regarded, look, regard } = followVisits(parts)
  const awaited = signal<ReadonlySet<string>>(new Set())
  const of = (visitId: string) => now.peek()?.visits.find((visit) => visit.visitId === visitId)
  const isCalling = computed(() => session.value !== null && me.value !== null && !parts.isInCall.value)

  /** What comes of it is asked for at once, and not only when the server says that there is news. */
  async function tell(path: string, said: Readonly<Record<string, unknown>>): Promise<ApiFailure | null> {
    const answer = await api.ask('POST', `/visits/${path}`, said, v.unknown())
    look()
    return answer.ok ? null : answer.failure
  }

  async function vouch({ visitId, name, publicKey }: VisitView): Promise<AdmitFailure | null> {
    if (publicKey === null) return 'no-key'
    const port = await parts.port().catch(() => null)
    if (!port) return 'unreachable'
    const certificate = await port.vouch({ visitId, name, publicKey }, parts.serverNowMs()).catch(() => null)
    return certificate ? await tell('vouch', { visitId, certificate }) : 'uncertified'
  }

  async function admit(shown: VisitView): Promise<AdmitFailure | null> {
    const failure = await vouch(shown)
    if (failure) return failure
    if (!isSame(shown, of(shown.visitId))) return 'changed'
    parts.ring({ type: 'guest', guestId: shown.visitId, name: shown.name, kind: 'visitor' })
    return null
  }

  function wait(visitId: string): void {
    awaited.value = new Set(awaited.value).add(visitId)
    clock.after(missingMs, () => {
      awaited.value = new Set([...awaited.value].filter((other) => other !== visitId))
    })
  }

  return {
    now,
    problem,
    alarm: computed(() => (isCalling.value && now.value?.alarm === 'request' ? 'first' : 'none')),
    awaited,
    regarded,
    look,
    regard,
    of,
    async invite(appointmentId, by, zone) {
      const said = { appointmentId, by, ...(zone === undefined ? {} : { zone }) }
      const answer = await api.ask('POST', '/visits/invite', said, visitInviteAnswer)
      look()
      return answer
    },
    say: (visitId, said) => tell('say', { visitId, said }),
    seen: () => tell('seen', {}),
    device: ({ visitId, otherKey }, answer) => tell('device', { visitId, otherKey, answer }),
    admit,
    identify: (visitId, isThem) => tell('identify', { visitId, isThem }),
    photo: (visitId, callId, photoId) => tell('photo', { visitId, callId, photoId }),
    end: (visitId, outcome) => tell('outcome', { visitId, outcome }),
    seenTo: (visitId) => tell('outcome', { visitId, outcome: 'seen-to' }),
    mailDealt: ({ visitId, mail: { atMs } }) => tell('mail-dealt', { visitId, atMs }),
    wait,
  }
}

/** The name, the date of birth and the browser that a person looked at are those that are rung (HZ-1). */
function isSame(shown: VisitView, stands: VisitView | undefined): boolean {
  return stands?.name === shown.name && stands.born === shown.born && stands.publicKey === shown.publicKey
}

/** How things are, asked at every welcome and at news. */
function followVisits(parts: VisitsParts) {
  const { api, clock, random, me, session, news, isLocked } = parts
  const now = signal<VisitsNow | null>(null)
  const problem: Signal<ApiFailure | null> = signal(null)
  let asked = 0
  let isDue = false
  const regarded = signal<string | null>(null)
  let of: string | null = null

  /** Of several answers the one that was asked for last counts; what could not be read is read again, while the server is heard. */
  async function load(): Promise<void> {
    asked += 1
    const mine = asked
    const about = of
    const answer = await api.ask('GET', '/visits', of === null ? {} : { of }, visitsNow)
    if (mine !== asked) return
    problem.value = answer.ok ? null : answer.failure
    if (answer.ok) {
      regarded.value = about
      now.value = isLocked.peek() ? nameless(answer.value) : answer.value
      return
    }
    clock.after(againMs * (1 + random()), () => {
      if (mine === asked && session.peek() !== null) look()
    })
  }

  /** A welcome and the news behind it are one reason to ask. */
  function look(): void {
    if (isDue) return
    isDue = true
    clock.after(0, () => {
      isDue = false
      if (me.peek() !== null) void load()
    })
  }

  me.subscribe(() => {
    // Who waits for one person is nobody's who signs in next (HZ-6).
    asked += 1
    now.value = null
  })

  effect(() => {
    const isHeard = me.value !== null && session.value !== null && news.value >= 0
    const known = now.peek()
    if (isLocked.value && known) now.value = nameless(known)
    if (isHeard) look()
  })

  function regard(appointmentId: string | null): void {
    of = appointmentId
    if (of !== null) look()
  }

  return { now, problem, regarded, look, regard }
}

/** Behind a lock it sounds, and says nobody's name. */
function nameless(now: VisitsNow): VisitsNow {
  return { ...now, visits: [] }
}
