/** Whose plan it is: what is asked when an act is taken, and what a device loses with a right. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { post, refusalOf } from './client.ts'
import { bookAt, type Device, newDevice, tomorrow } from './plan.ts'
import { openWard, type Ward } from './ward.ts'

async function deviceOf(ward: Ward, name: string): Promise<Device> {
  const device = newDevice(ward.origin, await ward.signIn(name))
  await device.syncAll()
  return device
}

function idOf(device: Device, who: string): string {
  return device.all('person').find(({ name }) => name === who)?.id ?? ''
}

async function become(ward: Ward, name: string, role: string): Promise<void> {
  await ward.store.db.updateTable('staff').set({ role }).where('name', '=', name).execute()
}

test('[SYNC-9] what a person may is asked when the act comes; what they may no longer is refused and kept in sight', async () => {
  const ward = await openWard()
  const [anna, ben] = [await deviceOf(ward, 'Anna Laine'), await deviceOf(ward, 'Ben Okafor')]
  const written = anna.named(bookAt(tomorrow()))
  await become(ward, 'Anna Laine', 'interpreter')
  const { outcomes } = await anna.sync(written)
  expect(outcomes).toMatchObject([{ outcome: { type: 'refused', why: 'forbidden' } }])
  await ben.sync()
  expect(ben.row('attention', written.actId)).toMatchObject({
    why: 'forbidden',
    by: idOf(ben, 'Anna Laine'),
    asked: { type: 'appointment.book' },
  })
  const rows = await ward.store.db
    .selectFrom('audit')
    .select('text')
    .where('action', '=', 'forbidden')
    .execute()
  expect(rows.map(({ text }) => JSON.parse(text).act.detail)).toEqual(['plan.change'])
})

test('[SYNC-10] who leaves the ward has its rows taken away, but for what they take part in; glass brings them back', async () => {
  const ward = await openWard()
  const [maria, anna] = [await deviceOf(ward, 'Maria Oja'), await deviceOf(ward, 'Anna Laine')]
  const me = idOf(maria, 'Maria Oja')
  const [mine, theirs] = [bookAt(tomorrow(9), { staff: [me] }), bookAt(tomorrow(10))]
  await anna.does(mine, theirs)
  await maria.sync()
  expect(maria.all('appointment')).toHaveLength(2)
  await ward.giveWards('Maria Oja', [])
  const answer = await maria.sync()
  expect(answer.reset).toBe(true)
  expect(maria.all('appointment').map(({ id }) => id)).toEqual([mine.id])
  expect(
    maria.all('bed').every(({ stay }) => stay === null),
    'nobody’s name (HZ-6)',
  ).toBe(true)
  expect(JSON.stringify(answer)).not.toContain('Eero Salonen')
  // Taken out of it, she is told that it is hers no more, and of nothing else.
  const row = anna.row('appointment', mine.id)
  await anna.does({
    type: 'appointment.edit',
    id: mine.id,
    changes: { staff: { from: row?.staff ?? [], to: [] } },
  })
  const taken = await maria.sync()
  expect(taken).toMatchObject({ reset: false, rows: [], removed: [{ type: 'appointment', id: mine.id }] })
  await anna.does(bookAt(tomorrow(11)))
  expect(await maria.sync()).toMatchObject({ rows: [], removed: [] })
  await ward.store.db
    .insertInto('broken_glass')
    .values({
      glass_id: randomUUID(),
      staff_id: me,
      ward_id: (await ward.store.db.selectFrom('wards').select('ward_id').executeTakeFirstOrThrow()).ward_id,
      reason: 'somebody fell in the corridor',
      broken_ms: Date.now(),
      until_ms: Date.now() + 60_000,
      reviewed_ms: null,
      reviewed_by: null,
      review_note: null,
      ended_ms: null,
    })
    .execute()
  expect((await maria.sync()).reset).toBe(true)
  expect(maria.all('appointment')).toHaveLength(3)
})

test('[SYNC-11] nobody’s acts are done in another’s name, nor by a version that is not understood', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward, 'Anna Laine')
  const act = anna.named(bookAt(tomorrow()))
  const foreign = await anna.ask([act], { staffId: idOf(anna, 'Ben Okafor') })
  expect(await refusalOf(foreign)).toEqual({ status: 409, body: { refusal: 'conflict' } })
  const old = await anna.ask([act], { version: 0 })
  expect(await refusalOf(old)).toEqual({ status: 426, body: { refusal: 'outdated' } })
  const newer = await anna.ask([act], { version: 2 })
  expect(await refusalOf(newer)).toEqual({ status: 503, body: { refusal: 'unavailable' } })
  expect((await anna.sync()).rows).toEqual([])
})

test('[SYNC-12] a disabled person is signed out and a locked browser locked; what they wrote waits at the device', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward, 'Anna Laine')
  const act = anna.named(bookAt(tomorrow()))
  await ward.store.db.updateTable('sign_ins').set({ locked_ms: Date.now() }).execute()
  expect(await refusalOf(await anna.ask([act]))).toEqual({ status: 401, body: { refusal: 'locked' } })
  await ward.store.db.updateTable('sign_ins').set({ locked_ms: null }).execute()
  await ward.store.db
    .updateTable('staff')
    .set({ disabled_ms: Date.now() })
    .where('name', '=', 'Anna Laine')
    .execute()
  expect(await refusalOf(await anna.ask([act]))).toEqual({ status: 401, body: { refusal: 'signed-out' } })
  expect(await ward.store.db.selectFrom('plan_acts').selectAll().execute()).toEqual([])
})

test('[SYNC-19] much is read only from whoever is signed in, and fifty of the largest acts are not too much', async () => {
  const ward = await openWard()
  const anna = await deviceOf(ward, 'Anna Laine')
  const [bed] = anna.all('bed')
  const stop = { bedId: bed?.id ?? '', admissionId: null, minutes: 1, state: 'open' as const }
  const large = Array.from({ length: 50 }, (_, index) =>
    anna.named(
      bookAt(tomorrow() + index, { note: 'ä'.repeat(2_000), stops: Array.from({ length: 96 }, () => stop) }),
    ),
  )
  expect((await anna.sync(...large)).outcomes).toHaveLength(50)
  // Nobody looks into what a stranger sends, or it would be found to be no JSON.
  const unread = await post(ward.origin, '/api/sync', `{${'x'.repeat(20_000)}`, { cookie: 'bedside=nobody' })
  expect(await refusalOf(unread)).toEqual({ status: 401, body: { refusal: 'signed-out' } })
  expect((await anna.ask(['x'.repeat(3_000_000)])).status).toBe(413)
})

test('[SYNC-20] why somebody is away is in no colleague’s rows when their hours are refused, and in their own', async () => {
  const ward = await openWard()
  const [anna, ben] = [await deviceOf(ward, 'Anna Laine'), await deviceOf(ward, 'Ben Okafor')]
  const away = [{ startMs: tomorrow(9), endMs: tomorrow(10), why: 'surgery' }]
  const to = { zone: 'Europe/Helsinki', weekly: [], away }
  const from = { ...to, away: [] }
  const written = anna.named({ type: 'hours.set', id: idOf(anna, 'Anna Laine'), from, to })
  await anna.sync(written)
  expect(JSON.stringify(await ben.sync())).not.toContain('surgery')
  expect(ben.row('attention', written.actId)).toMatchObject({ why: 'edited-meanwhile', clashes: [] })
  Object.assign(anna.place, { epoch: null, cursor: null })
  await anna.syncAll()
  expect(anna.row('attention', written.actId)).toMatchObject({ asked: { to: { away } } })
})
