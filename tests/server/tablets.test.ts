/** Tablets outside the demo: short codes, six digits, copies, lost keys, revoking. Real sockets, real stores. */
import { createHash, webcrypto } from 'node:crypto'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { codeAnswer, confirmAnswer } from '../../src/protocol/tablet-desk.ts'
import { tabletList } from '../../src/protocol/tablet-list.ts'
import { beginAnswer, commitmentText, digitsOf, digitsText, waitAnswer } from '../../src/protocol/tablets.ts'
import { closeCode } from '../../src/protocol/wire.ts'
import { openStore } from '../../src/server/store/store.ts'
import { bedHello, type Client, makeKeys, openBed, post, refusalOf, type Tablet } from './client.ts'
import { bedIdOf, healthy, invitation, openWard, talk, type Ward } from './ward.ts'
import { openWire } from './wire.ts'

const minuteMs = 60_000

async function bedIds(ward: Ward): Promise<string[]> {
  const station = await ward.station('Ben Okafor')
  const ids = (station.welcome.snapshot?.beds ?? []).map(({ bedId }) => bedId)
  await station.cut()
  return ids
}

/** What a signed-in person asks. */
async function asks(ward: Ward, cookie: string, path: string, said: unknown): Promise<Response> {
  return await post(ward.origin, `/api${path}`, said, { cookie })
}

async function makeCode(ward: Ward, bedId: string): Promise<string> {
  const answer = await asks(ward, await admin(ward), '/tablets/code', { bedId })
  return v.parse(codeAnswer, await answer.json()).code
}

const admins = new Map<string, string>()
const nurses = new Map<string, string>()
async function admin(ward: Ward): Promise<string> {
  const cookie = admins.get(ward.origin) ?? (await ward.signIn('Oskar Berg'))
  admins.set(ward.origin, cookie)
  return cookie
}
async function nurse(ward: Ward): Promise<string> {
  const cookie = nurses.get(ward.origin) ?? (await ward.signIn('Anna Laine'))
  nurses.set(ward.origin, cookie)
  return cookie
}

const sha256 = (text: string) => createHash('sha256').update(text).digest()

/** A tablet that begins with `path`, opens its commitment, and shows digits. */
async function waiting(ward: Ward, path: '/enrol/begin' | '/enrol/again', said: object) {
  const { keys, publicKey } = await makeKeys()
  const nonce = Buffer.from(webcrypto.getRandomValues(new Uint8Array(32))).toString('base64url')
  const commitment = sha256(commitmentText(publicKey, nonce)).toString('base64url')
  const begun = await post(ward.origin, `/api${path}`, { ...said, commitment })
  if (!begun.ok) return { refused: await refusalOf(begun) }
  const { enrolmentId, bed, nonce: serverNonce } = v.parse(beginAnswer, await begun.json())
  const revealed = await post(ward.origin, '/api/enrol/reveal', { enrolmentId, publicKey, nonce })
  expect(revealed.status).toBe(200)
  const digits = digitsOf(sha256(digitsText(enrolmentId, publicKey, nonce, serverNonce)))
  return { enrolmentId, bed, digits, keys, publicKey, nonce }
}

type Waiting = Exclude<Awaited<ReturnType<typeof waiting>>, { refused: unknown }>

function begun(outcome: Awaited<ReturnType<typeof waiting>>): Waiting {
  if ('refused' in outcome) throw new Error(`refused: ${JSON.stringify(outcome.refused)}`)
  return outcome
}

async function byCode(ward: Ward, code: string): Promise<Waiting> {
  return begun(await waiting(ward, '/enrol/begin', { code }))
}

async function stateOf(ward: Ward, { enrolmentId }: Waiting) {
  const answer = await post(ward.origin, '/api/enrol/wait', { enrolmentId })
  return v.parse(waitAnswer, await answer.json())
}

async function confirm(ward: Ward, kind: 'confirm' | 'rebind', bedId: string, digits: string) {
  const answer = await asks(ward, await nurse(ward), `/tablets/${kind}`, { bedId, digits })
  expect(answer.status).toBe(200)
  return v.parse(confirmAnswer, await answer.json())
}

/** The tablet once its digits were typed. */
async function bound(ward: Ward, tablet: Waiting): Promise<Tablet> {
  const state = await stateOf(ward, tablet)
  if (state.state !== 'confirmed') throw new Error(state.state)
  return { deviceId: state.deviceId, bedId: tablet.bed.bedId, keys: tablet.keys, counter: 0 }
}

async function audited(ward: Ward): Promise<string[]> {
  await ward.close()
  const store = await openStore(ward.data, null, Date.now())
  const rows = await store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  await store.close()
  return rows.map(({ text }) => text)
}

