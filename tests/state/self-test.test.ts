import { signal } from '@preact/signals'
import { expect, test } from 'vitest'
import { createBed } from '../../src/state/bed.ts'
import type { SeenHealth } from '../../src/state/ports.ts'
import { createSelfTest, testLines } from '../../src/state/self-test.ts'
import type { Awake } from '../../src/state/tablet-health.ts'
import { bedOne, fakeWorld, knockAgreed, ringingAt, welcomeOf } from '../fakes/ports.ts'
import { fakeTester } from '../fakes/visit.ts'

const well: SeenHealth = {
  ...{ build: null, camera: 'granted', microphone: 'granted', battery: null },
  storage: { isKept: true, usedMegabytes: 1, quotaMegabytes: 100 },
}

async function tablet() {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne, { wishes: knockAgreed }))
  const { tester, io } = fakeTester()
  const seen = { health: well, awake: signal<Awake>('held') }
  const selfTest = createSelfTest({
    ...bed,
    ...bed.beside,
    awake: seen.awake,
    health: async () => ({ look: async () => seen.health, watch: () => {}, tester: async () => io }),
  })
  const open = async () => {
    selfTest.open()
    await world.settle()
  }
  return { world, tester, seen, selfTest, open }
}

type Tablet = Awaited<ReturnType<typeof tablet>>

async function speak({ world, tester }: Tablet): Promise<void> {
  for (const loud of [0.6, 0.6, 0.6]) tester.hear(loud)
  world.advance(2_000)
  await world.settle()
}

async function say({ world, selfTest }: Tablet, is: 'yes' | 'no'): Promise<void> {
  selfTest.answer(is)
  await world.settle()
}

/** Up to the question about the ring. */
async function toRing(at: Tablet): Promise<void> {
  await at.open()
  await say(at, 'yes')
  await speak(at)
  await say(at, 'yes')
  await at.world.settle()
}

test('[SELF-1] each thing is tried after the other, and all of them well make the page Ready', async () => {
  const at = await tablet()
  await at.open()
  expect(at.selfTest.ask.value).toBe('camera')
  expect([...at.tester.on]).toEqual(['camera'])
  await say(at, 'yes')
  expect([...at.tester.on]).toEqual(['microphone'])
  await speak(at)
  expect(at.tester.on.size).toBe(0)
  expect(at.selfTest.ask.value).toBe('echo')
  await say(at, 'yes')
  expect(at.selfTest.ask.value).toBe('ring')
  expect(at.world.did.at(-1)).toBe('sound ring')
  expect(at.selfTest.isReady.value).toBe(false)
  await say(at, 'yes')
  expect(at.selfTest.isReady.value).toBe(true)
  expect(at.selfTest.ask.value).toBeNull()
})

test('[SELF-2] a picture that is not seen, words and a ring that are not heard are said as that, and the rest goes on', async () => {
  const at = await tablet()
  await at.open()
  await say(at, 'no')
  at.world.advance(20_000)
  await at.world.settle()
  expect(at.selfTest.ask.value).toBe('notes')
  await say(at, 'no')
  await say(at, 'no')
  expect(at.selfTest.lines.value).toMatchObject({
    ...{ camera: 'not-seen', microphone: 'silent', echo: 'not-heard', ring: 'not-heard' },
    ...{ path: 'good', permission: 'good', awake: 'good', storage: 'good' },
  })
  expect(at.selfTest.isReady.value).toBe(false)
})

test('[SELF-2] a device that will not open is passed over, with its cause', async () => {
  const at = await tablet()
  at.tester.failing.camera = 'denied'
  at.tester.failing.microphone = 'taken'
  await at.open()
  expect(at.selfTest.lines.value).toMatchObject({ camera: 'denied', microphone: 'taken', echo: 'runs' })
})

