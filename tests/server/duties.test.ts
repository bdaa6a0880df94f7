/** Duties at a real server: set by an administrator, taken by staff, called by anybody, and asked when nobody answers. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { dutyMs } from '../../src/core/duty.ts'
import { standardTimings } from '../../src/core/timings.ts'
import { colleaguesNow } from '../../src/protocol/duty.ts'
import { pushNote } from '../../src/protocol/push.ts'
import { wardPlan } from '../../src/protocol/ward.ts'
import { openPushService } from '../fakes/push-service.ts'
import { openStation, post, refusalOf } from './client.ts'
import { invitation, offer, openWard, staffIdOf, type Ward, type WardOptions } from './ward.ts'

const { inviteMs, reconnectMs, unseenMs, wardMs } = standardTimings
const [anna, ben, maria, oskar] = ['Anna Laine', 'Ben Okafor', 'Maria Oja', 'Oskar Berg']

/** A shift of duties alone. */
const shiftOf = (dutyIds: readonly string[]) => ({ bedIds: [], dutyIds, languages: [] })

/** A ward whose clock can be set ahead; the demo's duties are there, and nobody has them. */
async function openDuties(options: WardOptions = {}) {
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const ward = await openWard({ now, limits: { sweepMs: 20 }, ...options })
  return {
    ...ward,
    now,
    async pass(ms: number, witness: Person): Promise<void> {
      aheadMs += ms
      await witness.say('/consult/end', { consultId: 'none' })
    },
  }
}

type Person = Awaited<ReturnType<typeof at>>

/** Somebody at a station: what they ask over HTTP, and the socket of their first tab. */
async function at(ward: Ward, name: string) {
  const cookie = await ward.signIn(name)
  const client = await openStation(ward.origin, cookie)
  const said = async (answer: Response) => v.parse(colleaguesNow, await answer.json())
  const say = (path: string, body: unknown) => post(ward.origin, `/api${path}`, body, { cookie })
  const see = async () => await said(await fetch(`${ward.origin}/api/colleagues`, { headers: { cookie } }))
  return {
    client,
    cookie,
    say,
    see,
    tab: () => openStation(ward.origin, cookie),
    staffId: staffIdOf(client),
    async take(...names: string[]): Promise<void> {
      const { duties } = await see()
      const dutyIds = duties.filter((duty) => names.includes(duty.name)).map(({ dutyId }) => dutyId)
      expect((await say('/shift/take', shiftOf(dutyIds))).status).toBe(200)
    },
    async idOf(name: string): Promise<string> {
      return (await see()).duties.find((duty) => duty.name === name)?.dutyId ?? ''
    },
  }
}

async function ringDuty(caller: Person, name: string): Promise<string> {
  const callId = randomUUID()
  const to = { type: 'duty', dutyId: await caller.idOf(name) } as const
  const expiresAtMs = Date.now() + inviteMs
  caller.client.say({ type: 'call.invite', callId, to, mode: 'ring', stay: null, expiresAtMs })
  return callId
}

const neuro = 'Neurosurgeon on call'
const senior = 'Senior neurosurgeon'

async function actsIn({ store }: Ward, start: string): Promise<string[]> {
  const rows = await store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  const acts = rows.map(({ text }) => JSON.parse(text).act)
  return acts
    .filter(({ action }) => action.startsWith(start))
    .map(({ action, detail }) => [action, detail?.split(' ')[0]].filter((part) => part).join(' '))
}

test('[DUTY-2] an administrator adds, renames, orders and removes duties; a circle is refused; it is on record and kept', async () => {
  const ward = await openWard()
  const cookie = await ward.signIn(oskar)
  const say = (path: string, body: unknown) => post(ward.origin, `/api/ward${path}`, body, { cookie })
  const plan = async () => {
    const answer = await fetch(`${ward.origin}/api/ward`, { headers: { cookie } })
    return v.parse(wardPlan, await answer.json()).duties
  }
  const [first, second] = await plan()
  const third = { dutyId: randomUUID(), name: 'Radiologist', nextId: second?.dutyId ?? null }
  expect((await say('/duty', third)).status).toBe(200)
  expect(await refusalOf(await say('/duty', { ...second, nextId: first?.dutyId }))).toMatchObject({
    body: { refusal: 'not-found' },
  })
  expect((await say('/duty', { ...first, name: 'On call' })).status).toBe(200)
  expect((await say('/duty/up', { dutyId: third.dutyId })).status).toBe(200)
  expect((await say('/duty/drop', { dutyId: second?.dutyId })).status).toBe(200)
  expect((await say('/duty/drop', { dutyId: second?.dutyId })).status).toBe(404)
  const kept = [
    { ...first, name: 'On call', nextId: null },
    { ...third, nextId: null },
  ]
  expect(await plan()).toEqual(kept)
  expect(await actsIn(ward, 'ward-changed')).toEqual(Array.from({ length: 4 }, () => 'ward-changed duty'))
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const rows = await again.store.db
    .selectFrom('duties')
    .select(['name', 'next_id'])
    .orderBy('position')
    .execute()
  expect(rows).toEqual([
    { name: 'On call', next_id: null },
    { name: 'Radiologist', next_id: null },
  ])
})

