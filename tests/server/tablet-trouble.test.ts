/** What stations are told of a tablet that cannot ring, or soon cannot (HZ-11). */
import * as v from 'valibot'
import { expect, test } from 'vitest'
import type { BedReport } from '../../src/protocol/people.ts'
import type { TabletHealth } from '../../src/protocol/tablet-health.ts'
import { tabletList } from '../../src/protocol/tablet-list.ts'
import type { Client } from './client.ts'
import { healthy, invitation, openWard, type Ward } from './ward.ts'

const heard: BedReport = { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: null }

function tell(bed: Client, over: Partial<TabletHealth> = {}): void {
  bed.say({ type: 'tablet.health', health: { ...healthy, clockMs: Date.now(), ...over } })
}

async function watched(limits = {}) {
  const ward = await openWard({ limits })
  const [nurse, bed] = [await ward.station(), await ward.bed('3')]
  await nurse.hear('bed.changed', ({ bed }) => bed.label === '3' && bed.state.type === 'ready')
  nurse.heard().length = 0
  const trouble = async (wanted: string | undefined) =>
    (await nurse.hear('bed.changed', ({ bed }) => bed.label === '3' && bed.trouble === wanted)).bed
  return { ward, nurse, bed, trouble }
}

async function rowOf(ward: Ward, label: string) {
  const headers = { cookie: await ward.signIn('Oskar Berg'), 'sec-fetch-site': 'same-origin' }
  const answer = await fetch(`${ward.origin}/api/tablets`, { headers })
  return v.parse(tabletList, await answer.json()).tablets.find((row) => row.label === label)
}

test('[ALIVE-2] what is wrong is at every station at once, and goes when it is put right (HZ-11)', async () => {
  const { ward, bed, trouble } = await watched()
  const other = await ward.station('Maria Oja')
  tell(bed, { camera: 'denied' })
  await trouble('camera')
  await other.hear('bed.changed', ({ bed }) => bed.trouble === 'camera')
  tell(bed, { microphone: 'denied' })
  await trouble('microphone')
  tell(bed, { awake: 'lost' })
  await trouble('asleep')
  tell(bed)
  await trouble(undefined)
  bed.say({ type: 'bed.report', report: { ...heard, sound: 'blocked' } })
  await trouble('sound')
  expect(await rowOf(ward, '3')).toMatchObject({ trouble: 'sound', sound: 'blocked' })
})

test('[ALIVE-2] what changes nothing at the board is not told to it', async () => {
  const { nurse, bed, trouble } = await watched()
  tell(bed, { battery: { percent: 15, isCharging: false } })
  await trouble('battery')
  tell(bed, { battery: { percent: 10, isCharging: false } })
  await bed.settled()
  await nurse.settled()
  expect(nurse.heard().filter(({ type }) => type === 'bed.changed')).toEqual([])
})

test('[ALIVE-3] a tablet that ran down is offline with its cause, also after a restart (HZ-11)', async () => {
  const { ward, nurse, bed } = await watched()
  tell(bed, { battery: { percent: 4, isCharging: false } })
  await bed.settled()
  await bed.cut()
  await nurse.hear('bed.changed', ({ bed }) => bed.state.type === 'offline' && bed.trouble === 'battery')
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const beds = (await again.station()).welcome.snapshot?.beds
  expect(beds?.find(({ label }) => label === '3')).toMatchObject({ trouble: 'battery' })
})

test('[ALIVE-4] a clock in 1970 is told', async () => {
  const { bed, trouble } = await watched()
  tell(bed, { clockMs: 0 })
  await trouble('clock')
})

test('[ALIVE-5] a tablet whose network is gone, and nothing was closed, is offline (HZ-11)', async () => {
  const { nurse, bed } = await watched({ quietMs: 100, silentMs: 400, sweepMs: 20 })
  // Nothing is read any more, so no ping is answered, and the socket stays.
  bed.wire.socket.pause()
  await nurse.hear('bed.changed', ({ bed }) => bed.label === '3' && bed.state.type === 'offline')
})

test('[ALIVE-5] a page that hangs is told though its browser answers, until it says something again (HZ-11)', async () => {
  const { bed, trouble } = await watched({ quietMs: 50, silentMs: 5_000, unspokenMs: 300, sweepMs: 20 })
  const { state } = await trouble('silent')
  expect(state.type).toBe('ready')
  await bed.settled()
  await trouble(undefined)
})

test('[ALIVE-6] a tablet that waits for Start is told apart, rung by nobody, and Ready once it is pressed (HZ-11)', async () => {
  const { ward, nurse, bed, trouble } = await watched()
  bed.say({ type: 'bed.report', report: { ...heard, start: 'waits' } })
  expect((await trouble('start')).state.type).toBe('offline')
  expect(await rowOf(ward, '3')).toMatchObject({ start: 'waits', trouble: 'start', offlineSinceMs: null })
  const invited = invitation(bed)
  nurse.say(invited)
  expect((await nurse.hear('call.ended')).reason).toBe('device-unready')
  await bed.settled()
  expect(bed.heard().filter(({ type }) => type.startsWith('call.'))).toEqual([])
  bed.say({ type: 'bed.report', report: heard })
  expect((await trouble(undefined)).state.type).toBe('ready')
})
