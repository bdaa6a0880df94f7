/** Guests: asked by staff who are in a call, once, by a code that the server never learns, and vouched for by who asked. */
import { expect, test } from 'vitest'
import { checkChain } from '../../src/core/proof.ts'
import { guestCodeMs } from '../../src/protocol/guest.ts'
import { examine } from '../../src/server/authority.ts'
import { issueCode } from '../../src/server/codes.ts'
import { guestWaitMs } from '../../src/server/guests.ts'
import { newPasskey } from '../fakes/passkey.ts'
import { register } from './accounts.ts'
import {
  type Client,
  makeKeys,
  openBed,
  openStation,
  post,
  refusalOf,
  signIn,
  type Tablet,
} from './client.ts'
import {
  type Asked,
  ask,
  askGuest,
  guestHello,
  join,
  joinAs,
  makeCode,
  nephew,
  openGuest,
  stationKey,
  vouchFor,
} from './guest.ts'
import { openWard, staffIdOf, talk, type Ward, type WardOptions } from './ward.ts'
import { openWire } from './wire.ts'

/** Nothing is over by itself unless a test says so. */
const never = 1e8

type Table = {
  readonly ward: Ward
  readonly cookie: string
  readonly nurse: Client
  readonly bed: Client & { tablet: Tablet }
  readonly callId: string
}

/** Anna Laine talks with bed 1. */
async function openTable({ limits = {}, ...options }: WardOptions = {}): Promise<Table> {
  const ward = await openWard({ ...options, limits: { sweepMs: never, ...limits } })
  const cookie = await ward.signIn('Anna Laine')
  const [nurse, bed] = [await openStation(ward.origin, cookie, { tabId: 'tab' }), await ward.bed('1')]
  const { callId } = await talk(nurse, bed)
  return { ward, cookie, nurse, bed, callId }
}

/** And has asked her patient's nephew, whose page is there. */
async function openWaiting(options: WardOptions = {}, sealed?: string) {
  const table = await openTable(options)
  const { ward, cookie, nurse, callId } = table
  const station = await stationKey(ward, cookie)
  const invited = await join(ward, await askGuest(ward, cookie, callId), sealed)
  const guest = await openGuest(ward.origin, invited)
  const waiting = await nurse.hear('guest.waiting')
  return { ...table, station, invited, guest, waiting }
}

async function openAdmitted(options: WardOptions = {}) {
  const all = await openWaiting(options)
  all.nurse.say(await vouchFor(all.station, all.invited, all.waiting))
  const admitted = await all.guest.hear('guest.admitted')
  /** The patient, and then the nurse. */
  async function leaveAll(): Promise<void> {
    const { nurse, bed, callId } = all
    const { call } = await nurse.hear('call.changed', ({ call }) => call.peer.type === 'guest')
    bed.say({ type: 'call.end', callId, reason: 'hung-up' })
    await bed.settled()
    nurse.say({ type: 'call.end', callId: call.callId, reason: 'hung-up' })
  }
  return { ...all, admitted, leaveAll }
}

async function acts({ store }: Ward): Promise<unknown[]> {
  const rows = await store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  return rows
    .map(({ text }) => JSON.parse(text).act)
    .filter(({ action }) => action.startsWith('guest-'))
    .map(({ action, outcome, agent, detail }) => [action, outcome, agent.type, detail])
}

async function rowOf({ store }: Ward, { guestId }: Pick<Asked, 'guestId'>) {
  return await store.db
    .selectFrom('guests')
    .selectAll()
    .where('guest_id', '=', guestId)
    .executeTakeFirstOrThrow()
}

const unknown = { status: 404, body: { refusal: 'unknown-code' } }
const used = { status: 410, body: { refusal: 'used-code' } }

test('[GUEST-1] staff ask somebody to their call, whose page is let in by the station that asked, to the call it is of', async () => {
  const { ward, nurse, guest, invited, waiting, admitted, callId } = await openAdmitted()
  expect(waiting).toMatchObject({ guest: { ...nephew, type: 'guest' }, tableId: callId })
  const root = new URLSearchParams(new URL(ward.bedLink('1')).hash.slice(1)).get('root') ?? ''
  expect(checkChain(examine(admitted.chain), root, Date.now())).toMatchObject({
    ok: true,
    value: { kind: 'guest', label: nephew.name, guestId: invited.guestId, tableId: callId },
  })
  const { call } = await guest.hear('call.changed', ({ call }) => call.peer.type === 'staff')
  expect(call).toMatchObject({
    phase: 'accepted',
    part: 'callee',
    table: { tableId: callId, joins: 'callee' },
  })
  const { call: atNurse } = await nurse.hear('call.changed', ({ call }) => call.peer.type === 'guest')
  expect(atNurse.peer).toEqual({ type: 'guest', guestId: invited.guestId, ...nephew })
  expect(await acts(ward)).toEqual([
    ['guest-invited', 'done', 'staff', 'family'],
    ['guest-came', 'done', 'guest', null],
    ['guest-vouched', 'done', 'staff', null],
  ])
})