test('[DUTY-1] who takes a duty is named to everybody, and has it no longer than a shift', async () => {
  const ward = await openDuties()
  const [asker, doctor] = [await at(ward, anna), await at(ward, maria)]
  await doctor.take(neuro)
  await asker.client.hear('duty.news')
  const { duties } = await asker.see()
  expect(
    duties.map(({ name, next, holders }) => [name, next, holders.map(({ party }) => party.name)]),
  ).toEqual([
    [neuro, senior, [maria]],
    [senior, null, []],
  ])
  await ward.pass(dutyMs, asker)
  await expect.poll(() => actsIn(ward, 'duty-')).toEqual(['duty-begun', 'duty-ended shift-over'])
  expect(await ward.store.db.selectFrom('on_duty').selectAll().execute()).toEqual([])
})

test('[DUTY-1] whoever goes on with the duties they have is no news to anybody', async () => {
  const ward = await openDuties()
  const [asker, doctor] = [await at(ward, anna), await at(ward, maria)]
  await doctor.take(neuro)
  await doctor.take(neuro)
  await asker.client.settled()
  expect(asker.client.heard().filter(({ type }) => type === 'duty.news')).toHaveLength(1)
})

test('[DUTY-1] an end is on record with whose it was, even of who is here no more, and before it is taken again', async () => {
  const limits = { sweepMs: 3_600_000, recheckMs: 3_600_000 }
  const ward = await openDuties({ limits })
  const [doctor, nurse] = [await at(ward, maria), await at(ward, ben)]
  await doctor.take(neuro)
  await nurse.take(neuro)
  // Another server on the same data.
  await ward.store.db.updateTable('staff').set({ disabled_ms: 1 }).where('name', '=', maria).execute()
  await ward.close()
  const again = await openWard({
    dataFolder: ward.data,
    now: () => ward.now() + dutyMs,
    limits,
  })
  const back = await at(again, ben)
  await back.take(neuro)
  expect(await actsIn(again, 'duty-')).toEqual([
    ...['duty-begun', 'duty-begun', 'duty-ended shift-over', 'duty-ended shift-over', 'duty-begun'],
  ])
  const rows = await again.store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  const acts = rows.map(({ text }) => JSON.parse(text).act)
  const peers = acts.filter(({ detail }) => detail === 'shift-over').map(({ peer }) => peer)
  expect(peers).toEqual([
    { type: 'staff', staffId: doctor.staffId, role: 'doctor' },
    { type: 'staff', staffId: nurse.staffId, role: 'nurse' },
  ])
})

test('[DUTY-1] whoever may have no duty any more has none, on record, and may let go what they have', async () => {
  const ward = await openDuties({ limits: { sweepMs: 20, recheckMs: 50 } })
  const [asker, doctor] = [await at(ward, anna), await at(ward, maria)]
  await doctor.take(neuro)
  const { db } = ward.store
  await db.updateTable('staff').set({ role: 'interpreter' }).where('name', '=', maria).execute()
  const written = ['duty-begun', 'duty-ended not-allowed']
  await expect.poll(() => actsIn(ward, 'duty-'), { timeout: 20_000 }).toEqual(written)
  expect((await asker.see()).duties[0]?.holders).toEqual([])
  expect((await doctor.say('/shift/take', shiftOf([await doctor.idOf(neuro)]))).status).toBe(403)
  expect((await doctor.say('/shift/take', shiftOf([]))).status).toBe(200)
})

