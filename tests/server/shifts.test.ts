/** Shifts at a real server: taken, kept, handed over, ended, and what calls again when somebody leaves. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { shiftMs } from '../../src/core/shift.ts'
import { standardTimings } from '../../src/core/timings.ts'
import { colleaguesNow, type ShiftNow } from '../../src/protocol/duty.ts'
import type { RequestState, RequestView } from '../../src/protocol/request.ts'
import { issueCode } from '../../src/server/codes.ts'
import { newPasskey } from '../fakes/passkey.ts'
import { register } from './accounts.ts'
import { type Client, openStation, post, signIn } from './client.ts'
import { bedIdOf, openWard, staffIdOf, type Ward, type WardOptions } from './ward.ts'

const { askMs } = standardTimings
const [anna, ben, maria] = ['Anna Laine', 'Ben Okafor', 'Maria Oja']

/** A ward whose clock can be set ahead. */
async function openShifts(options: WardOptions = {}) {
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const ward = await openWard({ now, limits: { sweepMs: 20, recheckMs: 50 }, ...options })
  return {
    ...ward,
    now,
    pass(ms: number): void {
      aheadMs += ms
    },
  }
}

async function at(ward: Ward, name: string) {
  const person = ward.store.db.selectFrom('staff').select('staff_id').where('name', '=', name)
  const { staff_id } = await person.executeTakeFirstOrThrow()
  const code = await issueCode(ward.store, 'sign-in', staff_id, Date.now())
  const cookie = await signIn(ward.origin, `${ward.origin}/station#signin=${code}`)
  const client = await openStation(ward.origin, cookie)
  const say = (path: string, body: unknown = {}) => post(ward.origin, `/api${path}`, body, { cookie })
  const look = async () => {
    const answer = await fetch(`${ward.origin}/api/colleagues`, { headers: { cookie } })
    return v.parse(colleaguesNow, await answer.json())
  }
  return {
    client,
    cookie,
    say,
    look,
    staffId: staffIdOf(client),
    async shift(): Promise<ShiftNow> {
      const { shift } = await look()
      if (!shift) throw new Error('locked')
      return shift
    },
    async take(
      bedIds: readonly string[],
      dutyIds: readonly string[] = [],
      languages: readonly string[] = [],
    ) {
      expect((await say('/shift/take', { bedIds, dutyIds, languages })).status).toBe(200)
    },
  }
}

async function until(client: Client, type: RequestState['type']): Promise<RequestView> {
  return (await client.hear('request.changed', ({ request }) => request.state.type === type)).request
}

/** Calls again, and is not merely new. */
async function again(client: Client): Promise<RequestView> {
  return (await client.hear('request.changed', ({ request }) => request.alarm === 'again')).request
}

/** One that this nurse has said to have seen. */
async function seenBy(nurse: Client, bed: Client, atMs: number): Promise<string> {
  const requestId = randomUUID()
  const stay = bed.welcome.stay?.epoch ?? 0
  bed.say({ type: 'request.make', requestId, reason: 'pain', stay, expiresAtMs: atMs + askMs })
  await until(nurse, 'reaching')
  nurse.say({ type: 'request.sounds', requestId })
  await until(nurse, 'sent')
  nurse.say({ type: 'request.see', requestId })
  for (const type of ['reaching', 'sent', 'seen'] as const) await until(bed, type)
  return requestId
}

async function actsIn({ store }: Ward, start: string): Promise<string[]> {
  const rows = await store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  const acts = rows.map(({ text }) => JSON.parse(text).act)
  return acts
    .filter(({ action }) => action.startsWith(start))
    .map(({ action, detail }) => `${action} ${detail}`)
}

test('[SHIFT-1] beds, duties and languages are taken by one act, kept over a restart, and end by themselves', async () => {
  const ward = await openShifts()
  const [bed, nurse] = [await ward.bed('1'), await at(ward, anna)]
  const [duty] = (await nurse.look()).duties
  await nurse.take([bedIdOf(bed)], [duty?.dutyId ?? ''], ['so'])
  expect(await bed.hear('care.changed')).toMatchObject({ carers: [{ name: anna }] })
  expect((await nurse.look()).duties[0]?.holders).toMatchObject([{ party: { name: anna } }])
  await ward.close()
  const second = await openShifts({ dataFolder: ward.data })
  const back = await at(second, anna)
  expect(await back.shift()).toMatchObject({ bedIds: [bedIdOf(bed)], languages: ['so'], offered: null })
  expect((await back.shift()).untilMs).toBeGreaterThan(second.now() + shiftMs - 60_000)
  second.pass(shiftMs)
  await expect
    .poll(() => actsIn(second, 'shift-'))
    .toEqual(['shift-begun begun so', 'shift-ended shift-over'])
})