test('[GUEST-1] before anything is used up a code says who asks to what, and nothing of the patient', async () => {
  const { ward, cookie, callId, nurse } = await openTable()
  const { codeId, guestId } = await askGuest(ward, cookie, callId)
  for (const _ of ['once', 'and again']) {
    const answer = await post(ward.origin, '/api/join/look', { codeId })
    expect(await answer.json()).toEqual({
      guest: { type: 'guest', guestId, ...nephew },
      by: nurse.welcome.me,
      ward: 'Ward 4B',
    })
  }
})

test('[GUEST-2] a guest sees no bed, no patient and no call but their own', async () => {
  const { guest, invited } = await openAdmitted()
  expect(guest.welcome).toMatchObject({
    me: { type: 'guest', guestId: invited.guestId, ...nephew },
    access: { type: 'none' },
    stay: null,
    wishes: null,
    carers: [],
    chain: null,
    snapshot: { beds: [], calls: [] },
  })
  await guest.settled()
  const types = guest.heard().map(({ type }) => type)
  expect(types.filter((type) => !/^(call\.changed|call\.relays)$/.test(type))).toEqual([])
})

test('[GUEST-3] a guest is asked only to a call that one is in, from the screen that is in it', async () => {
  const { ward, cookie, nurse, callId } = await openTable()
  const { codeId } = await makeCode()
  const notFound = { status: 404, body: { refusal: 'not-found' } }
  const other = await ward.signIn('Ben Okafor')
  expect(await refusalOf(await ask(ward, other, { tableId: callId, codeId }))).toEqual(notFound)
  const code = await issueCode(ward.store, 'sign-in', staffIdOf(nurse), Date.now())
  const elsewhere = await signIn(ward.origin, `${ward.origin}/station#signin=${code}`)
  expect(await refusalOf(await ask(ward, elsewhere, { tableId: callId, codeId }))).toEqual(notFound)
  expect(await refusalOf(await ask(ward, cookie, { tableId: 'another', codeId }))).toEqual(notFound)
  expect(await refusalOf(await ask(ward, '', { tableId: callId, codeId }))).toMatchObject({ status: 401 })
  expect(await acts(ward)).toEqual([])
})

test('[GUEST-3] a ring that nobody has answered is no table', async () => {
  const ward = await openWard({ limits: { sweepMs: never } })
  const cookie = await ward.signIn('Anna Laine')
  const [nurse, bed] = [await openStation(ward.origin, cookie), await ward.bed('1')]
  const callId = 'ringing-call'
  nurse.say({
    type: 'call.invite',
    callId,
    to: { type: 'bed', bedId: bed.tablet.bedId },
    mode: 'ring',
    stay: bed.welcome.stay?.epoch ?? null,
    expiresAtMs: Date.now() + 5_000,
  })
  await bed.hear('call.changed')
  const { codeId } = await makeCode()
  expect(await refusalOf(await ask(ward, cookie, { tableId: callId, codeId }))).toMatchObject({ status: 404 })
})

test('[GUEST-3] few codes of one table are open at a time; one that came makes room', async () => {
  const { ward, cookie, callId } = await openTable()
  const first = await askGuest(ward, cookie, callId)
  for (const _ of ['second', 'third']) await askGuest(ward, cookie, callId)
  const { codeId } = await makeCode()
  expect(await refusalOf(await ask(ward, cookie, { tableId: callId, codeId }))).toMatchObject({ status: 429 })
  await join(ward, first)
  const known = { tableId: callId, codeId: first.codeId }
  expect(await refusalOf(await ask(ward, cookie, known))).toMatchObject({ status: 409 })
  expect((await ask(ward, cookie, { tableId: callId, codeId })).status).toBe(200)
})

