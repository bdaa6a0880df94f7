import { expect, test } from 'vitest'
import type { RequestState, RequestView } from '../../src/protocol/request.ts'
import { createBed } from '../../src/state/bed.ts'
import { createCleaning } from '../../src/state/cleaning.ts'
import { bedOne, fakeWorld, knockAgreed, ringingAt, welcomeOf } from '../fakes/ports.ts'

async function wiped() {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne, { wishes: knockAgreed }))
  return { world, bed, cleaning: createCleaning({ ...bed, ...bed.beside }) }
}

test('[CLEAN-1] the screen is locked for five minutes, and unlocks by itself', async () => {
  const { world, cleaning } = await wiped()
  cleaning.begin()
  world.advance(5 * 60_000 - 1)
  expect(cleaning.state.value.type).toBe('locked')
  world.advance(1)
  expect(cleaning.state.value.type).toBe('settling')
})

test('[CLEAN-1] what is wrong with the device’s own clock makes it neither longer nor shorter', async () => {
  const { world, cleaning } = await wiped()
  cleaning.begin()
  world.clockAheadMs = -3_600_000
  world.advance(5 * 60_000)
  expect(cleaning.state.value.type).toBe('settling')
})

test.each(['ring', 'knock'] as const)(
  '[CLEAN-2] a %s lifts it at once, and sounds as ever (HZ-11)',
  async (mode) => {
    const { world, cleaning } = await wiped()
    cleaning.begin()
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { mode }) })
    expect(cleaning.state.value.type).toBe('settling')
    expect(world.did).toContain(`sound ${mode}`)
  },
)

const water: RequestView = {
  ...{ requestId: 'r', bedId: 'bed-1', label: '1', stay: 1, reason: 'water', madeMs: 5 },
  ...{ alarm: 'first', state: { type: 'sent' } },
}
const answers: readonly RequestState[] = [
  { type: 'seen', by: 'Anna Laine', atMs: 6 },
  { type: 'coming', by: 'Anna Laine', inMinutes: 5, untilMs: 300_000 },
  { type: 'unheard' },
]

test.each(answers)('[CLEAN-2] an answer to what was asked ($type) lifts it at once (HZ-4)', async (state) => {
  const { world, bed, cleaning } = await wiped()
  world.socket?.received({ type: 'request.changed', request: water })
  expect(bed.requests.open.value).toHaveLength(1)
  cleaning.begin()
  world.socket?.received({ type: 'request.changed', request: { ...water, state } })
  expect(cleaning.state.value.type).toBe('settling')
})

test('[CLEAN-3] what still lies on the glass counts for nothing until a second after it is lifted (HZ-2)', async () => {
  const { world, cleaning } = await wiped()
  cleaning.begin()
  cleaning.end()
  world.advance(999)
  expect(cleaning.state.value.type).toBe('settling')
  world.advance(1)
  expect(cleaning.state.value.type).toBe('off')
})

test('[CLEAN-3] it begins between calls alone: nobody who rings is locked out', async () => {
  const { world, cleaning } = await wiped()
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee') })
  cleaning.begin()
  expect(cleaning.state.value.type).toBe('off')
})

test('[CLEAN-4] the tablet goes on to say how it is, and comes back to its server', async () => {
  const { world, bed, cleaning } = await wiped()
  cleaning.begin()
  world.hearPower('battery')
  expect(world.sent.at(-1)).toMatchObject({ type: 'bed.report', report: { power: 'battery' } })
  world.socket?.lost()
  world.socket?.welcomed(welcomeOf(bedOne))
  expect(bed.readiness.value.type).toBe('ready')
  expect(cleaning.state.value.type).toBe('locked')
})
