/** Family at a bed: by a link of the stay, at its hours, where the patient answers, and told nothing else. */
import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { checkChain } from '../../src/core/proof.ts'
import { familyLinkMs, familyLookAnswer } from '../../src/protocol/family.ts'
import { mostRelatives } from '../../src/protocol/family-messages.ts'
import { examine } from '../../src/server/authority.ts'
import { makeKeys, openStation, post, refusalOf } from './client.ts'
import { agree, enterAs, type Link, lookBy, maria, newLink, ring, stayAt } from './family.ts'
import { guestHello, openGuest, stationKey } from './guest.ts'
import { openWard, type Ward, type WardOptions } from './ward.ts'
import { openWire } from './wire.ts'

const unknown = { status: 404, body: { refusal: 'unknown-code' } }
const hours = { fromMinute: 0, untilMinute: 1439 }

async function openHome(options: WardOptions = {}) {
  const clock = { aheadMs: 0 }
  const ward = await openWard({ ...options, now: () => Date.now() + clock.aheadMs })
  const cookie = await ward.signIn('Anna Laine')
  const [nurse, bed] = [await openStation(ward.origin, cookie, { tabId: 'tab' }), await ward.bed('1')]
  const [station, admissionId] = [await stationKey(ward, cookie), await stayAt(ward, '1')]
  await agree(nurse, admissionId)
  const asStaff = (path: string, body: unknown) => post(ward.origin, `/api/family/${path}`, body, { cookie })
  async function invite(): Promise<Link> {
    const { link, asked } = await newLink(station, admissionId)
    expect((await asStaff('invite', asked)).status).toBe(200)
    return link
  }
  return { ward, clock, cookie, nurse, bed, station, admissionId, asStaff, invite }
}

async function come(ward: Ward, link: Link) {
  const keys = await makeKeys()
  const answer = await enterAs(ward, link, keys)
  expect(answer.status).toBe(200)
  const page = { guestId: link.guestId, keys: keys.keys }
  return { keys, page, relative: await openGuest(ward.origin, page) }
}

async function atTheirLink(options: WardOptions = {}) {
  const home = await openHome(options)
  const link = await home.invite()
  return { ...home, link, ...(await come(home.ward, link)) }
}

async function acts({ store }: Ward): Promise<unknown[]> {
  const rows = await store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  return rows
    .map(({ text }) => JSON.parse(text).act)
    .filter(({ action }) => action.startsWith('family-'))
    .map(({ action, agent, patient }) => [action, agent.type, patient])
}

async function closedWith(ward: Ward, page: Parameters<typeof guestHello>[1]): Promise<number> {
  const wire = openWire(ward.origin)
  wire.send(JSON.stringify(await guestHello(ward.origin, page, await wire.nonce())))
  return (await wire.closed).code
}

test('[FAMILY-1] a relative rings by their link, the patient sees who it is and answers', async () => {
  const { ward, bed, relative, admissionId } = await atTheirLink()
  const callId = ring(relative)
  const { call } = await bed.hear('call.changed', ({ call }) => call.callId === callId)
  expect(call).toMatchObject({ phase: 'ringing', mode: 'ring', peer: { name: maria, kind: 'relative' } })
  bed.say({ type: 'call.accept', callId })
  const { call: theirs } = await relative.hear('call.changed', ({ call }) => call.phase === 'accepted')
  expect(theirs.peer).toMatchObject({ type: 'bed', label: '1' })
  expect(await acts(ward)).toEqual([
    ['family-invited', 'staff', admissionId],
    ['family-came', 'guest', admissionId],
  ])
})