const another = (digits: string) => (digits === '000000' ? '000001' : '000000')

test('[TABLET-4] a code lets a tablet wait, and only its six digits, typed by staff, let it in', async () => {
  const ward = await openWard()
  const [bedId = ''] = await bedIds(ward)
  const code = await makeCode(ward, bedId)
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  const tablet = await byCode(ward, code.toLowerCase().replace('-', ' '))
  expect(tablet.bed.label).toBe('1')
  expect(await stateOf(ward, tablet)).toEqual({ state: 'waiting' })
  expect(await confirm(ward, 'confirm', bedId, tablet.digits)).toEqual({ outcome: 'confirmed' })
  const bed = await openBed(ward.origin, await bound(ward, tablet))
  expect(bedIdOf(bed)).toBe(bedId)
  const acts = await audited(ward)
  for (const action of ['tablet-code-made', 'tablet-enrolled', 'tablet-confirmed'])
    expect(acts.some((text) => text.includes(`"${action}"`))).toBe(true)
  expect(acts.join().includes(code.replace('-', '')), 'no code is written down').toBe(false)
})

test('[TABLET-5] a code works once, for ten minutes, and not after a newer one for its bed', async () => {
  let later = 0
  const ward = await openWard({ now: () => Date.now() + later })
  const [one = '', two = ''] = await bedIds(ward)
  const used = await makeCode(ward, one)
  await byCode(ward, used)
  expect(await waiting(ward, '/enrol/begin', { code: used })).toEqual({
    refused: { status: 410, body: { refusal: 'used-code' } },
  })
  const unknown = { refused: { status: 404, body: { refusal: 'unknown-code' } } }
  const older = await makeCode(ward, two)
  const newer = await makeCode(ward, two)
  expect(await waiting(ward, '/enrol/begin', { code: older })).toEqual(unknown)
  later = 10 * minuteMs + 1
  expect(await waiting(ward, '/enrol/begin', { code: newer })).toEqual(unknown)
})

test('[TABLET-6] the fifth wrong code ends every code that lives, wherever it came from', async () => {
  const ward = await openWard({ limits: { failedTriesPerMinute: 1_000 } })
  const [one = '', two = ''] = await bedIds(ward)
  const codes = [await makeCode(ward, one), await makeCode(ward, two)]
  for (let tries = 0; tries < 4; tries += 1) await waiting(ward, '/enrol/begin', { code: '0000-0000' })
  await byCode(ward, codes[0] ?? '')
  await waiting(ward, '/enrol/begin', { code: '0000-0000' })
  expect(await waiting(ward, '/enrol/begin', { code: codes[1] ?? '' })).toHaveProperty('refused')
})

test('[TABLET-6] what cannot be a code counts against its address, not against the codes', async () => {
  const ward = await openWard({ limits: { failedTriesPerMinute: 8 } })
  const [one = ''] = await bedIds(ward)
  const code = await makeCode(ward, one)
  for (let tries = 0; tries < 7; tries += 1) await waiting(ward, '/enrol/begin', { code: 'no code' })
  await byCode(ward, code)
  await waiting(ward, '/enrol/begin', { code: 'no code' })
  expect(await waiting(ward, '/enrol/begin', { code })).toMatchObject({ refused: { status: 429 } })
})

test('[TABLET-7] five wrong digits end the wait; the digits that were right come too late then', async () => {
  const ward = await openWard()
  const [bedId = ''] = await bedIds(ward)
  const tablet = await byCode(ward, await makeCode(ward, bedId))
  for (const triesLeft of [4, 3, 2, 1, 0])
    expect(await confirm(ward, 'confirm', bedId, another(tablet.digits))).toEqual({
      outcome: 'wrong-digits',
      triesLeft,
    })
  expect(await confirm(ward, 'confirm', bedId, tablet.digits)).toEqual({ outcome: 'nothing-waits' })
  expect(await stateOf(ward, tablet)).toEqual({ state: 'over' })
})

test('[TABLET-8] a commitment opens only to the key and nonce it was made of, and once', async () => {
  const ward = await openWard()
  const [bedId = ''] = await bedIds(ward)
  const { publicKey } = await makeKeys()
  const code = await makeCode(ward, bedId)
  const commitment = sha256(commitmentText(publicKey, 'mine')).toString('base64url')
  const answer = await post(ward.origin, '/api/enrol/begin', { code, commitment })
  const { enrolmentId } = v.parse(beginAnswer, await answer.json())
  const reveal = (said: object) => post(ward.origin, '/api/enrol/reveal', { enrolmentId, ...said })
  const other = await makeKeys()
  expect((await reveal({ publicKey: other.publicKey, nonce: 'mine' })).status).toBe(404)
  expect((await reveal({ publicKey, nonce: 'another' })).status).toBe(404)
  expect((await reveal({ publicKey, nonce: 'mine' })).status).toBe(200)
  expect((await reveal({ publicKey, nonce: 'mine' })).status).toBe(404)
})

