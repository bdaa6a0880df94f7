/** Sealed copies at a real server: they come in pieces, lie there for whom they are for, and end. */
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyTimes } from '../../src/core/scan/copies.ts'
import { sealing } from '../../src/core/scan/sealed.ts'
import { openCopy } from '../../src/io/scan/sealed.ts'
import type { Addressee } from '../../src/protocol/duty.ts'
import { copyLimits } from '../../src/protocol/scan-copies.ts'
import { issueCode } from '../../src/server/codes.ts'
import { openStation, refusalOf, signIn } from './client.ts'
import { type CopyPerson, copiesFolder, copyPerson, filesBelow, rootOf, sealCopy } from './copies.ts'
import { openWard, staffIdOf, temporaryFolder, type Ward, type WardOptions } from './ward.ts'

const [anna, ben, maria] = ['Anna Laine', 'Ben Okafor', 'Maria Oja']
const encode = (text: string) => new TextEncoder().encode(text)
const refused = (status: number, refusal: string) => ({ status, body: { refusal } })
const notFound = refused(404, 'not-found')

/** A ward whose clock can be set ahead, with three who may send and be sent copies. */
async function openCopies(options: WardOptions = {}) {
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const ward = await openWard({ now, limits: { sweepMs: 20 }, ...options })
  const at = async (name: string) => {
    const cookie = await ward.signIn(name)
    const client = await openStation(ward.origin, cookie)
    return { ...(await copyPerson(ward, cookie, { now })), client, staffId: staffIdOf(client) }
  }
  const pass = (ms: number) => {
    aheadMs += ms
  }
  return { ...ward, now, at, pass }
}

const toPerson = ({ staffId }: { readonly staffId: string }): Addressee => ({ type: 'staff', staffId })

async function sealFor(ward: Pick<Ward, 'origin' | 'data'>, from: CopyPerson, to: Addressee, more = {}) {
  const { keys } = await from.recipients(to)
  return await sealCopy(ward, from, { to, keys, ...more })
}

/** What is on record of copies, in order. */
async function actsOf({ store }: Pick<Ward, 'store'>) {
  const rows = await store.db.selectFrom('audit').select('text').orderBy('seq').execute()
  return rows
    .map(({ text }) => JSON.parse(text).act)
    .filter(({ action }) => String(action).startsWith('copy-'))
}

const namesOf = async (ward: Pick<Ward, 'store'>) => (await actsOf(ward)).map(({ action }) => action)

test('a copy that was sent opens on its recipient’s device, and nowhere before all of it is there (HZ-9)', async () => {
  const ward = await openCopies()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const picture = crypto.getRandomValues(new Uint8Array(60_000))
  const copy = await sealFor(ward, nurse, toPerson(doctor), {
    files: [picture],
    contents: '{"files":["ct"]}',
  })
  const { copyId } = copy
  expect(await nurse.begun(copy)).toEqual([0, 0])
  expect(await nurse.put(copyId, 0, 0, copy.sealed[0] ?? encode(''))).toBe(copy.sealed[0]?.length)
  expect((await nurse.list()).sent).toMatchObject([{ copyId, state: 'coming', files: 1 }])
  expect((await doctor.list()).received).toEqual([])
  for (const path of [`/copies/envelope?copyId=${copyId}`, `/copies/file?copyId=${copyId}&file=0&from=0`])
    for (const person of [doctor, nurse]) expect(await refusalOf(await person.look(path))).toEqual(notFound)
  await nurse.send(copy)
  await doctor.client.hear('copies.changed')
  expect((await doctor.list()).received).toMatchObject([
    { copyId, state: 'there', from: { name: ben }, to: maria, patientNumber: 'DEMO-1048', openedMs: null },
  ])
  const { envelope, files } = await doctor.envelope(copyId)
  expect(files).toEqual(copy.sealed.map(({ length }) => length))
  const [contents, second] = await Promise.all(
    [0, 1].map(async (file) => new Uint8Array(await (await doctor.file(copyId, file)).arrayBuffer())),
  )
  const expected = { copyId, patientNumber: 'DEMO-1048', nowMs: ward.now() }
  const opened = await openCopy(envelope, contents ?? encode(''), doctor.device.own, rootOf(ward), expected)
  if (!opened.ok) throw new Error(opened.failure)
  expect(opened.value.contents).toBe('{"files":["ct"]}')
  expect(await opened.value.file(1, second ?? encode(''))).toEqual({ ok: true, value: picture })
  expect((await doctor.say('/copies/opened', { copyId })).status).toBe(200)
  expect((await doctor.say('/copies/opened', { copyId })).status).toBe(200)
  expect((await nurse.list()).sent[0]?.readers).toMatchObject([
    { who: { name: maria }, openedMs: expect.any(Number) },
  ])
  const bed = nurse.client.welcome.snapshot?.beds[0]
  expect(await actsOf(ward)).toMatchObject([
    {
      action: 'copy-sent',
      patient: bed?.stay.admissionId,
      detail: expect.stringMatching(/^1 files, for 1 people/),
    },
    { action: 'copy-opened', patient: bed?.stay.admissionId, agent: { staffId: doctor.staffId } },
  ])
})

