import { describe, expect, test, vi } from 'vitest'
import type { CallView } from '../../src/protocol/call.ts'
import type { VisitYours } from '../../src/protocol/visit-messages.ts'
import type { Browser } from '../../src/state/visit-ports.ts'
import { anna, ringingAt, signedChain, welcomeOf } from '../fakes/ports.ts'
import { aino, link, token, visitWorld, yours } from '../fakes/visit.ts'

const born = '1948-11-04'
const ring: CallView = ringingAt('callee', { peer: anna, stay: null })
const vouched = { type: 'visit.vouched', chain: signedChain } as const

async function opened(browser: Partial<Browser> = {}, answers: Record<string, unknown> = {}) {
  const made = visitWorld(browser)
  Object.assign(made.world.answers, answers)
  const visit = made.begin()
  await made.world.settle()
  return { ...made, visit }
}

/** In the waiting room; the test of the device is behind them. */
async function waiting(told: VisitYours = yours) {
  const made = await opened()
  await made.visit.door.enter(born)
  await made.world.settle()
  made.world.socket?.welcomed(welcomeOf(aino))
  made.world.socket?.received({ type: 'visit.yours', visit: told })
  await vi.dynamicImportSettled()
  made.visit.closeTest()
  return made
}

async function called(over: Partial<CallView> = {}) {
  const made = await waiting()
  made.world.socket?.received(vouched)
  made.world.socket?.received({ type: 'call.changed', call: { ...ring, ...over } })
  await made.world.settle()
  return made
}

async function inCall(how: 'video' | 'sound' = 'video') {
  const made = await called()
  made.visit.answer(how)
  made.world.socket?.received({ type: 'call.changed', call: { ...ring, phase: 'accepted' } })
  await made.world.settle()
  return made
}

describe('from a link to a date of birth', () => {
  test('[VISIT-1] opening it says what it is good for and uses nothing up', async () => {
    const { world, visit } = await opened()
    expect(visit.page.value).toEqual({ type: 'born', link, said: { type: 'nothing' } })
    expect(world.asked).toEqual([{ path: '/visit/look', said: { token } }])
    expect(world.socket, 'nobody is online').toBeNull()
  })

  test.each(['cancelled', 'over', 'replaced'] as const)(
    '[VISIT-1] one that is %s says so, and sends a new one',
    async (state) => {
      const { visit } = await opened(
        {},
        { '/visit/look': { ...link, state }, '/visit/renew': [{ done: 'sent' }] },
      )
      expect(visit.page.value).toMatchObject({ type: 'closed', why: state, renewal: 'not' })
      await visit.door.renew()
      expect(visit.page.value).toMatchObject({ type: 'closed', why: state, renewal: 'sent' })
    },
  )

  test('[VISIT-1] a new link that cannot be asked for may be asked for again', async () => {
    const { world, visit } = await opened({}, { '/visit/look': { ...link, state: 'over' } })
    await visit.door.renew()
    expect(visit.page.value).toMatchObject({ renewal: 'failed' })
    world.answers['/visit/renew'] = { done: 'told' }
    await visit.door.renew()
    expect(visit.page.value).toMatchObject({ renewal: 'told' })
  })

  test('[OUT-1] without a link, or with half of one, it is said what to do, and nobody is asked', async () => {
    for (const secret of [null, 'half']) {
      const made = visitWorld()
      made.world.secret = secret
      const visit = made.begin()
      await made.world.settle()
      expect(visit.page.value).toEqual({ type: 'no-link', given: secret === null ? 'nothing' : 'broken' })
      expect(made.world.asked).toEqual([])
    }
  })

  test('[OUT-1] a server that does not answer is asked again by itself', async () => {
    const { world, visit } = await opened({}, { '/visit/look': 'unreachable' })
    expect(visit.page.value).toEqual({ type: 'looking', problem: 'unreachable' })
    world.answers['/visit/look'] = link
    world.advance(5_000)
    await world.settle()
    expect(visit.page.value.type).toBe('born')
  })

  test('[VISIT-2] a wrong date says how many tries are left, the last one whom to ring', async () => {
    const { visit } = await opened({}, { '/visit/enter': [{ type: 'wrong', left: 4 }, { type: 'blocked' }] })
    await visit.door.enter(born)
    expect(visit.page.value).toEqual({ type: 'born', link, said: { type: 'wrong', left: 4 } })
    await visit.door.enter(born)
    expect(visit.page.value).toEqual({ type: 'blocked', link })
  })

  test('[VISIT-2] on a device that staff refused it asks no more', async () => {
    const { world, visit } = await opened({}, { '/visit/enter': [{ type: 'refused' }] })
    await visit.door.enter(born)
    expect(visit.page.value).toEqual({ type: 'refused', link })
    world.advance(60_000)
    await world.settle()
    expect(visit.page.value.type).toBe('refused')
  })

  test('[VISIT-2] on another device it waits for staff, and comes in when they let it', async () => {
    const { world, visit } = await opened(
      {},
      { '/visit/enter': [{ type: 'other-device' }, { type: 'other-device' }, { type: 'in', me: aino }] },
    )
    await visit.door.enter(born)
    expect(visit.page.value).toEqual({ type: 'other-device', link })
    world.advance(10_000)
    await world.settle()
    expect(visit.page.value.type).toBe('other-device')
    world.advance(10_000)
    await world.settle()
    expect(visit.page.value.type).toBe('joining')
  })

  test('[VISIT-1] a visit that was cancelled meanwhile is told as that', async () => {
    const { visit } = await opened({}, { '/visit/enter': { type: 'not-open', state: 'cancelled' } })
    await visit.door.enter(born)
    expect(visit.page.value).toMatchObject({ type: 'closed', why: 'cancelled' })
  })

  test('the page speaks as the browser reads, else as the hospital knows, unless somebody chose', async () => {
    const made = visitWorld()
    made.world.languages = ['de-DE']
    const visit = made.begin()
    await made.world.settle()
    expect(visit.speech.language.value).toBe('fi')
    visit.speech.use('it')
    expect(visit.speech.language.value).toBe('it')
    await made.world.settle()
    expect(made.device.known?.language).toBe('it')
  })
})

