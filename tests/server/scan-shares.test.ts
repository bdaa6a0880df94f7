/** What the server writes down of scans that are shown live, and who may say so. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { closeCode } from '../../src/protocol/wire.ts'
import { type Client, openStation } from './client.ts'
import { askGuest, join, nephew, openGuest, stationKey, vouchFor } from './guest.ts'
import { openWard, staffIdOf, talk, temporaryFolder, type Ward } from './ward.ts'

const digest = '5c'.repeat(32)

function share(by: Client, callId: string, over: { shareId?: string; patientNumber?: string } = {}): string {
  const { shareId = randomUUID(), patientNumber = null } = over
  by.say({ type: 'scan.shared', callId, shareId, digest, files: 60, patientNumber })
  return shareId
}

type Act = {
  readonly action: string
  readonly agent: unknown
  readonly patient: string | null
  readonly detail: string | null
}

/** What is written of scans, in order, once everything that these have said is decided. */
async function written({ store: { db } }: Ward, ...clients: readonly Client[]): Promise<Act[]> {
  for (const client of clients) await client.settled()
  const rows = await db.selectFrom('audit').select('text').orderBy('seq').execute()
  return rows.map(({ text }): Act => JSON.parse(text).act).filter(({ action }) => action.startsWith('scan-'))
}

const actions = async (ward: Ward, ...clients: readonly Client[]) =>
  (await written(ward, ...clients)).map(({ action }) => action)

async function talking(ward: Ward) {
  const [ben, bed] = [await ward.station('Ben Okafor'), await ward.bed()]
  return { ben, bed, ...(await talk(ben, bed)) }
}

test('[SHARE-1] what was shown, to whom and for how long is written down, with the patient and nothing of the scan (HZ-9)', async () => {
  let aheadMs = 0
  const ward = await openWard({ now: () => Date.now() + aheadMs })
  const { ben, bed, callId } = await talking(ward)
  const shareId = share(ben, callId)
  await ben.settled()
  bed.say({ type: 'scan.seen', callId, shareId })
  await bed.settled()
  aheadMs = 240_000
  ben.say({ type: 'scan.ended', callId, shareId })
  const acts = await written(ward, ben)
  const patient = bed.welcome.stay?.admissionId ?? ''
  expect(acts).toMatchObject([
    {
      ...{
        action: 'scan-shared',
        agent: { type: 'staff', staffId: staffIdOf(ben), role: 'nurse' },
        patient,
      },
      detail: `60 files, SHA-256 ${digest}`,
    },
    { action: 'scan-seen', agent: { type: 'bed' }, patient },
    { action: 'scan-share-ended', agent: { type: 'staff' }, patient },
  ])
  expect(acts[2]?.detail).toMatch(/^24\d{4} ms, 1 viewers$/)
  bed.say({ type: 'ledger.ask' })
  const { lines } = await bed.hear('ledger.yours')
  expect(lines[0]).toMatchObject({
    how: 'scan',
    who: 'Ben Okafor',
    role: 'nurse',
    cameOut: { type: 'shown' },
  })
})

test('[SHARE-2] said twice it is written once', async () => {
  const ward = await openWard()
  const { ben, bed, callId } = await talking(ward)
  const shareId = share(ben, callId)
  share(ben, callId, { shareId })
  await ben.settled()
  for (let times = 0; times < 2; times += 1) bed.say({ type: 'scan.seen', callId, shareId })
  await bed.settled()
  for (let times = 0; times < 2; times += 1) ben.say({ type: 'scan.ended', callId, shareId })
  bed.say({ type: 'scan.seen', callId, shareId })
  expect(await actions(ward, ben, bed)).toEqual(['scan-shared', 'scan-seen', 'scan-share-ended'])
})

test('[SHARE-3] only whoever is in the call speaks of it; a tablet that says it shows one is sent away (HZ-10)', async () => {
  const ward = await openWard()
  const { ben, bed, callId } = await talking(ward)
  const [anna, other] = [await ward.station(), await ward.bed('2')]
  share(anna, callId)
  const shareId = share(ben, callId)
  await ben.settled()
  other.say({ type: 'scan.seen', callId, shareId })
  anna.say({ type: 'scan.ended', callId, shareId })
  share(ben, 'no-such-call')
  expect(await actions(ward, anna, ben, other)).toEqual(['scan-shared'])
  share(bed, callId)
  expect((await bed.closed).code).toBe(closeCode.forbidden)
})

test('[SHARE-3] a guest who is shown one at the table is written down as themselves, and may show none (HZ-9, HZ-10)', async () => {
  const ward = await openWard({ limits: { sweepMs: 1e8 } })
  const cookie = await ward.signIn('Anna Laine')
  const [nurse, bed] = [await openStation(ward.origin, cookie, { tabId: 'tab' }), await ward.bed('1')]
  const { callId } = await talk(nurse, bed)
  const station = await stationKey(ward, cookie)
  const invited = await join(ward, await askGuest(ward, cookie, callId))
  const guest = await openGuest(ward.origin, invited)
  nurse.say(await vouchFor(station, invited, await nurse.hear('guest.waiting')))
  const { call } = await guest.hear('call.changed', ({ call }) => call.peer.type === 'staff')
  const shareId = share(nurse, callId)
  await nurse.settled()
  guest.say({ type: 'scan.seen', callId: call.callId, shareId })
  expect((await written(ward, guest)).at(-1)).toMatchObject({
    action: 'scan-seen',
    agent: { type: 'guest', guestId: invited.guestId },
  })
  const rows = await ward.store.db.selectFrom('scan_viewers').select('viewer').execute()
  expect(rows.map(({ viewer }) => JSON.parse(viewer))).toMatchObject([{ ...nephew, type: 'guest' }])
  share(guest, call.callId)
  expect((await guest.closed).code).toBe(closeCode.forbidden)
  expect(await actions(ward, nurse)).toEqual(['scan-shared', 'scan-seen'])
})