test('whoever it is not for is told that there is none (HZ-6)', async () => {
  const ward = await openCopies()
  const [nurse, doctor, other] = [await ward.at(ben), await ward.at(maria), await ward.at(anna)]
  const copyId = await nurse.send(await sealFor(ward, nurse, toPerson(doctor)))
  const { statement, chain } = (await nurse.recipients(toPerson(other))).keys[0]?.key ?? {}
  const tries = [
    await other.look(`/copies/envelope?copyId=${copyId}`),
    await other.file(copyId, 0),
    await other.say('/copies/opened', { copyId }),
    await other.say('/copies/withdraw', { copyId }),
    await other.say('/copies/ask', { copyId, key: { statement, chain } }),
    await other.piece(copyId, 0, 0, encode('x')),
    await other.say('/copies/reseal', { copyId, envelope: (await doctor.envelope(copyId)).envelope }),
    // The recipient may read it, and nothing more.
    await doctor.say('/copies/withdraw', { copyId }),
    await doctor.say('/copies/reseal', { copyId, envelope: (await doctor.envelope(copyId)).envelope }),
    await doctor.piece(copyId, 0, 0, encode('x')),
  ]
  for (const answer of tries) expect(await refusalOf(answer)).toEqual(notFound)
  expect(await other.list()).toMatchObject({ sent: [], received: [] })
  expect(await namesOf(ward)).toEqual(['copy-sent'])
})

test('said again it is made once, and a piece that does not begin where the file ends is not taken', async () => {
  const ward = await openCopies()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const copy = await sealFor(ward, nurse, toPerson(doctor))
  const { copyId } = copy
  const file = copy.sealed[1] ?? encode('')
  for (let times = 0; times < 2; times += 1) expect(await nurse.begun(copy)).toEqual([0, 0])
  expect(await nurse.put(copyId, 1, 0, file.slice(0, 10))).toBe(10)
  for (const from of [0, 9, 11]) expect(await nurse.put(copyId, 1, from, file.slice(0, 5))).toBe(10)
  expect(await nurse.begun(copy)).toEqual([0, 10])
  await nurse.send(copy)
  expect(await nurse.begun(copy)).toEqual(copy.sealed.map(({ length }) => length))
  expect(await nurse.put(copyId, 1, 0, file)).toBe(file.length)
  expect(readFileSync(join(copiesFolder(ward), copyId, '1'))).toEqual(Buffer.from(file))
  expect(await namesOf(ward)).toEqual(['copy-sent'])
})

test('a server that is started anew goes on where the bytes end', async () => {
  const ward = await openCopies()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const copy = await sealFor(ward, nurse, toPerson(doctor))
  await nurse.begun(copy)
  await nurse.put(copy.copyId, 1, 0, (copy.sealed[1] ?? encode('')).slice(0, 7))
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const same = await copyPerson(again, nurse.cookie, { device: nurse.device })
  expect(await same.begun(copy)).toEqual([0, 7])
  await same.send(copy)
  expect((await same.list()).sent).toMatchObject([{ copyId: copy.copyId, state: 'there' }])
})

test('the disk holds nothing that can be read: not a picture, not a name, not the key (HZ-9)', async () => {
  const ward = await openCopies()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const secret = 'the patient’s own picture, many times over'
  const copy = await sealFor(ward, nurse, toPerson(doctor), {
    files: [encode(secret.repeat(50))],
    contents: JSON.stringify({ name: 'Written Nowhere' }),
  })
  await nurse.send(copy)
  await ward.close()
  const paths = filesBelow(ward.data)
  expect(paths.some((path) => path.startsWith(copiesFolder(ward)))).toBe(true)
  const { content } = copy
  const forms = [
    ...[encode(secret), encode('Written Nowhere'), content],
    ...(['base64url', 'base64', 'hex'] as const).map((form) => encode(Buffer.from(content).toString(form))),
  ]
  for (const path of paths)
    for (const form of forms) expect([path, readFileSync(path).includes(form)]).toEqual([path, false])
  for (const path of filesBelow(copiesFolder(ward))) expect(statSync(path).mode & 0o777).toBe(0o600)
})

