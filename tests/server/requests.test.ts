/** Patients' requests over real sockets: never said to be heard before they are, kept, and told to whom they concern. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { standardTimings } from '../../src/core/timings.ts'
import type { ComingIn, RequestReason, RequestState, RequestView } from '../../src/protocol/request.ts'
import { newPasskey } from '../fakes/passkey.ts'
import { register } from './accounts.ts'
import { type Client, openBed, openStation, post } from './client.ts'
import { openWard, type WardOptions } from './ward.ts'

const { askMs, unseenMs, wardMs, comeNowMs } = standardTimings

/** A ward whose clock goes on by itself and can be set ahead; time passes with the next thing that is said. */
async function openClocked(options: WardOptions = {}) {
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const ward = await openWard({ now, ...options })
  return {
    ...ward,
    now,
    async pass(ms: number, witness: Client): Promise<void> {
      aheadMs += ms
      witness.say({ type: 'request.silent' })
      await witness.settled()
    },
  }
}

function make(bed: Client, reason: RequestReason = 'water', atMs = Date.now()): string {
  const requestId = randomUUID()
  const stay = bed.welcome.stay?.epoch ?? 0
  bed.say({ type: 'request.make', requestId, reason, stay, expiresAtMs: atMs + askMs })
  return requestId
}

/** The next news of it in this state. */
async function until(client: Client, type: RequestState['type']): Promise<RequestView> {
  return (await client.hear('request.changed', ({ request }) => request.state.type === type)).request
}

async function made(bed: Client, station: Client, reason: RequestReason = 'water', atMs = Date.now()) {
  const requestId = make(bed, reason, atMs)
  await until(station, 'reaching')
  station.say({ type: 'request.sounds', requestId })
  await until(bed, 'sent')
  return requestId
}

test('[ASK-1] a request is told to stations and is sent when one of them sounds (HZ-4)', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const requestId = make(bed, 'pain')
  expect(await until(nurse, 'reaching')).toMatchObject({
    requestId,
    label: '1',
    reason: 'pain',
    alarm: 'first',
  })
  expect(await until(bed, 'reaching')).toMatchObject({ requestId })
  await bed.settled()
  expect(bed.heard(), 'not sent yet').toEqual([])
  nurse.say({ type: 'request.sounds', requestId })
  expect(await until(bed, 'sent')).toMatchObject({ requestId })
})

test('[ASK-1] nobody is signed in: within 5 s it has ended as unheard (HZ-4)', async () => {
  const ward = await openWard({ timeScale: 0.05 })
  const bed = await ward.bed('1')
  make(bed)
  expect(await until(bed, 'ended')).toMatchObject({ state: { how: 'unheard' } })
})

test('[ASK-1] a station that shows it and does not sound counts for nothing (HZ-4)', async () => {
  const ward = await openWard({ timeScale: 0.1 })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  make(bed)
  await until(nurse, 'reaching')
  expect(await until(bed, 'ended')).toMatchObject({ state: { how: 'unheard' } })
  expect(await until(nurse, 'ended')).toMatchObject({ state: { how: 'unheard' } })
})

test('[ASK-2] one that arrives after its time is refused and told to no station (HZ-4)', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const requestId = make(bed, 'water', Date.now() - askMs - 1)
  expect(await bed.hear('request.refused')).toMatchObject({ requestId, why: 'late' })
  await nurse.settled()
  expect(nurse.heard().filter(({ type }) => type === 'request.changed')).toEqual([])
})

test('[ASK-3] ten taps make one request', async () => {
  const ward = await openWard()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const ids = Array.from({ length: 10 }, () => make(bed))
  await bed.settled()
  await nurse.settled()
  const told = nurse.heard().flatMap((said) => (said.type === 'request.changed' ? said.request : []))
  expect(new Set(told.map(({ requestId }) => requestId))).toEqual(new Set([ids[0]]))
  expect(bed.heard().filter(({ type }) => type === 'request.refused')).toHaveLength(9)
})

