/** Who hears that the plan changed, what a version of yesterday becomes, and that no name stands in the audit. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { planVersion } from '../../src/protocol/plan.ts'
import { hashOf, readAct, readBrought } from '../../src/server/plan/read-act.ts'
import { bookAt, edit, newDevice, tomorrow } from './plan.ts'
import { openWard } from './ward.ts'

test('[NEWS-1] every open station hears that there is news, in no words at all; one that was away hears it once', async () => {
  const ward = await openWard()
  const bed = await ward.bed('1')
  const [ben, maria] = [await ward.station('Ben Okafor'), await ward.station('Maria Oja')]
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  await anna.does(bookAt(tomorrow(8), { title: 'Secret' }))
  for (const station of [ben, maria]) expect(await station.hear('plan.news')).toEqual({ type: 'plan.news' })
  await bed.settled()
  expect(bed.heardOfPlan().filter(({ type }) => type === 'plan.news')).toEqual([])
  await anna.sync()
  await ben.settled()
  expect(ben.heardOfPlan(), 'asking is no news').toEqual([])
})

test('[NEWS-2] acts that are taken together are one word, not one each', async () => {
  const nowMs = Date.now()
  const ward = await openWard({ now: () => nowMs })
  const ben = await ward.station('Ben Okafor')
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  await anna.does(...[8, 9, 10, 11].map((hour) => bookAt(tomorrow(hour))))
  await ben.hear('plan.news')
  await ben.settled()
  expect(ben.heardOfPlan()).toEqual([])
})

test('[UPCAST-1] an act of an older version is made one of today’s, step by step; one of no known version is parked', () => {
  const today = bookAt(tomorrow())
  const old = { type: 'book', appointment: today.id, kind: today.kind, wish: today.fields }
  const casts = {
    [planVersion - 2]: (act: unknown) => ({ ...Object(act), kind: Object(act).kind ?? 'visit' }),
    [planVersion - 1]: (act: unknown) => {
      const { appointment, kind, wish } = Object(act)
      return { type: 'appointment.book', id: appointment, kind, fields: wish }
    },
  }
  const { kind: _kind, ...oldest } = old
  expect(readAct(planVersion - 1, old, casts)).toEqual(today)
  expect(readAct(planVersion - 2, oldest, casts)).toEqual(today)
  expect(readAct(planVersion - 3, oldest, casts)).toBeNull()
  expect(readAct(planVersion + 1, today, casts)).toBeNull()
  expect(readAct(Number.NaN, today, casts)).toBeNull()
  const outboxAct = { actId: randomUUID(), n: 1, version: planVersion - 1, madeMs: 0, act: old }
  expect(readBrought(outboxAct, casts)).toMatchObject({ act: today, hash: hashOf(old) })
  expect(readBrought({ ...outboxAct, actId: 'no id!' }, casts)).toBeNull()
})

test('[UPCAST-2] the same content has the same hash whatever order its fields came in, and another has another', () => {
  expect(hashOf({ one: 1, two: { a: [1, 2], b: null } })).toBe(
    hashOf({ two: { b: null, a: [1, 2] }, one: 1 }),
  )
  expect(hashOf({ a: [1, 2] })).not.toBe(hashOf({ a: [2, 1] }))
})

test('[PLAN-AUDIT-1] each act, done or refused, is one row of the audit in the same transaction, with ids and no words', async () => {
  const ward = await openWard()
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  const patient = { name: 'Outpatient Smith', born: null, email: 'smith@example.org', phone: null }
  const act = bookAt(tomorrow(), { title: 'Chemotherapy', note: 'afraid', place: 'R1', outpatient: patient })
  await anna.does(act, { ...bookAt(tomorrow(), { place: 'R1', title: 'Chemotherapy' }) })
  const row = anna.row('appointment', act.id)
  if (row) await anna.does(edit(row, { status: 'cancelled', cancelReason: 'Died of it' }))
  const rows = await ward.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'plan-changed')
    .orderBy('seq')
    .execute()
  expect(rows.map(({ text }) => JSON.parse(text).act)).toMatchObject([
    { outcome: 'done', entity: { type: 'appointment', id: act.id }, detail: 'appointment.book' },
    { outcome: 'refused', detail: 'taken' },
    { outcome: 'done', entity: { id: act.id }, detail: 'appointment.edit' },
  ])
  for (const word of ['Chemotherapy', 'afraid', 'Smith', 'Died'])
    expect([word, rows.some(({ text }) => text.includes(word))]).toEqual([word, false])
})
