/** The patient's side of a request: sent only when it is heard, never later, and only this patient's. */
import { expect, test } from 'vitest'
import { standardTimings } from '../../src/core/timings.ts'
import type { RequestView } from '../../src/protocol/request.ts'
import { createBed } from '../../src/state/bed.ts'
import { bedOne, fakeWorld, welcomeOf } from '../fakes/ports.ts'

const { askMs } = standardTimings

async function readyBed() {
  const { world, ports } = fakeWorld()
  const { sent } = world
  world.identity = { deviceId: 'device-1', label: '1', ward: 'Ward 4B' }
  world.settings = { started: true, stayEpoch: 1 }
  const bed = createBed(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(bedOne))
  const made = () => sent.flatMap((message) => (message.type === 'request.make' ? message : []))
  return { world, bed, mine: bed.requests, made, sent }
}

function view(requestId: string, other: Partial<RequestView> = {}): RequestView {
  const common = { requestId, bedId: 'bed-1', label: '1', stay: 1, reason: 'water' as const, madeMs: 5 }
  return { ...common, alarm: 'first', state: { type: 'sent' }, ...other }
}

const states = (mine: Awaited<ReturnType<typeof readyBed>>['mine']) =>
  mine.open.value.map(({ reason, state }) => [reason, state.type])

test('[ASK-1] it is being sent until a station is heard, and not sent after 5 s (HZ-4)', async () => {
  const { world, mine, made } = await readyBed()
  mine.ask('water')
  expect(states(mine)).toEqual([['water', 'reaching']])
  const [{ requestId, expiresAtMs } = { requestId: '', expiresAtMs: 0 }] = made()
  world.socket?.received({
    type: 'request.changed',
    request: view(requestId, { state: { type: 'reaching' } }),
  })
  world.advance(askMs - 1)
  expect(states(mine)).toEqual([['water', 'reaching']])
  world.advance(1)
  expect(states(mine)).toEqual([])
  expect(mine.unsent.value).toEqual({ reason: 'water', atMs: 5_000 })
  expect(expiresAtMs).toBeLessThanOrEqual(welcomeOf(bedOne).serverTimeMs + askMs)
})

test('[ASK-1] heard in time it is sent; heard late, the truth replaces what was said', async () => {
  const { world, mine, made } = await readyBed()
  mine.ask('pain')
  world.advance(askMs)
  const requestId = made()[0]?.requestId ?? ''
  world.socket?.received({ type: 'request.changed', request: view(requestId, { reason: 'pain' }) })
  expect(states(mine)).toEqual([['pain', 'sent']])
  expect(mine.unsent.value).toBeNull()
})

test('[ASK-2] without the server it says so at once and sends nothing, now or later (HZ-4)', async () => {
  const { world, mine, made } = await readyBed()
  world.socket?.lost()
  mine.ask('toilet')
  expect(mine.unsent.value?.reason).toBe('toilet')
  world.socket?.welcomed(welcomeOf(bedOne))
  world.advance(60_000)
  expect(made()).toEqual([])
})

test('[ASK-3] ten taps make one request, and another tap shows the open one', async () => {
  const { world, mine, made } = await readyBed()
  for (let tap = 0; tap < 10; tap += 1) mine.ask('water')
  expect(made()).toHaveLength(1)
  world.socket?.received({ type: 'request.changed', request: view(made()[0]?.requestId ?? '') })
  mine.ask('water')
  mine.ask('question')
  expect(made().map(({ reason }) => reason)).toEqual(['water', 'question'])
})

test('[ASK-4] cut off for 5 s, nobody is said to hear what is unseen; what was seen stays (HZ-4)', async () => {
  const { world, mine } = await readyBed()
  world.socket?.received({
    type: 'request.list',
    requests: [
      view('a'),
      view('b', { reason: 'pain', state: { type: 'seen', by: 'Anna Laine', atMs: 9 }, alarm: 'none' }),
    ],
  })
  world.socket?.lost()
  expect(states(mine)).toEqual([
    ['water', 'sent'],
    ['pain', 'seen'],
  ])
  world.advance(askMs)
  expect(states(mine)).toEqual([
    ['water', 'unheard'],
    ['pain', 'seen'],
  ])
  world.socket?.welcomed(welcomeOf(bedOne))
  expect(states(mine)[0]).toEqual(['water', 'sent'])
})

test('[ASK-7] taken back and *here* are gone at once, are told, and do not come back with older news', async () => {
  const { world, mine, sent } = await readyBed()
  world.socket?.received({ type: 'request.list', requests: [view('a'), view('b', { reason: 'pain' })] })
  mine.takeBack('a')
  mine.here('b')
  expect(sent.slice(-2)).toEqual([
    { type: 'request.take-back', requestId: 'a' },
    { type: 'request.here', requestId: 'b' },
  ])
  world.socket?.received({ type: 'request.list', requests: [view('a')] })
  expect(states(mine)).toEqual([])
})

test('[ASK-8] another stay’s requests are never shown, and a new stay begins with none (HZ-6)', async () => {
  const { world, mine } = await readyBed()
  world.socket?.received({ type: 'request.list', requests: [view('a'), view('b', { stay: 2 })] })
  expect(mine.open.value.map(({ requestId }) => requestId)).toEqual(['a'])
  mine.ask('pain')
  world.socket?.received({ type: 'stay.changed', stay: { epoch: 2, admissionId: 'helmi' }, wishes: null })
  expect([states(mine), mine.unsent.value]).toEqual([[], null])
  world.advance(askMs)
  expect(mine.unsent.value, 'what the last one waited for is nobody’s').toBeNull()
})
