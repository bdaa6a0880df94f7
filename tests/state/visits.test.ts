/** A station that follows who waits for a visit, sounds for them, and rings at whom its screen shows. */
import { computed } from '@preact/signals'
import { describe, expect, test } from 'vitest'
import { createRequestQueue } from '../../src/state/requests.ts'
import { createStation } from '../../src/state/station.ts'
import { createVisits } from '../../src/state/visits.ts'
import { anna, fakeWorld, ringingAt, welcomeOf } from '../fakes/ports.ts'
import { visitOf, visitsOf } from '../fakes/visits.ts'

const kaarina = visitOf()

async function signedIn(visits = [kaarina], over: Parameters<typeof visitsOf>[1] = {}) {
  const { world, ports } = fakeWorld()
  world.answers['/visits'] = visitsOf(visits, over)
  const station = createStation(ports)
  await world.settle()
  world.socket?.welcomed(welcomeOf(anna))
  await world.settle()
  const desk = createVisits({
    api: ports.api,
    port: station.visits,
    clock: ports.clock,
    random: () => 0.5,
    serverNowMs: () => 7,
    me: computed(() => station.me.value?.staffId ?? null),
    session: station.requests.session,
    news: station.visitNews,
    isLocked: station.lock.locked,
    isInCall: computed(() => !['idle', 'ended'].includes(station.calls.state.value.type)),
    ring: (visitor) => station.calls.dial(visitor, 'ring', null),
  })
  const settle = async () => {
    world.advance(0)
    await world.settle()
  }
  await settle()
  const asked = (path: string) => world.asked.filter((one) => one.path === path)
  const news = async (next: unknown) => {
    world.answers['/visits'] = next
    world.socket?.received({ type: 'visits.news' })
    await settle()
  }
  return { world, station, desk, asked, news, settle }
}

describe('[VISIT-3] who waits is asked of the server', () => {
  test('of the days that come next, and of the appointment that lies open besides', async () => {
    const { desk, asked, news, settle } = await signedIn()
    expect(desk.regarded.value).toBe(null)
    desk.regard('a1')
    await settle()
    expect([asked('/visits').at(-1)?.said, desk.regarded.value]).toEqual([{ of: 'a1' }, 'a1'])
    desk.regard(null)
    await news(visitsOf([kaarina]))
    expect([asked('/visits').at(-1)?.said, desk.regarded.value]).toEqual([{}, null])
  })

  test('at a welcome and at news, once for several', async () => {
    const { world, desk, asked, settle } = await signedIn()
    expect(desk.now.value?.visits).toEqual([kaarina])
    expect(asked('/visits')).toHaveLength(1)
    world.socket?.received({ type: 'visits.news' })
    world.socket?.received({ type: 'visits.news' })
    await settle()
    expect(asked('/visits')).toHaveLength(2)
    world.socket?.lost()
    world.socket?.welcomed(welcomeOf(anna))
    await settle()
    expect(asked('/visits')).toHaveLength(3)
  })

  test('what could not be read is read again, while the server is heard', async () => {
    const { world, desk, asked, settle } = await signedIn()
    delete world.answers['/visits']
    world.socket?.received({ type: 'visits.news' })
    await settle()
    expect([desk.problem.value, desk.now.value?.visits.length]).toEqual(['unreachable', 1])
    world.answers['/visits'] = visitsOf([])
    world.advance(1_499)
    expect(asked('/visits')).toHaveLength(2)
    world.advance(1)
    await settle()
    expect([desk.problem.value, desk.now.value?.visits]).toEqual([null, []])
  })

  test('what was done is seen without waiting for news', async () => {
    const { world, desk, settle } = await signedIn()
    world.answers['/visits/device'] = {}
    world.answers['/visits'] = visitsOf([{ ...kaarina, device: 'none' }])
    expect(await desk.device(kaarina, 'refuse')).toBeNull()
    await settle()
    expect(desk.of('v1')?.device).toBe('none')
  })

  test('whoever signs in next sees nobody of them, and nothing comes late (HZ-6)', async () => {
    const { world, station, desk } = await signedIn()
    world.socket?.received({ type: 'visits.news' })
    world.advance(0)
    station.me.value = { ...anna, staffId: 'next' }
    expect(desk.now.value).toBeNull()
    station.me.value = null
    await world.settle()
    expect(desk.now.value).toBeNull()
  })
})

describe('[VISIT-3] staff hear that somebody waits for them', () => {
  const calling = visitsOf([kaarina], { alarm: 'request' })

  test('again and again, behind a lock too, where no name is kept; not without the server', async () => {
    const { world, station, desk, news } = await signedIn()
    createRequestQueue(station.requests, desk.alarm)
    expect(world.alert).toBe('none')
    await news(calling)
    expect(world.alert).toBe('request')
    station.lock.told(true)
    await news(calling)
    expect([world.alert, desk.now.value?.visits]).toEqual(['request', []])
    world.socket?.lost()
    expect(world.alert).toBe('none')
  })

  test('never over a call, and again after it', async () => {
    const { world, station, desk, news } = await signedIn()
    await news(calling)
    world.socket?.received({ type: 'call.changed', call: ringingAt('callee') })
    expect(desk.alarm.value).toBe('none')
    station.calls.refuse()
    expect(desk.alarm.value).toBe('first')
  })

  test('until this person has said that they know', async () => {
    const { world, desk, news, settle } = await signedIn()
    await news(calling)
    world.answers['/visits/seen'] = {}
    world.answers['/visits'] = visitsOf([kaarina])
    expect(await desk.seen()).toBeNull()
    await settle()
    expect(desk.alarm.value).toBe('none')
  })
})