describe('a browser in which there is no call', () => {
  test('[OUT-2] an app that only shows pages says how the whole link comes into a browser', async () => {
    const { world, device, visit } = await opened({ inApp: 'instagram' })
    expect(visit.page.value).toMatchObject({ type: 'in-app', inApp: 'instagram', better: 'Safari' })
    expect(device.address, 'Open in Safari takes the address along').toBe(token)
    expect(world.asked).toEqual([])
    await visit.door.copyLink()
    expect(visit.page.value).toMatchObject({ copied: 'copied' })
    await visit.door.stayHere()
    expect(device.address).toBe('clean')
    expect(visit.page.value.type).toBe('born')
  })

  test('[OUT-2] one that can make no calls says so at once, and whom to ring as soon as that is known', async () => {
    const made = visitWorld({ calls: 'unable' })
    made.world.answers['/visit/look'] = 'unreachable'
    const visit = made.begin()
    await made.world.settle()
    expect(visit.page.value).toEqual({ type: 'unable', link: null })
    made.world.answers['/visit/look'] = link
    made.world.advance(5_000)
    await made.world.settle()
    expect(visit.page.value).toEqual({ type: 'unable', link })
  })
})

describe('the waiting room', () => {
  test('[VISIT-2] whoever comes in says hello with the key of the visit', async () => {
    const { world, visit } = await opened()
    await visit.door.enter(born)
    expect(visit.page.value.type).toBe('joining')
    expect(await world.socket?.hello('nonce')).toEqual({
      client: 'guest',
      guestId: 'visit-1',
      signature: 'signed nonce',
      claims: [],
    })
  })

  test('[OUT-3] a device that was not tried is tried first, and one that was is not asked again', async () => {
    const made = await opened()
    await made.visit.door.enter(born)
    made.world.socket?.welcomed(welcomeOf(aino))
    made.world.socket?.received({ type: 'visit.yours', visit: yours })
    await vi.dynamicImportSettled()
    expect(made.visit.page.value.type).toBe('testing')
    made.visit.trying.test.value?.skipAll()
    expect(made.world.sent).toContainEqual({
      type: 'visit.tested',
      test: expect.objectContaining({ camera: 'skipped', browser: 'Safari 18 on iPhone' }),
    })
    await made.world.settle()
    const again = made.begin()
    await made.world.settle()
    made.world.socket?.welcomed(welcomeOf(aino))
    made.world.socket?.received({ type: 'visit.yours', visit: yours })
    expect(again.page.value.type).toBe('waiting')
  })

  test('[VISIT-3] how many are before is what the server said last, with a connection or without', async () => {
    const { world, visit } = await waiting()
    expect(visit.page.value.type).toBe('waiting')
    world.socket?.received({ type: 'visit.yours', visit: { ...yours, before: 0 } })
    world.socket?.lost()
    expect(visit.yours.value?.before).toBe(0)
    expect(visit.page.value.type, 'the page stays').toBe('waiting')
    expect(visit.connection.value.type).toBe('lost')
  })

  test('[OUT-4] nothing is on while one waits, and the screen stays awake (HZ-2)', async () => {
    const { world } = await waiting()
    expect(world.cameraOn).toBe(false)
    expect(world.did).toContain('keep awake')
  })

  test('[OUT-1] a page that is reloaded is back in the waiting room without a word', async () => {
    const made = visitWorld()
    made.world.secret = null
    made.device.known = { token, visitId: 'visit-1', isVouched: true, tested: 'yes', language: null }
    const visit = made.begin()
    await made.world.settle()
    expect(visit.page.value.type).toBe('joining')
    made.world.socket?.welcomed(welcomeOf(aino))
    made.world.socket?.received({ type: 'visit.yours', visit: { ...yours, state: 'again' } })
    expect(visit.page.value.type).toBe('waiting')
    expect(made.world.asked).toEqual([])
  })

  test('[OUT-4] a page that cannot ring before it was touched says so', async () => {
    const { world, visit } = await waiting()
    expect(visit.sound.value).toBe('on')
    world.hear('blocked')
    expect(visit.sound.value).toBe('blocked')
  })

  test('[VISIT-2] a key that is bound no more asks what the link is good for', async () => {
    const { world, visit } = await waiting()
    world.answers['/visit/look'] = { ...link, state: 'over' }
    world.socket?.refused('unauthenticated')
    await world.settle()
    expect(visit.page.value).toMatchObject({ type: 'closed', why: 'over' })
  })

  test('[OUT-1] another window takes the visit, and it can be taken back', async () => {
    const { world, device, visit } = await waiting()
    world.socket?.refused('replaced')
    expect(visit.page.value.type).toBe('elsewhere')
    expect(device.known).not.toBeNull()
    visit.comeBack()
    world.socket?.welcomed(welcomeOf(aino))
    world.socket?.received({ type: 'visit.yours', visit: yours })
    expect(visit.page.value.type).toBe('waiting')
  })

  test('[OUT-4] whoever has left lets the screen sleep, and keeps it awake once again however often they come back', async () => {
    const { world, visit } = await waiting()
    const awake = () => world.did.filter((act) => act === 'keep awake' || act === 'let sleep')
    visit.leave()
    visit.comeBack()
    expect(awake()).toEqual(['keep awake', 'let sleep', 'keep awake'])
    world.socket?.refused('replaced')
    visit.comeBack()
    expect(awake().slice(3)).toEqual(['let sleep', 'keep awake'])
    world.socket?.received({ type: 'visit.over', why: 'ended', by: null })
    expect(awake().at(-1)).toBe('let sleep')
  })

  test('[OUT-4] whoever leaves is told of, and may come back', async () => {
    const { world, device, visit } = await waiting()
    visit.leave()
    expect(world.sent).toContainEqual({ type: 'visit.leave' })
    expect(visit.page.value.type).toBe('left')
    expect(device.known?.visitId).toBe('visit-1')
    visit.comeBack()
    expect(visit.page.value.type).toBe('joining')
  })
})