test('[GUEST-4] a code is good once: for another key it is used up, for the same one its lost answer is said again', async () => {
  const { ward, cookie, callId } = await openTable()
  const asked = await askGuest(ward, cookie, callId)
  const [mine, thiefs] = [await makeKeys(), await makeKeys()]
  const answer = await (await joinAs(ward, asked, mine)).json()
  expect(await (await joinAs(ward, asked, mine)).json()).toEqual(answer)
  expect(await refusalOf(await joinAs(ward, asked, thiefs))).toEqual(used)
  expect(await refusalOf(await post(ward.origin, '/api/join/look', asked.codeId))).toMatchObject({
    status: 400,
  })
  expect(await refusalOf(await post(ward.origin, '/api/join/look', { codeId: asked.codeId }))).toEqual(used)
  expect(await acts(ward)).toHaveLength(2)
})

test('[GUEST-4] of two who redeem at once one has it', async () => {
  const { ward, cookie, callId } = await openTable()
  const asked = await askGuest(ward, cookie, callId)
  const keys = await Promise.all([makeKeys(), makeKeys(), makeKeys()])
  const answers = await Promise.all(keys.map((one) => joinAs(ward, asked, one)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410])
})

test('[GUEST-4] a code that is unknown, expired or of a table that is over is none, and too many tries must wait', async () => {
  let nowMs = Date.now()
  const { ward, cookie, callId, nurse, bed } = await openTable({ now: () => nowMs })
  const keys = await makeKeys()
  expect(await refusalOf(await joinAs(ward, await makeCode(), keys))).toEqual(unknown)
  const late = await askGuest(ward, cookie, callId)
  nowMs += guestCodeMs
  expect(await refusalOf(await joinAs(ward, late, keys))).toEqual(unknown)
  const asked = await askGuest(ward, cookie, callId)
  nurse.say({ type: 'call.end', callId, reason: 'hung-up' })
  await bed.hear('call.ended')
  expect(await refusalOf(await joinAs(ward, asked, keys))).toEqual(unknown)
  expect(await refusalOf(await post(ward.origin, '/api/join/look', { codeId: asked.codeId }))).toEqual(
    unknown,
  )
  for (let tries = 0; tries < 7; tries += 1) await joinAs(ward, await makeCode(), keys)
  expect(await refusalOf(await joinAs(ward, await makeCode(), keys))).toMatchObject({ status: 429 })
})

test('[GUEST-4] what is no key of a browser binds nobody', async () => {
  const { ward, cookie, callId } = await openTable()
  const asked = await askGuest(ward, cookie, callId)
  const answer = await joinAs(ward, asked, { ...(await makeKeys()), publicKey: 'A'.repeat(122) })
  expect(await refusalOf(answer)).toEqual({ status: 400, body: { refusal: 'bad-request' } })
  expect((await rowOf(ward, asked)).used_ms).toBeNull()
})

test('[GUEST-5] neither the code nor its secret is stored or told', async () => {
  const { ward, cookie, callId } = await openTable()
  const code = await makeCode()
  const answer = await ask(ward, cookie, { tableId: callId, codeId: code.codeId })
  const { guestId } = await answer.json()
  await joinAs(ward, code, await makeKeys())
  const stored = JSON.stringify([await rowOf(ward, { guestId }), await acts(ward)])
  for (const secret of [code.code, code.secret, code.codeId]) expect(stored).not.toContain(secret)
})

test('[GUEST-6] only who holds the bound key comes in, and only while there is a code that was used', async () => {
  const { ward, cookie, callId } = await openTable()
  const asked = await askGuest(ward, cookie, callId)
  const { keys } = await makeKeys()
  const turnedAway = async (guestId: string, key = keys) => {
    const wire = openWire(ward.origin)
    wire.send(JSON.stringify(await guestHello(ward.origin, { guestId, keys: key }, await wire.nonce())))
    return (await wire.closed).code
  }
  expect(await turnedAway(asked.guestId), 'nobody came').toBe(4401)
  await join(ward, asked)
  expect(await turnedAway(asked.guestId), 'another key').toBe(4401)
  expect(await turnedAway('nobody')).toBe(4401)
})

test('[GUEST-6] a hello that was signed for another challenge is not believed', async () => {
  const { ward, cookie, callId } = await openTable()
  const invited = await join(ward, await askGuest(ward, cookie, callId))
  const wire = openWire(ward.origin)
  await wire.nonce()
  wire.send(JSON.stringify(await guestHello(ward.origin, invited, 'another')))
  expect((await wire.closed).code).toBe(4401)
})