test('[TABLET-9] a waiting tablet changes nothing at its bed until it is confirmed; then the old one is sent away', async () => {
  const ward = await openWard()
  const old = await ward.bed('1')
  const station = await ward.station('Maria Oja')
  const { callId } = await talk(station, old)
  const fresh = await byCode(ward, await makeCode(ward, old.tablet.bedId))
  expect(await confirm(ward, 'confirm', old.tablet.bedId, another(fresh.digits))).toMatchObject({
    triesLeft: 4,
  })
  await old.settled()
  await confirm(ward, 'confirm', old.tablet.bedId, fresh.digits)
  expect(await station.hear('call.ended')).toMatchObject({ callId, reason: 'device-unready' })
  expect((await old.closed).code).toBe(closeCode.replaced)
  await expect(openBed(ward.origin, old.tablet)).rejects.toThrow('closed')
  await openBed(ward.origin, await bound(ward, fresh))
})

test('[TABLET-10] of two tablets in turns with one key neither may ring, until staff bind the bed anew (HZ-14)', async () => {
  const ward = await openWard()
  const first = await ward.bed('1')
  const copy: Tablet = { ...first.tablet }
  const station = await ward.station('Maria Oja')
  const second = await openBed(ward.origin, copy)
  expect((await first.closed).code).toBe(closeCode.replaced)
  await openBed(ward.origin, first.tablet)
  expect((await second.closed).code).toBe(closeCode.replaced)
  await expect(openBed(ward.origin, copy)).rejects.toThrow('closed')
  await station.hear('bed.changed', ({ bed }) => bed.tablet === 'cloned' && bed.state.type === 'offline')
  const ring = invitation(first)
  station.say(ring)
  expect(await station.hear('call.ended')).toMatchObject({ reason: 'device-unready' })
  for (const tablet of [first.tablet, copy])
    await expect(openBed(ward.origin, tablet)).rejects.toThrow('closed')
  const { deviceId, bedId } = first.tablet
  const fresh = begun(await waiting(ward, '/enrol/again', { deviceId }))
  expect(await confirm(ward, 'rebind', bedId, fresh.digits)).toEqual({ outcome: 'confirmed' })
  await openBed(ward.origin, await bound(ward, fresh))
  await station.hear('bed.changed', ({ bed }) => bed.tablet === 'bound' && bed.state.type === 'ready')
  const acts = await audited(ward)
  expect(acts.filter((text) => text.includes('"tablet-cloned"'))).toHaveLength(1)
})

test('[TABLET-11] a tablet that was killed before it kept its number goes on without an alarm', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  await bed.cut()
  const before = bed.tablet.counter
  for (let time = 0; time < 5; time += 1) {
    const forgot = await openBed(ward.origin, { ...bed.tablet, counter: before })
    await forgot.cut()
  }
  await (await openBed(ward.origin, bed.tablet)).settled()
})

test('[TABLET-11] a hello that arrives after its tablet has come in by a newer socket is turned away, no alarm', async () => {
  const ward = await openWard()
  const tablet = await ward.enrol('1')
  const stuck = openWire(ward.origin)
  const hello = await bedHello(ward.origin, tablet, await stuck.nonce())
  const bed = await openBed(ward.origin, tablet)
  stuck.send(JSON.stringify(hello))
  expect((await stuck.closed).code).toBe(closeCode.goingAway)
  await bed.settled()
  await bed.cut()
  await (await openBed(ward.origin, tablet)).settled()
})

test('[TABLET-12] a lost key is a hint: it is shown, unbinds nothing, and is forgotten when the key is used', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const station = await ward.station('Maria Oja')
  const { deviceId } = bed.tablet
  expect(await waiting(ward, '/enrol/again', { deviceId })).toEqual({
    refused: { status: 409, body: { refusal: 'conflict' } },
  })
  await bed.cut()
  await station.hear('bed.changed', ({ bed }) => bed.state.type === 'offline')
  const liar = begun(await waiting(ward, '/enrol/again', { deviceId }))
  await station.hear('bed.changed', ({ bed }) => bed.tablet === 'lost')
  await openBed(ward.origin, bed.tablet)
  await station.hear('bed.changed', ({ bed }) => bed.tablet !== 'lost' && bed.state.type === 'ready')
  expect(await stateOf(ward, liar)).toEqual({ state: 'waiting' })
  expect(await waiting(ward, '/enrol/again', { deviceId: 'made-up' })).toMatchObject({
    refused: { status: 404 },
  })
})

