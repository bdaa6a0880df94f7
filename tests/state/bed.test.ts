import { describe, expect, test } from 'vitest'
import type { DeviceCertificate } from '../../src/core/proof.ts'
import { createBed } from '../../src/state/bed.ts'
import { bedOne, fakeWorld, knockAgreed, ringingAt, signedChain, welcomeOf } from '../fakes/ports.ts'

const station: DeviceCertificate = {
  v: 1,
  type: 'bedside-certificate',
  kind: 'station',
  organisation: 'Hospital',
  label: 'Ward 4B station',
  ward: 'Ward 4B',
  keyId: 'k',
  publicKey: 'p',
  serial: 's',
  issuer: 'i',
  notBeforeMs: 0,
  notAfterMs: 1,
}
const identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }

async function readyBed(knock = false) {
  const { world, ports } = fakeWorld()
  world.identity = identity
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne, knock ? { wishes: knockAgreed } : {}))
  return { world, bed }
}

test('[SHIFT-8] a name stands no longer than its shift by the server’s clock, also without the server', async () => {
  const { world, bed } = await readyBed()
  const anna = { type: 'staff', staffId: 'anna', name: 'Anna Laine', role: 'nurse' } as const
  const carers = [{ ...anna, untilMs: 1_000_000 + 60_000 }]
  world.socket?.welcomed(welcomeOf(bedOne, { serverTimeMs: 1_000_000, carers }))
  world.socket?.lost()
  world.advance(50_000)
  expect(bed.carers.value).toMatchObject([{ name: 'Anna Laine' }])
  world.advance(15_000)
  expect(bed.carers.value).toEqual([])
})

describe('from the link to Ready', () => {
  test('[BED-1] a new tablet enrols by its link, asks for one touch, and is Ready', async () => {
    const { world, ports } = fakeWorld()
    world.secret = 'code'
    const bed = createBed(ports)
    await world.settle()
    expect(bed.setup.value).toEqual({ type: 'needs-start', problem: null, trying: false })
    await bed.start()
    expect(world.did).toContain('arm')
    world.socket?.welcomed(welcomeOf(bedOne))
    expect(bed.readiness.value.type).toBe('ready')
    expect(world.settings.started).toBe(true)
  })

  test('[BED-2] a started tablet comes back without a touch', async () => {
    const { bed } = await readyBed()
    expect(bed.readiness.value.type).toBe('ready')
  })

  test.each(['unknown-code', 'used-code', 'unreachable'] as const)(
    '[BED-3] a link refused as %s leaves the tablet unbound and says why',
    async (refusal) => {
      const { world, ports } = fakeWorld()
      world.secret = 'code'
      world.refusal = refusal
      const bed = createBed(ports)
      await world.settle()
      expect(bed.setup.value).toEqual({ type: 'unbound', problem: refusal })
      expect(world.socket).toBeNull()
    },
  )

  test.each(['denied', 'missing', 'taken'] as const)(
    '[BED-4] a camera that is %s keeps the bed from being Ready and may be tried again',
    async (failure) => {
      const { world, ports } = fakeWorld()
      world.identity = identity
      world.camera = failure
      const bed = createBed(ports)
      await world.settle()
      await bed.start()
      expect(bed.setup.value).toEqual({ type: 'needs-start', problem: failure, trying: false })
      expect(world.settings.started).toBe(false)
      world.camera = null
      await bed.start()
      expect(bed.setup.value.type).toBe('started')
    },
  )

  test('[ALIVE-6] before its Start a tablet says at the station that it waits, and after it that it does no more (HZ-11)', async () => {
    const { world, ports } = fakeWorld()
    world.identity = identity
    const bed = createBed(ports)
    await world.settle()
    expect(await world.socket?.hello('nonce')).toMatchObject({ report: { start: 'waits' } })
    world.socket?.welcomed(welcomeOf(bedOne))
    expect(world.settings.started).toBe(false)
    await bed.start()
    expect(world.sent.at(-1)).toMatchObject({ type: 'bed.report' })
    expect(world.sent.at(-1)).not.toHaveProperty('report.start')
    expect(world.settings.started).toBe(true)
  })

  test('[ALIVE-6] one that asks for its permission after a reload is heard meanwhile (HZ-11)', async () => {
    const { world, ports } = fakeWorld()
    world.identity = identity
    world.settings = { started: true, stayEpoch: 1 }
    world.permission = 'unknown'
    ports.media.tryOut = () => new Promise(() => {})
    createBed(ports)
    await world.settle()
    expect(await world.socket?.hello('nonce')).toMatchObject({ report: { start: 'waits' } })
  })

  test('[BED-5] a permission withdrawn while away is noticed before the bed says Ready', async () => {
    const { world, ports } = fakeWorld()
    world.identity = identity
    world.settings = { started: true, stayEpoch: 1 }
    world.permission = 'denied'
    const bed = createBed(ports)
    await world.settle()
    expect(bed.setup.value).toEqual({ type: 'needs-start', problem: 'denied', trying: false })
  })

  test('[BED-6] a lost server is said with its time, a second tablet and a revoked one are told apart', async () => {
    const { world, bed } = await readyBed()
    world.advance(1_000)
    world.socket?.lost()
    expect(bed.readiness.value).toEqual({ type: 'unreachable', sinceMs: 1_000 })
    world.socket?.refused('replaced')
    expect(bed.readiness.value.type).toBe('replaced')
    world.socket?.refused('unauthenticated')
    expect(bed.readiness.value.type).toBe('revoked')
  })
})

