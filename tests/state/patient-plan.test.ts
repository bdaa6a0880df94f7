import { signal } from '@preact/signals'
import { describe, expect, test } from 'vitest'
import type { PatientEntry, PatientPlan } from '../../src/protocol/plan-news.ts'
import { createBed } from '../../src/state/bed.ts'
import { createMyPlan, entriesAhead, longestAgeMs } from '../../src/state/patient-plan.ts'
import { bedOne, fakeWorld, welcomeOf } from '../fakes/ports.ts'

const entry: PatientEntry = {
  id: 'a',
  kind: 'bed-call',
  status: 'booked',
  startMs: 1,
  endMs: 2,
  title: 'Physiotherapy',
  place: null,
  people: ['Anna Laine'],
}
const zone = 'Europe/Helsinki'
const yours: PatientPlan = { type: 'plan.yours', entries: [entry], zone, asOfMs: 0 }

async function readyBed() {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne))
  return { world, bed, ports }
}

describe('the patient’s own day', () => {
  test('[HZ-7] it carries no age while the server would tell of a change, and its age when it would not', async () => {
    const { world, bed } = await readyBed()
    expect(bed.myPlan.value).toBeNull()
    world.socket?.received(yours)
    world.advance(10 * 60_000)
    expect(bed.myPlan.value).toMatchObject({ entries: [entry], asOfMs: null })
    world.socket?.lost()
    expect(bed.myPlan.value?.asOfMs).toBe(0)
  })

  test('[HZ-7] a network that came back makes nothing younger before the server has said the plan again', async () => {
    const { world, bed } = await readyBed()
    world.socket?.received(yours)
    world.socket?.lost()
    world.advance(5 * 60_000)
    world.socket?.welcomed(welcomeOf(bedOne, { serverTimeMs: 5 * 60_000 }))
    expect(bed.myPlan.value?.asOfMs).toBe(0)
    world.socket?.received({ ...yours, asOfMs: 5 * 60_000 })
    expect(bed.myPlan.value?.asOfMs).toBeNull()
  })

  test('[HZ-7] its age is by the server’s clock: a tablet an hour behind does not make it fresh', async () => {
    const { world, bed } = await readyBed()
    world.clockAheadMs = -3_600_000
    world.socket?.welcomed(welcomeOf(bedOne, { serverTimeMs: 1_000_000 }))
    world.socket?.received({ ...yours, asOfMs: 1_000_000 })
    world.socket?.lost()
    expect(bed.myPlan.value?.asOfMs).toBeNull()
    world.advance(90_000)
    expect(bed.myPlan.value?.asOfMs).toBe(1_000_000)
  })

  test('[HZ-6] with another stay it is gone from the screen at once and destroyed on the tablet', async () => {
    const { world, bed } = await readyBed()
    world.socket?.received(yours)
    await world.settle()
    expect(world.patientPlan?.stayEpoch).toBe(1)
    world.socket?.received({ type: 'stay.changed', stay: { epoch: 2, admissionId: 'next' }, wishes: null })
    expect(bed.myPlan.value).toBeNull()
    await world.settle()
    expect(world.patientPlan).toBeNull()
  })

  test('[HZ-6] a plan that is still being kept when the stay changes is not kept after it', async () => {
    const { world } = await readyBed()
    world.socket?.received(yours)
    world.socket?.received({ type: 'stay.changed', stay: { epoch: 2, admissionId: 'next' }, wishes: null })
    await world.settle()
    expect(world.patientPlan).toBeNull()
  })

  test('[HZ-6] a tablet that was off while the patient changed shows the next one nothing of the last', async () => {
    const { world, ports } = fakeWorld()
    world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
    world.settings = { started: true, stayEpoch: 2 }
    world.patientPlan = { stayEpoch: 1, plan: { entries: [entry], zone, asOfMs: 0 } }
    const bed = createBed(ports)
    await world.settle()
    expect(bed.myPlan.value).toBeNull()
    expect(world.patientPlan).toBeNull()
  })

  test('[HZ-7] reloaded without a network, it shows what it kept, with its age', async () => {
    const { world, ports } = fakeWorld()
    world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
    world.settings = { started: true, stayEpoch: 1 }
    world.patientPlan = { stayEpoch: 1, plan: { entries: [entry], zone, asOfMs: 5 } }
    world.clockAheadMs = 3_600_000
    const bed = createBed(ports)
    await world.settle()
    expect(bed.myPlan.value).toMatchObject({ entries: [entry], asOfMs: 5 })
  })

  test('[HZ-7] what is only kept is never shown as current, however far the tablet’s clock is behind', async () => {
    const { world, ports } = fakeWorld()
    world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
    world.settings = { started: true, stayEpoch: 1 }
    const asOfMs = 3_600_000
    world.patientPlan = { stayEpoch: 1, plan: { entries: [entry], zone, asOfMs } }
    const bed = createBed(ports)
    await world.settle()
    expect(bed.myPlan.value?.asOfMs).toBe(asOfMs)
    world.clockAheadMs = asOfMs
    world.advance(30_000)
    expect(bed.myPlan.value?.asOfMs, 'nor when its clock says that it is young').toBe(asOfMs)
  })

  test('[HZ-7] a clock that is set back makes nothing young again', async () => {
    const { world, bed } = await readyBed()
    world.socket?.received(yours)
    world.socket?.lost()
    world.advance(90_000)
    world.clockAheadMs = -3_600_000
    world.advance(30_000)
    expect(bed.myPlan.value?.asOfMs).toBe(0)
  })

  test('[HZ-7] what is ahead is so by the server’s clock, and today is the ward’s day, not the tablet’s', async () => {
    const { world, bed, ports } = await readyBed()
    const hourMs = 3_600_000
    const nowMs = Date.UTC(2026, 10, 23, 20)
    const named = (id: string, startMs: number): PatientEntry => ({
      ...entry,
      id,
      startMs,
      endMs: startMs + hourMs,
    })
    world.clockAheadMs = 5 * hourMs
    world.socket?.welcomed(welcomeOf(bedOne, { serverTimeMs: nowMs }))
    // In Helsinki, two hours ahead of UTC, the next day begins at 22:00 UTC.
    const entries = [
      named('over', nowMs - 2 * hourMs),
      named('now', nowMs - hourMs / 2),
      named('late', nowMs + 1.5 * hourMs),
      named('tomorrow', nowMs + 2 * hourMs),
    ]
    world.socket?.received({ ...yours, entries, asOfMs: nowMs })
    const plan = bed.myPlan.value
    if (!plan) throw new Error('no plan')
    expect(entriesAhead(plan, ports.clock.nowMs()).map(({ id }) => id)).toEqual(['now', 'late'])
  })

  test('[HZ-6] after twelve hours without the server it is destroyed', async () => {
    const { world, bed } = await readyBed()
    world.socket?.received(yours)
    world.advance(longestAgeMs + 60_000)
    expect(bed.myPlan.value).not.toBeNull()
    world.socket?.lost()
    world.advance(60_000)
    await world.settle()
    expect(bed.myPlan.value).toBeNull()
    expect(world.patientPlan).toBeNull()
  })

  test('[HZ-6] a tablet that was revoked keeps nothing', async () => {
    const { world, bed } = await readyBed()
    world.socket?.received(yours)
    world.socket?.refused('unauthenticated')
    await world.settle()
    expect(bed.myPlan.value).toBeNull()
    expect(world.patientPlan).toBeNull()
  })

  test('[HZ-6] what is read late from the store does not come back after a new stay', async () => {
    const { world, ports } = fakeWorld()
    world.patientPlan = { stayEpoch: 1, plan: { entries: [entry], zone, asOfMs: 0 } }
    const mine = createMyPlan(ports.patientPlan, ports.clock, signal(false))
    mine.resume(1)
    mine.newStay()
    await world.settle()
    expect(mine.plan.value).toBeNull()
    expect(world.patientPlan).toBeNull()
  })
})
