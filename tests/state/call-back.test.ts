/** Calling back: for a minute, by a press and at once, or not at all; and the name that is said stops with the ring. */
import { computed, signal } from '@preact/signals'
import { expect, test } from 'vitest'
import type { CallState } from '../../src/core/call-state.ts'
import { createBed } from '../../src/state/bed.ts'
import { createCallBack } from '../../src/state/call-back.ts'
import { createCallerVoice } from '../../src/state/caller-voice.ts'
import { anna, bedOne, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

async function readyBed() {
  const { world, ports } = fakeWorld()
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne))
  const callBack = createCallBack({ ...bed, ...bed.beside })
  const ring = (callId: string) =>
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee', { callId }) })
  const end = (callId: string, reason: 'hung-up' | 'in-person' | 'no-answer') =>
    world.socket?.received({ type: 'call.ended', callId, reason, by: 'peer' })
  return { world, bed, callBack, ring, end }
}

test('[CALL-17] after a call its caller may be called back for a minute, by an ordinary ring that opens this camera (HZ-2)', async () => {
  const { world, bed, callBack, ring } = await readyBed()
  expect(callBack.offer.value).toBeNull()
  ring('call-a')
  expect(callBack.offer.value, 'not while it rings').toBeNull()
  bed.calls.refuse()
  expect(callBack.offer.value).toEqual(anna)
  world.advance(59_000)
  expect(world.cameraOn, 'nothing opens by itself').toBe(false)
  callBack.call()
  expect(world.cameraOn).toBe(true)
  expect(world.sent.at(-1)).toMatchObject({
    type: 'call.invite',
    to: { type: 'staff', staffId: 'anna' },
    mode: 'ring',
    stay: 1,
  })
  expect(callBack.offer.value).toBeNull()
})

test('[CALL-17] it is over after a minute, with another stay, without the server, behind the curtain', async () => {
  const { world, bed, callBack, ring, end } = await readyBed()
  ring('call-a')
  end('call-a', 'no-answer')
  world.advance(60_000)
  expect(callBack.offer.value).toBeNull()
  ring('call-b')
  end('call-b', 'hung-up')
  bed.drawCurtain(15)
  expect(callBack.offer.value).toBeNull()
  bed.privacy.end()
  expect(callBack.offer.value).toEqual(anna)
  world.socket?.lost()
  callBack.call()
  expect(
    world.types().filter((type) => type === 'call.invite'),
    'nothing waits for the network',
  ).toEqual([])
  world.socket?.welcomed(welcomeOf(bedOne, { stay: { epoch: 2, admissionId: 'admission-2' } }))
  expect(callBack.offer.value, 'the next patient calls nobody of the last one’s').toBeNull()
})

test('[CALL-17] a tablet that is reloaded does not come back to what it dialled: it ends it (HZ-3)', async () => {
  const { world, bed } = await readyBed()
  const mine = ringingAt('caller', { callId: 'call-x', peer: anna })
  world.socket?.welcomed(welcomeOf(bedOne, { snapshot: { beds: [], calls: [mine] } }))
  expect(bed.calls.state.value.type).toBe('idle')
  expect(world.cameraOn).toBe(false)
  expect(world.sent.at(-1)).toEqual({ type: 'call.end', callId: 'call-x', reason: 'left' })
})

test('[CALL-3] a curtain drawn while the tablet calls back ends that, too (HZ-2)', async () => {
  const { world, bed, callBack, ring } = await readyBed()
  ring('call-a')
  bed.calls.refuse()
  callBack.call()
  bed.drawCurtain(15)
  expect(bed.calls.state.value).toMatchObject({ type: 'ended', reason: 'cancelled', part: 'caller' })
  expect(world.cameraOn).toBe(false)
})

const told = () => ({ text: 'Incoming call from Anna Laine, nurse.', language: 'fi', volume: 1 }) as const

function ringing(): CallState {
  const call = {
    callId: 'call-1',
    epoch: 1,
    part: 'callee',
    mode: 'ring',
    peer: anna,
    continued: false,
  } as const
  return { type: 'ringing', call, picture: 'none', over: [] }
}

test('[ADMIT-15] the name is said after the chime, again later, and stops at once with the ring (HZ-3)', async () => {
  const { world, ports } = fakeWorld()
  const state = signal<CallState>(ringing())
  const say = createCallerVoice(
    ports,
    computed(() => state.value),
  )
  await world.settle()
  const heard = () => world.did.filter((did) => /^(say|hush)/.test(did))
  say(told)
  expect(heard()).toEqual([])
  world.advance(1_600)
  expect(heard()).toEqual(['say Incoming call from Anna Laine, nurse. (fi, 1)'])
  world.advance(12_000)
  expect(heard()).toHaveLength(2)
  state.value = { type: 'idle', over: [] }
  expect(heard().at(-1)).toBe('hush')
  world.advance(60_000)
  expect(heard()).toHaveLength(3)
  say(told)
  world.advance(60_000)
  expect(heard(), 'nothing is said where nothing rings').toHaveLength(3)
})
