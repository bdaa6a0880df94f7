/** The durable side of guests: each change and its row of the audit in one transaction. The code and its secret are not in it. */
import * as v from 'valibot'
import type { AuditAgent } from '../protocol/audit.ts'
import { guestCodeMs } from '../protocol/guest.ts'
import { type GuestParty, guestParty, type StaffParty } from '../protocol/people.ts'
import { type Chain, chain } from '../protocol/proof.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { Db } from './store/store.ts'

/** Somebody who was asked to a table that is not over for them. */
export type Guest = {
  readonly party: GuestParty
  readonly tableId: string
  readonly invitedBy: string
  /** The screen that made their code, and alone knows its secret. */
  readonly endpoint: string
  readonly expiresMs: number
  /** The key that used the code up; null: none has. */
  readonly bound: { readonly publicKey: string; readonly seal: string; readonly sinceMs: number } | null
  /** What that screen said for them; null: nothing yet. */
  readonly admitted: { readonly chain: Chain; readonly seal: string; readonly isSeated: boolean } | null
}

/** What a new guest is, and to what table of which patient, if one is at it. */
export type NewGuest = Pick<Guest, 'party' | 'tableId' | 'endpoint'> & {
  readonly by: StaffParty
  readonly patient: string | null
  readonly codeHash: string
}

/** Codes of one table that nobody has used yet: as many as may still come to it. */
export const mostOpenCodes = 3

export async function recordInvited(
  db: Db,
  { party, tableId, endpoint, by, patient, codeHash }: NewGuest,
  nowMs: number,
): Promise<{ readonly untilMs: number } | 'too-many' | 'conflict'> {
  const { guestId, name, kind } = party
  return await db.transaction().execute(async (step) => {
    const open = await step
      .selectFrom('guests')
      .select('guest_id')
      .where('table_id', '=', tableId)
      .where('ended_ms', 'is', null)
      .where('used_ms', 'is', null)
      .where('expires_ms', '>', nowMs)
      .execute()
    if (open.length >= mostOpenCodes) return 'too-many'
    const untilMs = nowMs + guestCodeMs
    const row = { guest_id: guestId, table_id: tableId, name, kind, invited_by: by.staffId, endpoint }
    const added = await step
      .insertInto('guests')
      .values({ ...row, ...nothingYet, code_hash: codeHash, expires_ms: untilMs })
      .onConflict((conflict) => conflict.column('code_hash').doNothing())
      .returning('guest_id')
      .executeTakeFirst()
    if (!added) return 'conflict'
    const act = { action: 'guest-invited', agent: agentOfParty(by), detail: kind, patient } as const
    await recordAct(step, nowMs, { ...act, entity: { type: 'guest', id: guestId } })
    return { untilMs }
  })
}

const nothingYet = {
  used_ms: null,
  public_key: null,
  seal: null,
  chain: null,
  station_seal: null,
  seated_ms: null,
  ended_ms: null,
}

/** Binds a guest to a key. One statement takes the code, so that of two who try at once only one gets it. */
export async function recordCame(
  db: Db,
  codeHash: string,
  { publicKey, seal }: { readonly publicKey: string; readonly seal: string },
  patient: string | null,
  nowMs: number,
): Promise<'bound' | 'taken'> {
  return await db.transaction().execute(async (step) => {
    const taken = await step
      .updateTable('guests')
      .set({ used_ms: nowMs, public_key: publicKey, seal })
      .where('code_hash', '=', codeHash)
      .where('used_ms', 'is', null)
      .where('ended_ms', 'is', null)
      .where('expires_ms', '>', nowMs)
      .returning('guest_id')
      .executeTakeFirst()
    if (!taken) return 'taken'
    const agent: AuditAgent = { type: 'guest', guestId: taken.guest_id }
    const entity = { type: 'guest', id: taken.guest_id } as const
    await recordAct(step, nowMs, { action: 'guest-came', agent, entity, patient })
    return 'bound'
  })
}

export async function recordVouched(
  db: Db,
  { party }: Guest,
  by: StaffParty,
  { chain: certificates, seal }: { readonly chain: Chain; readonly seal: string },
  patient: string | null,
  nowMs: number,
): Promise<void> {
  const { guestId } = party
  await db.transaction().execute(async (step) => {
    await step
      .updateTable('guests')
      .set({ chain: JSON.stringify(certificates), station_seal: seal })
      .where('guest_id', '=', guestId)
      .execute()
    const act = { action: 'guest-vouched', agent: agentOfParty(by), peer: agentOfParty(party) } as const
    await recordAct(step, nowMs, { ...act, patient, entity: { type: 'guest', id: guestId } })
  })
}

/** `why`: a word of the program. */
export async function recordTurnedAway(
  db: Db,
  { party }: Guest,
  by: AuditAgent,
  why: string,
  patient: string | null,
  nowMs: number,
): Promise<void> {
  await db.transaction().execute(async (step) => {
    await recordOver(step, party.guestId, nowMs)
    const act = { action: 'guest-vouched', outcome: 'refused', agent: by, peer: agentOfParty(party) } as const
    await recordAct(step, nowMs, {
      ...act,
      detail: why,
      patient,
      entity: { type: 'guest', id: party.guestId },
    })
  })
}

export async function recordSeated(db: Db, guestId: string, nowMs: number): Promise<void> {
  await db.updateTable('guests').set({ seated_ms: nowMs }).where('guest_id', '=', guestId).execute()
}

/** Nothing stays but who it was, for the audit and the ledger. */
export async function recordOver(db: Db, guestId: string, nowMs: number): Promise<void> {
  const nothing = {
    endpoint: null,
    code_hash: null,
    public_key: null,
    seal: null,
    chain: null,
    station_seal: null,
  }
  await db
    .updateTable('guests')
    .set({ ...nothing, ended_ms: nowMs })
    .where('guest_id', '=', guestId)
    .execute()
}

function presentGuests(db: Db) {
  return db.selectFrom('guests').selectAll().where('ended_ms', 'is', null)
}

export async function listGuests(db: Db): Promise<Guest[]> {
  return (await presentGuests(db).execute()).map(guestOf)
}

export async function findGuest(db: Db, guestId: string): Promise<Guest | null> {
  const row = await presentGuests(db).where('guest_id', '=', guestId).executeTakeFirst()
  return row ? guestOf(row) : null
}

export async function findByCode(db: Db, codeHash: string): Promise<Guest | null> {
  const row = await presentGuests(db).where('code_hash', '=', codeHash).executeTakeFirst()
  return row ? guestOf(row) : null
}

type Row = Awaited<ReturnType<ReturnType<typeof presentGuests>['executeTakeFirstOrThrow']>>

function guestOf(row: Row): Guest {
  const { public_key: publicKey, seal, used_ms: sinceMs, station_seal: sealed } = row
  const isBound = publicKey !== null && seal !== null && sinceMs !== null
  return {
    party: v.parse(guestParty, { type: 'guest', guestId: row.guest_id, name: row.name, kind: row.kind }),
    tableId: row.table_id,
    invitedBy: row.invited_by,
    endpoint: row.endpoint ?? '',
    expiresMs: row.expires_ms,
    bound: isBound ? { publicKey, seal, sinceMs } : null,
    admitted:
      row.chain !== null && sealed !== null
        ? { chain: v.parse(chain, JSON.parse(row.chain)), seal: sealed, isSeated: row.seated_ms !== null }
        : null,
  }
}
