/** Privacy at a tablet whose server, clock and page may all do what they like (HZ-2, HZ-3). */
import { describe, expect, test } from 'vitest'
import { type Bed, createBed } from '../../src/state/bed.ts'
import type { BedSettings } from '../../src/state/ports.ts'
import { bedOne, fakeWorld, knockAgreed, ringingAt, welcomeOf } from '../fakes/ports.ts'

const minuteMs = 60_000
const serverMs = 1_700_000_000_000
type World = ReturnType<typeof fakeWorld>['world']

async function loaded(settings: Partial<BedSettings> = {}, server: 'heard' | 'silent' = 'heard') {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1, wishes: knockAgreed, ...settings }
  const bed = createBed(ports)
  await world.settle()
  if (server === 'heard') hear(world)
  return { world, bed }
}

/** What the tablet has written by now. */
async function keptBy(world: World): Promise<BedSettings> {
  await world.settle()
  return world.settings
}

function hear(world: World, serverTimeMs = serverMs, epoch = 1) {
  world.socket?.welcomed(
    welcomeOf(bedOne, {
      wishes: knockAgreed,
      serverTimeMs,
      stay: { epoch, admissionId: `admission-${epoch}` },
    }),
  )
}

function ring(world: World, over: Parameters<typeof ringingAt>[1] = {}) {
  world.socket?.received({ type: 'call.changed', call: ringingAt('callee', over) })
}

/** A state in which nothing was begun: no sound, no link, no camera. */
function expectNothingBegan(world: World, bed: Bed) {
  expect(bed.calls.state.value).toMatchObject({ type: 'ended', reason: 'privacy-on' })
  expect(world.did.filter((what) => /^(sound (ring|knock)$|open )/.test(what))).toEqual([])
  expect(world.cameraOn).toBe(false)
}