test('[DUTY-4] what a person was asked who may be here no more is told to its asker at once', async () => {
  const ward = await openDuties({ limits: { sweepMs: 20, recheckMs: 50 } })
  const [asker, doctor] = [await at(ward, anna), await at(ward, maria)]
  const to = { type: 'staff', staffId: doctor.staffId }
  await asker.say('/consult', { consultId: randomUUID(), to, reason: 'A second opinion' })
  await doctor.take(neuro)
  await ward.store.db.updateTable('staff').set({ disabled_ms: 1 }).where('name', '=', maria).execute()
  const written = ['consult-made', 'consult-alerted last']
  await expect.poll(() => actsIn(ward, 'consult-'), { timeout: 20_000 }).toEqual(written)
  const rows = await ward.store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  const ended = rows.map(({ text }) => JSON.parse(text).act).find(({ action }) => action === 'duty-ended')
  expect(ended).toMatchObject({ peer: { type: 'staff', staffId: doctor.staffId } })
})

test('[DUTY-3] a duty rings at everybody who has it, on each screen; first answer wins, and the others stop', async () => {
  const ward = await openDuties()
  const [asker, nurse, doctor] = [await at(ward, anna), await at(ward, ben), await at(ward, maria)]
  const second = await doctor.tab()
  await nurse.take(neuro)
  await doctor.take(neuro)
  const callId = await ringDuty(asker, neuro)
  for (const screen of [nurse.client, doctor.client, second])
    expect((await screen.hear('call.changed')).call).toMatchObject({ callId, duty: neuro, phase: 'ringing' })
  await asker.client.hear('call.changed', ({ call }) => call.phase === 'ringing')
  // Nothing that is for one of them is told to another: their link is made when somebody has answered.
  asker.client.say(offer(callId, 1, 1))
  await asker.client.settled()
  second.say({ type: 'call.accept', callId })
  nurse.client.say({ type: 'call.accept', callId })
  const { call } = await asker.client.hear('call.changed', ({ call }) => call.phase === 'accepted')
  const [winner, ...losers] =
    call.peer.type === 'staff' && call.peer.name === maria
      ? [second, nurse.client, doctor.client]
      : [nurse.client, second, doctor.client]
  expect(call).toMatchObject({ epoch: 2, duty: neuro })
  const [one, other] =
    call.peer.type === 'staff' && call.peer.name === maria ? [nurse, doctor] : [doctor, nurse]
  expect((await one.see()).taken).toEqual([{ callId, by: call.peer.type === 'staff' && call.peer.name }])
  expect((await other.see()).taken).toEqual([])
  await winner?.hear('call.changed', ({ call }) => call.phase === 'accepted')
  for (const screen of losers)
    expect(await screen.hear('call.ended')).toMatchObject({ callId, reason: 'taken-elsewhere' })
  for (const screen of [nurse.client, doctor.client, second]) {
    await screen.settled()
    expect(screen.heard().filter(({ type }) => type === 'call.signal')).toEqual([])
  }
})

test('[DUTY-3] one who declines leaves it to the others, on record, and over a restart of the server', async () => {
  const ward = await openDuties()
  const [asker, nurse, doctor] = [await at(ward, anna), await at(ward, ben), await at(ward, maria)]
  await nurse.take(neuro)
  await doctor.take(neuro)
  const callId = await ringDuty(asker, neuro)
  await nurse.client.hear('call.changed')
  await doctor.client.hear('call.changed')
  nurse.client.say({ type: 'call.end', callId, reason: 'declined' })
  expect(await nurse.client.hear('call.ended')).toMatchObject({ callId, reason: 'declined', by: 'me' })
  await ward.close()
  const again = await openWard({ dataFolder: ward.data, now: ward.now })
  const back = await openStation(again.origin, doctor.cookie)
  expect(back.welcome.snapshot?.calls).toMatchObject([{ callId, duty: neuro, phase: 'ringing' }])
  const other = await openStation(again.origin, nurse.cookie)
  expect(other.welcome.snapshot?.calls).toEqual([])
  back.say({ type: 'call.accept', callId })
  await back.hear('call.changed', ({ call }) => call.phase === 'accepted')
  expect(await actsIn(again, 'call-')).toEqual(['call-invited duty', 'call-declined duty', 'call-answered'])
})

test('[DUTY-3] nobody on call, and nobody at a screen, is said at once', async () => {
  const ward = await openDuties()
  const [asker, doctor] = [await at(ward, anna), await at(ward, maria)]
  const callId = await ringDuty(asker, senior)
  expect(await asker.client.hear('call.ended')).toMatchObject({ callId, reason: 'device-unready' })
  await doctor.take(neuro)
  await doctor.client.cut()
  const next = await ringDuty(asker, neuro)
  const told = asker.client.hear('call.ended', (said) => said.callId === next)
  expect(await told).toMatchObject({ reason: 'device-unready' })
  expect((await asker.see()).duties[0]?.holders).toMatchObject([{ screens: 0, hasPhone: false }])
})