test('[COPY-6] at its time a copy is gone: its bytes at once, its line a day later, on record once (HZ-9)', async () => {
  const ward = await openCopies()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const copyId = await nurse.send(await sealFor(ward, nurse, toPerson(doctor)))
  ward.pass(sealing.usualMs + 1_000)
  const [by, to] = [await signedInAgain(ward, ben), await signedInAgain(ward, maria)]
  expect(await refusalOf(await to.file(copyId, 0))).toEqual(notFound)
  expect((await to.list()).received).toMatchObject([{ copyId, state: 'expired' }])
  await expect.poll(() => namesOf(ward)).toEqual(['copy-sent', 'copy-expired'])
  await expect.poll(() => existsSync(join(copiesFolder(ward), copyId))).toBe(false)
  const { envelope } = await ward.store.db.selectFrom('copies').select('envelope').executeTakeFirstOrThrow()
  expect(envelope).toBeNull()
  expect((await by.list()).sent).toMatchObject([{ copyId, state: 'expired' }])
  ward.pass(copyTimes.listedMs)
  await expect.poll(() => ward.store.db.selectFrom('copies').select('copy_id').execute()).toEqual([])
})

test('[COPY-6] its sender takes it back: the bytes are gone, also from under whoever reads them (HZ-9)', async () => {
  const ward = await openCopies()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const large = await sealFor(ward, nurse, toPerson(doctor), { files: [new Uint8Array(24_000_000)] })
  const copyId = await nurse.send(large)
  await doctor.client.hear('copies.changed')
  const half = await doctor.file(copyId, 1)
  for (let times = 0; times < 2; times += 1)
    expect((await nurse.say('/copies/withdraw', { copyId })).status).toBe(200)
  await expect(half.arrayBuffer()).rejects.toThrow()
  await doctor.client.hear('copies.changed')
  expect(existsSync(join(copiesFolder(ward), copyId))).toBe(false)
  for (const person of [doctor, nurse])
    expect(await refusalOf(await person.file(copyId, 1))).toEqual(notFound)
  expect((await doctor.list()).received).toMatchObject([{ copyId, state: 'withdrawn' }])
  expect(await refusalOf(await nurse.begin(large))).toEqual(refused(409, 'conflict'))
  expect(await refusalOf(await nurse.piece(copyId, 0, 0, encode('x')))).toEqual(refused(409, 'conflict'))
  expect(await namesOf(ward)).toEqual(['copy-sent', 'copy-withdrawn'])
})

test('one that does not go on coming for a day is given up', async () => {
  const ward = await openCopies()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const copy = await sealFor(ward, nurse, toPerson(doctor))
  await nurse.begun(copy)
  await nurse.put(copy.copyId, 1, 0, (copy.sealed[1] ?? encode('')).slice(0, 7))
  expect(existsSync(join(copiesFolder(ward), copy.copyId))).toBe(true)
  ward.pass(copyTimes.comingMs + 1_000)
  await expect.poll(() => existsSync(join(copiesFolder(ward), copy.copyId))).toBe(false)
  expect(await ward.store.db.selectFrom('copies').select('copy_id').execute()).toEqual([])
  expect(await namesOf(ward)).toEqual([])
})

test('a start removes files of no copy, and takes back copies without their files', async () => {
  const ward = await openCopies()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const kept = await nurse.send(await sealFor(ward, nurse, toPerson(doctor)))
  const [lost, cut] = [
    await sealFor(ward, nurse, toPerson(doctor)),
    await sealFor(ward, nurse, toPerson(doctor)),
  ]
  await nurse.send(lost)
  await nurse.send(cut)
  await ward.close()
  const folder = copiesFolder(ward)
  mkdirSync(join(folder, 'of-no-copy'))
  writeFileSync(join(folder, 'of-no-copy', '0'), 'left behind')
  writeFileSync(join(folder, cut.copyId, '1'), 'short')
  rmSync(join(folder, lost.copyId), { recursive: true })
  const again = await openWard({ dataFolder: ward.data })
  expect(readdirSync(folder)).toEqual([kept])
  const { sent } = await (await copyPerson(again, nurse.cookie, { device: nurse.device })).list()
  expect(new Map(sent.map(({ copyId, state }) => [copyId, state]))).toEqual(
    new Map([
      [kept, 'there'],
      [lost.copyId, 'withdrawn'],
      [cut.copyId, 'withdrawn'],
    ]),
  )
  expect((await actsOf(again)).at(-1)).toMatchObject({ action: 'copy-withdrawn', agent: { type: 'server' } })
})

