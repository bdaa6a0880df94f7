/** The plan's screens of one person over a ward in memory; each is stopped when its test is over. */
import { onTestFinished } from 'vitest'
import type { StaffParty } from '../../src/protocol/people.ts'
import type { Row } from '../../src/protocol/plan.ts'
import { createPlanScreens } from '../../src/state/plan.ts'
import { annaLaine, appointmentAt, demoDay, stopAt, wardRows } from './plan-ward.ts'
import { fakeWorld } from './ports.ts'
import { memorySync } from './sync-memory.ts'

export const wound = appointmentAt('wound', 'bed-call', `${demoDay}T14:00`, 20, {
  title: 'Wound care',
  staff: ['anna'],
  stops: [stopAt(6, 20)],
})
export const round = appointmentAt('round', 'round', `${demoDay}T09:00`, 30, {
  title: 'Round',
  staff: ['oja'],
  stops: [stopAt(1), stopAt(2), stopAt(3)],
})

/** `rows`: what stands beside the ward's own. `nowMs`: milliseconds since 1970 when it begins. */
export function screensOver(rows: readonly Row[], nowMs: number, me: StaffParty = annaLaine) {
  const { world, ports } = fakeWorld()
  world.clockAheadMs = nowMs
  const { clock, page } = ports
  const sync = memorySync([...wardRows, ...rows], { staffId: me.staffId, nowMs: () => clock.nowMs() })
  const plan = createPlanScreens({ ...ports.plan, sync, me, clock, newId: page.newId })
  onTestFinished(() => plan.stop())
  return { world, sync, plan }
}