describe('whom it trusts', () => {
  test('[TRUST-1] an enrolment link’s root is pinned before the tablet knows its bed', async () => {
    const { world, ports } = fakeWorld()
    world.secret = 'code'
    world.linkedRoot = 'the-root'
    createBed(ports)
    await world.settle()
    expect(world.did).toContain('pin the-root')
    expect(world.trust).toEqual({ root: 'the-root', chain: null })
    expect(world.identity).toEqual(identity)
  })

  test('[TRUST-2] what an administrator signs later is kept, and the pinned root stays', async () => {
    const { world, bed } = await readyBed()
    world.trust = { root: 'pinned', chain: null }
    world.socket?.welcomed(welcomeOf(bedOne, { chain: null }))
    expect(bed.readiness.value.type, 'it is not Ready to be called in vain').toBe('uncertified')
    world.socket?.received({ type: 'chain.changed', chain: signedChain })
    await world.settle()
    expect(bed.readiness.value.type).toBe('ready')
    expect(world.trust).toEqual({ root: 'pinned', chain: signedChain })
  })

  test('[TRUST-3] a link is checked by the server’s clock and the bed that rings, whatever this clock says', async () => {
    const { world } = await readyBed()
    world.clockAheadMs = 600_000
    world.socket?.welcomed(welcomeOf(bedOne, { serverTimeMs: 5_000 }))
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee') })
    world.advance(100)
    world.clockAheadMs = -600_000
    expect(world.terms).toMatchObject({ callId: 'call-1', epoch: 1, me: bedOne, peer: { staffId: 'anna' } })
    expect(world.terms?.serverNowMs()).toBe(5_100)
  })

  test('[PROOF-7] a link that does not verify ends the call on both screens and says why here (HZ-10)', async () => {
    const { world, bed } = await readyBed()
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee') })
    world.media?.unverified('call-1', 'untrusted')
    expect(bed.calls.state.value).toMatchObject({ type: 'ended', reason: 'verification-failed' })
    expect(bed.calls.doubt.value).toBe('untrusted')
    expect(world.sent.at(-1)).toEqual({ type: 'call.end', callId: 'call-1', reason: 'verification-failed' })
    expect(world.did).toContain('release call-1')
  })

  test('[PROOF-7] the mark of one call is not the mark of the next', async () => {
    const { world, bed } = await readyBed()
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee') })
    world.media?.verified('call-1', station)
    expect(bed.calls.peerDevice.value).toEqual(station)
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { epoch: 2 }) })
    expect(bed.calls.peerDevice.value, 'a fresh link is not verified yet').toBeNull()
    world.media?.verified('call-1', station)
    bed.calls.refuse()
    world.advance(10_000)
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { callId: 'call-2' }) })
    expect(bed.calls.peerDevice.value).toBeNull()
  })
})

describe('what comes in', () => {
  test('[HZ-3] a knock at a tablet that was not told to allow it rings instead, and opens no camera', async () => {
    const { world, bed } = await readyBed()
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { mode: 'knock' }) })
    expect(bed.calls.state.value.type).toBe('ringing')
    world.advance(11_000)
    expect(world.cameraOn).toBe(false)
  })

  test('[HZ-3] an allowed knock opens the camera when its countdown is over, never before', async () => {
    const { world, bed } = await readyBed(true)
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { mode: 'knock' }) })
    expect(bed.calls.state.value.type).toBe('knocking')
    world.advance(9_999)
    expect(world.cameraOn).toBe(false)
    world.advance(1)
    expect(world.cameraOn).toBe(true)
    expect(world.types()).toContain('call.accept')
  })

  test('[HZ-3] a knock that could not be heard is a ring', async () => {
    const { world, bed } = await readyBed(true)
    world.hear('blocked')
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { mode: 'knock' }) })
    expect(bed.calls.state.value.type).toBe('ringing')
  })

  test('[HZ-2] Not now at the last moment of a knock keeps the camera off', async () => {
    const { world, bed } = await readyBed(true)
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { mode: 'knock' }) })
    world.advance(9_999)
    bed.calls.refuse()
    world.advance(60_000)
    expect(world.did).not.toContain('open camera call-1')
    expect(world.sent.at(-1)).toEqual({ type: 'call.end', callId: 'call-1', reason: 'declined' })
  })

  test('[HZ-11] the server hears of a tablet that lost its sound', async () => {
    const { world } = await readyBed()
    world.hear('blocked')
    expect(world.sent.at(-1)).toEqual({
      type: 'bed.report',
      report: { sound: 'blocked', knock: false, privacyUntilMs: null, cleanEpoch: 1 },
    })
  })

  test('[CALL-10] a bed reloaded in a call asks again: consent does not survive a reload', async () => {
    const { world, ports } = fakeWorld()
    world.identity = identity
    world.settings = { started: true, stayEpoch: 1 }
    const bed = createBed(ports)
    await world.settle()
    const accepted = ringingAt('callee', { phase: 'accepted', mode: 'knock' })
    world.socket?.welcomed(
      welcomeOf(bedOne, { wishes: knockAgreed, snapshot: { beds: [], calls: [accepted] } }),
    )
    expect(bed.calls.state.value.type).toBe('ringing')
    expect(world.cameraOn).toBe(false)
    bed.calls.answer()
    expect(world.cameraOn).toBe(true)
    expect(world.sent.at(-1)).toEqual({ type: 'call.relink', callId: 'call-1', epoch: 1 })
  })
})

test('[PRIV-4] a curtain is noted in the moment in which it is drawn or ended, before anything else is kept', async () => {
  const { world, bed } = await readyBed()
  bed.drawCurtain(15)
  expect(world.noted).toMatchObject({ stayEpoch: 1, privacy: { type: 'drawn' } })
  bed.privacy.end()
  expect(world.noted).toEqual({ stayEpoch: 1, privacy: null })
})