test.each([
  [{ camera: 'prompt' as const }, { permission: 'not-allowed' }],
  [{ microphone: 'denied' as const }, { permission: 'not-allowed' }],
  [{ camera: 'unknown' as const }, { permission: 'good' }],
  [{ storage: null }, { storage: 'not-told' }],
  [{ storage: { isKept: false, usedMegabytes: 1, quotaMegabytes: 2 } }, { storage: 'not-kept' }],
])('[SELF-2] what the browser says of itself is a line, too: %o', async (health, expected) => {
  const at = await tablet()
  at.seen.health = { ...well, ...health }
  at.seen.awake.value = 'lost'
  await toRing(at)
  expect(at.selfTest.lines.value).toMatchObject({ ...expected, awake: 'not-awake' })
})

test.each([
  [null, 900, 'no-server'],
  [100, 900, 'slow'],
  [4_000, 900, 'good'],
] as const)('[SELF-2] a network of %s down and %s up is %s', async (downKbps, upKbps, path) => {
  const at = await tablet()
  Object.assign(at.tester, { downKbps, upKbps })
  await toRing(at)
  expect(at.selfTest.lines.value?.path).toBe(path)
})

test.each(['ring', 'knock'] as const)(
  '[SELF-3] [HZ-2] a %s closes it at once, with camera and microphone stopped, and sounds as ever (HZ-11)',
  async (mode) => {
    const at = await tablet()
    await at.open()
    expect(at.tester.on.size).toBe(1)
    at.world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { mode }) })
    expect(at.tester.on.size).toBe(0)
    expect(at.selfTest.lines.value).toBeNull()
    expect(at.world.did).toContain(`sound ${mode}`)
    at.selfTest.open()
    expect(at.selfTest.lines.value, 'between calls alone').toBeNull()
  },
)

const steps = { camera: 0, microphone: 1 } as const
test.each(['camera', 'microphone'] as const)(
  '[SELF-3] [HZ-2] closed, or left alone for two minutes, it stops the %s',
  async (kind) => {
    for (const end of ['close', 'alone'] as const) {
      const at = await tablet()
      await at.open()
      if (steps[kind] === 1) await say(at, 'yes')
      expect([...at.tester.on]).toEqual([kind])
      if (end === 'close') at.selfTest.close()
      else at.world.advance(120_000)
      expect(at.tester.on.size).toBe(0)
      if (end === 'close') expect(at.selfTest.lines.value).toBeNull()
    }
  },
)

test('[SELF-3] [HZ-2] what opens after it was closed is stopped at once', async () => {
  const at = await tablet()
  let letGo = () => {}
  at.tester.gate = new Promise((done) => {
    letGo = done
  })
  await at.open()
  at.selfTest.close()
  letGo()
  await at.world.settle()
  expect(at.tester.on.size).toBe(0)
})

test('[SELF-4] nobody touches it for two minutes: it closes by itself', async () => {
  const at = await tablet()
  await at.open()
  at.world.advance(119_999)
  expect(at.selfTest.lines.value).not.toBeNull()
  at.world.advance(1)
  expect(at.selfTest.lines.value).toBeNull()
})

test('[SELF-2] a part that cannot be fetched is said, and may be tried again', async () => {
  const at = await tablet()
  const selfTest = createSelfTest({
    ...{ clock: { after: () => () => {} }, calls: { state: signal({ type: 'idle' as const, over: [] }) } },
    ...{ soundCheck: { ring: () => {} }, awake: at.seen.awake, findWays: async () => ({}) },
    health: async () => {
      throw new Error('not here')
    },
  })
  selfTest.open()
  await at.world.settle()
  expect(selfTest.lines.value?.path).toBe('no-server')
  expect(selfTest.ask.value).toBeNull()
})

test('[SELF-1] it may be begun again without being closed between', async () => {
  const at = await tablet()
  await toRing(at)
  const seen: ('open' | 'closed')[] = []
  const stop = at.selfTest.lines.subscribe((lines) => void seen.push(lines ? 'open' : 'closed'))
  await at.open()
  stop()
  expect(new Set(seen)).toEqual(new Set(['open']))
  expect(testLines.map((line) => at.selfTest.lines.value?.[line])).toEqual([
    'runs',
    ...Array(7).fill('waits'),
  ])
})
