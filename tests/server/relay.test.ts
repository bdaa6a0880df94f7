/** Signals reach the other end of their call, and nothing reaches anybody else. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { closeCode } from '../../src/protocol/wire.ts'
import { openStation } from './client.ts'
import { invitation, media, openWard, ring, talk } from './ward.ts'

test('[RELAY-1] a signal reaches the other end of its call and nobody else', async () => {
  const ward = await openWard()
  const [bed, otherBed] = [await ward.bed('1'), await ward.bed('2')]
  const [nurse, otherNurse] = [await ward.station('Anna Laine'), await ward.station('Ben Okafor')]
  const { callId, epoch } = await talk(nurse, bed)
  await talk(otherNurse, otherBed)
  nurse.say(media(callId, epoch))
  expect((await bed.hear('call.signal')).signal).toEqual({ type: 'media', camera: true, microphone: true })
  bed.say(media(callId, epoch))
  await nurse.hear('call.signal')
  for (const client of [nurse, bed, otherBed, otherNurse]) {
    await client.settled()
    expect(client.heard().filter(({ type }) => type === 'call.signal')).toEqual([])
  }
})

test('[RELAY-2] signals pass while it rings, so that the link is warm at the answer', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  const callId = await ring(nurse, bed)
  nurse.say(media(callId, 1))
  await bed.hear('call.signal')
  bed.say(media(callId, 1))
  await nurse.hear('call.signal')
})

test.each([
  ["another call's id", (foreign: string) => foreign],
  ['an unknown id', () => randomUUID()],
  ['__proto__', () => '__proto__'],
  ['constructor', () => 'constructor'],
  ['hasOwnProperty', () => 'hasOwnProperty'],
])('[RELAY-3] a signal, an answer, a relink or an end under %s touches nobody', async (_name, idOf) => {
  const ward = await openWard()
  const [bed, stranger] = [await ward.bed('1'), await ward.bed('2')]
  const nurse = await ward.station()
  const { callId, epoch } = await talk(nurse, bed)
  const forged = idOf(callId)
  stranger.say(media(forged, epoch))
  stranger.say({ type: 'call.accept', callId: forged })
  stranger.say({ type: 'call.relink', callId: forged, epoch })
  stranger.say({ type: 'call.end', callId: forged, reason: 'hung-up' })
  stranger.say({ ...invitation(nurse), callId: forged })
  for (const client of [stranger, nurse, bed]) await client.settled()
  expect(bed.heard()).toEqual([])
  expect(nurse.heard().filter((message) => message.type !== 'bed.changed')).toEqual([])
  nurse.say(media(callId, epoch))
  await bed.hear('call.signal')
})

test('[RELAY-4] a signal of an earlier epoch is dropped', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const nurse = await ward.station()
  const { callId, epoch } = await talk(nurse, bed)
  bed.say({ type: 'call.relink', callId, epoch })
  const { call } = await nurse.hear('call.changed', ({ call }) => call.epoch === epoch + 1)
  nurse.say(media(callId, epoch))
  nurse.say(media(callId, call.epoch))
  expect((await bed.hear('call.signal')).epoch).toBe(epoch + 1)
})

test('[RELAY-5] after an answer signals reach the tab that answered and not its siblings', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Anna Laine')
  const [first, second] = [await openStation(ward.origin, cookie), await openStation(ward.origin, cookie)]
  const caller = await ward.station('Ben Okafor')
  const { callId, epoch } = await talk(caller, first)
  caller.say(media(callId, epoch))
  await first.hear('call.signal')
  second.say(media(callId, epoch))
  for (const client of [second, caller]) {
    await client.settled()
    expect(client.heard().filter(({ type }) => type === 'call.signal')).toEqual([])
  }
})

test('[RELAY-6] ringing a bed without a tablet, an unknown bed or person says device-unready', async () => {
  const ward = await openWard()
  const nurse = await ward.station()
  const absent = nurse.welcome.snapshot?.beds[7]?.bedId ?? ''
  const targets = [
    { type: 'bed', bedId: absent },
    { type: 'bed', bedId: '__proto__' },
    { type: 'staff', staffId: 'nobody' },
  ] as const
  for (const to of targets) {
    const callId = randomUUID()
    const stay = to.type === 'bed' && to.bedId === absent ? 1 : null
    nurse.say({ type: 'call.invite', callId, to, mode: 'ring', stay, expiresAtMs: Date.now() + 5_000 })
    expect(await nurse.hear('call.ended')).toMatchObject({ callId, reason: 'device-unready' })
  }
})

test('[RELAY-7] one bed that rings another is sent away', async () => {
  const ward = await openWard()
  const [bed, other] = [await ward.bed('1'), await ward.bed('2')]
  bed.say(invitation(other))
  expect((await bed.closed).code).toBe(closeCode.forbidden)
  await other.settled()
  expect(other.heard()).toEqual([])
})