test('[LIVE-1] in a visit of family nobody shows a scan: a relative who says so is sent away, and nothing is on record (HZ-10)', async () => {
  const { ward, bed, relative } = await atTheirLink()
  const callId = ring(relative)
  await bed.hear('call.changed', ({ call }) => call.callId === callId)
  bed.say({ type: 'call.accept', callId })
  await relative.hear('call.changed', ({ call }) => call.phase === 'accepted')
  const digest = '5c'.repeat(32)
  relative.say({ type: 'scan.shared', callId, shareId: randomUUID(), digest, files: 1, patientNumber: null })
  expect((await relative.closed).code).toBe(4403)
  await bed.settled()
  const shown = await ward.store.db.selectFrom('scan_shares').selectAll().execute()
  expect(shown).toEqual([])
})

test('[FAMILY-1] the patient’s own list says who rang', async () => {
  const { bed, relative } = await atTheirLink()
  const callId = ring(relative)
  await bed.hear('call.changed', ({ call }) => call.callId === callId)
  bed.say({ type: 'call.end', callId, reason: 'declined' })
  bed.say({ type: 'ledger.ask' })
  const { lines } = await bed.hear('ledger.yours')
  expect(lines[0]).toMatchObject({ who: maria, how: 'rang', cameOut: { type: 'ended', reason: 'declined' } })
})

test('[FAMILY-1] outside the hours nothing rings at the bed, whatever a page says', async () => {
  const { bed, nurse, relative, admissionId } = await atTheirLink()
  await agree(nurse, admissionId, { visits: null })
  const callId = ring(relative)
  await relative.hear('call.ended', (ended) => ended.callId === callId)
  await bed.settled()
  expect(bed.heard().filter(({ type }) => type === 'call.changed')).toEqual([])
})

test.each(['knock', 'ring'] as const)('[FAMILY-1] to a bed that is named they may not %s', async (mode) => {
  const { ward, relative } = await atTheirLink()
  const bedId = [...(await ward.store.db.selectFrom('beds').select('bed_id').execute())][0]?.bed_id ?? ''
  const to = { type: 'bed', bedId } as const
  relative.say({
    type: 'call.invite',
    callId: randomUUID(),
    to,
    mode,
    stay: 1,
    expiresAtMs: Date.now() + 60_000,
  })
  expect((await relative.closed).code).toBe(4403)
})

test('[FAMILY-3] in privacy, in another call and after Not now a relative is told the same: nobody answered', async () => {
  const { ward, cookie, bed, relative } = await atTheirLink()
  const told = async (callId: string) => {
    const { reason } = await relative.hear('call.ended', (ended) => ended.callId === callId)
    return reason
  }
  const declined = ring(relative)
  await bed.hear('call.changed', ({ call }) => call.callId === declined)
  bed.say({ type: 'call.end', callId: declined, reason: 'declined' })
  expect(await told(declined)).toBe('no-answer')
  const privacyUntilMs = Date.now() + 600_000
  bed.say({ type: 'bed.report', report: { sound: 'on', knock: false, privacyUntilMs, cleanEpoch: 1 } })
  await bed.settled()
  expect(await told(ring(relative))).toBe('no-answer')
  bed.say({ type: 'bed.report', report: { sound: 'on', knock: false, privacyUntilMs: null, cleanEpoch: 1 } })
  await bed.settled()
  const doctor = await openStation(ward.origin, cookie, { tabId: 'other' })
  const { bedId, stay } = doctor.welcome.snapshot?.beds[0] ?? { bedId: '', stay: { epoch: 0 } }
  const busy = randomUUID()
  doctor.say({
    ...{ type: 'call.invite', callId: busy, to: { type: 'bed', bedId }, mode: 'ring' },
    ...{ stay: stay.epoch, expiresAtMs: Date.now() + 60_000 },
  } as const)
  await bed.hear('call.changed', ({ call }) => call.callId === busy)
  expect(await told(ring(relative))).toBe('no-answer')
})

