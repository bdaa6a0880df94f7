/** A screen at a table of several: which call is its own, what its camera is open for, and who is asked. */
import { expect, test } from 'vitest'
import { ringOnly } from '../../src/core/call-state.ts'
import type { CallView } from '../../src/protocol/call.ts'
import type { ClientMessage } from '../../src/protocol/wire.ts'
import { createCalls } from '../../src/state/calls.ts'
import { anna, bedOne, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

const ben = { type: 'staff', staffId: 'ben', name: 'Ben Okafor', role: 'doctor' } as const
const cleo = { type: 'staff', staffId: 'cleo', name: 'Cleo', role: 'interpreter' } as const
const table = (joins: 'caller' | 'callee') => ({ tableId: 'call-1', joins, by: anna, bed: bedOne })

function screen(me: typeof anna | typeof bedOne) {
  const { ports, world } = fakeWorld()
  const stay = me.type === 'bed' ? 1 : null
  const calls = createCalls(ports, {
    isHeard: () => true,
    policy: () => ({ ...ringOnly, stay }),
    mayRestore: (call, present) => me.type === 'staff' || call.part === 'callee' || call.callId === present,
  })
  calls.welcomed(welcomeOf(me))
  const hear = (call: CallView) => calls.received({ type: 'call.changed', call })
  const end = (callId: string, by: 'me' | 'peer' | 'server' = 'peer') =>
    calls.received({ type: 'call.ended', callId, reason: 'hung-up', by })
  const up = (callId: string, epoch = 1) => {
    world.media?.cameraOpened(callId)
    world.media?.linkUp(callId, epoch)
  }
  const said = (type: ClientMessage['type']) => world.sent.filter((message) => message.type === type)
  const seats = () => calls.seats.value.map(({ peer, state }) => [peer, state.value.type])
  return { calls, world, hear, end, up, said, seats }
}

/** Anna, in a call with bed 1. */
function annasCall() {
  const at = screen(anna)
  at.calls.dial(bedOne, 'ring', 1)
  const callId = at.calls.tableId.value ?? ''
  at.hear({ ...ringingAt('caller'), callId })
  at.hear({ ...ringingAt('caller', { phase: 'accepted' }), callId })
  at.up(callId)
  expect(at.calls.state.value.type).toBe('live')
  return { ...at, callId }
}

/** The tablet of bed 1, in a call with Anna. */
function tabletsCall() {
  const at = screen(bedOne)
  at.hear(ringingAt('callee'))
  at.calls.answer()
  at.hear(ringingAt('callee', { phase: 'accepted' }))
  at.up('call-1')
  return at
}

const wantsIn = ringingAt('callee', { callId: 'leg', peer: ben, table: table('caller') })

test('[TABLE-1] a colleague is asked to the call that goes on, and hangs in the air beside it', () => {
  const { calls, callId, said, seats } = annasCall()
  calls.bringIn(ben)
  expect(said('call.invite').at(-1)).toMatchObject({ to: { type: 'staff', staffId: 'ben' }, tableId: callId })
  expect(seats()).toEqual([
    [bedOne, 'live'],
    [ben, 'dialling'],
  ])
  expect(calls.state.value).toMatchObject({ type: 'live', call: { callId } })
})

test('[TABLE-1] nobody is asked to a call that is not there yet, or is over', () => {
  const { calls, said } = screen(anna)
  calls.bringIn(ben)
  calls.dial(bedOne, 'ring', 1)
  calls.bringIn(ben)
  expect(said('call.invite')).toHaveLength(1)
})

test('[TABLE-2] [HZ-3] a newcomer is asked about at the bed, without a sound over the talk, and comes with Yes alone', () => {
  const { calls, world, hear, seats, said } = tabletsCall()
  world.did.splice(0)
  hear(wantsIn)
  expect(seats()).toEqual([
    [anna, 'live'],
    [ben, 'ringing'],
  ])
  expect(world.did.filter((one) => one.startsWith('sound'))).toEqual([])
  expect(world.did).not.toContain('present leg')
  calls.letIn('leg')
  expect(said('call.accept').at(-1)).toMatchObject({ callId: 'leg' })
  hear({ ...wantsIn, phase: 'accepted' })
  expect(world.did).toContain('present leg')
  expect(calls.state.value).toMatchObject({ type: 'live', call: { peer: anna } })
})

test('[TABLE-2] with No the newcomer is told, and the call goes on', () => {
  const { calls, world, hear, seats, said } = tabletsCall()
  hear(wantsIn)
  calls.keepOut('leg')
  expect(said('call.end').at(-1)).toMatchObject({ callId: 'leg', reason: 'declined' })
  expect(seats()).toEqual([[anna, 'live']])
  expect(world.cameraOn).toBe(true)
})

test('[TABLE-2] [HZ-2] somebody who comes to a table that this screen has left opens no camera', () => {
  const { calls, world, hear } = annasCall()
  calls.hangUp()
  world.did.splice(0)
  hear(ringingAt('callee', { callId: 'leg', phase: 'accepted', peer: ben, table: table('caller') }))
  expect(world.did).toEqual([])
  expect(calls.state.value.type).toBe('ended')
})

test('[TABLE-3] whoever the screen showed leaves, and the next one is shown; who left is said', () => {
  const { calls, world, hear, up, end } = tabletsCall()
  hear(wantsIn)
  calls.letIn('leg')
  hear({ ...wantsIn, phase: 'accepted' })
  up('leg')
  end('call-1')
  expect(calls.state.value).toMatchObject({ type: 'live', call: { callId: 'leg', peer: ben } })
  expect(calls.parted.value).toMatchObject({ peer: anna, reason: 'hung-up', by: 'peer' })
  expect(world.did).toContain('release call-1')
  end('leg')
  expect(calls.state.value).toMatchObject({ type: 'ended', peer: ben })
})

test('[TABLE-3] [HZ-2] hanging up leaves all of the table, and releases the camera for each', () => {
  const { calls, world, callId, hear, said } = annasCall()
  calls.bringIn(ben)
  const asked = calls.seats.value.at(-1)?.callId ?? ''
  hear(
    ringingAt('caller', {
      callId: asked,
      peer: ben,
      stay: null,
      table: { ...table('callee'), tableId: callId },
    }),
  )
  calls.hangUp()
  expect(said('call.end').map((message) => 'callId' in message && message.callId)).toEqual([callId, asked])
  expect(world.did.filter((one) => one.startsWith('release '))).toEqual([
    `release ${callId}`,
    `release ${asked}`,
  ])
  expect(calls.state.value).toMatchObject({ type: 'ended', callId, by: 'me' })
  expect(calls.seats.value).toEqual([])
})

test('[TABLE-3] [HZ-10] what was written stands at whoever comes to the table, and at nobody of the next call', () => {
  const { calls, callId, hear, up, world } = annasCall()
  calls.write('Your daughter comes at three')
  hear(
    ringingAt('callee', {
      callId: 'leg',
      phase: 'accepted',
      peer: ben,
      table: { ...table('caller'), tableId: callId },
    }),
  )
  world.did.splice(0)
  up('leg')
  expect(world.did).toContain('line Your daughter comes at three')
  calls.hangUp()
  expect(calls.written.value).toBe('')
})

test('[TABLE-3] a colleague who does not come is said, and nothing else changes', () => {
  const { calls } = annasCall()
  calls.bringIn(ben)
  const asked = calls.seats.value.at(-1)?.callId ?? ''
  calls.received({ type: 'call.ended', callId: asked, reason: 'no-answer', by: 'server' })
  expect(calls.parted.value).toMatchObject({ peer: ben, reason: 'no-answer' })
  expect(calls.seats.value.map(({ peer }) => peer)).toEqual([bedOne])
})

test('[TABLE-3] a call that was taken from this screen is taken back, with who came to it meanwhile', () => {
  const { calls, callId, hear, world } = annasCall()
  calls.received({ type: 'call.ended', callId, reason: 'taken-elsewhere', by: 'me' })
  calls.received({ type: 'call.elsewhere', call: { callId, peer: bedOne } })
  calls.takeOver()
  hear({ ...ringingAt('caller', { phase: 'accepted', epoch: 3 }), callId })
  const leg = { callId: 'leg', phase: 'accepted', peer: ben, stay: null, epoch: 2 } as const
  hear(ringingAt('caller', { ...leg, table: { ...table('callee'), tableId: callId } }))
  expect(calls.seats.value.map(({ state }) => state.value.type)).toEqual(['connecting', 'connecting'])
  expect(world.did).toContain('open camera leg')
})

test('[TABLE-5] a page that comes back says all calls that it is in', () => {
  const { calls, callId } = annasCall()
  calls.bringIn(cleo)
  expect(calls.claims()).toEqual([
    { callId, epoch: 1 },
    { callId: calls.seats.value.at(-1)?.callId, epoch: 0 },
  ])
})

test('[TABLE-5] a reloaded tablet asks once for all who were let in before, and anew for who was not', () => {
  const { calls, said } = screen(bedOne)
  const was = ringingAt('callee', { phase: 'accepted' })
  const letIn = ringingAt('callee', { callId: 'leg', phase: 'accepted', peer: ben, table: table('caller') })
  const asks = ringingAt('callee', { callId: 'new', peer: cleo, table: table('caller') })
  calls.welcomed(welcomeOf(bedOne, { snapshot: { beds: [], calls: [was, letIn, asks] } }))
  expect(calls.seats.value.map(({ state }) => state.value.type)).toEqual(['ringing', 'ringing', 'ringing'])
  calls.answer()
  expect(said('call.relink').map((message) => 'callId' in message && message.callId)).toEqual([
    'call-1',
    'leg',
  ])
  expect(said('call.accept')).toEqual([])
  expect(calls.seats.value.map(({ state }) => state.value.type)).toEqual([
    'connecting',
    'connecting',
    'ringing',
  ])
})

test('[TABLE-5] a reloaded station comes back to its table by itself', () => {
  const { calls, world } = screen(anna)
  const mine = ringingAt('caller', { phase: 'accepted' })
  const leg = ringingAt('callee', {
    callId: 'leg',
    phase: 'accepted',
    peer: ben,
    stay: null,
    table: table('caller'),
  })
  calls.welcomed(welcomeOf(anna, { snapshot: { beds: [], calls: [mine, leg] } }))
  expect(calls.seats.value.map(({ state }) => state.value.type)).toEqual(['connecting', 'connecting'])
  expect(world.did).toContain('open camera leg')
})