test('[GUEST-7] the screen that made the code is asked, and no other of that person’s', async () => {
  const { ward, cookie, nurse, callId } = await openTable()
  const second = await openStation(ward.origin, cookie)
  const invited = await join(ward, await askGuest(ward, cookie, callId))
  await nurse.settled()
  expect(
    nurse.heard().map(({ type }) => type),
    'nobody waits before the page is there',
  ).not.toContain('guest.waiting')
  await openGuest(ward.origin, invited)
  await nurse.hear('guest.waiting')
  await second.settled()
  expect(second.heard().map(({ type }) => type)).not.toContain('guest.waiting')
})

test('[GUEST-7] a station that was reloaded is asked again, and a guest who was is asked for again', async () => {
  const { ward, cookie, station, invited, waiting, callId } = await openWaiting()
  const claims = [{ callId, epoch: 1 }]
  const back = await openStation(ward.origin, cookie, { tabId: 'tab', claims })
  expect(await back.hear('guest.waiting')).toEqual(waiting)
  const again = await openGuest(ward.origin, invited)
  expect(await back.hear('guest.waiting')).toEqual(waiting)
  back.say(await vouchFor(station, invited, waiting))
  await again.hear('guest.admitted')
})

test('[GUEST-8] a seal that is not true is refused by the station: the guest is told, sent away, and it is on record', async () => {
  const { ward, nurse, guest, invited, waiting } = await openWaiting({}, 'B'.repeat(43))
  expect(waiting.seal).toBe('B'.repeat(43))
  nurse.say({ type: 'guest.refuse', guestId: invited.guestId })
  await guest.hear('guest.refused')
  expect((await guest.closed).code).toBe(4401)
  const wire = openWire(ward.origin)
  wire.send(JSON.stringify(await guestHello(ward.origin, invited, await wire.nonce())))
  expect((await wire.closed).code).toBe(4401)
  expect((await acts(ward)).at(-1)).toEqual(['guest-vouched', 'refused', 'staff', 'not-believed'])
})

test('[GUEST-8] nobody else speaks for a guest', async () => {
  const { ward, guest, station, invited, waiting } = await openWaiting()
  const other = await ward.station('Ben Okafor')
  other.say(await vouchFor(station, invited, waiting))
  other.say({ type: 'guest.refuse', guestId: invited.guestId })
  await other.settled()
  await guest.settled()
  expect(guest.heard()).toEqual([])
  expect(await acts(ward)).toHaveLength(2)
})

test.each([
  ['key', async () => ({ publicKey: (await makeKeys()).publicKey })],
  ['name', async () => ({ label: 'Somebody Else' })],
  ['table', async () => ({ tableId: 'another' })],
  ['guest', async () => ({ guestId: 'another' })],
  ['organisation', async () => ({ organisation: 'Another hospital' })],
  ['day', async () => ({ notAfterMs: Date.now() + 24 * 60 * 60_000 })],
])('[GUEST-8] a certificate of another %s lets nobody in', async (_what, change) => {
  const { ward, nurse, guest, station, invited, waiting } = await openWaiting()
  nurse.say(await vouchFor(station, invited, waiting, await change()))
  await guest.hear('guest.refused')
  expect((await guest.closed).code).toBe(4401)
  expect((await acts(ward)).at(-1)).toEqual(['guest-vouched', 'refused', 'staff', 'wrong-certificate'])
})

test('[GUEST-8] a key that no administrator signed lets nobody in', async () => {
  const { nurse, guest, station, invited, waiting } = await openWaiting()
  nurse.say(await vouchFor({ ...station, ...(await makeKeys()) }, invited, waiting))
  await guest.hear('guest.refused')
})

test('[GUEST-9] after a reload a guest is admitted with the same certificate', async () => {
  const { ward, guest, invited, admitted } = await openAdmitted()
  await guest.cut()
  const again = await openGuest(ward.origin, invited)
  expect(await again.hear('guest.admitted')).toEqual(admitted)
})

test('[GUEST-9] whoever was vouched for while their page was away is admitted when it is back', async () => {
  const { ward, nurse, guest, station, invited, waiting } = await openWaiting()
  await guest.cut()
  nurse.say(await vouchFor(station, invited, waiting))
  await nurse.settled()
  const again = await openGuest(ward.origin, invited)
  await again.hear('guest.admitted')
  await nurse.hear('call.changed', ({ call }) => call.peer.type === 'guest')
})

