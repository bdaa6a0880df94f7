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
