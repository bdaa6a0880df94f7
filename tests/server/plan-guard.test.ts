/** The last line of defence against a double booking: what the database itself refuses, whatever a program decided. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openStore } from '../../src/server/store/store.ts'
import { bookAt, minuteMs, newDevice, tomorrow } from './plan.ts'
import { openWard, temporaryFolder } from './ward.ts'

type Taken = { readonly resource: string; readonly startMs: number; readonly endMs: number }

const taken = fc
  .record({
    resource: fc.constantFrom('staff:a', 'room:1'),
    startMs: fc.nat(60),
    minutes: fc.integer({ min: 1, max: 12 }),
  })
  .map(({ resource, startMs, minutes }): Taken => ({ resource, startMs, endMs: startMs + minutes }))

function overlap(one: Taken, other: Taken): boolean {
  return one.resource === other.resource && one.startMs < other.endMs && other.startMs < one.endMs
}

test('[GUARD-1] the database stores a booking if, and only if, it shares no moment with another of its resource (HZ-8)', async () => {
  const store = await openStore(temporaryFolder(), null, Date.now())
  await fc.assert(
    fc.asyncProperty(fc.array(taken, { maxLength: 40 }), async (wishes) => {
      await store.db.deleteFrom('plan_bookings').execute()
      const kept: Taken[] = []
      for (const [index, wish] of wishes.entries()) {
        const { resource, startMs: start_ms, endMs: end_ms } = wish
        const values = { resource, start_ms, end_ms, appointment_id: String(index) }
        const isStored = await store.db
          .insertInto('plan_bookings')
          .values(values)
          .execute()
          .then(
            () => true,
            () => false,
          )
        expect(isStored).toBe(!kept.some((other) => overlap(other, wish)))
        if (isStored) kept.push(wish)
      }
    }),
    { numRuns: 60, seed: 8 },
  )
  await expect(
    store.db.updateTable('plan_bookings').set({ start_ms: 0, end_ms: 100 }).execute(),
    'nor is one stretched',
  ).rejects.toThrow(/anew|UNIQUE/)
  await store.close()
})

test('[GUARD-2] were the rules wrong, the one act is refused and told, and those beside it are done (HZ-8)', async () => {
  const ward = await openWard()
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  // Written around the program, which therefore believes that the room is free.
  const hidden = {
    resource: 'room:1',
    start_ms: tomorrow(),
    end_ms: tomorrow() + 20 * minuteMs,
    appointment_id: 'x',
  }
  await ward.store.db.insertInto('plan_bookings').values(hidden).execute()
  const acts = [tomorrow(8), tomorrow() + 10 * minuteMs, tomorrow(10)].map((at) =>
    anna.named(bookAt(at, { place: '1' })),
  )
  const { outcomes } = await anna.sync(...acts)
  expect(outcomes.map(({ outcome }) => (outcome.type === 'refused' ? outcome.why : outcome.type))).toEqual([
    'applied',
    'taken',
    'applied',
  ])
  expect(anna.all('appointment')).toHaveLength(2)
  expect(anna.row('attention', acts[1]?.actId ?? '')).toMatchObject({ why: 'taken', resolved: null })
  const stored = await ward.store.db.selectFrom('plan_bookings').select('appointment_id').execute()
  expect(stored).toHaveLength(3)
  expect((await anna.sync(...acts)).outcomes, 'and the same for ever').toEqual(outcomes)
})

test('[GUARD-3] what lies in a buffer on purpose is stored, what lies in the bare time is not', async () => {
  const ward = await openWard()
  const doctor = newDevice(ward.origin, await ward.signIn('Maria Oja'))
  await doctor.syncAll()
  const inBuffer = { place: '1', outsideHours: true }
  const outcomes = await doctor.does(
    bookAt(tomorrow(), { place: '1', after: 15 }),
    bookAt(tomorrow() + 35 * minuteMs, { place: '1' }),
    bookAt(tomorrow() + 35 * minuteMs, inBuffer),
    bookAt(tomorrow() + 20 * minuteMs, inBuffer),
  )
  expect(outcomes.map((outcome) => (outcome.type === 'refused' ? outcome.why : outcome.type))).toEqual([
    'applied',
    'taken',
    'applied',
    'taken',
  ])
})

test('[GUARD-4] what the server says of a refusal can be read by every device, at its edges too', async () => {
  const ward = await openWard()
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  const long = 'İ'.repeat(80)
  const acts = [
    bookAt(0, { place: '1', before: 120 }),
    bookAt(0, { place: '1', before: 120 }),
    bookAt(tomorrow(), { place: long }),
    bookAt(tomorrow(), { place: long }),
  ].map((act) => anna.named(act))
  const { outcomes } = await anna.sync(...acts)
  expect(outcomes.map(({ outcome }) => (outcome.type === 'refused' ? outcome.why : outcome.type))).toEqual([
    'applied',
    'taken',
    'applied',
    'taken',
  ])
  for (const { outcome } of outcomes)
    if (outcome.type === 'refused') expect(outcome.blocking, 'who stands there is told').toHaveLength(1)
  expect((await anna.sync(...acts)).outcomes, 'and the same for ever').toEqual(outcomes)
  const ben = newDevice(ward.origin, await ward.signIn('Ben Okafor'))
  await ben.syncAll()
  expect(ben.all('attention')).toHaveLength(2)
})

test('[GUARD-5] a stored row or answer that cannot be read keeps no server from starting, and none of the others', async () => {
  const first = await openWard()
  const cookie = await first.signIn('Anna Laine')
  const anna = newDevice(first.origin, cookie)
  await anna.syncAll()
  const [lost, kept] = [bookAt(tomorrow(9)), bookAt(tomorrow(10))]
  const [spoilt, sound] = [anna.named(lost), anna.named(kept)]
  await anna.sync(spoilt, sound)
  const { db } = first.store
  await db.updateTable('plan_rows').set({ json: '{}' }).where('id', '=', lost.id).execute()
  await db.updateTable('plan_acts').set({ outcome: '{}' }).where('act_id', '=', spoilt.actId).execute()
  await first.close()
  const ward = await openWard({ dataFolder: first.data })
  const back = newDevice(ward.origin, cookie, anna.deviceId)
  const { outcomes } = await back.sync(spoilt, sound)
  expect(outcomes).toMatchObject([
    { outcome: { type: 'refused', why: 'unreadable' } },
    { outcome: { type: 'applied' } },
  ])
  expect(back.all('appointment').map(({ id }) => id)).toEqual([kept.id])
})

test('[GUARD-6] a row that no device could read is never stored: its act is parked, those beside it are done', async () => {
  const ward = await openWard()
  const acts = [bookAt(tomorrow(9), { title: 'x'.repeat(200) }), bookAt(tomorrow(10))].map((act) => ({
    actId: act.id,
    act,
  }))
  const outcomes = await ward.plan.perform({ type: 'server' }, acts)
  expect(outcomes).toMatchObject([{ type: 'refused', why: 'unreadable' }, { type: 'applied' }])
  const anna = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await anna.syncAll()
  expect(anna.all('appointment')).toHaveLength(1)
  expect(anna.all('attention')).toMatchObject([{ why: 'unreadable', asked: null }])
})