test('no id leads to another place, and nothing is larger than it may be', async () => {
  const ward = await openCopies()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const bad = refused(400, 'bad-request')
  for (const copyId of ['../x', '..', '.', 'a/b', 'a%2Fb', '%2e%2e', 'x'.repeat(65), '']) {
    const query = `copyId=${copyId}&file=0&from=0`
    expect(await refusalOf(await nurse.look(`/copies/file?${query}`))).toEqual(bad)
    expect(await refusalOf(await nurse.piece(copyId, 0, 0, encode('x')))).toEqual(bad)
    const named = await sealFor(ward, nurse, toPerson(doctor), {
      about: { copyId: decodeURIComponent(copyId) },
    })
    expect(await refusalOf(await nurse.begin(named))).toEqual(bad)
  }
  const copy = await sealFor(ward, nurse, toPerson(doctor))
  await nurse.begun(copy)
  const { copyId } = copy
  for (const query of ['file=-1&from=0', 'file=0/../1&from=0', 'file=0&from=1e3', 'file=2&from=0', 'file=0'])
    expect(await refusalOf(await nurse.look(`/copies/file?copyId=${copyId}&${query}`))).toMatchObject({
      status: expect.toSatisfy((status) => status === 400 || status === 404),
    })
  expect(await refusalOf(await nurse.piece(copyId, 2, 0, encode('x')))).toEqual(bad)
  expect(await refusalOf(await nurse.piece(copyId, 0, 0, new Uint8Array(500)))).toEqual(bad)
  const much = await nurse.piece(copyId, 0, 0, new Uint8Array(copyLimits.pieceBytes + 1))
  expect(much.status).toBe(413)
  const { to, envelope } = await sealFor(ward, nurse, toPerson(doctor))
  for (const files of [[5, 100], [100], Array.from({ length: 2_002 }, () => 100), [100, copyLimits.bytes]])
    expect(await refusalOf(await nurse.say('/copies', { to, envelope, files }))).toEqual(bad)
  expect(filesBelow(ward.data).filter((path) => path.endsWith(`${randomUUID()}`))).toEqual([])
})

test('when there is no room it says so, for one person and for all, and a disk is not filled', async () => {
  const small = { BEDSIDE_COPIES_MB: '3', BEDSIDE_COPIES_PERSON_MB: '2' }
  const ward = await openCopies({ environment: small })
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const full = refused(507, 'storage-full')
  const large = { files: [new Uint8Array(1_200_000)] }
  const first = await sealFor(ward, nurse, toPerson(doctor), large)
  await nurse.begun(first)
  expect(await refusalOf(await nurse.begin(await sealFor(ward, nurse, toPerson(doctor), large)))).toEqual(
    full,
  )
  await doctor.begun(await sealFor(ward, doctor, toPerson(nurse), large))
  const third = await ward.at(anna)
  expect(await refusalOf(await third.begin(await sealFor(ward, third, toPerson(nurse), large)))).toEqual(full)
  await nurse.say('/copies/withdraw', { copyId: first.copyId })
  await third.begun(await sealFor(ward, third, toPerson(nurse), large))
  const folder = temporaryFolder()
  const tight = await openCopies({ dataFolder: folder, environment: { BEDSIDE_COPIES_FREE_MB: '99999999' } })
  const [one, two] = [await tight.at(ben), await tight.at(maria)]
  expect(await refusalOf(await one.begin(await sealFor(tight, one, toPerson(two))))).toEqual(full)
})

async function signedInAgain(ward: Awaited<ReturnType<typeof openCopies>>, name: string) {
  // Hours later nobody is signed in any more.
  const { db } = ward.store
  const { staff_id } = await db
    .selectFrom('staff')
    .select('staff_id')
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  const code = await issueCode(ward.store, 'sign-in', staff_id, ward.now())
  const cookie = await signIn(ward.origin, `${ward.origin}/station#signin=${code}`)
  return await copyPerson(ward, cookie, { now: ward.now })
}