describe('[VISIT-4] whoever waits is rung by a station that has vouched for them', () => {
  test('it signs the key of that visit, the server takes it, and then it rings', async () => {
    const { world, desk, asked } = await signedIn()
    world.answers['/visits/vouch'] = {}
    expect(await desk.admit(kaarina)).toBeNull()
    expect(world.did).toContain('vouch for Kaarina Lahti at v1')
    expect(asked('/visits/vouch')[0]?.said).toMatchObject({ visitId: 'v1', certificate: { text: '{}' } })
    expect(world.sent.at(-1)).toMatchObject({
      type: 'call.invite',
      to: { type: 'visitor', visitId: 'v1' },
      mode: 'ring',
      stay: null,
    })
  })

  const invitations = (world: { sent: readonly { type: string }[] }) =>
    world.sent.filter(({ type }) => type === 'call.invite')

  test('without a certificate of its own it rings nobody, and says so', async () => {
    const { world, desk, asked } = await signedIn()
    world.vouchFailure = 'uncertified'
    expect(await desk.admit(kaarina)).toBe('uncertified')
    expect([asked('/visits/vouch'), invitations(world)]).toEqual([[], []])
  })

  test('what the server does not take rings nobody', async () => {
    const { world, desk } = await signedIn()
    world.answers['/visits/vouch'] = 'conflict'
    expect(await desk.admit(kaarina)).toBe('conflict')
    expect(invitations(world)).toEqual([])
  })

  test('whoever has not come in cannot be vouched for', async () => {
    const { world, desk } = await signedIn([{ ...kaarina, publicKey: null }])
    expect(await desk.admit({ ...kaarina, publicKey: null })).toBe('no-key')
    expect(invitations(world)).toEqual([])
  })

  test.each([
    ['another name', { name: 'Kaarina Lahtinen' }],
    ['another date of birth', { born: '1985-04-02' }],
    ['another browser', { publicKey: 'Q'.repeat(122) }],
  ])('who is %s by now than the screen showed is not rung (HZ-1)', async (_, over) => {
    const { world, desk, news } = await signedIn()
    world.answers['/visits/vouch'] = {}
    await news(visitsOf([{ ...kaarina, ...over }]))
    expect(await desk.admit(kaarina)).toBe('changed')
    expect(invitations(world)).toEqual([])
  })

  test('who has left meanwhile is not rung', async () => {
    const { world, desk, news } = await signedIn()
    world.answers['/visits/vouch'] = {}
    await news(visitsOf([]))
    expect(await desk.admit(kaarina)).toBe('changed')
    expect(invitations(world)).toEqual([])
  })
})

test('[VISIT-4] whoever is to be waited for is proposed as missing again after a while', async () => {
  const { world, desk } = await signedIn()
  desk.wait('v1')
  world.advance(15 * 60_000 - 1)
  expect([...desk.awaited.value]).toEqual(['v1'])
  world.advance(1)
  expect([...desk.awaited.value]).toEqual([])
})

test('[VISIT-1] an invitation is asked of the server by its appointment; the letter has the link, and nobody keeps it', async () => {
  const { world, desk, asked } = await signedIn()
  const link = 'https://ward.example/visit#secret'
  world.answers['/visits/invite'] = { visitId: 'v1', link, phone: '+358 9 471' }
  expect(await desk.invite('a1', 'letter')).toEqual({
    ok: true,
    value: { visitId: 'v1', link, phone: '+358 9 471' },
  })
  expect(asked('/visits/invite')[0]?.said).toEqual({ appointmentId: 'a1', by: 'letter' })
  expect(JSON.stringify(desk.now.value)).not.toContain('secret')
  world.answers['/visits/invite'] = 'unavailable'
  expect(await desk.invite('a1', 'mail')).toEqual({ ok: false, failure: 'unavailable' })
})

test('[VISIT-4] what is said, found and ended goes to the server as it is', async () => {
  const { world, desk, asked } = await signedIn()
  for (const path of ['say', 'identify', 'outcome']) world.answers[`/visits/${path}`] = {}
  await desk.say(null, { type: 'late', minutes: 10 })
  await desk.identify('v1', false)
  await desk.end('v1', 'no-show')
  await desk.seenTo('v1')
  expect(asked('/visits/say')[0]?.said).toEqual({ visitId: null, said: { type: 'late', minutes: 10 } })
  expect(asked('/visits/identify')[0]?.said).toEqual({ visitId: 'v1', isThem: false })
  expect(asked('/visits/outcome').map(({ said }) => said)).toEqual([
    { visitId: 'v1', outcome: 'no-show' },
    { visitId: 'v1', outcome: 'seen-to' },
  ])
})
