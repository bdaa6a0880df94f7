/** The page of family who visit a bed: what it asks, says and lets go of. */
import { describe, expect, test, vi } from 'vitest'
import type { CallView, EndReason } from '../../src/protocol/call.ts'
import { code, codeId, familyWorld, look, maria } from '../fakes/family.ts'
import { bedOne, ringingAt, welcomeOf } from '../fakes/ports.ts'

const hours = { fromMinute: 600, untilMinute: 1200 }
const resting = { ...look, time: { type: 'resting', hours } } as const

async function opened(secret: string | null = code, answer: unknown = look) {
  const made = familyWorld()
  made.world.secret = secret
  made.world.answers['/family/look'] = answer
  const visit = made.begin()
  await made.world.settle()
  return { ...made, visit, asked: () => made.world.asked.map(({ path }) => path) }
}

async function rung() {
  const made = await opened()
  await made.visit.ring()
  made.world.socket?.welcomed(welcomeOf(maria))
  await made.world.settle()
  const invite = made.world.sent.find(({ type }) => type === 'call.invite')
  const callId = invite && 'callId' in invite ? invite.callId : ''
  const end = async (reason: EndReason, by: 'me' | 'peer' | 'server' = 'server') => {
    made.world.socket?.received({ type: 'call.ended', callId, reason, by })
    await made.world.settle()
  }
  return { ...made, invite, callId, end }
}

describe('[FAMILY-1] a relative rings', () => {
  test('[FAMILY-1] a link says that they may, and nothing is asked of the camera or the socket yet (HZ-2)', async () => {
    const { visit, world, asked } = await opened()
    expect(visit.page.value).toEqual({ type: 'open', problem: null })
    expect([visit.me.value, visit.ward.value]).toEqual([maria, 'Ward 4B'])
    expect(asked()).toEqual(['/family/look'])
    expect(world.socket).toBeNull()
  })

  test('[FAMILY-1] *Ring* tries the camera, enters, and rings the bed of the link, which is named by nobody', async () => {
    const { visit, invite } = await rung()
    expect(invite).toMatchObject({ to: { type: 'family' }, mode: 'ring', stay: null })
    expect(visit.page.value.type).toBe('ringing')
  })

  test('[FAMILY-1] a camera that is refused is told before anybody is rung', async () => {
    const { visit, world, asked } = await opened()
    world.camera = 'denied'
    await visit.ring()
    expect(visit.page.value).toEqual({ type: 'open', problem: 'denied' })
    expect(asked()).toEqual(['/family/look'])
  })

  test('[FAMILY-1] the answer is a call, and its end leaves nothing on and nothing connected (HZ-2)', async () => {
    const { visit, world, callId, end } = await rung()
    const call = ringingAt('caller', { callId, peer: bedOne, phase: 'accepted' })
    world.socket?.received({ type: 'call.changed', call })
    world.media?.linkUp(callId, call.epoch)
    await vi.dynamicImportSettled()
    expect(visit.page.value.type).toBe('seated')
    await end('hung-up', 'peer')
    expect(visit.page.value).toMatchObject({ type: 'over', why: 'ended' })
    expect(world.did).toContain('close socket')
    visit.lookAgain()
    await world.settle()
    expect(visit.page.value.type).toBe('open')
  })
})

describe('[FAMILY-3] whoever may not ring reads when visits are', () => {
  test('[FAMILY-3] outside the hours, and it looks again by itself', async () => {
    const { visit, world } = await opened(code, resting)
    expect(visit.page.value).toEqual({ type: 'resting', hours })
    world.answers['/family/look'] = look
    world.advance(60_000)
    await world.settle()
    expect(visit.page.value.type).toBe('open')
  })

  test.each(['no-answer', 'device-unready', 'busy'] as const)(
    '[FAMILY-3] and so does whoever got %s',
    async (reason) => {
      const { visit, world, end } = await rung()
      await end(reason)
      expect(visit.page.value).toEqual({ type: 'resting', hours: null })
      expect(world.did).toContain('close socket')
    },
  )

  test('[FAMILY-3] a server that is away meanwhile leaves the hours there', async () => {
    const { visit, world } = await opened(code, resting)
    world.answers['/family/look'] = 'unreachable'
    world.advance(60_000)
    await world.settle()
    expect(visit.page.value).toEqual({ type: 'resting', hours })
  })
})

describe('[FAMILY-2] [FAMILY-4] [FAMILY-5] a link that lets nobody in', () => {
  test.each([
    ['none was opened', null, look, 'none'],
    ['half of one', 'half', look, 'wrong'],
    ['one that is over', code, 'unknown-code', 'unknown'],
  ] as const)('[FAMILY-2] %s', async (_what, secret, answer, why) => {
    const { visit } = await opened(secret, answer)
    expect(visit.page.value).toEqual({ type: 'no-link', why })
  })

  test('[FAMILY-2] with a link that is over its key goes, too (HZ-6)', async () => {
    const { world, device } = await opened(code, 'unknown-code')
    expect(world.did).toContain('forget the link')
    expect(device.kept).toBeNull()
  })

  test('[FAMILY-4] one that another browser rang by first says so as it is rung', async () => {
    const { visit, world } = await opened()
    world.answers['/family/enter'] = 'used-code'
    await visit.ring()
    expect(visit.page.value).toEqual({ type: 'no-link', why: 'used' })
    expect(world.socket).toBeNull()
  })

  test('[FAMILY-5] one whose seal does not hold begins nothing (HZ-10)', async () => {
    const made = familyWorld()
    made.world.secret = code
    made.device.truth = false
    const visit = made.begin()
    await made.world.settle()
    expect(visit.page.value).toEqual({ type: 'no-link', why: 'unverified' })
  })

  test('[FAMILY-5] a browser that may keep nothing says so', async () => {
    const made = familyWorld()
    made.world.secret = code
    made.device.broken = true
    const visit = made.begin()
    await made.world.settle()
    expect(visit.page.value).toEqual({ type: 'no-link', why: 'no-store' })
  })
})

describe('[CALL-8] a page that is loaded again', () => {
  async function reloaded(calls: CallView[]) {
    const made = familyWorld()
    made.device.kept = codeId
    const visit = made.begin()
    await made.world.settle()
    made.world.socket?.welcomed(welcomeOf(maria, { snapshot: { beds: [], calls } }))
    await made.world.settle()
    return { ...made, visit }
  }

  test('[CALL-8] is back in its call', async () => {
    const call = ringingAt('caller', { peer: bedOne, phase: 'accepted' })
    const { visit } = await reloaded([call])
    expect(visit.page.value.type).toBe('ringing')
  })

  test('[CALL-8] where there is none it connects to nothing and says that one may ring', async () => {
    const { visit, world } = await reloaded([])
    expect(visit.page.value.type).toBe('open')
    expect(world.did).toContain('close socket')
  })
})