test('[ASK-4] the station that sounded is gone: the patient is told, until another sounds (HZ-4)', async () => {
  const ward = await openWard({ timeScale: 0.1 })
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const requestId = await made(bed, nurse)
  await nurse.cut()
  await until(bed, 'unheard')
  const other = await ward.station('Ben Okafor')
  const { requests } = await other.hear('request.list')
  expect(requests).toMatchObject([{ requestId, alarm: 'first', state: { type: 'unheard' } }])
  other.say({ type: 'request.sounds', requestId })
  await until(bed, 'sent')
})

test('[ASK-5] seen, on the way and here are told by name, to the tablet and every station', async () => {
  const ward = await openWard()
  const [bed, nurse, other] = [await ward.bed('1'), await ward.station(), await ward.station('Ben Okafor')]
  const requestId = await made(bed, nurse)
  nurse.say({ type: 'request.see', requestId })
  for (const screen of [bed, other])
    expect(await until(screen, 'seen')).toMatchObject({ state: { by: 'Anna Laine' }, alarm: 'none' })
  const inMinutes: ComingIn = 5
  other.say({ type: 'request.come', requestId, inMinutes })
  expect(await until(bed, 'coming')).toMatchObject({ state: { by: 'Ben Okafor', inMinutes } })
  bed.say({ type: 'request.here', requestId })
  expect(await until(nurse, 'ended')).toMatchObject({ state: { how: 'here' } })
})

test('[ASK-6] who says *now* and is not there within two minutes is overdue (HZ-4)', async () => {
  const ward = await openClocked()
  const [bed, nurse] = [await ward.bed('1'), await ward.station()]
  const requestId = await made(bed, nurse, 'toilet', ward.now())
  nurse.say({ type: 'request.come', requestId, inMinutes: 0 })
  await until(bed, 'coming')
  await ward.pass(comeNowMs + 1, nurse)
  expect(await until(nurse, 'overdue')).toMatchObject({ alarm: 'again', state: { by: 'Anna Laine' } })
})

test('[ASK-7] no bed ends another bed’s request', async () => {
  const ward = await openWard()
  const [bed, other, nurse] = [await ward.bed('1'), await ward.bed('2'), await ward.station()]
  const requestId = await made(bed, nurse)
  other.say({ type: 'request.take-back', requestId })
  await other.settled()
  await bed.settled()
  expect(
    bed.heard().filter((said) => said.type === 'request.changed' && said.request.state.type === 'ended'),
  ).toEqual([])
  expect(
    other.heard().filter(({ type }) => type === 'request.changed'),
    'and hears of none',
  ).toEqual([])
  bed.say({ type: 'request.take-back', requestId })
  expect(await until(nurse, 'ended')).toMatchObject({ state: { how: 'taken-back' } })
})

test('[ASK-8] a discharge ends what was open, and the next patient’s tablet knows of nothing (HZ-6)', async () => {
  const ward = await openWard()
  const tablet = await ward.enrol('1')
  const bed = await openBed(ward.origin, tablet)
  const nurse = await ward.station()
  await made(bed, nurse)
  const [one] = nurse.welcome.snapshot?.beds ?? []
  const { born, number } = one?.patient ?? { born: '', number: '' }
  const admissionId = one?.stay.admissionId ?? ''
  nurse.say({ type: 'admission.discharge', actId: randomUUID(), admissionId, born, number })
  expect(await until(nurse, 'ended')).toMatchObject({ state: { how: 'stay-over' } })
  await bed.cut()
  const back = await openBed(ward.origin, tablet)
  expect((await back.hear('request.list')).requests).toEqual([])
})

test('[ASK-8] a move takes what is open along to the new bed (HZ-6)', async () => {
  const ward = await openWard()
  const [from, to, nurse] = [await ward.bed('1'), await ward.bed('2'), await ward.station()]
  const requestId = await made(from, nurse)
  const [one, two] = nurse.welcome.snapshot?.beds ?? []
  const { born, number } = two?.patient ?? { born: '', number: '' }
  const admissionId = two?.stay.admissionId ?? ''
  nurse.say({ type: 'admission.discharge', actId: randomUUID(), admissionId, born, number })
  const bedId = two?.bedId ?? ''
  nurse.say({ type: 'admission.move', actId: randomUUID(), admissionId: one?.stay.admissionId ?? '', bedId })
  const { stay } = await to.hear('stay.changed', ({ stay }) => stay.admissionId !== null)
  expect(await until(to, 'sent')).toMatchObject({ requestId, label: '2', stay: stay.epoch })
  to.say({ type: 'request.here', requestId })
  expect(await until(nurse, 'ended')).toMatchObject({ label: '2', state: { how: 'here' } })
})