describe('the curtain at the bed', () => {
  test.each(['ring', 'knock'] as const)(
    '[PRIV-2] a %s ends at the door without a sound (HZ-3)',
    async (mode) => {
      const { world, bed } = await loaded()
      bed.drawCurtain(15)
      ring(world, { mode })
      expectNothingBegan(world, bed)
      expect(world.sent.at(-1)).toEqual({ type: 'call.end', callId: 'call-1', reason: 'privacy-on' })
    },
  )

  test('[PRIV-1] drawn as it rings, it ends the ring and stops what is open', async () => {
    const { world, bed } = await loaded()
    ring(world, { mode: 'knock' })
    bed.drawCurtain(15)
    world.advance(30_000)
    expect(world.did.at(-1)).not.toMatch(/open camera/)
    expect(world.did).not.toContain('open camera call-1')
    expect(world.sent).toContainEqual({ type: 'call.end', callId: 'call-1', reason: 'privacy-on' })
    expect(bed.privacy.shown.value).not.toBeNull()
  })

  test('[PRIV-1] in a call it is not drawn', async () => {
    const { world, bed } = await loaded()
    ring(world)
    bed.calls.answer()
    bed.drawCurtain(15)
    expect(bed.privacy.shown.value).toBeNull()
    expect(bed.calls.state.value.type).toBe('connecting')
  })

  test('[PRIV-2] the server hears until when, by its own clock', async () => {
    const { world, bed } = await loaded()
    bed.drawCurtain(30)
    expect(world.sent.at(-1)).toEqual({
      type: 'bed.report',
      report: { sound: 'on', knock: false, privacyUntilMs: serverMs + 30 * minuteMs, cleanEpoch: 1 },
    })
    bed.privacy.end()
    expect(world.sent.at(-1)).toMatchObject({ report: { knock: true, privacyUntilMs: null } })
  })

  test('[PRIV-1] two minutes before its end 15 more are offered', async () => {
    const { world, bed } = await loaded()
    bed.drawCurtain(15)
    world.advance(13 * minuteMs - 1)
    expect(bed.privacy.shown.value?.soon).toBe(false)
    world.advance(1)
    expect(bed.privacy.shown.value?.soon).toBe(true)
    bed.privacy.more()
    expect(bed.privacy.shown.value).toEqual({ untilMs: 30 * minuteMs, soon: false })
  })

  test('[PRIV-3] it ends by itself without a sound; a knock rings until the screen is touched (HZ-3)', async () => {
    const { world, bed } = await loaded()
    bed.drawCurtain(15)
    const before = world.did.length
    world.advance(15 * minuteMs)
    expect(bed.privacy.shown.value).toBeNull()
    expect(world.did.slice(before)).toEqual([])
    expect(world.sent.at(-1)).toMatchObject({ report: { knock: false, privacyUntilMs: null } })
    ring(world, { mode: 'knock' })
    expect(bed.calls.state.value.type).toBe('ringing')
    bed.calls.refuse()
    bed.privacy.touched()
    expect(world.sent.at(-1)).toMatchObject({ report: { knock: true } })
    ring(world, { callId: 'call-2', mode: 'knock' })
    expect(bed.calls.state.value.type).toBe('knocking')
  })

  test('[PRIV-4] no correction of the device’s clock moves its end', async () => {
    const { world, bed } = await loaded()
    bed.drawCurtain(15)
    for (const clockAheadMs of [365 * 24 * 60 * minuteMs, -9_999 * minuteMs]) {
      world.clockAheadMs = clockAheadMs
      world.advance(7 * minuteMs)
      expect(bed.privacy.shown.value).not.toBeNull()
    }
    world.advance(minuteMs)
    expect(bed.privacy.shown.value).toBeNull()
  })

  test('[PRIV-4] it survives a reload without a server, and the time between by the server’s clock', async () => {
    const first = await loaded()
    first.bed.drawCurtain(15)
    await first.world.settle()
    first.world.advance(5 * minuteMs)
    const { settings } = first.world
    const { world, bed } = await loaded(settings, 'silent')
    world.clockAheadMs = 99 * minuteMs
    expect(bed.privacy.shown.value).not.toBeNull()
    // Four minutes passed between the two pages, as only the server knows.
    hear(world, serverMs + 9 * minuteMs)
    ring(world)
    expectNothingBegan(world, bed)
    world.advance(6 * minuteMs - 1)
    expect(bed.privacy.shown.value).not.toBeNull()
    world.advance(1)
    expect(bed.privacy.shown.value).toBeNull()
  })

  test('[PRIV-2] a call that the snapshot of a reloaded tablet still has does not ring behind it (HZ-3)', async () => {
    const first = await loaded()
    first.bed.drawCurtain(15)
    await first.world.settle()
    const { world, bed } = await loaded(await keptBy(first.world), 'silent')
    const calls = [ringingAt('callee', { phase: 'accepted' })]
    world.socket?.welcomed(welcomeOf(bedOne, { serverTimeMs: serverMs, snapshot: { beds: [], calls } }))
    expectNothingBegan(world, bed)
  })

  test('[PRIV-2] a browser that forgot its permission is not tried out behind it (HZ-2)', async () => {
    const first = await loaded()
    first.bed.drawCurtain(15)
    await first.world.settle()
    const { world, ports } = fakeWorld()
    world.identity = first.world.identity
    world.settings = first.world.settings
    world.permission = 'unknown'
    let tries = 0
    createBed({
      ...ports,
      media: {
        ...ports.media,
        async tryOut() {
          tries += 1
          return { ok: true, value: null }
        },
      },
    })
    await world.settle()
    expect(tries).toBe(0)
  })

  test('[PRIV-3] its return is remembered over a reload, too', async () => {
    const first = await loaded()
    first.bed.drawCurtain(15)
    await first.world.settle()
    first.world.advance(15 * minuteMs)
    const { world, bed } = await loaded(await keptBy(first.world))
    ring(world, { mode: 'knock' })
    expect(bed.calls.state.value.type).toBe('ringing')
  })

  test('[PRIV-5] another stay finds it open, here or after a reload (HZ-6)', async () => {
    const { world, bed } = await loaded()
    bed.drawCurtain(60)
    world.socket?.received({
      type: 'stay.changed',
      stay: { epoch: 2, admissionId: 'admission-2' },
      wishes: null,
    })
    expect(bed.privacy.shown.value).toBeNull()
    await world.settle()
    expect(world.settings.privacy).toBeNull()

    const first = await loaded()
    first.bed.drawCurtain(60)
    await first.world.settle()
    const next = await loaded(await keptBy(first.world), 'silent')
    hear(next.world, serverMs, 2)
    expect(next.bed.privacy.shown.value).toBeNull()
  })
})
