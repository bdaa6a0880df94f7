/** The durable side of family's visits: each change and its row of the audit in one transaction. No code and no secret is in it. */
import * as v from 'valibot'
import type { AuditAgent } from '../../protocol/audit.ts'
import type { FamilyInvite } from '../../protocol/family.ts'
import { mostRelatives, type Relative } from '../../protocol/family-messages.ts'
import { type Chain, chain } from '../../protocol/proof.ts'
import { recordAct } from '../audit/record.ts'
import type { Db } from '../store/store.ts'

/** A link that somebody made, of a stay that goes on. */
export type Link = Pick<
  FamilyInvite,
  'guestId' | 'name' | 'admissionId' | 'publicKey' | 'seal' | 'sealedKey'
> & {
  readonly invitedMs: number
  readonly chain: Chain
  /** The browser that first rang by it; null: none has. */
  readonly browserKey: string | null
}

export async function listRelatives(db: Db, admissionId: string): Promise<Relative[]> {
  const rows = await present(db).where('admission_id', '=', admissionId).orderBy('guest_id').execute()
  return rows.map(({ guest_id, name, invited_ms, last_ms }) => ({
    guestId: guest_id,
    name,
    state: invited_ms === null ? 'wished' : last_ms === null ? 'invited' : 'came',
    lastMs: last_ms,
  }))
}

/** Of those who are here. */
export async function listWishing(db: Db): Promise<string[]> {
  const rows = await present(db).where('invited_ms', 'is', null).execute()
  return [...new Set(rows.map(({ admission_id }) => admission_id))]
}

export async function findLink(
  db: Db,
  by: { readonly codeHash: string } | { readonly guestId: string },
): Promise<Link | null> {
  const query =
    'codeHash' in by
      ? present(db).where('code_hash', '=', by.codeHash)
      : present(db).where('guest_id', '=', by.guestId)
  const row = await query.executeTakeFirst()
  if (!row || row.link_key === null || row.invited_ms === null) return null
  return {
    guestId: row.guest_id,
    name: row.name,
    admissionId: row.admission_id,
    invitedMs: row.invited_ms,
    publicKey: row.link_key,
    seal: row.seal ?? '',
    sealedKey: row.sealed_key ?? '',
    chain: v.parse(chain, JSON.parse(row.chain ?? 'null')),
    browserKey: row.browser_key,
  }
}

/** [FAMILY-2] Nothing of a stay that is over. */
function present(db: Db) {
  return db
    .selectFrom('family')
    .selectAll()
    .where('family.ended_ms', 'is', null)
    .where((where) =>
      where.exists(
        where
          .selectFrom('admissions')
          .select('admissions.admission_id')
          .whereRef('admissions.admission_id', '=', 'family.admission_id')
          .where('admissions.ended_ms', 'is', null),
      ),
    )
}

type Kept = 'done' | 'too-many' | 'conflict'
type Who = { readonly guestId: string; readonly admissionId: string; readonly name: string }

export async function recordWished(db: Db, who: Who, agent: AuditAgent, nowMs: number): Promise<Kept> {
  return await db.transaction().execute(async (step) => {
    const known = await step
      .selectFrom('family')
      .select('admission_id')
      .where('guest_id', '=', who.guestId)
      .executeTakeFirst()
    // Said again: its answer was lost.
    if (known) return known.admission_id === who.admissionId ? 'done' : 'conflict'
    if (await isFull(step, who.admissionId)) return 'too-many'
    await step
      .insertInto('family')
      .values({ ...rowOf(who), wished_ms: nowMs })
      .execute()
    await audit(step, nowMs, 'family-wished', who, agent)
    return 'done'
  })
}

/** Of a wish it is the same person, as whoever made the link named them. */
export async function recordInvited(
  db: Db,
  who: Who,
  made: Pick<FamilyInvite, 'publicKey' | 'seal' | 'sealedKey'> & {
    readonly codeHash: string
    readonly chain: Chain
  },
  agent: AuditAgent,
  nowMs: number,
): Promise<Kept> {
  return await db.transaction().execute(async (step) => {
    const wished = await present(step).where('guest_id', '=', who.guestId).executeTakeFirst()
    if (wished && (wished.admission_id !== who.admissionId || wished.invited_ms !== null)) return 'conflict'
    if (!wished && (await isFull(step, who.admissionId))) return 'too-many'
    if (!wished) {
      const added = await step
        .insertInto('family')
        .values(rowOf(who))
        .onConflict((conflict) => conflict.doNothing())
        .returning('guest_id')
        .executeTakeFirst()
      if (!added) return 'conflict'
    }
    await step
      .updateTable('family')
      .set({
        ...{ name: who.name, invited_ms: nowMs, code_hash: made.codeHash, link_key: made.publicKey },
        ...{ chain: JSON.stringify(made.chain), seal: made.seal, sealed_key: made.sealedKey },
      })
      .where('guest_id', '=', who.guestId)
      .execute()
    await audit(step, nowMs, 'family-invited', who, agent)
    return 'done'
  })
}

/** [FAMILY-4] One statement takes the link, so that of two browsers that ring at once only one has it. */
export async function recordCame(
  db: Db,
  link: Link,
  browserKey: string,
  nowMs: number,
): Promise<'bound' | 'taken'> {
  const { guestId } = link
  return await db.transaction().execute(async (step) => {
    const isFirst = link.browserKey === null
    const bound = await step
      .updateTable('family')
      .set({ browser_key: browserKey, last_ms: nowMs })
      .where('guest_id', '=', guestId)
      .where('ended_ms', 'is', null)
      .where((where) => where.or([where('browser_key', 'is', null), where('browser_key', '=', browserKey)]))
      .returning('guest_id')
      .executeTakeFirst()
    if (!bound) return 'taken'
    if (isFirst) await audit(step, nowMs, 'family-came', link, { type: 'guest', guestId })
    return 'bound'
  })
}

/** False: there was nobody to remove. */
export async function recordRemoved(
  db: Db,
  who: Omit<Who, 'name'>,
  agent: AuditAgent,
  nowMs: number,
): Promise<boolean> {
  return await db.transaction().execute(async (step) => {
    const removed = await step
      .updateTable('family')
      .set({ ended_ms: nowMs, code_hash: null, sealed_key: null, seal: null })
      .where('guest_id', '=', who.guestId)
      .where('admission_id', '=', who.admissionId)
      .where('ended_ms', 'is', null)
      .returning('guest_id')
      .executeTakeFirst()
    if (removed) await audit(step, nowMs, 'family-removed', who, agent)
    return removed !== undefined
  })
}

async function isFull(db: Db, admissionId: string): Promise<boolean> {
  return (await listRelatives(db, admissionId)).length >= mostRelatives
}

function rowOf({ guestId, admissionId, name }: Who) {
  const nothing = {
    ...{ wished_ms: null, invited_ms: null, code_hash: null, link_key: null, chain: null, seal: null },
    ...{ sealed_key: null, browser_key: null, last_ms: null, ended_ms: null },
  }
  return { guest_id: guestId, admission_id: admissionId, name, ...nothing }
}

type Action = 'family-wished' | 'family-invited' | 'family-came' | 'family-removed'

async function audit(
  db: Db,
  nowMs: number,
  action: Action,
  { guestId, admissionId }: Omit<Who, 'name'>,
  agent: AuditAgent,
): Promise<void> {
  await recordAct(db, nowMs, { action, agent, patient: admissionId, entity: { type: 'guest', id: guestId } })
}
