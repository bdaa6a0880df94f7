/** Who of the staff a person of the provider is: found by issuer and subject, made at the first sign-in. */
import { randomUUIDv7 } from 'node:crypto'
import * as v from 'valibot'
import { type StaffParty, type StaffRole, staffRole } from '../../protocol/people.ts'
import { recordAct } from '../audit/record.ts'
import type { Db } from '../store/store.ts'

export type Stranger = {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  readonly role: StaffRole
}

export type Recognised = {
  readonly staff: StaffParty
  readonly was: 'new' | 'changed' | 'known'
}

/**
 * The member of staff, with the name and role the provider gives today. `disabled`: somebody here closed the account,
 * which no provider can undo. Run it in the transaction of the sign-in.
 */
export async function recognise(db: Db, who: Stranger, nowMs: number): Promise<Recognised | 'disabled'> {
  const row = await db
    .selectFrom('staff_identities')
    .innerJoin('staff', 'staff.staff_id', 'staff_identities.staff_id')
    .select(['staff.staff_id', 'staff.name', 'staff.role', 'staff.disabled_ms'])
    .where('issuer', '=', who.issuer)
    .where('subject', '=', who.subject)
    .executeTakeFirst()
  if (!row) return await welcome(db, who, nowMs)
  if (row.disabled_ms !== null) return 'disabled'
  const staff: StaffParty = { type: 'staff', staffId: row.staff_id, name: who.name, role: who.role }
  if (row.name === who.name && row.role === who.role) return { staff, was: 'known' }
  await db
    .updateTable('staff')
    .set({ name: who.name, role: who.role })
    .where('staff_id', '=', row.staff_id)
    .execute()
  if (row.role !== who.role) await recordRole(db, staff, v.parse(staffRole, row.role), nowMs)
  return { staff, was: 'changed' }
}

async function recordRole(db: Db, staff: StaffParty, before: StaffRole, nowMs: number): Promise<void> {
  await recordAct(db, nowMs, {
    action: 'staff-changed',
    agent: { type: 'server' },
    entity: { type: 'staff', id: staff.staffId },
    detail: `${before} to ${staff.role}, by the provider`,
  })
}

async function welcome(
  db: Db,
  { issuer, subject, name, role }: Stranger,
  nowMs: number,
): Promise<Recognised> {
  const staffId = randomUUIDv7()
  await db
    .insertInto('staff')
    .values({ staff_id: staffId, name, role, wards: '"all"', disabled_ms: null })
    .execute()
  await db
    .insertInto('staff_identities')
    .values({ issuer, subject, staff_id: staffId, created_ms: nowMs })
    .execute()
  await recordAct(db, nowMs, {
    action: 'staff-added',
    agent: { type: 'server' },
    entity: { type: 'staff', id: staffId },
    detail: `${role}, by the provider`,
  })
  return { staff: { type: 'staff', staffId, name, role }, was: 'new' }
}
