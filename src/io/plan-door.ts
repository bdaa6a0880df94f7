/** The door to the plan's own part of the program, which no screen waits for when it starts. */
import type { PlanPort } from '../state/plan-ports.ts'

/** Beside the store, because it must be known before that is opened; it names nobody. */
const lockKey = 'bedside.plan.lock'

/** What waits here is judged by the plan's days as soon as it is read, before any screen of the plan is fetched. */
async function inside(): Promise<typeof import('./plan.ts')> {
  if (!('Temporal' in globalThis)) await import('temporal-polyfill/global')
  return await import('./plan.ts')
}

export const browserPlan: PlanPort = {
  open: async (staffId) => (await inside()).openPlan(staffId),
  resident: async () => (await inside()).readResident(),
  welcome: async (resident) => (await inside()).keepResident(resident),
  dismiss: async () => (await inside()).dismissAll(),
  othersWaiting: async (staffId) => (await inside()).othersWaiting(staffId),
  lastLock: () => (localStorage.getItem(lockKey) === 'locked' ? 'locked' : 'open'),
  noteLock: (state) => localStorage.setItem(lockKey, state),
}
