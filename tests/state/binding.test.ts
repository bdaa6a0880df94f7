/** How a tablet comes to a bed outside the demo, back to it, and what a new patient changes. */
import { describe, expect, test, vi } from 'vitest'
import type { BedView } from '../../src/protocol/people.ts'
import { createBed } from '../../src/state/bed.ts'
import { createStation } from '../../src/state/station.ts'
import { anna, bedOne, fakeWorld, knockAgreed, ringingAt, welcomeOf } from '../fakes/ports.ts'

const identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
const begun = { enrolmentId: 'e1', bed: bedOne, nonce: 'theirs' }

type World = ReturnType<typeof fakeWorld>['world']

/** What binds a tablet is fetched when it is needed. */
async function settle(world: World): Promise<void> {
  await world.settle()
  await vi.dynamicImportSettled()
  await world.settle()
}

async function readyBed() {
  const { world, ports } = fakeWorld()
  world.identity = identity
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await settle(world)
  world.socket?.welcomed(welcomeOf(bedOne, { wishes: knockAgreed }))
  return { world, bed }
}

describe('[BED-7] by a typed code', () => {
  test('[BED-7] its digits are shown, and it goes on to Start when somebody typed them', async () => {
    const { world, ports } = fakeWorld()
    world.answers = {
      '/enrol/begin': [begun],
      '/enrol/reveal': [{}],
      '/enrol/wait': [{ state: 'waiting' }, 'unreachable', { state: 'confirmed', deviceId: 'd9' }],
    }
    const bed = createBed(ports)
    await settle(world)
    expect(bed.typeCode('7kqd 9m2')).toBe(false)
    expect(bed.typeCode('7kqd 9m2x')).toBe(true)
    await settle(world)
    expect(bed.setup.value).toMatchObject({ type: 'waiting', why: 'code', digits: '123456' })
    expect(world.socket, 'nothing can ring it yet').toBeNull()
    for (let turn = 0; turn < 2; turn += 1) {
      world.advance(2_000)
      await settle(world)
    }
    expect(bed.setup.value.type).toBe('needs-start')
    expect(world.identity).toEqual({ ...identity, deviceId: 'd9' })
  })

  test.each([
    ['unknown-code', ['unknown-code']],
    ['over', [begun]],
  ] as const)('[BED-7] %s is a sentence, and the field is there again', async (problem, answers) => {
    const { world, ports } = fakeWorld()
    world.answers = { '/enrol/begin': answers, '/enrol/reveal': [{}], '/enrol/wait': [{ state: 'over' }] }
    world.secret = '7KQD-9M2X'
    const bed = createBed(ports)
    await settle(world)
    expect(bed.setup.value).toEqual({ type: 'unbound', problem })
  })
})

test('[BED-7] reloaded while it waits it shows the same digits, and takes a confirmation that came meanwhile', async () => {
  const { world, ports } = fakeWorld()
  world.waiting = { enrolmentId: 'e1', why: 'code', bed: bedOne, digits: '654321', root: 'hospital' }
  world.answers = { '/enrol/wait': [{ state: 'waiting' }, { state: 'confirmed', deviceId: 'd9' }] }
  const bed = createBed(ports)
  await settle(world)
  expect(bed.setup.value).toMatchObject({ type: 'waiting', digits: '654321' })
  world.advance(2_000)
  await settle(world)
  expect(bed.identity.value?.deviceId).toBe('d9')
  expect(bed.setup.value.type).toBe('needs-start')
  expect(world.trust, 'the root of its link, over the reload').toEqual({ root: 'hospital', chain: null })
})

describe('[PROOF-3] whom a tablet believes', () => {
  const answers = () => ({
    '/enrol/begin': [begun],
    '/enrol/again': [begun],
    '/enrol/reveal': [{}],
    '/enrol/wait': [{ state: 'waiting' }, { state: 'confirmed', deviceId: 'd9' }],
  })

  test('[PROOF-3] the root of its link, as soon as its digits are typed and not before (HZ-10)', async () => {
    const { world, ports } = fakeWorld()
    world.answers = answers()
    world.secret = '7KQD-9M2X'
    world.linkedRoot = 'hospital'
    world.trust = { root: 'somebody', chain: [] as never }
    createBed(ports)
    await settle(world)
    expect(world.trust.root, 'an opened link alone changes nothing').toBe('somebody')
    world.advance(2_000)
    await settle(world)
    expect(world.trust).toEqual({ root: 'hospital', chain: null })
  })

  test('[PROOF-3] bound anew without a link it keeps its root and lets the old key’s certificates go', async () => {
    const { world, ports } = fakeWorld()
    world.answers = answers()
    world.past = identity
    world.trust = { root: 'hospital', chain: [] as never }
    createBed(ports)
    await settle(world)
    world.advance(2_000)
    await settle(world)
    expect(world.identity?.deviceId).toBe('d9')
    expect(world.trust).toEqual({ root: 'hospital', chain: null })
  })
})