test('[GUEST-9] a restart of the server loses nobody: who waits is asked for again, who is in is admitted again', async () => {
  const { ward, cookie, bed, station, invited, waiting, callId } = await openWaiting()
  const restart = async ({ data, close }: Pick<Ward, 'data' | 'close'>) => {
    await close()
    return await openWard({ dataFolder: data, limits: { sweepMs: never } })
  }
  const comeBack = async ({ origin }: Ward) => {
    const claims = [{ callId, epoch: 1 }]
    await openBed(origin, bed.tablet, { claims })
    return await openStation(origin, cookie, { tabId: 'tab', claims })
  }
  const second = await restart(ward)
  const nurse = await comeBack(second)
  const guest = await openGuest(second.origin, invited)
  expect(await nurse.hear('guest.waiting')).toEqual(waiting)
  nurse.say(await vouchFor(station, invited, waiting))
  const admitted = await guest.hear('guest.admitted')
  await guest.settled()
  const third = await restart(second)
  await comeBack(third)
  expect(await (await openGuest(third.origin, invited)).hear('guest.admitted')).toEqual(admitted)
})

test('[GUEST-10] when the table is over the guest is sent away, and of them only who they were is kept', async () => {
  const { ward, nurse, guest, invited, callId, leaveAll } = await openAdmitted({ limits: { sweepMs: 20 } })
  await leaveAll()
  expect((await guest.closed).code).toBe(4401)
  const row = await rowOf(ward, invited)
  const { guest_id, name, kind, table_id, invited_by, expires_ms, used_ms, seated_ms, ended_ms, ...gone } =
    row
  expect([guest_id, name, kind, table_id]).toEqual([invited.guestId, nephew.name, nephew.kind, callId])
  expect(invited_by).toBe(staffIdOf(nurse))
  expect([expires_ms, used_ms, seated_ms, ended_ms]).not.toContain(null)
  expect(Object.values(gone).every((value) => value === null)).toBe(true)
})

test('[GUEST-10] a guest who hangs up is done: their key opens nothing any more', async () => {
  const { ward, guest, invited } = await openAdmitted({ limits: { sweepMs: 20 } })
  const { call } = await guest.hear('call.changed', ({ call }) => call.peer.type === 'staff')
  guest.say({ type: 'call.end', callId: call.callId, reason: 'hung-up' })
  expect((await guest.closed).code).toBe(4401)
  const wire = openWire(ward.origin)
  wire.send(JSON.stringify(await guestHello(ward.origin, invited, await wire.nonce())))
  expect((await wire.closed).code).toBe(4401)
})

test('[GUEST-10] a code that nobody used is forgotten when its time is over', async () => {
  let nowMs = Date.now()
  const { ward, cookie, callId } = await openTable({ now: () => nowMs, limits: { sweepMs: 20 } })
  const asked = await askGuest(ward, cookie, callId)
  nowMs += guestCodeMs
  await expect.poll(async () => (await rowOf(ward, asked)).ended_ms).not.toBeNull()
  expect((await rowOf(ward, asked)).code_hash).toBeNull()
})

test('[GUEST-10] nobody waits for ever: for a nurse who has left, or a screen that says nothing', async () => {
  let nowMs = Date.now()
  const { ward, guest } = await openWaiting({ now: () => nowMs, limits: { sweepMs: 20 } })
  nowMs += guestWaitMs
  await guest.hear('guest.refused')
  expect((await acts(ward)).at(-1)).toEqual(['guest-vouched', 'refused', 'server', 'no-answer'])
  const other = await openWaiting({ limits: { sweepMs: 20 } })
  other.nurse.say({ type: 'call.end', callId: other.callId, reason: 'hung-up' })
  await other.guest.hear('guest.refused')
  expect((await acts(other.ward)).at(-1)).toEqual(['guest-vouched', 'refused', 'server', 'left'])
})

test('[GUEST-11] the audit names guests as staff typed them, also when they are gone', async () => {
  const { ward, guest, leaveAll } = await openAdmitted({ limits: { sweepMs: 20 } })
  await leaveAll()
  await guest.closed
  const cookie = await ward.signIn('Oskar Berg')
  const answer = await fetch(`${ward.origin}/api/audit?action=guest-vouched`, {
    headers: { cookie, 'x-bedside': '1' },
  })
  expect((await answer.json()).lines).toMatchObject([
    { who: 'Anna Laine', peer: nephew.name, entity: { type: 'guest', name: nephew.name } },
  ])
})

test('[GUEST-12] a locked station still lets in whom its nurse asked before', async () => {
  const { ward, cookie, guest, nurse, station, invited, waiting } = await openWaiting()
  await register(ward.origin, cookie, newPasskey(ward.origin))
  expect((await post(ward.origin, '/api/lock', {}, { cookie })).status).toBe(200)
  await nurse.hear('lock.changed')
  nurse.say(await vouchFor(station, invited, waiting))
  await guest.hear('guest.admitted')
})
