/** Whom the server believes about copies, to whom they may go, and who gets one later. */
import { expect, test } from 'vitest'
import { freshMs } from '../../src/core/proof.ts'
import { sealing } from '../../src/core/scan/sealed.ts'
import { openKey } from '../../src/io/scan/sealed.ts'
import type { Addressee } from '../../src/protocol/duty.ts'
import { certify, certifyRoot, lifetimeMs, newSigner } from '../../src/server/authority.ts'
import { openStation, refusalOf } from './client.ts'
import { copyPerson, type Device, envelopeFor, newDevice, sealCopy, statementOf } from './copies.ts'
import { openWard, staffIdOf } from './ward.ts'

const [anna, ben, maria, oskar] = ['Anna Laine', 'Ben Okafor', 'Maria Oja', 'Oskar Berg']
const bad = { status: 400, body: { refusal: 'bad-request' } }
const conflict = { status: 409, body: { refusal: 'conflict' } }
const notFound = { status: 404, body: { refusal: 'not-found' } }

async function openTrust() {
  const ward = await openWard()
  const at = async (name: string, device?: Device) => {
    const cookie = await ward.signIn(name)
    const client = await openStation(ward.origin, cookie)
    return {
      ...(await copyPerson(ward, cookie, device ? { device } : {})),
      client,
      staffId: staffIdOf(client),
    }
  }
  const dutyIds = async () =>
    (await ward.store.db.selectFrom('duties').select('duty_id').orderBy('position').execute()).map(
      ({ duty_id }) => duty_id,
    )
  return { ...ward, at, dutyIds }
}

const toPerson = ({ staffId }: { readonly staffId: string }): Addressee => ({ type: 'staff', staffId })

/** A device that another hospital certified. */
function foreign(device: Device): Device {
  const [root, admin, nowMs] = [newSigner(), newSigner(), Date.now()]
  const [organisation, label] = ['Elsewhere', 'Elsewhere']
  const subject = { kind: 'admin', organisation, label, publicKey: admin.publicKey } as const
  const station = {
    kind: 'station',
    organisation,
    label,
    ward: 'Ward',
    publicKey: device.signer.publicKey,
  } as const
  return {
    ...device,
    chain: [
      certify(admin, station, nowMs, lifetimeMs.device),
      certify(root, subject, nowMs, lifetimeMs.admin),
      certifyRoot(root, organisation, nowMs),
    ],
  }
}

test('[COPY-3] a key counts only as its own device, certified here, says so itself just now', async () => {
  const ward = await openTrust()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const fresh = await newDevice(ward, nurse.cookie)
  const other = await newDevice(ward, nurse.cookie)
  const nowMs = Date.now()
  const said = statementOf(fresh, nowMs)
  const lies = [
    statementOf(foreign(fresh), nowMs),
    { ...said, chain: other.chain },
    statementOf({ ...fresh, signer: other.signer }, nowMs),
    { ...said, statement: { ...said.statement, text: said.statement.text.replace('"v":1', '"v": 1') } },
    statementOf({ ...fresh, publicKey: `${fresh.publicKey.slice(0, -4)}AAAA` }, nowMs),
    statementOf(fresh, nowMs - freshMs - 5_000),
    statementOf(fresh, nowMs + freshMs + 5_000),
    // What another has handed in is theirs: the server hands it on to whoever seals.
    (await doctor.recipients(toPerson(nurse))).keys[0]?.key,
  ]
  for (const key of lies) expect(await refusalOf(await doctor.say('/copies/key', { key }))).toEqual(bad)
  expect((await nurse.recipients(toPerson(doctor))).keys).toHaveLength(1)
  expect((await doctor.say('/copies/key', { key: said })).status).toBe(200)
  expect((await doctor.say('/copies/key', { key: said })).status).toBe(200)
  expect((await nurse.recipients(toPerson(doctor))).keys).toHaveLength(2)
})

test('[COPY-4] [COPY-5] a letter that lies makes no copy: of another device, chain, key or time (HZ-9)', async () => {
  const ward = await openTrust()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const to = toPerson(doctor)
  const { keys } = await nurse.recipients(to)
  const make = (about = {}, device = nurse.device) => sealCopy(ward, { device }, { to, keys, about })
  const copy = await make()
  const { letter } = copy.envelope
  const lies = [
    await make({}, foreign(nurse.device)),
    await make({}, { ...nurse.device, chain: doctor.device.chain }),
    // Certified, and nobody has signed in there; or somebody else has.
    await make({}, await newDevice(ward, nurse.cookie)),
    await make({}, doctor.device),
    await make({ from: doctor.device.signer.keyId }),
    await make({ expiresMs: Date.now() + sealing.mostMs + 5_000 }),
    await make({ madeMs: Date.now() + 2 * freshMs }),
    { ...copy, envelope: { ...copy.envelope, keys: copy.envelope.keys.toReversed() } },
    { ...copy, envelope: { ...copy.envelope, keys: copy.envelope.keys.slice(1) } },
    {
      ...copy,
      envelope: { ...copy.envelope, letter: { ...letter, text: letter.text.replace('1048', '1049') } },
    },
  ]
  for (const lie of lies) expect(await refusalOf(await nurse.begin(lie))).toEqual(bad)
  const late = await make({ madeMs: Date.now() - 20_000, expiresMs: Date.now() - 10_000 })
  expect(await refusalOf(await nurse.begin(late))).toEqual(conflict)
  expect(await ward.store.db.selectFrom('copies').select('copy_id').execute()).toEqual([])
  expect(await nurse.begun(copy)).toEqual([0, 0])
  expect(
    await refusalOf(await nurse.begin({ ...copy, sealed: copy.sealed.slice(1).concat(copy.sealed) })),
  ).toEqual(conflict)
  expect(await refusalOf(await doctor.begin(copy))).toEqual(notFound)
})

