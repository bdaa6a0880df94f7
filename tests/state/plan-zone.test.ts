/** By whose clock the plan's days are: the plan's, the one that is remembered, or this device's. */
import { afterEach, describe, expect, test } from 'vitest'
import type { Row } from '../../src/protocol/plan.ts'
import { createPlanScreens, type PlanScreens } from '../../src/state/plan.ts'
import { annaLaine, at, helsinki, wardRows } from '../fakes/plan-ward.ts'
import { fakeWorld } from '../fakes/ports.ts'
import { memorySync } from '../fakes/sync-memory.ts'

const running: PlanScreens[] = []
afterEach(() => {
  for (const plan of running.splice(0)) plan.stop()
})

describe('[PLAN-SCREEN-20] by whose clock the days are, before the plan has said so', () => {
  function begun(zone: string, rows: readonly Row[]) {
    const { world, ports } = fakeWorld()
    world.zone = zone
    world.clockAheadMs = at('2026-11-24T00:30')
    const sync = memorySync(rows, { staffId: 'anna', nowMs: () => ports.clock.nowMs() })
    const { clock, page } = ports
    const plan = createPlanScreens({ ...ports.plan, sync, me: annaLaine, clock, newId: page.newId })
    running.push(plan)
    return { world, sync, plan }
  }

  test('it is the one last heard here, or this device’s: after midnight it is not yesterday', () => {
    const { plan } = begun(helsinki, [])
    expect([plan.date.value, plan.today().date, plan.zone.value]).toEqual([
      '2026-11-24',
      '2026-11-24',
      helsinki,
    ])
  })

  test('the plan’s own is remembered, and the day that nobody chose follows it', () => {
    const { plan, sync, world } = begun('UTC', [])
    expect(plan.date.value).toBe('2026-11-23')
    sync.put(...wardRows)
    expect([plan.date.value, world.zone]).toEqual(['2026-11-24', helsinki])
    sync.forget()
    expect(plan.zone.value).toBe(helsinki)
  })

  test('a day that somebody chose stays', () => {
    const { plan, sync } = begun('UTC', [])
    plan.step(1)
    plan.step(1)
    sync.put(...wardRows)
    expect(plan.date.value).toBe('2026-11-25')
  })

  test('a device that does not know where it is goes by UTC', () => {
    expect(begun('Nowhere/Here', []).plan.zone.value).toBe('UTC')
  })
})