test('[DUTY-3] who alone has a duty calls nobody by it, and is on record as having called nobody', async () => {
  const ward = await openDuties()
  const asker = await at(ward, anna)
  await asker.take(neuro)
  const callId = await ringDuty(asker, neuro)
  expect(await asker.client.hear('call.ended')).toMatchObject({ callId, reason: 'device-unready' })
  const rows = await ward.store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  const called = rows
    .map(({ text }) => JSON.parse(text).act)
    .filter(({ action }) => action === 'call-invited')
  expect(called).toMatchObject([{ outcome: 'refused', peer: null, entity: { id: callId } }])
})

test('[DUTY-4] [DUTY-5] [HZ-4] what nobody acknowledged calls again, passes on to the next duty, and its asker is told', async () => {
  const ward = await openDuties()
  const [asker, nurse, doctor] = [await at(ward, anna), await at(ward, ben), await at(ward, maria)]
  await nurse.take(neuro)
  await doctor.take(senior)
  const consultId = randomUUID()
  const said = {
    consultId,
    to: { type: 'duty', dutyId: await asker.idOf(neuro) },
    reason: 'A second opinion',
  }
  for (const again of [said, said]) expect((await asker.say('/consult', again)).status).toBe(200)
  await nurse.client.hear('duty.news')
  expect(await nurse.see()).toMatchObject({
    alarm: 'first',
    consults: [{ consultId, by: { name: anna }, mine: 'asked-of-me', state: { type: 'waiting' } }],
  })
  expect((await doctor.see()).consults).toEqual([])
  expect((await asker.see()).consults).toMatchObject([{ mine: 'asked', alarm: 'none', to: neuro, at: neuro }])
  await ward.pass(unseenMs, asker)
  expect((await nurse.see()).alarm).toBe('again')
  await ward.pass(wardMs, asker)
  const passed = await asker.see()
  expect(passed.consults).toMatchObject([{ to: neuro, at: senior }])
  expect((await nurse.see()).consults).toEqual([])
  expect((await doctor.say('/consult/see', { consultId, inMinutes: 15 })).status).toBe(200)
  expect((await asker.see()).consults).toMatchObject([{ state: { type: 'seen', by: { name: maria } } }])
  expect((await doctor.see()).alarm).toBe('none')
  const { callId, ...call } = invitation(asker.client)
  doctor.client.say({ ...call, callId, expiresAtMs: ward.now() + inviteMs })
  await asker.client.hear('call.changed')
  asker.client.say({ type: 'call.accept', callId })
  await doctor.client.hear('call.changed', ({ call }) => call.phase === 'accepted')
  asker.client.say({ type: 'call.end', callId, reason: 'hung-up' })
  await asker.client.settled()
  expect((await asker.see()).consults).toEqual([])
  expect(await actsIn(ward, 'consult-')).toEqual([
    'consult-made',
    'consult-alerted again',
    'consult-passed duty',
    'consult-answered in',
    'consult-ended called',
  ])
  const row = await ward.store.db.selectFrom('consults').selectAll().executeTakeFirstOrThrow()
  expect(row.reason).toBe('')
})

test('[DUTY-6] an answer without a link ends nothing; a call that goes on once its link had its time does', async () => {
  const ward = await openDuties({ timeScale: 0.2 })
  const [asker, doctor] = [await at(ward, anna), await at(ward, maria)]
  const to = { type: 'staff', staffId: doctor.staffId }
  await asker.say('/consult', { consultId: randomUUID(), to, reason: 'A second opinion' })
  const talk = async () => {
    const callId = randomUUID()
    doctor.client.say({ ...invitation(asker.client, callId), expiresAtMs: ward.now() + inviteMs })
    await asker.client.hear('call.changed', ({ call }) => call.callId === callId)
    asker.client.say({ type: 'call.accept', callId })
    await doctor.client.hear(
      'call.changed',
      ({ call }) => call.callId === callId && call.phase === 'accepted',
    )
    return callId
  }
  const ended = async () => (await actsIn(ward, 'consult-ended')).length
  const callId = await talk()
  asker.client.say({ type: 'call.end', callId, reason: 'verification-failed' })
  await doctor.client.hear('call.ended')
  expect(await ended()).toBe(0)
  await talk()
  await expect.poll(ended, { timeout: 20_000 }).toBe(1)
})

