/** The door to the plan's own part of the program, which no screen waits for when it starts. */
import type { PlanPort } from '../state/plan-ports.ts'

/** Beside the store, because it must be known before that is opened; it names nobody. */
const lockKey = 'bedside.plan.lock'
/** Somebody left, and the store may not have heard of it. */
const nobodyKey = 'bedside.plan.nobody'
/** The wall clock of the place, which is nobody's secret: without it a plan begins on yesterday's day at night. */
const zoneKey = 'bedside.plan.zone'
/** How often somebody left this page: a welcome that was kept too late is not the next one. */
let left = 0

/** What waits here is judged by the plan's days as soon as it is read, before any screen of the plan is fetched. */
async function inside(): Promise<typeof import('./plan.ts')> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
  return await import('./plan.ts')
}

/** Ahead of the screen that asks for it, store and all; what fails is fetched again by whoever needs it. */
export function fetchPlan(): void {
  inside()
    .then(({ planDatabase }) => planDatabase())
    .catch(() => {})
}

export const browserPlan: PlanPort = {
  open: async (staffId) => (await inside()).openPlan(staffId),
  async resident() {
    const { readResident } = await inside()
    const found = await readResident()
    return localStorage.getItem(nobodyKey) === null ? found : null
  },
  async welcome(resident) {
    const before = left
    await (await inside()).keepResident(resident)
    if (left === before) localStorage.removeItem(nobodyKey)
  },
  dismiss: async () => (await inside()).dismissAll(),
  othersWaiting: async (staffId) => (await inside()).othersWaiting(staffId),
  lastLock: () => (localStorage.getItem(lockKey) === 'locked' ? 'locked' : 'open'),
  noteLock: (state) => localStorage.setItem(lockKey, state),
  lastZone: () => localStorage.getItem(zoneKey) ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
  noteZone(zone) {
    try {
      if (localStorage.getItem(zoneKey) !== zone) localStorage.setItem(zoneKey, zone)
    } catch {
      // No room for it: the plan says it again.
    }
  },
  noteNobody() {
    left += 1
    try {
      localStorage.setItem(nobodyKey, 'nobody')
    } catch {
      // No room for it: the store itself is asked next.
    }
  },
}
