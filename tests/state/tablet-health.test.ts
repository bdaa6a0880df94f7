/** When a tablet says how it is, and what. */
import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { type Awake, createHealthTeller } from '../../src/state/tablet-health.ts'
import { fakeWorld, well } from '../fakes/ports.ts'

const gatherMs = 2_000
const lookMs = 30_000
const minuteMs = 60_000

async function telling() {
  const { world, ports } = fakeWorld()
  const [isOpen, awake] = [signal(true), signal<Awake>('held')]
  const teller = createHealthTeller(ports, { isOpen, awake })
  const pass = async (ms: number) => {
    world.advance(ms)
    await world.settle()
  }
  teller.welcomed()
  await pass(gatherMs)
  return { world, teller, isOpen, awake, pass, last: () => world.healths.at(-1) }
}

test('[ALIVE-1] it is told after each welcome', async () => {
  const { world, teller, pass, last } = await telling()
  expect(last()).toEqual({
    type: 'tablet.health',
    health: { ...well, awake: 'held', clockMs: gatherMs },
  })
  teller.welcomed()
  await pass(gatherMs)
  expect(world.healths).toHaveLength(2)
})

test('[ALIVE-1] then every ten minutes, and nothing in between', async () => {
  const { world, pass } = await telling()
  for (let looks = 0; looks < 19; looks += 1) await pass(lookMs)
  expect(world.healths).toHaveLength(1)
  for (let looks = 0; looks < 2; looks += 1) await pass(lookMs)
  expect(world.healths).toHaveLength(2)
})

test('[ALIVE-1] what changes is told once, however often the browser says so', async () => {
  const { world, pass, last } = await telling()
  world.seen = { ...well, battery: { percent: 80, isCharging: false } }
  for (let times = 0; times < 50; times += 1) world.hearHealth()
  await pass(gatherMs)
  expect(world.healths).toHaveLength(2)
  expect(last()).toMatchObject({ health: { battery: { isCharging: false } } })
})

test('[ALIVE-1] a browser that changes all the time puts nothing off', async () => {
  const { world, pass } = await telling()
  world.seen = { ...well, camera: 'denied' }
  for (let times = 0; times < 3; times += 1) {
    world.hearHealth()
    await pass(gatherMs / 2)
  }
  expect(world.healths).toHaveLength(2)
})

test('[ALIVE-1] a browser that does not say when it changes is looked at', async () => {
  const { world, pass, last } = await telling()
  world.seen = { ...well, microphone: 'denied' }
  await pass(lookMs)
  expect(last()).toMatchObject({ health: { microphone: 'denied' } })
})

test('[ALIVE-2] a camera that was allowed and would be asked for now is not allowed (HZ-11)', async () => {
  const { world, pass, last } = await telling()
  world.seen = { ...well, camera: 'prompt' }
  await pass(lookMs)
  expect(last()).toMatchObject({ health: { camera: 'denied', microphone: 'granted' } })
})

test('[ALIVE-2] a browser that asks each time is taken at its word', async () => {
  const { world, ports } = fakeWorld()
  world.seen = { ...well, camera: 'prompt' }
  createHealthTeller(ports, { isOpen: signal(true), awake: signal<Awake>('held') }).welcomed()
  world.advance(gatherMs)
  await world.settle()
  expect(world.healths).toMatchObject([{ health: { camera: 'prompt' } }])
})

test('[ALIVE-2] a lock that the screen lost is told', async () => {
  const { awake, pass, last } = await telling()
  awake.value = 'lost'
  await pass(gatherMs)
  expect(last()).toMatchObject({ health: { awake: 'lost' } })
})

test('[ALIVE-1] without the server nothing is said, and nothing old comes later', async () => {
  const { world, isOpen, teller, pass, last } = await telling()
  isOpen.value = false
  world.seen = { ...well, camera: 'denied' }
  await pass(20 * minuteMs)
  expect(world.healths).toHaveLength(1)
  world.seen = well
  isOpen.value = true
  teller.welcomed()
  await pass(gatherMs)
  expect(world.healths).toHaveLength(2)
  expect(last()).toMatchObject({ health: { camera: 'granted' } })
})

test('[ALIVE-1] a part that could not be fetched is asked for again', async () => {
  const { world, ports } = fakeWorld()
  world.seen = null
  createHealthTeller(ports, { isOpen: signal(true), awake: signal<Awake>('held') }).welcomed()
  world.advance(gatherMs)
  await world.settle()
  expect(world.healths).toHaveLength(0)
  world.seen = well
  world.advance(lookMs)
  await world.settle()
  expect(world.healths).toHaveLength(1)
})