test('[DUTY-4] [HZ-4] where nobody has a screen or a telephone whoever asks is told so at once', async () => {
  const ward = await openDuties()
  const [asker, doctor] = [await at(ward, anna), await at(ward, maria)]
  await doctor.take(neuro)
  await ward.pass(reconnectMs, asker)
  const ask = async () => {
    const to = { type: 'duty', dutyId: await asker.idOf(neuro) }
    await asker.say('/consult', { consultId: randomUUID(), to, reason: 'A second opinion' })
    return (await asker.see()).consults.map(({ state }) => state.type)
  }
  expect(await ask()).toEqual(['waiting'])
  await doctor.client.cut()
  await expect.poll(ask, { timeout: 20_000 }).toEqual(['unanswered'])
})

test('[DUTY-4] after a restart of the server what was asked goes on, with what became due meanwhile', async () => {
  const ward = await openDuties()
  const [asker, doctor] = [await at(ward, anna), await at(ward, maria)]
  await doctor.take(senior)
  const to = { type: 'staff', staffId: doctor.staffId }
  await asker.say('/consult', { consultId: randomUUID(), to, reason: 'A second opinion' })
  await ward.close()
  const now = () => ward.now() + unseenMs + wardMs
  const again = await openWard({ dataFolder: ward.data, now })
  const back = await openStation(again.origin, asker.cookie)
  await back.settled()
  const answer = await fetch(`${again.origin}/api/colleagues`, { headers: { cookie: asker.cookie } })
  const { consults } = v.parse(colleaguesNow, await answer.json())
  expect(consults).toMatchObject([{ to: maria, at: maria, state: { type: 'unanswered' } }])
})

test('[DUTY-6] taken back by its asker alone; who is not asked neither sees nor ends it; nobody asks themselves', async () => {
  const ward = await openDuties()
  const [asker, nurse, doctor] = [await at(ward, anna), await at(ward, ben), await at(ward, maria)]
  const consultId = randomUUID()
  const ask = (staffId: string) => ({ consultId, to: { type: 'staff', staffId }, reason: 'A second opinion' })
  expect((await asker.say('/consult', ask(asker.staffId))).status).toBe(404)
  expect((await asker.say('/consult', ask('nobody'))).status).toBe(404)
  await asker.say('/consult', ask(doctor.staffId))
  expect((await nurse.see()).consults).toEqual([])
  await nurse.say('/consult/see', { consultId, inMinutes: 5 })
  await nurse.say('/consult/end', { consultId })
  expect((await asker.see()).consults).toMatchObject([{ state: { type: 'waiting' } }])
  await asker.say('/consult/end', { consultId })
  expect((await doctor.see()).consults).toEqual([])
  // Said again it is made no second time.
  await asker.say('/consult', ask(doctor.staffId))
  expect((await doctor.see()).consults).toEqual([])
})

test('[DUTY-7] [HZ-6] telephones of whoever is asked are told, with nothing of who and why; a locked screen is told how loud to be', async () => {
  const service = await openPushService()
  onTestFinished(async () => void (await service.close()))
  const environment = {
    BEDSIDE_PUSH_CONTACT: 'mailto:it@hospital.example',
    BEDSIDE_PUSH_SERVICES: `fcm.googleapis.com,${service.host}`,
  }
  const ward = await openDuties({ environment })
  const [asker, doctor, nurse] = [await at(ward, anna), await at(ward, maria), await at(ward, ben)]
  for (const [one, path, language] of [
    [doctor, 'maria', 'sv'],
    [nurse, 'ben', 'en'],
  ] as const)
    await one.say('/phone/on', { subscription: service.subscribe(path), language })
  expect((await asker.see()).people.find(({ party }) => party.name === maria)).toMatchObject({
    hasPhone: true,
  })
  await doctor.take(neuro)
  const to = { type: 'duty', dutyId: await asker.idOf(neuro) }
  await asker.say('/consult', { consultId: randomUUID(), to, reason: 'About Eero Salonen' })
  const [told, ...others] = await service.until(1)
  const note = v.parse(pushNote, JSON.parse(told?.text ?? ''))
  expect(note).toMatchObject({ title: 'En kollega ber dig ringa tillbaka' })
  expect(JSON.stringify(note)).not.toMatch(/Eero|Anna|Neuro/)
  expect(others).toEqual([])
  await ward.store.db.updateTable('sign_ins').set({ locked_ms: ward.now() }).execute()
  expect(await doctor.see()).toEqual({
    people: [],
    duties: [],
    consults: [],
    taken: [],
    alarm: 'first',
    shift: null,
  })
})
