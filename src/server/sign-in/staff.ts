/** Local accounts, as administrators and the server's command line change them. Nobody is ever deleted. */
import { randomUUIDv7 } from 'node:crypto'
import * as v from 'valibot'
import type { AuditAgent } from '../../protocol/audit.ts'
import { type StaffRole, staffRole } from '../../protocol/people.ts'
import type { StaffRow } from '../../protocol/sign-in.ts'
import { recordAct } from '../audit/record.ts'
import { newCode } from '../store/secrets.ts'
import type { Db, Store } from '../store/store.ts'
import { tidyName } from './claims.ts'
import { loginOf } from './passwords.ts'

export const invitationMs = 48 * 60 * 60_000

export type Invited = { readonly staffId: string; readonly url: string; readonly untilMs: number }

/** `conflict`: somebody who is not disabled has this name, and names are what people sign in with. */
export async function addStaff(
  store: Store,
  origin: string,
  person: { readonly name: string; readonly role: StaffRole; readonly wards: readonly string[] | 'all' },
  agent: AuditAgent,
  nowMs: number,
): Promise<Invited | 'conflict' | 'bad-request'> {
  const name = tidyName(person.name)
  if (name === '') return 'bad-request'
  return await store.db.transaction().execute(async (db) => {
    const others = await db.selectFrom('staff').select('name').where('disabled_ms', 'is', null).execute()
    if (others.some((other) => loginOf(other.name) === loginOf(name))) return 'conflict'
    const staffId = randomUUIDv7()
    const wards = JSON.stringify(person.wards)
    await db
      .insertInto('staff')
      .values({ staff_id: staffId, name, role: person.role, wards, disabled_ms: null })
      .execute()
    await recordAct(db, nowMs, {
      action: 'staff-added',
      agent,
      entity: { type: 'staff', id: staffId },
      detail: person.role,
    })
    return await invite(store, db, origin, staffId, nowMs)
  })
}

async function invite(
  store: Store,
  db: Db,
  origin: string,
  staffId: string,
  nowMs: number,
): Promise<Invited> {
  const code = newCode()
  const untilMs = nowMs + invitationMs
  await db.deleteFrom('invitations').where('staff_id', '=', staffId).where('used_ms', 'is', null).execute()
  await db
    .insertInto('invitations')
    .values({
      code_hash: store.digest(code),
      staff_id: staffId,
      created_ms: nowMs,
      expires_ms: untilMs,
      used_ms: null,
    })
    .execute()
  return { staffId, url: `${origin}/station#invite=${code}`, untilMs }
}

/** A new link for a person who lost theirs, or their passkey; the one before stops working. */
export async function inviteAgain(
  store: Store,
  origin: string,
  staffId: string,
  agent: AuditAgent,
  nowMs: number,
): Promise<Invited | 'not-found' | 'conflict'> {
  return await store.db.transaction().execute(async (db) => {
    const row = await db
      .selectFrom('staff')
      .select('disabled_ms')
      .where('staff_id', '=', staffId)
      .executeTakeFirst()
    if (!row) return 'not-found'
    if (row.disabled_ms !== null || (await isFromProvider(db, staffId))) return 'conflict'
    const entity = { type: 'staff', id: staffId } as const
    await recordAct(db, nowMs, { action: 'staff-changed', agent, entity, detail: 'invited' })
    return await invite(store, db, origin, staffId, nowMs)
  })
}

async function isFromProvider(db: Db, staffId: string): Promise<boolean> {
  const found = db.selectFrom('staff_identities').select('subject').where('staff_id', '=', staffId)
  return (await found.executeTakeFirst()) !== undefined
}

export type StaffChange = {
  readonly role?: StaffRole | undefined
  readonly disabled?: boolean | undefined
}