test('[COPY-7] nobody is sent one who may not be, or who is not there; one’s own self is neither', async () => {
  const ward = await openTrust()
  const nurse = await ward.at(ben)
  const admin = await openStation(ward.origin, await ward.signIn(oskar))
  const nobodies: Addressee[] = [
    { type: 'staff', staffId: staffIdOf(admin) },
    { type: 'staff', staffId: 'nobody' },
    { type: 'duty', dutyId: 'none' },
    toPerson(nurse),
  ]
  for (const to of nobodies) {
    expect(await refusalOf(await nurse.say('/copies/recipients', { to }))).toEqual(notFound)
    expect(await refusalOf(await nurse.begin(await sealCopy(ward, nurse, { to, keys: [] })))).toEqual(
      notFound,
    )
  }
})

test('[COPY-7] [COPY-8] who has the duty later asks, and its sender alone seals anew: the same copy, no longer', async () => {
  const ward = await openTrust()
  const [nurse, doctor, later] = [await ward.at(ben), await ward.at(maria), await ward.at(anna)]
  const [dutyId = ''] = await ward.dutyIds()
  await doctor.say('/shift/take', { bedIds: [], dutyIds: [dutyId], languages: [] })
  const to: Addressee = { type: 'duty', dutyId }
  const asked = await nurse.recipients(to)
  expect(asked).toMatchObject({ name: 'Neurosurgeon on call', people: [{ name: maria }], without: [] })
  const copy = await sealCopy(ward, nurse, { to, keys: asked.keys })
  const copyId = await nurse.send(copy)
  const key = () => statementOf(later.device, Date.now())
  expect(await refusalOf(await later.say('/copies/ask', { copyId, key: key() }))).toEqual(notFound)
  await doctor.say('/shift/take', { bedIds: [], dutyIds: [], languages: [] })
  await later.say('/shift/take', { bedIds: [], dutyIds: [dutyId], languages: [] })
  expect((await later.list()).received).toMatchObject([{ copyId, state: 'there' }])
  expect((await later.envelope(copyId)).envelope.keys.map((one) => one.to)).not.toContain(
    later.device.own.keyId,
  )
  expect(await refusalOf(await later.file(copyId, 0))).toEqual(notFound)
  for (let times = 0; times < 2; times += 1)
    expect((await later.say('/copies/ask', { copyId, key: key() })).status).toBe(200)
  await nurse.client.hear('copies.changed')
  const waiting = (await nurse.list()).sent[0]?.asked ?? []
  expect(waiting.map(({ staffId }) => staffId)).toEqual([later.staffId])
  const anew = async (about = {}, contents = copy.contents) =>
    await envelopeFor(ward, nurse.device, { ...copy, contents }, [...asked.keys, ...waiting], about)
  const lies = [
    await anew({ expiresMs: copy.letter.expiresMs + 1 }),
    await anew({ patientNumber: 'DEMO-9999' }),
    await anew({ copyId: 'another' }),
    await anew({}, '{"files":["other"]}'),
  ]
  for (const envelope of lies)
    expect(await refusalOf(await nurse.say('/copies/reseal', { copyId, envelope }))).toEqual(bad)
  const envelope = await anew({ expiresMs: copy.letter.expiresMs - 1_000 })
  for (let times = 0; times < 2; times += 1)
    expect((await nurse.say('/copies/reseal', { copyId, envelope })).status).toBe(200)
  await later.client.hear('copies.changed')
  const opened = await openKey(later.device.own, (await later.envelope(copyId)).envelope.keys, copy.letter)
  expect(opened).toEqual({ ok: true, value: copy.content })
  expect((await later.file(copyId, 1)).status).toBe(200)
  expect((await doctor.file(copyId, 1)).status).toBe(200)
  expect((await nurse.list()).sent).toMatchObject([
    {
      asked: [],
      expiresMs: copy.letter.expiresMs - 1_000,
      readers: [{ who: { name: anna } }, { who: { name: maria } }],
    },
  ])
  const rows = await ward.store.db
    .selectFrom('audit')
    .select('action')
    .where('action', 'like', 'copy-%')
    .orderBy('seq')
    .execute()
  expect(rows.map(({ action }) => action)).toEqual(['copy-sent', 'copy-resealed'])
})

test('[COPY-7] a recipient asks on a new device, and the other ward’s patient is not known here (HZ-1)', async () => {
  const ward = await openTrust()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const to = toPerson(doctor)
  const { keys } = await nurse.recipients(to)
  const copyId = await nurse.send(await sealCopy(ward, nurse, { to, keys, about: { patientNumber: 'X-1' } }))
  const second = await newDevice(ward, doctor.cookie)
  const key = statementOf(second, Date.now())
  expect((await doctor.say('/copies/ask', { copyId, key })).status).toBe(200)
  expect((await nurse.list()).sent[0]?.asked).toEqual([{ staffId: doctor.staffId, key }])
  const row = await ward.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'copy-sent')
    .executeTakeFirstOrThrow()
  const { act } = JSON.parse(row.text)
  expect(act).toMatchObject({ patient: null, detail: expect.stringMatching(/, patient not known here$/) })
  expect(row.text).not.toContain('X-1')
})