test('[FAMILY-3] a look says when they may ring and nothing of the patient or the bed', async () => {
  const { ward, nurse, admissionId, invite, clock } = await openHome()
  const link = await invite()
  const open = v.parse(familyLookAnswer, await (await lookBy(ward, link)).json())
  expect(open).toMatchObject({
    guest: { name: maria, kind: 'relative' },
    ward: 'Ward 4B',
    time: { type: 'open' },
  })
  await agree(nurse, admissionId, { quiet: hours })
  const text = await (await lookBy(ward, link)).text()
  expect(JSON.parse(text).time).toEqual({ type: 'resting', hours })
  expect(text).not.toMatch(/Virtanen, Matti|"label":"1"|born|DEMO/)
  clock.aheadMs = 0
})

test('[FAMILY-2] a link ends with the stay: no look, no hello, and the call that goes on ends', async () => {
  const { ward, nurse, bed, relative, link, page, admissionId } = await atTheirLink()
  const callId = ring(relative)
  await bed.hear('call.changed', ({ call }) => call.callId === callId)
  bed.say({ type: 'call.accept', callId })
  await relative.hear('call.changed', ({ call }) => call.phase === 'accepted')
  const { patient } = nurse.welcome.snapshot?.beds[0] ?? { patient: null }
  const { born, number } = patient ?? { born: '', number: '' }
  nurse.say({ type: 'admission.discharge', actId: randomUUID(), admissionId, born, number })
  await relative.hear('call.ended', (ended) => ended.callId === callId)
  expect(await refusalOf(await lookBy(ward, link))).toEqual(unknown)
  expect(await refusalOf(await enterAs(ward, link, await makeKeys()))).toEqual(unknown)
  expect(await closedWith(ward, page)).toBe(4401)
})

test('[FAMILY-2] a link follows the patient to another bed', async () => {
  const { ward, nurse, relative, admissionId } = await atTheirLink()
  const there = await ward.bed('2')
  const actId = randomUUID()
  const withAdmissionId = await stayAt(ward, '2')
  nurse.say({ type: 'admission.swap', actId, admissionId, withAdmissionId })
  await nurse.hear('admission.answered', (answered) => answered.actId === actId)
  const callId = ring(relative)
  const { call } = await there.hear('call.changed', ({ call }) => call.callId === callId)
  expect(call.peer).toMatchObject({ name: maria })
})

test('[FAMILY-2] after thirty days it is over', async () => {
  const { ward, clock, invite } = await openHome()
  const link = await invite()
  clock.aheadMs = familyLinkMs - 60_000
  expect((await lookBy(ward, link)).status).toBe(200)
  clock.aheadMs = familyLinkMs + 1
  expect(await refusalOf(await lookBy(ward, link))).toEqual(unknown)
})

test('[FAMILY-2] the patient removes somebody: their call ends, their link is none, and staff see them no more', async () => {
  const { ward, bed, relative, link, admissionId, asStaff } = await atTheirLink()
  const callId = ring(relative)
  await bed.hear('call.changed', ({ call }) => call.callId === callId)
  bed.say({ type: 'family.remove', guestId: link.guestId })
  expect((await relative.closed).code).toBe(4401)
  expect((await bed.hear('family.yours', ({ relatives }) => relatives.length === 0)).hours).toEqual(hours)
  expect(await refusalOf(await lookBy(ward, link))).toEqual(unknown)
  expect(await (await asStaff('list', { admissionId })).json()).toEqual({ relatives: [] })
})

test('[FAMILY-2] a tablet removes nobody of another stay (HZ-6)', async () => {
  const { ward, link, bed, admissionId, asStaff } = await atTheirLink()
  const other = await ward.bed('2')
  other.say({ type: 'family.remove', guestId: link.guestId })
  await other.settled()
  await bed.settled()
  const { relatives } = await (await asStaff('list', { admissionId })).json()
  expect(relatives).toMatchObject([{ guestId: link.guestId, state: 'came' }])
})

test('[FAMILY-4] a link is the browser’s that first rings by it, and that one may ring again', async () => {
  const { ward, link, keys } = await atTheirLink()
  expect(await refusalOf(await enterAs(ward, link, await makeKeys()))).toEqual({
    status: 410,
    body: { refusal: 'used-code' },
  })
  expect((await enterAs(ward, link, keys)).status).toBe(200)
})

