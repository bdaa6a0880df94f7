/** The station's side of patients' requests: it says that it sounds when it does, and not before. */
import { expect, test } from 'vitest'
import type { RequestView } from '../../src/protocol/request.ts'
import { createRequestQueue } from '../../src/state/requests.ts'
import { createStation } from '../../src/state/station.ts'
import { anna, fakeWorld, welcomeOf } from '../fakes/ports.ts'

async function signedIn(role: 'nurse' | 'admin' = 'nurse') {
  const { world, ports } = fakeWorld()
  const { sent } = world
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf({ ...anna, role }))
  const heard = () => sent.flatMap((said) => (said.type === 'request.sounds' ? said.requestId : []))
  createRequestQueue(station.requests)
  return { world, requests: station.requests, sent, heard }
}

function view(requestId: string, other: Partial<RequestView> = {}): RequestView {
  const common = { requestId, bedId: 'bed-1', label: '1', stay: 1, reason: 'water' as const, madeMs: 5 }
  return { ...common, alarm: 'first', state: { type: 'reaching' }, ...other }
}

test('[ASK-1] a station says that it sounds after its sound was played, once for each request (HZ-4)', async () => {
  const { world, heard } = await signedIn()
  world.socket?.received({ type: 'request.changed', request: view('a') })
  expect([world.alert, heard()]).toEqual(['request', []])
  world.sounded()
  world.sounded()
  expect(heard()).toEqual(['a'])
  world.socket?.received({ type: 'request.changed', request: view('b', { madeMs: 6 }) })
  world.sounded()
  expect(heard()).toEqual(['a', 'b'])
})

test('[ASK-1] whose sound is blocked says nothing; unblocked, it sounds and says so (HZ-4)', async () => {
  const { world, heard, sent } = await signedIn()
  world.hear('blocked')
  expect(sent.at(-1)).toEqual({ type: 'request.silent' })
  world.socket?.received({ type: 'request.changed', request: view('a') })
  expect(world.alert).toBe('none')
  world.hear('on')
  expect(world.alert).toBe('request')
  world.sounded()
  expect(heard()).toEqual(['a'])
})

test('[ASK-1] an administrator’s station shows it and does not count as heard', async () => {
  const { world, requests } = await signedIn('admin')
  world.socket?.received({ type: 'request.changed', request: view('a') })
  expect([world.alert, requests.open.value.length]).toEqual(['none', 1])
})

test('[ASK-4] back with the server it says anew what it sounds for', async () => {
  const { world, heard } = await signedIn()
  world.socket?.received({ type: 'request.changed', request: view('a') })
  world.sounded()
  world.socket?.lost()
  expect(world.alert, 'without the server it counts for nothing').toBe('none')
  world.socket?.welcomed(welcomeOf(anna))
  expect(world.alert).toBe('request')
  world.sounded()
  expect(heard()).toEqual(['a', 'a'])
})

test('[ASK-5] seen, nothing sounds; [ASK-9] the loudest that is open sounds', async () => {
  const { world } = await signedIn()
  world.socket?.received({
    type: 'request.list',
    requests: [view('a', { alarm: 'again' }), view('b', { alarm: 'ward', madeMs: 6 })],
  })
  expect(world.alert).toBe('request-ward')
  world.socket?.received({
    type: 'request.changed',
    request: view('b', { madeMs: 6, state: { type: 'ended', how: 'done' } }),
  })
  expect(world.alert).toBe('request-again')
  const seen = { type: 'seen', by: 'Anna Laine', atMs: 9 } as const
  world.socket?.received({ type: 'request.changed', request: view('a', { alarm: 'none', state: seen }) })
  expect(world.alert).toBe('none')
})
