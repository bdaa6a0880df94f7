/** A data folder as administrators would have filled it: a ward that is no demo. */
import { createHmac, randomUUID } from 'node:crypto'
import { issueCode } from '../../src/server/codes.ts'
import { openStore } from '../../src/server/store/store.ts'

/** BEDSIDE_SECRET of these wards. */
export const secret = createHmac('sha256', 'test').update('ward').digest('base64url')

/** Writes what an administrator would have entered; the answer is everybody's one-time code. */
export async function furnish(data: string) {
  const store = await openStore(data, secret, Date.now())
  const { db } = store
  const ward_id = randomUUID()
  await db.insertInto('wards').values({ ward_id, name: 'Ward 7', demo: 0 }).execute()
  for (const [index, label] of ['1', '2'].entries())
    await db
      .insertInto('beds')
      .values({
        bed_id: `bed-${label}`,
        ward_id,
        label,
        position: index,
        offline_since_ms: null,
        stay_epoch: 0,
      })
      .execute()
  for (const role of ['nurse', 'admin'])
    await db
      .insertInto('staff')
      .values({ staff_id: role, name: `The ${role}`, role, wards: '"all"', disabled_ms: null })
      .execute()
  const codes = {
    admin: await issueCode(store, 'sign-in', 'admin', Date.now()),
    nurse: await issueCode(store, 'sign-in', 'nurse', Date.now()),
    one: await issueCode(store, 'enrol', 'bed-1', Date.now()),
    again: await issueCode(store, 'enrol', 'bed-1', Date.now()),
    two: await issueCode(store, 'enrol', 'bed-2', Date.now()),
  }
  await store.close()
  return codes
}