describe('[BED-8] a lost key', () => {
  test('[BED-8] a browser that was a bed and has no key says so and asks to be bound again (HZ-11)', async () => {
    const { world, ports } = fakeWorld()
    world.past = identity
    world.settings = { started: true, stayEpoch: 1 }
    world.answers = {
      '/enrol/again': ['unreachable', 'conflict', begun],
      '/enrol/reveal': [{}],
      '/enrol/wait': [{ state: 'confirmed', deviceId: 'd2' }],
    }
    const bed = createBed(ports)
    await settle(world)
    expect(bed.setup.value).toMatchObject({ type: 'waiting', why: 'lost', digits: null, bed: { label: '1' } })
    for (let turn = 0; turn < 2; turn += 1) {
      world.advance(10_000)
      await settle(world)
    }
    await settle(world)
    expect(world.asked.filter(({ path }) => path === '/enrol/again')).toHaveLength(3)
    expect(bed.identity.value?.deviceId).toBe('d2')
    expect(bed.setup.value.type, 'it was Ready before, so it needs no touch').toBe('started')
    expect(bed.wishes.agreed.value).toBeNull()
  })

  test('[BED-8] a key that is lost while it runs ends in the same words', async () => {
    const { world, bed } = await readyBed()
    world.keyGone = true
    await expect(world.socket?.hello('nonce')).rejects.toThrow('no key')
    await settle(world)
    expect(bed.setup.value).toMatchObject({ type: 'waiting', why: 'lost' })
    expect(world.did).toContain('close socket')
  })

  test('[BED-8] a bed that has another tablet by now is forgotten', async () => {
    const { world, ports } = fakeWorld()
    world.past = identity
    world.answers = { '/enrol/again': ['unknown-code'] }
    const bed = createBed(ports)
    await settle(world)
    expect(bed.setup.value).toEqual({ type: 'unbound', problem: null })
    expect(world.past).toBeNull()
  })
})

describe('[BED-9] a copied key', () => {
  test('[BED-9] replaced by no window of its own, it shows itself to the server again (HZ-14)', async () => {
    const { world, bed } = await readyBed()
    const before = world.socket
    world.alone = true
    world.socket?.refused('replaced')
    await settle(world)
    expect(world.socket).not.toBe(before)
    world.socket?.refused('cloned')
    await settle(world)
    expect(bed.setup.value).toMatchObject({ type: 'waiting', why: 'cloned' })
  })

  test('[BED-9] replaced by another window of its own, it stays away', async () => {
    const { world, bed } = await readyBed()
    const before = world.socket
    world.socket?.refused('replaced')
    await settle(world)
    expect(world.socket).toBe(before)
    expect(bed.readiness.value.type).toBe('replaced')
  })

  test('[BED-9] the number of a welcome is kept and brought with the next hello', async () => {
    const { world } = await readyBed()
    world.socket?.welcomed(welcomeOf(bedOne, { counter: 41 }))
    await settle(world)
    expect(await world.socket?.hello('nonce')).toMatchObject({ counter: 41 })
  })
})

describe('[BED-10] another patient', () => {
  test('[BED-10] what the last one allowed is not the next one’s wish: the tablet rings again (HZ-3, HZ-6)', async () => {
    const { world, bed } = await readyBed()
    bed.choose('ring')
    expect(bed.wishes.mayKnock.value).toBe(true)
    world.socket?.received({ type: 'stay.changed', stay: { epoch: 2, admissionId: null }, wishes: null })
    expect(bed.wishes.mayKnock.value).toBe(false)
    await settle(world)
    expect(world.settings).toEqual({
      astray: false,
      started: true,
      stayEpoch: 2,
      choice: 'agreed',
      language: null,
      loudness: 3,
      wishes: null,
      zone: 'UTC',
      carers: [],
      privacy: null,
    })
  })

  test('[BED-10] also when they came while the tablet was away', async () => {
    const { world, ports } = fakeWorld()
    world.identity = identity
    world.settings = { started: true, stayEpoch: 1, choice: 'ring', wishes: knockAgreed }
    const bed = createBed(ports)
    await settle(world)
    expect(bed.wishes.choice.value).toBe('ring')
    world.socket?.welcomed(welcomeOf(bedOne, { stay: { epoch: 3, admissionId: 'a3' } }))
    expect(bed.wishes.mayKnock.value).toBe(false)
    expect(bed.wishes.choice.value).toBe('agreed')
  })

  test('[CALL-15] a ring for the patient before does not ring (HZ-1)', async () => {
    const { world, bed } = await readyBed()
    world.socket?.received({ type: 'stay.changed', stay: { epoch: 2, admissionId: null }, wishes: null })
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { stay: 1 }) })
    expect(bed.calls.state.value).toMatchObject({ type: 'ended', reason: 'left' })
    expect(world.did).not.toContain('sound ring')
  })
})

const bedView: BedView = {
  bedId: 'bed-1',
  label: '1',
  patient: null,
  stay: { epoch: 7, admissionId: null },
  tablet: 'bound',
  state: { type: 'ready' },
  report: null,
  carers: [],
  wishes: null,
  cleanEpoch: 0,
}

test('[STATION-10] a bed whose patient has just changed is not called by a finger that was on its way (HZ-1)', async () => {
  const { world, ports } = fakeWorld()
  const station = createStation(ports)
  await settle(world)
  world.socket?.welcomed(welcomeOf(anna, { snapshot: { beds: [bedView], calls: [] } }))
  const changed = { ...bedView, stay: { epoch: 8, admissionId: 'a8' } }
  world.socket?.received({ type: 'bed.changed', bed: changed })
  world.advance(1_499)
  station.call(changed, 'ring')
  expect(world.sent).toEqual([])
  world.advance(1)
  station.call(changed, 'ring')
  expect(world.sent.at(-1)).toMatchObject({ type: 'call.invite', stay: 8 })
})

test('[STATION-9] a call says the stay that the board showed when it was dialled (HZ-1)', async () => {
  const { world, ports } = fakeWorld()
  const station = createStation(ports)
  await settle(world)
  world.socket?.welcomed(welcomeOf(anna, { snapshot: { beds: [bedView], calls: [] } }))
  station.call(bedView, 'ring')
  expect(world.sent.at(-1)).toMatchObject({ type: 'call.invite', stay: 7 })
})