test('[SHIFT-2] what was had last is offered next, and what is not there any more is named', async () => {
  const ward = await openShifts()
  const [bed, nurse, admin] = [await ward.bed('1'), await at(ward, anna), await at(ward, 'Oskar Berg')]
  const [duty] = (await nurse.look()).duties
  await nurse.take([bedIdOf(bed)], [duty?.dutyId ?? ''])
  expect((await nurse.say('/shift/end')).status).toBe(200)
  expect((await admin.say('/ward/duty/drop', { dutyId: duty?.dutyId })).status).toBe(200)
  expect(await nurse.shift()).toMatchObject({
    untilMs: null,
    bedIds: [],
    last: { bedIds: [bedIdOf(bed)], dutyIds: [], gone: [duty?.name] },
  })
})

test('[SHIFT-3] an offer moves nothing; another one takes it back; who says no is named to the giver', async () => {
  const ward = await openShifts()
  const [bed, giver] = [await ward.bed('1'), await at(ward, anna)]
  const [one, other] = [await at(ward, ben), await at(ward, maria)]
  await giver.take([bedIdOf(bed)])
  await bed.hear('care.changed')
  const requestId = await seenBy(giver.client, bed, ward.now())
  await giver.say('/shift/offer', { toId: one.staffId })
  await one.client.hear('duty.news')
  expect((await one.shift()).offers).toMatchObject([{ from: { name: anna }, beds: ['1'], requests: 1 }])
  await giver.say('/shift/offer', { toId: other.staffId })
  expect((await one.say('/shift/answer', { fromId: giver.staffId, answer: 'take' })).status).toBe(409)
  expect((await one.shift()).offers).toEqual([])
  await other.say('/shift/answer', { fromId: giver.staffId, answer: 'no' })
  expect(await giver.shift()).toMatchObject({
    offered: { to: { name: maria }, answer: 'no' },
    bedIds: [bedIdOf(bed)],
  })
  expect((await other.say('/shift/answer', { fromId: giver.staffId, answer: 'take' })).status).toBe(409)
  await bed.settled()
  expect(bed.heard().filter(({ type }) => type === 'care.changed' || type === 'request.changed')).toEqual([])
  expect((await giver.say('/shift/offer', { toId: giver.staffId })).status, 'to oneself').toBe(404)
  expect((await giver.say('/shift/offer', { toId: requestId })).status, 'to nobody').toBe(404)
  expect((await one.say('/shift/offer', { toId: giver.staffId })).status, 'without a shift').toBe(409)
})

test('[SHIFT-4] [HZ-4] one press takes over beds, duties, requests and promises, all by the receiver’s name', async () => {
  const ward = await openShifts()
  const [bed, giver, receiver] = [await ward.bed('1'), await at(ward, anna), await at(ward, ben)]
  const second = await ward.bed('2')
  const asker = await at(ward, maria)
  const [duty] = (await giver.look()).duties
  await receiver.take([bedIdOf(second)], [], ['fi'])
  await giver.take([bedIdOf(bed)], [duty?.dutyId ?? ''], ['so'])
  const consultId = randomUUID()
  await asker.say('/consult', {
    consultId,
    to: { type: 'duty', dutyId: duty?.dutyId },
    reason: 'A second look',
  })
  await giver.say('/consult/see', { consultId, inMinutes: 15 })
  await seenBy(giver.client, bed, ward.now())
  await giver.say('/shift/offer', { toId: receiver.staffId })
  const taken = await receiver.say('/shift/answer', { fromId: giver.staffId, answer: 'take' })
  expect(taken.status).toBe(200)
  expect(await bed.hear('request.changed', ({ request }) => request.state.type === 'seen')).toMatchObject({
    request: { state: { by: ben }, alarm: 'none' },
  })
  await bed.hear('care.changed', ({ carers }) => carers.length === 1 && carers[0]?.name === ben)
  expect(await receiver.shift()).toMatchObject({ bedIds: [bedIdOf(second), bedIdOf(bed)], languages: ['fi'] })
  expect(await giver.shift()).toMatchObject({
    untilMs: null,
    bedIds: [],
    dutyIds: [],
    requests: 0,
    consults: 0,
  })
  expect((await asker.look()).consults).toMatchObject([{ state: { type: 'seen', by: { name: ben } } }])
  expect((await asker.look()).duties[0]?.holders).toMatchObject([{ party: { name: ben } }])
  expect(await actsIn(ward, 'shift-handed')).toEqual([
    'shift-handed-over offered',
    'shift-handed-over taken over',
  ])
  expect(await actsIn(ward, 'request-alerted')).toEqual([])
})