test('[SHARE-4] the end of the call ends what is shown in it, whoever hangs up', async () => {
  const ward = await openWard()
  const { ben, bed, callId } = await talking(ward)
  share(ben, callId)
  await ben.settled()
  bed.say({ type: 'call.end', callId, reason: 'hung-up' })
  await ben.hear('call.ended')
  const acts = await written(ward, bed)
  expect(acts.at(-1)).toMatchObject({ action: 'scan-share-ended', agent: { type: 'server' } })
})

test('[SHARE-5] of a presenter whose page is gone it ends once every screen that showed it has lost it', async () => {
  const ward = await openWard()
  const { ben, bed, callId } = await talking(ward)
  const shareId = share(ben, callId)
  await ben.settled()
  bed.say({ type: 'scan.seen', callId, shareId })
  bed.say({ type: 'scan.ended', callId, shareId })
  expect(await actions(ward, bed)).toEqual(['scan-shared', 'scan-seen', 'scan-share-ended'])
})

test('[SHARE-6] a restart leaves none open whose call is over, and goes on with the others', async () => {
  const folder = temporaryFolder()
  const ward = await openWard({ dataFolder: folder })
  const { ben, callId } = await talking(ward)
  share(ben, callId)
  await ben.settled()
  await ward.close()
  const again = await openWard({ dataFolder: folder })
  expect(await actions(again), 'its call goes on').toEqual(['scan-shared'])
  await again.store.db.updateTable('calls').set({ ended_ms: 1, reason: 'left', ended_by: 'server' }).execute()
  await again.close()
  expect(await actions(await openWard({ dataFolder: folder }))).toEqual(['scan-shared', 'scan-share-ended'])
})

test('[SHARE-7] between two of staff it belongs to the stay whose number the file names, and to nobody’s otherwise (HZ-1)', async () => {
  const ward = await openWard()
  const [ben, anna] = [await ward.station('Ben Okafor'), await ward.station()]
  const { callId } = await talk(ben, anna)
  const bed = anna.welcome.snapshot?.beds[0]
  const patientNumber = bed?.patient?.number ?? ''
  share(ben, callId, { patientNumber })
  share(ben, callId, { patientNumber: 'unknown here' })
  const acts = await written(ward, ben)
  expect(acts.filter(({ action }) => action === 'scan-shared').map(({ patient }) => patient)).toEqual([
    bed?.stay.admissionId,
    null,
  ])
  expect(
    acts.map(({ action }) => action),
    'the next ends the one before',
  ).toEqual(['scan-shared', 'scan-share-ended', 'scan-shared'])
})

test('[SHARE-8] at a bed a scan of another patient is that patient’s, one of a patient unknown here is nobody’s, and one that names nobody is the bed’s (HZ-1)', async () => {
  const ward = await openWard()
  const { ben, bed, callId } = await talking(ward)
  const beds = ben.welcome.snapshot?.beds ?? []
  const other = beds.find(({ patient, label }) => patient && label === '2')
  const own = bed.welcome.stay?.admissionId
  expect(other?.stay.admissionId).not.toBe(own)
  for (const patientNumber of [other?.patient?.number ?? '', 'unknown here'])
    share(ben, callId, { patientNumber })
  share(ben, callId)
  const acts = await written(ward, ben)
  expect(acts.filter(({ action }) => action === 'scan-shared').map(({ patient }) => patient)).toEqual([
    other?.stay.admissionId,
    null,
    own,
  ])
})

test('[SHARE-9] it goes on while anybody at the table may be looking, and whoever lost it and has it again is written down once', async () => {
  const ward = await openWard()
  const { ben, bed, callId } = await talking(ward)
  const anna = await ward.station()
  const asked = randomUUID()
  ben.say({
    ...{ type: 'call.invite', callId: asked, mode: 'ring', stay: null, tableId: callId },
    ...{ to: { type: 'staff', staffId: staffIdOf(anna) }, expiresAtMs: Date.now() + 5_000 },
  })
  await anna.hear('call.changed', ({ call }) => call.callId === asked)
  anna.say({ type: 'call.accept', callId: asked })
  await ben.hear('call.changed', ({ call }) => call.callId === asked && call.phase === 'accepted')
  const shareId = share(ben, callId)
  await ben.settled()
  // The patient's link is lost before the colleague has it, and comes back.
  bed.say({ type: 'scan.seen', callId, shareId })
  bed.say({ type: 'scan.ended', callId, shareId })
  await bed.settled()
  anna.say({ type: 'scan.seen', callId: asked, shareId })
  await anna.settled()
  bed.say({ type: 'scan.seen', callId, shareId })
  await bed.settled()
  anna.say({ type: 'scan.ended', callId: asked, shareId })
  await anna.settled()
  ben.say({ type: 'scan.ended', callId, shareId })
  const acts = await written(ward, ben)
  expect(acts.map(({ action }) => action)).toEqual([
    ...['scan-shared', 'scan-seen', 'scan-seen'],
    'scan-share-ended',
  ])
  expect(acts[3]).toMatchObject({ agent: { type: 'staff', staffId: staffIdOf(ben) } })
  expect(acts[3]?.detail).toMatch(/2 viewers$/)
})