test('[TABLET-13] staff put a lost key right in one step: six digits, and the tablet is the bed again', async () => {
  let later = 0
  const ward = await openWard({ now: () => Date.now() + later })
  const bed = await ward.bed('1')
  await bed.cut()
  const { deviceId, bedId } = bed.tablet
  const tries = []
  for (later = 0; later < 10_000; later += 2_000)
    tries.push(begun(await waiting(ward, '/enrol/again', { deviceId })))
  later -= 2_000
  expect(await waiting(ward, '/enrol/again', { deviceId }), 'at once again').toMatchObject({
    refused: { status: 429 },
  })
  expect(await stateOf(ward, tries[0] as Waiting)).toEqual({ state: 'over' })
  const last = tries.at(-1) as Waiting
  expect(await confirm(ward, 'rebind', bedId, last.digits)).toEqual({ outcome: 'confirmed' })
  expect(bedIdOf(await openBed(ward.origin, await bound(ward, last)))).toBe(bedId)
  await expect(openBed(ward.origin, bed.tablet)).rejects.toThrow('closed')
  const acts = await audited(ward)
  expect(acts.filter((text) => text.includes('"tablet-key-lost"'))).toHaveLength(1)
})

test('[TABLET-14] revoking sends the tablet away for good, ends its call, and leaves no code and no wait behind', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const station = await ward.station('Maria Oja')
  const { callId } = await talk(station, bed)
  const { bedId, deviceId } = bed.tablet
  const code = await makeCode(ward, bedId)
  expect((await asks(ward, await nurse(ward), '/tablets/revoke', { bedId })).status).toBe(403)
  expect((await asks(ward, await admin(ward), '/tablets/revoke', { bedId })).status).toBe(200)
  expect(await station.hear('call.ended')).toMatchObject({ callId, reason: 'device-unready' })
  expect((await bed.closed).code).toBe(closeCode.unauthenticated)
  await expect(openBed(ward.origin, bed.tablet)).rejects.toThrow('closed')
  expect(await waiting(ward, '/enrol/begin', { code })).toHaveProperty('refused')
  expect(await waiting(ward, '/enrol/again', { deviceId })).toMatchObject({ refused: { status: 404 } })
  await station.hear('bed.changed', ({ bed }) => bed.tablet === 'none')
})

test('[TABLET-15] nurses see tablets and confirm them; codes and revoking are the administrator’s; doctors see none', async () => {
  const ward = await openWard()
  const [bedId = ''] = await bedIds(ward)
  const doctor = await ward.signIn('Maria Oja')
  const list = async (cookie: string) =>
    await fetch(`${ward.origin}/api/tablets`, { headers: { cookie, 'sec-fetch-site': 'same-origin' } })
  const { tablets } = v.parse(tabletList, await (await list(await nurse(ward))).json())
  expect(tablets[0]).toMatchObject({ bedId, label: '1', state: 'none', waits: false })
  expect(tablets).toHaveLength(8)
  expect((await list(doctor)).status).toBe(403)
  expect((await asks(ward, await nurse(ward), '/tablets/code', { bedId })).status).toBe(403)
  expect((await asks(ward, doctor, '/tablets/code', { bedId })).status).toBe(403)
  expect((await asks(ward, await admin(ward), '/tablets/code', { bedId: 'b9' })).status).toBe(404)
})

test('[TABLET-16] what waits, waits over a restart, and so does what is held', async () => {
  const first = await openWard()
  const bed: Client & { tablet: Tablet } = await first.bed('2')
  const tablet = await byCode(first, await makeCode(first, bed.tablet.bedId))
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  const station = await ward.station('Maria Oja')
  expect(station.welcome.snapshot?.beds[1]?.tablet).toBe('waiting')
  expect(await confirm(ward, 'confirm', tablet.bed.bedId, tablet.digits)).toEqual({ outcome: 'confirmed' })
  await openBed(ward.origin, await bound(ward, tablet))
})

test('[TABLET-20] what a tablet says of itself is read by IT, also while it is away and after a restart', async () => {
  const first = await openWard()
  const bed = await first.bed('3')
  const battery = { percent: 12, isCharging: false }
  bed.say({ type: 'tablet.health', health: { ...healthy, battery } })
  await expect.poll(() => toldAt(first, '3')).toMatchObject({ battery })
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  expect(await toldAt(ward, '3')).toMatchObject({ battery })
  expect(await toldAt(ward, '2')).toBeNull()
})

async function toldAt(ward: Ward, label: string) {
  const cookie = await admin(ward)
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const answer = await fetch(`${ward.origin}/api/tablets`, { headers })
  const { tablets } = v.parse(tabletList, await answer.json())
  return tablets.find((row) => row.label === label)?.health
}