describe('being called', () => {
  test('[VISIT-4] a call rings and opens nothing before it is answered (HZ-2, HZ-3)', async () => {
    const { world, visit } = await called()
    expect(visit.page.value).toMatchObject({ type: 'called', call: { peer: anna } })
    world.media?.linkUp('call-1', 1)
    expect(world.did.filter((act) => act === 'buzz on')).toHaveLength(1)
    expect(world.did).toContain('sound ring')
    expect(world.cameraOn).toBe(false)
  })

  test('[VISIT-4] no link is made before the certificates are kept (HZ-10)', async () => {
    const made = await waiting()
    let keep = () => {}
    made.device.keeping = new Promise((done) => {
      keep = done
    })
    made.world.socket?.received(vouched)
    made.world.socket?.received({ type: 'call.changed', call: ring })
    await made.world.settle()
    expect(made.world.did.filter((act) => act.startsWith('open link'))).toEqual([])
    keep()
    await made.world.settle()
    expect(made.world.did).toContain('open link call-1 1')
  })

  test('[OUT-5] an answer with sound only opens no camera (HZ-2)', async () => {
    const { world, visit } = await called()
    visit.answer('sound')
    expect(world.did.filter((act) => act.startsWith('prefer')).at(-1)).toBe('prefer sound')
    expect(world.sent).toContainEqual({ type: 'call.accept', callId: 'call-1' })
  })

  test('[OUT-5] an answer with video goes on with sound where no camera opens', async () => {
    const { world } = await inCall()
    expect(world.did.filter((act) => act.startsWith('prefer')).at(-1)).toBe('prefer sound-at-least')
  })

  test('[OUT-5] before anybody answered with video no camera opens, whatever comes back after a reload (HZ-2)', async () => {
    const { world } = await opened()
    expect(world.did[0]).toBe('prefer sound')
  })

  test.each([
    ['a call', { type: 'call.ended', callId: 'call-1', reason: 'hung-up', by: 'peer' }],
    ['the visit', { type: 'visit.over', why: 'ended', by: anna }],
  ] as const)(
    '[OUT-5] an answer with video is good until %s is over, and no longer (HZ-2)',
    async (_, over) => {
      const { world } = await inCall('video')
      world.socket?.received(over)
      await world.settle()
      expect(world.did.filter((act) => act.startsWith('prefer')).at(-1)).toBe('prefer sound')
    },
  )

  test('[OUT-6] Not now keeps the place, and says so', async () => {
    const { world, visit } = await called()
    visit.notNow()
    await world.settle()
    expect(world.sent).toContainEqual({ type: 'call.end', callId: 'call-1', reason: 'declined' })
    expect(visit.page.value.type).toBe('waiting')
    expect(visit.last.value).toBe('declined')
    expect(world.did).toContain('buzz off')
    world.socket?.received({ type: 'call.changed', call: { ...ring, callId: 'call-2' } })
    expect(visit.page.value.type, 'and it may ring again').toBe('called')
    expect(visit.last.value).toBe('none')
  })

  test('[OUT-6] a ring that nobody answered is told of', async () => {
    const { world, visit } = await called()
    world.socket?.received({ type: 'call.ended', callId: 'call-1', reason: 'no-answer', by: 'server' })
    await world.settle()
    expect(visit.page.value.type).toBe('waiting')
    expect(visit.last.value).toBe('unanswered')
  })

  test('[OUT-6] a call that does not verify is ended, and nothing was open (HZ-10)', async () => {
    const { world, visit } = await called()
    world.media?.unverified('call-1', 'untrusted')
    await world.settle()
    expect(visit.last.value).toBe('unverified')
    expect(world.cameraOn).toBe(false)
  })

  test('[OUT-3] a ring stops the test of the device and all that it had open (HZ-2)', async () => {
    const made = await waiting()
    made.visit.openTest()
    await vi.dynamicImportSettled()
    made.visit.trying.test.value?.begin()
    await made.world.settle()
    expect(made.tester.on).toEqual(new Set(['camera']))
    made.world.socket?.received({ type: 'call.changed', call: ring })
    expect(made.visit.page.value.type).toBe('called')
    expect(made.tester.on).toEqual(new Set())
  })
})

