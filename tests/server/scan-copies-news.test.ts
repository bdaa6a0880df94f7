/** Who hears of a copy: stations and telephones of those whom it concerns, the patient, and whoever reads the record. */
import * as v from 'valibot'
import { expect, onTestFinished, test } from 'vitest'
import { sealing } from '../../src/core/scan/sealed.ts'
import { auditReport } from '../../src/protocol/audit.ts'
import { pushNote } from '../../src/protocol/push.ts'
import { openPushService } from '../fakes/push-service.ts'
import { openStation } from './client.ts'
import { copyPerson, filesBelow, sealCopy } from './copies.ts'
import { openWard, staffIdOf, type Ward, type WardOptions } from './ward.ts'

const [anna, ben, maria, oskar] = ['Anna Laine', 'Ben Okafor', 'Maria Oja', 'Oskar Berg']

async function openNews(options: WardOptions = {}) {
  const ward = await openWard({ limits: { sweepMs: 20 }, ...options })
  const at = async (name: string) => {
    const cookie = await ward.signIn(name)
    const client = await openStation(ward.origin, cookie)
    return { ...(await copyPerson(ward, cookie)), client, staffId: staffIdOf(client) }
  }
  return { ...ward, at }
}

type Person = Awaited<ReturnType<Awaited<ReturnType<typeof openNews>>['at']>>

async function copyFor(ward: Pick<Ward, 'data' | 'origin'>, from: Person, to: Person) {
  const address = { type: 'staff', staffId: to.staffId } as const
  const { keys } = await from.recipients(address)
  return await sealCopy(ward, from, { to: address, keys })
}

const news = ({ client }: Person) => client.heard().filter(({ type }) => type === 'copies.changed').length

test('whoever it concerns hears that there is news, and nobody else; of one that still comes its sender alone', async () => {
  const ward = await openNews()
  const [nurse, doctor, other] = [await ward.at(ben), await ward.at(maria), await ward.at(anna)]
  const copy = await copyFor(ward, nurse, doctor)
  const heard = async () => {
    for (const { client } of [nurse, doctor, other]) await client.settled()
    return [nurse, doctor, other].map(news)
  }
  await nurse.begun(copy)
  expect(await heard()).toEqual([1, 0, 0])
  await nurse.send(copy)
  expect(await heard()).toEqual([2, 1, 0])
  await doctor.say('/copies/opened', { copyId: copy.copyId })
  expect(await heard()).toEqual([3, 2, 0])
  await nurse.say('/copies/withdraw', { copyId: copy.copyId })
  expect(await heard()).toEqual([4, 3, 0])
})

test('[HZ-6] the telephones of those who got it say that there is a scan, and neither whose nor from whom', async () => {
  const service = await openPushService()
  onTestFinished(async () => void (await service.close()))
  const environment = {
    BEDSIDE_PUSH_CONTACT: 'mailto:it@hospital.example',
    BEDSIDE_PUSH_SERVICES: service.host,
  }
  const ward = await openNews({ environment })
  const [nurse, doctor, other] = [await ward.at(ben), await ward.at(maria), await ward.at(anna)]
  for (const [one, path] of [
    [nurse, 'ben'],
    [doctor, 'maria'],
    [other, 'anna'],
  ] as const)
    await one.say('/phone/on', { subscription: service.subscribe(path), language: 'fi' })
  await nurse.send(await copyFor(ward, nurse, doctor))
  const [told, ...others] = await service.until(1)
  expect([told?.path, others]).toEqual(['/maria', []])
  const note = v.parse(pushNote, JSON.parse(told?.text ?? ''))
  expect(note).toMatchObject({ title: 'Kollega on lähettänyt sinulle kuvauksen' })
  expect(JSON.stringify(note)).not.toMatch(/DEMO|Eero|Ben|Maria/)
})

test('[HZ-9] the patient’s own list and the report say who sent a copy, who opened it, and that it is gone', async () => {
  const ward = await openNews()
  const bed = await ward.bed('1')
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const { copyId } = await copyFor(ward, nurse, doctor).then(async (copy) => {
    await nurse.send(copy)
    return copy
  })
  await doctor.say('/copies/opened', { copyId })
  const line = async () => {
    bed.say({ type: 'ledger.ask' })
    return (await bed.hear('ledger.yours')).lines[0]
  }
  expect(await line()).toMatchObject({ how: 'copy', who: ben, cameOut: { type: 'copied', opened: 1 } })
  await nurse.say('/copies/withdraw', { copyId })
  expect(await line()).toMatchObject({ cameOut: { type: 'copy-gone', opened: 1 } })
  const admission = bed.welcome.stay?.admissionId ?? ''
  const answer = await fetch(`${ward.origin}/api/audit/report?admission=${admission}`, {
    headers: { cookie: await ward.signIn(oskar) },
  })
  const { sections } = v.parse(auditReport, await answer.json())
  expect(sections.find(({ title }) => title === 'Who sent a copy of a scan')?.lines).toMatchObject([
    { who: `${ben}, nurse`, cameOut: `taken back; opened by ${maria}, doctor` },
  ])
})

test('[COPY-6] one whose time was over while the server was away is gone when it is back (HZ-9)', async () => {
  const ward = await openNews()
  const [nurse, doctor] = [await ward.at(ben), await ward.at(maria)]
  const copy = await copyFor(ward, nurse, doctor)
  await nurse.send(copy)
  await ward.close()
  const later = () => Date.now() + sealing.usualMs + 1_000
  const again = await openWard({ dataFolder: ward.data, now: later })
  expect(filesBelow(ward.data).filter((path) => path.includes(copy.copyId))).toEqual([])
  const kept = await again.store.db.selectFrom('copies').select(['ended', 'envelope']).execute()
  expect(kept).toEqual([{ ended: 'expired', envelope: null }])
  const rows = await again.store.db
    .selectFrom('audit')
    .select('action')
    .where('action', 'like', 'copy-%')
    .orderBy('seq')
    .execute()
  expect(rows.map(({ action }) => action)).toEqual(['copy-sent', 'copy-expired'])
})