/** `conflict`: the provider decides about this person's role, or it would leave nobody who can undo it. */
export async function changeStaff(
  store: Store,
  staffId: string,
  { role, disabled }: StaffChange,
  agent: AuditAgent,
  nowMs: number,
): Promise<'changed' | 'not-found' | 'conflict'> {
  return await store.db.transaction().execute(async (db) => {
    const row = await db.selectFrom('staff').selectAll().where('staff_id', '=', staffId).executeTakeFirst()
    if (!row) return 'not-found'
    if (role !== undefined && role !== row.role && (await isFromProvider(db, staffId))) return 'conflict'
    const isSelf = agent.type === 'staff' && agent.staffId === staffId
    if (isSelf && (disabled === true || (role !== undefined && role !== row.role))) return 'conflict'
    const entity = { type: 'staff', id: staffId } as const
    if (role !== undefined && role !== row.role) {
      await db.updateTable('staff').set({ role }).where('staff_id', '=', staffId).execute()
      const detail = `${row.role} to ${role}`
      await recordAct(db, nowMs, { action: 'staff-changed', agent, entity, detail })
    }
    if (disabled !== undefined && disabled !== (row.disabled_ms !== null))
      await setDisabled(db, staffId, disabled ? nowMs : null, agent, nowMs)
    return 'changed'
  })
}

/** Whoever is disabled has no sign-in, no open link, no broken glass, and none that comes back when they are enabled again. */
async function setDisabled(
  db: Db,
  staffId: string,
  disabledMs: number | null,
  agent: AuditAgent,
  nowMs: number,
): Promise<void> {
  await db.updateTable('staff').set({ disabled_ms: disabledMs }).where('staff_id', '=', staffId).execute()
  await db.deleteFrom('sign_ins').where('staff_id', '=', staffId).execute()
  await db.deleteFrom('invitations').where('staff_id', '=', staffId).where('used_ms', 'is', null).execute()
  await db
    .updateTable('broken_glass')
    .set({ until_ms: nowMs })
    .where('staff_id', '=', staffId)
    .where('until_ms', '>', nowMs)
    .execute()
  const detail = disabledMs === null ? 'enabled' : 'disabled'
  await recordAct(db, nowMs, {
    action: 'staff-changed',
    agent,
    entity: { type: 'staff', id: staffId },
    detail,
  })
}

export async function listAllStaff(db: Db, nowMs: number): Promise<StaffRow[]> {
  const rows = await db.selectFrom('staff').selectAll().orderBy('name').execute()
  const provided = await idsIn(db, 'staff_identities')
  const passkeys = await idsIn(db, 'passkeys')
  const passwords = await idsIn(db, 'passwords')
  const open = await db
    .selectFrom('invitations')
    .select('staff_id')
    .where('used_ms', 'is', null)
    .where('expires_ms', '>', nowMs)
    .execute()
  const invited = new Set(open.map(({ staff_id }) => staff_id))
  return rows.map(({ staff_id, name, role, disabled_ms }) => ({
    staffId: staff_id,
    name,
    role: v.parse(staffRole, role),
    from: provided.has(staff_id) ? 'provider' : 'here',
    account: passkeys.has(staff_id)
      ? 'passkey'
      : passwords.has(staff_id)
        ? 'password'
        : invited.has(staff_id)
          ? 'invited'
          : 'none',
    disabled: disabled_ms !== null,
  }))
}

async function idsIn(db: Db, table: 'staff_identities' | 'passkeys' | 'passwords'): Promise<Set<string>> {
  return new Set((await db.selectFrom(table).select('staff_id').execute()).map(({ staff_id }) => staff_id))
}

/** Whether anybody signs in here by passkey or password; where nobody does, nobody is asked for one. */
export async function hasLocalAccounts(db: Db): Promise<boolean> {
  const withPassword = await db.selectFrom('passwords').select('staff_id').limit(1).executeTakeFirst()
  if (withPassword) return true
  const withPasskey = await db
    .selectFrom('passkeys')
    .leftJoin('staff_identities', 'staff_identities.staff_id', 'passkeys.staff_id')
    .select('passkeys.staff_id')
    .where('staff_identities.staff_id', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return withPasskey !== undefined
}
