/** Signing in and out, over real HTTP. */
import { expect, test } from 'vitest'
import { protocolVersion } from '../../src/protocol/primitives.ts'
import { readToken, tokenCookie } from '../../src/server/cookie.ts'
import { signInMs } from '../../src/server/people.ts'
import { codeOf, openStation, post, refusalOf } from './client.ts'
import { invitation, openWard } from './ward.ts'
import { openWire } from './wire.ts'

test('[SIGNIN-1] a link signs in once: the second try is used, a made-up one unknown', async () => {
  const { origin, staffLink } = await openWard()
  const code = codeOf(staffLink('Anna Laine'))
  const first = await post(origin, '/api/sign-in', { code })
  expect(first.status).toBe(200)
  expect(await first.json()).toMatchObject({ me: { type: 'staff', name: 'Anna Laine', role: 'nurse' } })
  expect(await refusalOf(await post(origin, '/api/sign-in', { code }))).toEqual({
    status: 410,
    body: { refusal: 'used-code' },
  })
  expect(await refusalOf(await post(origin, '/api/sign-in', { code: 'made-up' }))).toEqual({
    status: 404,
    body: { refusal: 'unknown-code' },
  })
})

test('[SIGNIN-2] of two who use a link at once only one gets in', async () => {
  const { origin, staffLink } = await openWard()
  const code = codeOf(staffLink('Anna Laine'))
  const answers = await Promise.all([1, 2, 3].map(() => post(origin, '/api/sign-in', { code })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410])
})

test('[SIGNIN-3] the cookie is out of reach of scripts and other sites, and ends with the shift', async () => {
  const { origin, staffLink } = await openWard()
  const answer = await post(origin, '/api/sign-in', { code: codeOf(staffLink('Anna Laine')) })
  const cookie = answer.headers.getSetCookie()[0]
  expect(cookie).toMatch(/^bedside=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/)
})

test('[SIGNIN-4] a sign-in survives a restart of the server', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Anna Laine')
  await ward.close()
  const { origin } = await openWard({ dataFolder: ward.data })
  const nurse = await openStation(origin, cookie)
  expect(nurse.welcome.me).toMatchObject({ name: 'Anna Laine' })
})

test('[SIGNIN-5] signing out closes the tabs of that browser and no other', async () => {
  const { origin, signIn: signInAs } = await openWard()
  const cookie = await signInAs('Anna Laine')
  const tabs = [await openStation(origin, cookie), await openStation(origin, cookie)]
  const other = await openStation(origin, await signInAs('Ben Okafor'))
  const answer = await post(origin, '/api/sign-out', {}, { cookie })
  expect(answer.status).toBe(200)
  expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=0')
  for (const tab of tabs) expect((await tab.closed).code).toBe(4401)
  await other.settled()
  const { nonce, send, closed } = openWire(origin, { cookie })
  await nonce()
  const hello = {
    type: 'hello',
    version: protocolVersion,
    client: 'station',
    tabId: 't',
    resume: null,
    claims: [],
  }
  send(JSON.stringify(hello))
  expect((await closed).code).toBe(4401)
})

test('[SIGNIN-6] after twelve hours a sign-in is over, but not in the middle of a call', async () => {
  let hours = 0
  const now = () => Date.now() + hours * 3_600_000
  const ward = await openWard({ now, limits: { sweepMs: 10 } })
  const [idle, talking] = [await ward.station('Anna Laine'), await ward.station('Ben Okafor')]
  const bed = await ward.bed('1')
  const stay = bed.welcome.stay?.epoch ?? null
  const invite = {
    type: 'call.invite',
    callId: 'c1',
    mode: 'ring',
    stay,
    expiresAtMs: now() + 5_000,
  } as const
  talking.say({ ...invite, to: { type: 'bed', bedId: bed.tablet.bedId } })
  await bed.hear('call.changed')
  bed.say({ type: 'call.accept', callId: 'c1' })
  await talking.hear('call.changed', ({ call }) => call.phase === 'accepted')
  hours = 13
  expect((await idle.closed).code).toBe(4401)
  await talking.settled()
  bed.say({ type: 'call.end', callId: 'c1', reason: 'hung-up' })
  await talking.hear('call.ended')
  expect((await talking.closed).code).toBe(4401)
})

test('[SIGNIN-7] behind https the cookie is bound to its host and never leaves it in the clear', () => {
  const cookie = tokenCookie('https://ward.example', 'token')
  expect(cookie).toBe('__Host-bedside=token; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure')
  expect(readToken('a=b; __Host-bedside=token; c=d', 'https://ward.example')).toBe('token')
  expect(readToken('bedside=token', 'https://ward.example')).toBeNull()
})

test('[SIGNIN-8] once a sign-in’s time is over its screen begins nothing, not even before it is sent away', async () => {
  let laterMs = 0
  const ward = await openWard({ now: () => Date.now() + laterMs, limits: { sweepMs: 3_600_000 } })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  laterMs = signInMs + 1
  const message = { ...invitation(bed), expiresAtMs: Date.now() + laterMs + 5_000 }
  nurse.say(message)
  expect(await nurse.hear('call.ended')).toMatchObject({ callId: message.callId, reason: 'cancelled' })
  await bed.settled()
  expect(bed.heard().filter(({ type }) => type === 'call.changed')).toEqual([])
})

test('[SIGNIN-9] signing out sends away every screen, also those that say hello meanwhile', async () => {
  const ward = await openWard()
  const [bed, cookie] = [await ward.bed('1'), await ward.signIn('Anna Laine')]
  const screens = await Promise.all(
    Array.from({ length: 8 }, (_, index) => openStation(ward.origin, cookie, { tabId: `${index}` })),
  )
  const leaving = post(ward.origin, '/api/sign-out', {}, { cookie })
  const hello = Array.from({ length: 8 }, (_, index) =>
    openStation(ward.origin, cookie, { tabId: `new ${index}` }),
  )
  await leaving
  const come = (await Promise.allSettled(hello)).flatMap((one) =>
    one.status === 'fulfilled' ? [one.value] : [],
  )
  for (const screen of [...screens, ...come]) expect((await screen.closed).code).toBe(4401)
  await bed.settled()
})
