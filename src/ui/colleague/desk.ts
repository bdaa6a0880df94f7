/** The one desk of this page: what is known of colleagues, for whoever is signed in here. */
import { computed, effect } from '@preact/signals'
import { type Colleagues, createColleagues } from '../../state/colleagues.ts'
import type { Station } from '../../state/station.ts'
import { consultAlarm } from '../station/besides.ts'

let desk: Colleagues | null = null

export function deskOf(station: Station): Colleagues {
  if (desk) return desk
  const { api, admissions, requests, dutyNews, lock } = station
  const made = createColleagues({
    api,
    clock: admissions.clock,
    newId: admissions.newId,
    random: Math.random,
    me: computed(() => (station.mayEver('staff.call') ? (station.me.value?.staffId ?? null) : null)),
    session: requests.session,
    news: dutyNews,
    isLocked: lock.locked,
  })
  desk = made
  // It goes on sounding behind a lock, like what patients ask.
  effect(() => {
    consultAlarm.value = made.alarm.value
  })
  return made
}