test('[ASK-9] unseen for 2 min it alerts again, for 5 min the ward (HZ-4)', async () => {
  const ward = await openClocked()
  const [bed, nurse, ben] = [await ward.bed('1'), await ward.station(), await ward.station('Ben Okafor')]
  const requestId = await made(bed, nurse, 'pain', ward.now())
  ben.say({ type: 'request.sounds', requestId })
  await ben.settled()
  await ward.pass(unseenMs + 1, nurse)
  expect(
    (await nurse.hear('request.changed', ({ request }) => request.alarm === 'again')).request,
  ).toBeTruthy()
  await ward.pass(wardMs - unseenMs, nurse)
  expect(
    (await ben.hear('request.changed', ({ request }) => request.alarm === 'ward')).request,
  ).toMatchObject({
    requestId,
  })
})

test('[ASK-10] what is open outlives a restart, with its time; nobody is said to hear until one does (HZ-4)', async () => {
  const first = await openClocked()
  const tablet = await first.enrol('1')
  const bed = await openBed(first.origin, tablet)
  const cookie = await first.signIn('Anna Laine')
  const nurse = await openStation(first.origin, cookie)
  const requestId = await made(bed, nurse, 'question', first.now())
  await first.close()
  const later = Date.now() + unseenMs + 1_000
  const ward = await openWard({ dataFolder: first.data, now: () => later })
  const back = await openStation(ward.origin, cookie)
  expect((await back.hear('request.list')).requests).toMatchObject([{ requestId, alarm: 'again' }])
  const rows = await ward.store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  const acts = rows.map(({ text }) => JSON.parse(text).act)
  const mine = acts.filter(({ entity }) => entity?.id === requestId)
  expect(mine.map(({ action, detail }) => [action, detail])).toEqual([
    ['request-made', 'question'],
    ['request-heard', null],
    ['request-alerted', 'again'],
  ])
  expect(mine[0]).toMatchObject({ agent: { type: 'bed' }, patient: bed.welcome.stay?.admissionId })
})

test('[ASK-10] killed between making and hearing: it is not sent when the server is back too late', async () => {
  const first = await openWard()
  const tablet = await first.enrol('1')
  const bed = await openBed(first.origin, tablet)
  make(bed)
  await until(bed, 'reaching')
  await first.close()
  const ward = await openWard({ dataFolder: first.data, now: () => Date.now() + askMs })
  expect((await (await openBed(ward.origin, tablet)).hear('request.list')).requests).toEqual([])
  const row = await ward.store.db.selectFrom('requests').selectAll().executeTakeFirstOrThrow()
  expect(JSON.parse(row.progress)).toEqual({ type: 'ended', how: 'unheard' })
})

test('[ASK-1] a locked station sounds, sees bed and reason and no name, and answers nothing (HZ-4)', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn('Anna Laine')
  await register(ward.origin, cookie, newPasskey(ward.origin))
  const [nurse, ben, bed] = [
    await openStation(ward.origin, cookie),
    await ward.station('Ben Okafor'),
    await ward.bed('3'),
  ]
  await post(ward.origin, '/api/lock', {}, { cookie })
  await nurse.hear('lock.changed')
  const requestId = await made(bed, nurse)
  expect(await until(nurse, 'sent')).toMatchObject({ label: '3', reason: 'water' })
  nurse.say({ type: 'request.see', requestId })
  await nurse.settled()
  ben.say({ type: 'request.see', requestId })
  expect(await until(nurse, 'seen')).toMatchObject({ state: { by: null } })
  expect(await until(bed, 'seen')).toMatchObject({ state: { by: 'Ben Okafor' } })
})
