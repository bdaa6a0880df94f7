/** A ward says who interprets for it, and a station is told whom it can bring to a call. */

import * as v from 'valibot'
import { expect, test } from 'vitest'
import { tablePeople } from '../../src/protocol/interpreting.ts'
import { wardPlan } from '../../src/protocol/ward.ts'
import { rowsOf } from './audit-rows.ts'
import { post, refusalOf } from './client.ts'
import { openWard, ring, type Ward } from './ward.ts'

const get = (ward: Ward, path: string, cookie: string) =>
  fetch(`${ward.origin}/api${path}`, { headers: { cookie } })

/** Without the languages that a demo ward comes with. */
async function bareWard(): Promise<Ward> {
  const ward = await openWard()
  await ward.store.db.deleteFrom('interpreting').execute()
  return ward
}

async function settings(ward: Ward) {
  const cookie = await ward.signIn('Oskar Berg')
  const read = async () => v.parse(wardPlan, await (await get(ward, '/ward', cookie)).json())
  const { people } = await read()
  const ids = Object.fromEntries(people.map(({ name, staffId }) => [name, staffId]))
  return {
    ids,
    people,
    read,
    set: (said: unknown) => post(ward.origin, '/api/ward/interpreting', said, { cookie }),
    disable: (staffId: string | undefined) =>
      post(ward.origin, '/api/staff/change', { staffId, disabled: true }, { cookie }),
    drop: (language: string) => post(ward.origin, '/api/ward/interpreting/drop', { language }, { cookie }),
  }
}

/** What one of the staff is told, again and again. */
async function asking(ward: Ward, name: string) {
  const cookie = await ward.signIn(name)
  return () => peopleFor(ward, cookie)
}

async function peopleFor(ward: Ward, cookie: string) {
  const answer = await get(ward, '/table/people', cookie)
  return v.parse(tablePeople, await answer.json())
}

test('[WARD-7] a language gets its people and its number: set, set anew, dropped, on record, and over a restart', async () => {
  const ward = await bareWard()
  const { ids, set, drop, read } = await settings(ward)
  const somali = { language: 'so', phone: '+358 9 123 4567', staffIds: [ids['Maria Oja']] }
  expect((await set(somali)).status).toBe(200)
  expect((await set({ language: 'fse', phone: '4567', staffIds: [] })).status).toBe(200)
  expect((await set({ ...somali, phone: null })).status).toBe(200)
  expect((await drop('fse')).status).toBe(200)
  expect((await drop('fse')).status).toBe(404)
  const kept = [{ ...somali, phone: null }]
  expect((await read()).interpreting).toEqual(kept)
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  expect((await (await settings(again)).read()).interpreting).toEqual(kept)
  await again.close()
  const acts = rowsOf(ward.data).filter(({ act }) => act.action === 'ward-changed')
  expect(acts.map(({ act }) => act.detail)).toEqual([
    'interpreting so: people 1, number yes',
    'interpreting fse: people 0, number yes',
    'interpreting so: people 1, number no',
    'no interpreting fse',
  ])
})

test('[WARD-7] one language is one entry, however its tag is written', async () => {
  const { set, read } = await settings(await bareWard())
  await set({ language: 'FA-af', phone: '12', staffIds: [] })
  await set({ language: 'fa-AF', phone: '34', staffIds: [] })
  expect((await read()).interpreting).toEqual([{ language: 'fa-AF', phone: '34', staffIds: [] }])
})

test.each([
  ['no tag', { language: 'not a language', phone: '123', staffIds: [] }],
  ['words for a number', { language: 'so', phone: 'ask at the desk', staffIds: [] }],
  ['nobody and no number', { language: 'so', phone: null, staffIds: [] }],
])('[WARD-8] %s is refused', async (_name, said) => {
  const { set, read } = await settings(await bareWard())
  expect(await refusalOf(await set(said))).toEqual({ status: 400, body: { refusal: 'bad-request' } })
  expect((await read()).interpreting).toEqual([])
})

test('[WARD-8] whoever may not be called is not named: administrators, and nobody that there is', async () => {
  const ward = await bareWard()
  const { people, set } = await settings(ward)
  expect(people.map(({ name }) => name)).toEqual(['Anna Laine', 'Ben Okafor', 'Maria Oja'])
  const { staff_id } = await ward.store.db
    .selectFrom('staff')
    .select('staff_id')
    .where('role', '=', 'admin')
    .executeTakeFirstOrThrow()
  for (const staffId of [staff_id, 'nobody']) {
    const answer = await set({ language: 'so', phone: null, staffIds: [staffId] })
    expect(await refusalOf(answer)).toEqual({ status: 404, body: { refusal: 'not-found' } })
  }
})

test('[BRING-1] a station is told of everyone who may be called but oneself: here first, and who is in a call', async () => {
  const ward = await bareWard()
  const { ids, set } = await settings(ward)
  await set({
    language: 'so',
    phone: '4567',
    staffIds: [ids['Anna Laine'], ids['Ben Okafor'], ids['Maria Oja']],
  })
  const [maria, bed] = [await ward.station('Maria Oja'), await ward.bed('1')]
  const read = await asking(ward, 'Anna Laine')
  const before = await read()
  const stands = ({ party, isHere, isBusy }: (typeof before)['colleagues'][number]) => [
    party.name,
    isHere,
    isBusy,
  ]
  expect(before.colleagues.map(stands)).toEqual([
    ['Maria Oja', true, false],
    ['Ben Okafor', false, false],
  ])
  expect(before.interpreters).toEqual([{ language: 'so', phone: '4567', people: before.colleagues }])
  await ring(maria, bed)
  expect((await read()).colleagues.map(stands)[0]).toEqual(['Maria Oja', true, true])
  await maria.cut()
  await expect
    .poll(async () => (await read()).colleagues.map(stands))
    .toEqual([
      ['Ben Okafor', false, false],
      ['Maria Oja', false, true],
    ])
})

test('[BRING-1] an account that was disabled is nobody to ask', async () => {
  const ward = await bareWard()
  const { ids, set, read, disable } = await settings(ward)
  const staffIds = [ids['Ben Okafor'], ids['Maria Oja']]
  await set({ language: 'so', phone: null, staffIds })
  expect((await disable(ids['Maria Oja'])).status).toBe(200)
  expect((await read()).interpreting[0]?.staffIds).toEqual([ids['Ben Okafor']])
  const { colleagues } = await (await asking(ward, 'Anna Laine'))()
  expect(colleagues.map(({ party }) => party.name)).toEqual(['Ben Okafor'])
})

test('[WARD-9] a demo ward comes with a language that somebody interprets, and one with a number alone, once', async () => {
  const ward = await openWard()
  const { ids, drop } = await settings(ward)
  expect((await peopleFor(ward, await ward.signIn('Anna Laine'))).interpreters).toMatchObject([
    { language: 'ar', phone: '4567', people: [] },
    { language: 'et', people: [{ party: { staffId: ids['Maria Oja'] } }] },
  ])
  await drop('ar')
  await ward.close()
  const again = await openWard({ dataFolder: ward.data })
  const { interpreters } = await peopleFor(again, await again.signIn('Ben Okafor'))
  expect(interpreters.map(({ language }) => language)).toEqual(['et'])
})