test('[FAMILY-4] who does not have the link’s key binds nothing', async () => {
  const { ward, invite } = await openHome()
  const link = await invite()
  const forged = { ...link, linkKeys: await makeKeys() }
  expect((await enterAs(ward, forged, await makeKeys())).status).toBe(400)
  expect((await enterAs(ward, link, await makeKeys())).status).toBe(200)
})

test('[FAMILY-5] the tablet can check the key by the root alone, and so can whoever holds the link', async () => {
  const { ward, link } = await atTheirLink()
  const { chain } = v.parse(familyLookAnswer, await (await lookBy(ward, link)).json())
  const root = new URLSearchParams(new URL(ward.bedLink('1')).hash.slice(1)).get('root') ?? ''
  expect(checkChain(examine(chain), root, Date.now())).toMatchObject({
    ok: true,
    value: { kind: 'guest', label: maria, guestId: link.guestId, tableId: link.guestId },
  })
})

test.each([
  ['of another name', { label: 'Somebody else' }],
  ['of another table', { tableId: 'elsewhere' }],
  ['for longer than a link may last', { notAfterMs: Date.now() + familyLinkMs + 3_600_000 }],
  ['of another key', { keyId: 'x'.repeat(43) }],
])('[FAMILY-5] a certificate %s makes no link', async (_how, change) => {
  const { station, admissionId, asStaff } = await openHome()
  const { asked } = await newLink(station, admissionId, change)
  expect((await asStaff('invite', asked)).status).toBe(403)
  expect(await (await asStaff('list', { admissionId })).json()).toEqual({ relatives: [] })
})

test('[FAMILY-5] whom the patient asks for is on the board until staff make the link', async () => {
  const { ward, nurse, bed, station, admissionId, asStaff } = await openHome()
  const guestId = randomUUID()
  for (const _ of ['once', 'and again']) bed.say({ type: 'family.wish', guestId, name: 'Maria' })
  const { relatives } = await bed.hear('family.yours', (yours) => yours.relatives.length === 1)
  expect(relatives).toEqual([{ guestId, name: 'Maria', state: 'wished', lastMs: null }])
  await nurse.hear('bed.changed', ({ bed }) => bed.family === 'wished')
  const { asked } = await newLink(station, admissionId, {}, guestId)
  expect((await asStaff('invite', asked)).status).toBe(200)
  await nurse.hear('bed.changed', ({ bed }) => bed.label === '1' && bed.family === undefined)
  expect(await acts(ward)).toEqual([
    ['family-wished', 'bed', admissionId],
    ['family-invited', 'staff', admissionId],
  ])
})

test('[FAMILY-5] of one stay so many and no more', async () => {
  const { bed, station, admissionId, asStaff } = await openHome()
  for (let one = 0; one < mostRelatives; one += 1)
    bed.say({ type: 'family.wish', guestId: `wished-${one}`, name: `Relative ${one}` })
  await bed.hear('family.yours', ({ relatives }) => relatives.length === mostRelatives)
  const { asked } = await newLink(station, admissionId)
  expect(await refusalOf(await asStaff('invite', asked))).toMatchObject({ body: { refusal: 'too-many' } })
})

test('[FAMILY-2] a server that is started anew knows links and wishes', async () => {
  const { ward, bed, link, page } = await atTheirLink()
  bed.say({ type: 'family.wish', guestId: randomUUID(), name: 'Eero' })
  await bed.hear('family.yours', ({ relatives }) => relatives.length === 2)
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const nurse = await openStation(again.origin, await again.signIn('Anna Laine'), { tabId: 'tab' })
  expect(nurse.welcome.snapshot?.beds[0]).toMatchObject({ label: '1', family: 'wished' })
  expect((await lookBy(again, link)).status).toBe(200)
  expect((await openGuest(again.origin, page)).welcome.me).toMatchObject({ name: maria })
})