test('[SHIFT-6] [HZ-4] ended without anybody who takes over, what was seen calls again at once', async () => {
  const ward = await openShifts()
  const [bed, giver, other] = [await ward.bed('1'), await at(ward, anna), await at(ward, ben)]
  await giver.take([bedIdOf(bed)])
  await seenBy(giver.client, bed, ward.now())
  await giver.say('/shift/offer', { toId: other.staffId })
  await giver.say('/shift/end')
  expect(await again(other.client)).toMatchObject({ state: { type: 'sent' } })
  expect((await other.shift()).offers).toEqual([])
  await bed.hear('care.changed', ({ carers }) => carers.length === 0)
})

test('[SHIFT-6] [HZ-4] signing out at the last open screen calls again, and the shift goes on; a lock calls nothing', async () => {
  const ward = await openShifts()
  const [bed, giver, other] = [await ward.bed('1'), await at(ward, anna), await at(ward, ben)]
  await register(ward.origin, giver.cookie, newPasskey(ward.origin))
  await giver.take([bedIdOf(bed)])
  const requestId = await seenBy(giver.client, bed, ward.now())
  const second = await at(ward, anna)
  await giver.say('/lock')
  await giver.client.hear('lock.changed')
  await giver.say('/sign-out')
  await giver.client.closed
  await other.client.settled()
  expect(
    other.client
      .heard()
      .filter(({ type }) => type === 'request.changed')
      .at(-1),
  ).toMatchObject({
    request: { requestId, state: { type: 'seen' } },
  })
  await second.say('/sign-out')
  expect(await again(other.client)).toMatchObject({ requestId, state: { type: 'sent' } })
  other.client.say({ type: 'request.sounds', requestId })
  other.client.say({ type: 'request.come', requestId, inMinutes: 5 })
  expect(await until(bed, 'coming')).toMatchObject({ state: { by: ben } })
  expect((await (await at(ward, anna)).shift()).bedIds).toEqual([bedIdOf(bed)])
})

test.each([
  ['is taken away', (ward: Ward) => ward.store.db.deleteFrom('sign_ins').execute()],
  [
    'belongs to nobody any more',
    (ward: Ward) =>
      ward.store.db.updateTable('staff').set({ disabled_ms: 1 }).where('name', '=', anna).execute(),
  ],
  [
    'is one for which nobody may answer requests',
    (ward: Ward) =>
      ward.store.db.updateTable('staff').set({ role: 'interpreter' }).where('name', '=', anna).execute(),
  ],
  ['is over', (ward: Ward) => ward.store.db.updateTable('sign_ins').set({ expires_ms: 1 }).execute()],
] as const)('[SHIFT-6] [HZ-4] what was seen calls again when the sign-in %s', async (_how, endIt) => {
  const ward = await openShifts()
  const [bed, giver] = [await ward.bed('1'), await at(ward, anna)]
  await giver.take([bedIdOf(bed)])
  await seenBy(giver.client, bed, ward.now())
  await endIt(ward)
  expect(await again(bed)).toMatchObject({ state: { type: 'sent' } })
})

test('[SHIFT-6] [HZ-4] a sign-in that ended while the server was stopped leaves nothing taken', async () => {
  const ward = await openShifts()
  const [bed, giver] = [await ward.bed('1'), await at(ward, anna)]
  const requestId = await seenBy(giver.client, bed, ward.now())
  await ward.close()
  const later = () => Date.now() + shiftMs
  const second = await openWard({ dataFolder: ward.data, now: later })
  const other = await at(second, ben)
  expect((await other.client.hear('request.list')).requests).toMatchObject([{ requestId, alarm: 'again' }])
})

test('[SHIFT-7] who says so for their shift is offered as interpreter, and no longer than it lasts', async () => {
  const ward = await openShifts()
  const [asker, speaker] = [await at(ward, anna), await at(ward, maria)]
  await speaker.take([], [], ['rom'])
  const people = async () =>
    await (await fetch(`${ward.origin}/api/table/people`, { headers: { cookie: asker.cookie } })).json()
  expect((await people()).interpreters).toContainEqual(
    expect.objectContaining({ language: 'rom', people: [expect.objectContaining({ isHere: true })] }),
  )
  await speaker.say('/shift/end')
  expect((await people()).interpreters).not.toContainEqual(expect.objectContaining({ language: 'rom' }))
})

test('[SHIFT-8] a tablet hears until when each name is theirs', async () => {
  const ward = await openShifts()
  const [bed, nurse] = [await ward.bed('1'), await at(ward, anna)]
  await nurse.take([bedIdOf(bed)])
  const { carers } = await bed.hear('care.changed')
  expect(carers[0]?.untilMs).toBeGreaterThan(ward.now() + shiftMs - 60_000)
})
