/** Credentials for the relay: whose they are, when they come, how long they last, and who never gets any. */
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { CallRelays } from '../../src/protocol/ice.ts'
import { credentialOf } from '../../src/server/turn.ts'
import { type Client, openStation } from './client.ts'
import { clockReads, openWard, ring, staffIdOf, talk } from './ward.ts'

const secret = 'the secret of the relay'
const environment = {
  BEDSIDE_TURN_URLS: 'turn:127.0.0.1:3478?transport=udp',
  BEDSIDE_TURN_SECRET: secret,
}

async function relaysOf(client: Client): Promise<CallRelays> {
  return (await client.hear('call.relays')).relays
}

function usernameOf({ iceServers }: CallRelays): string {
  return iceServers[0]?.username ?? ''
}

function expiresOf(relays: CallRelays): number {
  return Number(usernameOf(relays).split(':')[0]) * 1_000
}

test('[TURN-1] nobody gets credentials by signing in or by being a tablet', async () => {
  const ward = await openWard({ environment })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  for (const client of [bed, nurse]) {
    await client.settled()
    expect(client.welcome.relays).toEqual([])
    expect(client.heard().filter(({ type }) => type === 'call.relays')).toEqual([])
  }
})

test('[TURN-2] both ends of an invited call get their own, before the call itself; nobody else gets any', async () => {
  const ward = await openWard({ environment })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const strangers = [await ward.bed('2'), await ward.station('Ben Okafor')]
  const callId = await ring(nurse, bed)
  const names = new Set<string>()
  for (const client of [nurse, bed]) {
    const relays = await relaysOf(client)
    expect(relays).toMatchObject({ callId, iceServers: [{ urls: ['turn:127.0.0.1:3478?transport=udp'] }] })
    names.add(usernameOf(relays))
  }
  expect(names.size).toBe(2)
  for (const stranger of strangers) {
    await stranger.settled()
    expect(stranger.heard().map(({ type }) => type)).not.toContain('call.relays')
  }
})

test('[TURN-2] they come before the call, so that its link is built with them', async () => {
  const ward = await openWard({ environment })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  nurse.say({
    type: 'call.invite',
    callId: 'c1',
    to: { type: 'bed', bedId: bed.tablet.bedId },
    mode: 'ring',
    stay: bed.welcome.stay?.epoch ?? null,
    expiresAtMs: Date.now() + 5_000,
  })
  await bed.wire.until('ring', () => bed.heard().some(({ type }) => type === 'call.changed') || undefined)
  const order = bed.heard().map(({ type }) => type)
  expect(order.slice(0, 2)).toEqual(['call.relays', 'call.changed'])
})

test('[TURN-3] they are what coturn expects, name nobody, and end soon after the longest ring', async () => {
  const ward = await openWard({ environment })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const callId = await ring(nurse, bed)
  const relays = await relaysOf(nurse)
  const username = usernameOf(relays)
  expect(username).toMatch(new RegExp(`^\\d{10}:${callId}:[\\w-]{16}$`))
  expect(username).not.toContain(staffIdOf(nurse))
  const expected = createHmac('sha1', secret).update(username).digest('base64')
  expect(relays.iceServers[0]?.credential).toBe(expected)
  const { ringMs, connectMs } = nurse.welcome.timings
  const leftMs = expiresOf(relays) - Date.now()
  expect(leftMs).toBeGreaterThan(ringMs)
  expect(leftMs).toBeLessThan(ringMs + connectMs + 32_000)
})

test('[TURN-4] answering and each fresh link renew them at both ends', async () => {
  const ward = await openWard({ environment })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { callId } = await talk(nurse, bed)
  for (const client of [nurse, bed]) {
    const [rung, answered] = [await relaysOf(client), await relaysOf(client)]
    expect(expiresOf(answered)).toBeGreaterThan(expiresOf(rung))
    expect(expiresOf(answered) - Date.now()).toBeLessThan(302_000)
  }
  bed.say({ type: 'call.relink', callId, epoch: 1 })
  for (const client of [nurse, bed]) expect((await relaysOf(client)).callId).toBe(callId)
})

test('[TURN-5] they are renewed while the call lives, and no more when it is over', async () => {
  const ward = await openWard({ environment, timeScale: 0.01 })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const { callId } = await talk(nurse, bed)
  const seen = []
  for (let count = 0; count < 4; count += 1) seen.push(expiresOf(await relaysOf(nurse)))
  expect(seen.at(-1)).toBeGreaterThan(seen[1] ?? 0)
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await nurse.hear('call.ended')
  nurse.heard().splice(0)
  // The renewal of this scale comes every 1.2 s.
  await clockReads(Date.now() + 1_500)
  await nurse.settled()
  expect(nurse.heard().map(({ type }) => type)).not.toContain('call.relays')
})

test('[TURN-6] a page that was reloaded in a call gets those of that call with its welcome', async () => {
  const ward = await openWard({ environment })
  const bed = await ward.bed('1')
  const cookie = await ward.signIn('Anna Laine')
  const nurse = await openStation(ward.origin, cookie, { tabId: 'a' })
  const { callId } = await talk(nurse, bed)
  const again = await openStation(ward.origin, cookie, { tabId: 'a' })
  expect(again.welcome.relays.map((relays) => relays.callId)).toEqual([callId])
  const other = await openStation(ward.origin, cookie, { tabId: 'b' })
  expect(other.welcome.relays, 'another tab of the same person is not in it').toEqual([])
})

test('[TURN-7] without a relay nothing is said of one', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  await talk(nurse, bed)
  for (const client of [nurse, bed])
    expect(client.heard().filter(({ type }) => type === 'call.relays')).toEqual([])
})

test('[TURN-8] another secret gives another credential', () => {
  expect(credentialOf('a', '1:c:e')).not.toBe(credentialOf('b', '1:c:e'))
})
