/** A station asks an interpreter by its own calls: what the server says of each is what decides who is rung next. */
import { expect, test, vi } from 'vitest'
import type { EndReason } from '../../src/protocol/call.ts'
import type { TablePeople } from '../../src/protocol/interpreting.ts'
import type { StaffParty } from '../../src/protocol/people.ts'
import { createStation } from '../../src/state/station.ts'
import { anna, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'

const [ines, noor] = ['Ines', 'Noor'].map(
  (name): StaffParty => ({ type: 'staff', staffId: name.toLowerCase(), name, role: 'interpreter' }),
)

async function stationInCall() {
  if (!ines || !noor) throw new Error('nobody')
  const { world, ports } = fakeWorld()
  const station = createStation(ports)
  await world.settle()
  const accepted = ringingAt('caller', { callId: 'table', phase: 'accepted' })
  world.socket?.welcomed(welcomeOf(anna, { snapshot: { beds: [], calls: [accepted] } }))
  await vi.dynamicImportSettled()
  world.media?.cameraOpened('table')
  world.media?.linkUp('table', 1)
  expect(station.calls.state.value.type).toBe('live')
  const people = [ines, noor].map((party) => ({ party, isHere: true, isBusy: false }))
  const answer: TablePeople = {
    colleagues: people,
    interpreters: [{ language: 'so', phone: '4567', people }],
  }
  world.answers['/table/people'] = answer
  const desk = await station.bringIn()
  const rings = () =>
    world.sent.flatMap((said) => (said.type === 'call.invite' && said.to.type === 'staff' ? [said] : []))
  const last = () => rings().at(-1)?.callId ?? ''
  const ofLast = (peer: StaffParty, phase: 'ringing' | 'accepted') => ({
    ...ringingAt('caller', { callId: last(), peer, phase, stay: null }),
    table: { tableId: 'table', joins: 'callee' as const, by: anna },
  })
  desk.askInterpreter('so')
  await world.settle()
  return {
    world,
    station,
    desk,
    last,
    rung: () => rings().map(({ to }) => to.type === 'staff' && to.staffId),
    reports(peer: StaffParty, phase: 'ringing' | 'accepted') {
      world.socket?.received({ type: 'call.changed', call: ofLast(peer, phase) })
    },
    ends(reason: EndReason, by: 'peer' | 'server' | 'me') {
      world.socket?.received({ type: 'call.ended', callId: last(), reason, by })
    },
    out: () => desk.asking.value?.asked.map(({ party, cameOut }) => `${party.name} ${cameOut}`),
    ines,
    noor,
  }
}

test('[BRING-2] whoever declines is followed by the next, who comes', async () => {
  const { world, desk, rung, last, reports, ends, out, ines, noor } = await stationInCall()
  reports(ines, 'ringing')
  ends('declined', 'peer')
  world.advance(0)
  expect(rung()).toEqual(['ines', 'noor'])
  reports(noor, 'ringing')
  reports(noor, 'accepted')
  expect(out()).toEqual(['Ines declined', 'Noor asking'])
  world.media?.linkUp(last(), 1)
  expect([out(), desk.asking.value?.state]).toEqual([['Ines declined', 'Noor came'], 'came'])
  expect(desk.asking.value?.phone).toBe('4567')
})

test('[BRING-2] whoever does not answer is taken back before the next is rung', async () => {
  const { world, rung, reports, out, ines } = await stationInCall()
  reports(ines, 'ringing')
  world.advance(20_000)
  const said = world.sent.filter(({ type }) => type === 'call.invite' || type === 'call.end')
  expect(said.map(({ type }) => type)).toEqual(['call.invite', 'call.end', 'call.invite'])
  expect([rung(), out()]).toEqual([
    ['ines', 'noor'],
    ['Ines no-answer', 'Noor asking'],
  ])
})

test('[BRING-3] a locked screen rings nobody: the first that is held back ends the asking', async () => {
  const { world, desk, rung, ends } = await stationInCall()
  ends('cancelled', 'me')
  world.advance(60_000)
  expect([rung(), desk.asking.value?.state]).toEqual([['ines'], 'stopped'])
})

test('[BRING-3] the end of the call takes back whoever rings, and asks nobody else', async () => {
  const { world, station, desk, rung, reports, ines } = await stationInCall()
  reports(ines, 'ringing')
  station.calls.hangUp()
  world.advance(60_000)
  expect(rung()).toEqual(['ines'])
  const ended = world.sent.flatMap((said) => (said.type === 'call.end' ? [said.callId] : []))
  expect(ended).toHaveLength(2)
  expect(desk.asking.value).toBeNull()
})

test('[TABLE-1] whoever is asked to a table is rung like by any call', async () => {
  const { world, ports } = fakeWorld()
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  const table = { tableId: 'table', joins: 'callee' as const, by: anna }
  const call = { ...ringingAt('callee', { callId: 'joins', stay: null }), table }
  world.socket?.received({ type: 'call.changed', call })
  expect(station.calls.state.value.type).toBe('ringing')
})
