/** The one desk of this page: what is known of visits by video, for whoever is signed in here, and what of it lies open. */
import { computed, effect, signal } from '@preact/signals'
import type { ApiFailure } from '../../state/ports.ts'
import type { Station } from '../../state/station.ts'
import { createVisits, type Visits, type VisitView } from '../../state/visits.ts'
import { visitAlarm } from '../station/besides.ts'

export type Shown =
  | { readonly type: 'nothing' }
  | { readonly type: 'list' }
  /** Null: to all who wait. */
  | { readonly type: 'say'; readonly visitId: string | null }
  | { readonly type: 'admit'; readonly visitId: string }

export const shown = signal<Shown>({ type: 'nothing' })

/** What is printed for whoever is invited: its link was made for this paper, and is kept nowhere here. */
export type Printed = Pick<VisitView, 'name' | 'startMs' | 'endMs'> & {
  readonly link: string
  readonly phone: string | null
  /** Of whoever reads it (BCP 47); null: not known. */
  readonly language: string | null
}
export const printed = signal<Printed | null>(null)

export type Addressee = Omit<Printed, 'link' | 'phone'> & { readonly appointmentId: string }

/** Null: it is on its way to the printer. */
export async function printLetter(
  desk: Visits,
  addressee: Addressee,
  zone?: string | null,
): Promise<ApiFailure | null> {
  const { appointmentId, name, startMs, endMs, language } = addressee
  const answer = await desk.invite(appointmentId, 'letter', zone)
  if (!answer.ok) return answer.failure
  const { link, phone = null } = answer.value
  if (link !== null) printed.value = { name, startMs, endMs, language, link, phone }
  return null
}

let desk: Visits | null = null

/** By the server's clock, as far as it is known here. */
export function aheadMs({ wardTime }: Station): number {
  return wardTime.value.aheadMs
}

export function visitsOf(station: Station): Visits {
  if (desk) return desk
  const { api, clock, calls, requests, lock } = station
  const made = createVisits({
    ...{ api, clock, port: station.visits, random: Math.random },
    serverNowMs: () => clock.nowMs() + station.wardTime.peek().aheadMs,
    me: computed(() => (station.mayEver('visit.admit') ? (station.me.value?.staffId ?? null) : null)),
    session: requests.session,
    news: station.visitNews,
    isLocked: lock.locked,
    isInCall: computed(() => !['idle', 'ended'].includes(calls.state.value.type)),
    ring: (visitor) => calls.dial(visitor, 'ring', null),
  })
  desk = made
  // It goes on sounding behind a lock, like what patients ask.
  effect(() => {
    visitAlarm.value = made.alarm.value
  })
  // What lay open is not found open by whoever unlocks, or signs in next (HZ-6).
  effect(() => {
    if (!lock.locked.value && station.me.value !== null) return
    shown.value = { type: 'nothing' }
    printed.value = null
  })
  return made
}