describe('in the call and after it', () => {
  test('[OUT-5] a page that is reloaded in a call asks again, at a table as well (HZ-2)', async () => {
    for (const table of [{}, { table: { tableId: 'call-1', joins: 'callee', by: anna } as const }]) {
      const made = visitWorld()
      made.device.known = { token, visitId: 'visit-1', isVouched: true, tested: 'yes', language: null }
      const visit = made.begin()
      await made.world.settle()
      const call: CallView = { ...ring, phase: 'accepted', ...table }
      made.world.socket?.welcomed(welcomeOf(aino, { snapshot: { beds: [], calls: [call] } }))
      expect(visit.page.value).toMatchObject({ type: 'called', call: { continued: true } })
      expect(made.world.cameraOn).toBe(false)
    }
  })

  test('[OUT-6] a call that was cut off keeps the visit', async () => {
    const { world, device, visit } = await inCall()
    expect(visit.page.value.type).toBe('seated')
    expect(world.cameraOn).toBe(true)
    world.socket?.received({ type: 'visit.yours', visit: { ...yours, state: 'again' } })
    world.socket?.received({ type: 'call.ended', callId: 'call-1', reason: 'connection-lost', by: 'server' })
    await world.settle()
    expect(visit.page.value.type).toBe('waiting')
    expect(visit.last.value).toBe('lost')
    expect(world.cameraOn).toBe(false)
    expect(device.forgotten).toEqual([])
  })

  test('[OUT-6] the end of the visit stops the camera and leaves nothing in the browser (HZ-2, HZ-6)', async () => {
    const { world, device, visit } = await inCall()
    world.socket?.received({ type: 'visit.over', why: 'ended', by: anna })
    await world.settle()
    expect(visit.page.value).toEqual({ type: 'over', why: 'ended', by: anna, rating: 'asked' })
    expect(world.cameraOn).toBe(false)
    expect(world.did).toContain('close socket')
    expect(device.forgotten).toEqual([token])
    expect(visit.me.value).toBeNull()
    expect(visit.yours.value).toBeNull()
  })

  test('[OUT-6] how it was is asked once, and may be sent again when it was not', async () => {
    const { world, visit } = await inCall()
    world.socket?.received({ type: 'visit.over', why: 'ended', by: anna })
    await visit.rate(4)
    expect(visit.page.value).toMatchObject({ rating: 'failed' })
    world.answers['/visit/rate'] = {}
    await visit.rate(4)
    expect(visit.page.value).toMatchObject({ rating: 'thanked' })
    expect(world.asked.at(-1)).toEqual({ path: '/visit/rate', said: { token, stars: 4 } })
    await visit.rate(1)
    expect(world.asked.filter(({ path }) => path === '/visit/rate')).toHaveLength(2)
  })

  test.each(['cancelled', 'no-show', 'not-you', 'other-device', 'expired'] as const)(
    '[OUT-6] a visit that is over by %s is not asked how it was, and leaves nothing (HZ-6)',
    async (why) => {
      const { world, device, visit } = await waiting()
      world.socket?.received({ type: 'visit.over', why, by: null })
      world.socket?.refused('unauthenticated')
      await world.settle()
      expect(visit.page.value).toEqual({ type: 'over', why, by: null, rating: 'none' })
      expect(device.forgotten).toEqual([token])
    },
  )

  test('[OUT-1] what is kept of a link that another was sent after goes with that other one', async () => {
    const { world, device } = await waiting()
    world.socket?.received({ type: 'visit.over', why: 'replaced', by: null })
    expect(device.forgotten).toEqual([])
  })
})
