/** Puts the plan's store, journal, tabs and sync together for one person of this browser. */
import type { RunningSync } from '../state/sync.ts'
import { createSync } from '../state/sync.ts'
import { browserClock } from './clock.ts'
import { httpSync } from './plan-api.ts'
import { noJournal, openJournal, startDesk } from './plan-journal.ts'
import { createMemoryStore } from './plan-memory.ts'
import { takeSeal } from './plan-seal.ts'
import { createPlanStore } from './plan-store.ts'
import { openTabs } from './plan-tabs.ts'

export { planDatabase } from './plan-database.ts'
export { dismissAll, keepResident, othersWaiting, readResident } from './plan-people.ts'

export async function openPlan(staffId: string): Promise<RunningSync> {
  const kept = await openKept(staffId).catch(() => ({ store: createMemoryStore(), journal: noJournal() }))
  const ports = {
    ...kept,
    api: httpSync,
    tabs: openTabs(staffId),
    clock: browserClock,
    newId: () => crypto.randomUUID(),
    random: Math.random,
  }
  return createSync(ports, staffId)
}

/** The journal's worker starts beside the store, which does not wait for it. */
async function openKept(staffId: string) {
  const desk = startDesk(staffId)
  try {
    const using = { seal: await takeSeal(staffId) }
    return { store: createPlanStore(staffId, using), journal: openJournal(desk, staffId, using) }
  } catch (error) {
    void desk.then((started) => started?.close())
    throw error
  }
}
