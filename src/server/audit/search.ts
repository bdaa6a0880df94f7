/** Finds rows of the audit: a page for the screen, newest first, or all of them for a file, oldest first. */
import { setImmediate as others } from 'node:timers/promises'
import * as v from 'valibot'
import { type AuditFilter, type AuditRow, auditRow } from '../../protocol/audit.ts'
import type { Db } from '../store/store.ts'

/** A row with the hash that holds it in the chain. */
export type FoundRow = AuditRow & { readonly hash: string }

const exportPage = 500

function select(db: Db, { from, to, action, who, patient }: AuditFilter) {
  let query = db.selectFrom('audit').select(['seq', 'text', 'hash'])
  if (from !== undefined) query = query.where('at_ms', '>=', from)
  if (to !== undefined) query = query.where('at_ms', '<', to)
  if (action !== undefined) query = query.where('action', '=', action)
  if (patient !== undefined) query = query.where('patient_id', '=', patient)
  if (who !== undefined)
    query = query.where((row) =>
      row.or([row('agent_id', '=', who), row('peer_id', '=', who), row('entity_id', '=', who)]),
    )
  return query
}

/** The newest `count` rows before number `before`. */
export async function findPage(
  db: Db,
  filter: AuditFilter,
  before: number | null,
  count: number,
): Promise<FoundRow[]> {
  let query = select(db, filter).orderBy('seq', 'desc').limit(count)
  if (before !== null) query = query.where('seq', '<', before)
  return (await query.execute()).map(rowOf)
}

/** All rows up to number `last`, a page at a time, so that whoever writes meanwhile need not wait. */
export async function* eachRow(db: Db, filter: AuditFilter, last: number): AsyncGenerator<FoundRow> {
  let seen = 0
  for (;;) {
    const page = await select(db, filter)
      .where('seq', '>', seen)
      .where('seq', '<=', last)
      .orderBy('seq')
      .limit(exportPage)
      .execute()
    for (const row of page) yield rowOf(row)
    seen = page.at(-1)?.seq ?? last
    if (page.length < exportPage) return
    await others()
  }
}

/** The same at once, for what is known to be short: one stay's. */
export async function allRows(db: Db, filter: AuditFilter, last: number): Promise<FoundRow[]> {
  const rows: FoundRow[] = []
  for await (const row of eachRow(db, filter, last)) rows.push(row)
  return rows
}

export async function lastSeq(db: Db): Promise<number> {
  const row = await db
    .selectFrom('audit')
    .select(({ fn }) => fn.max('seq').as('last'))
    .executeTakeFirst()
  return row?.last ?? 0
}

function rowOf({ text, hash }: { text: string; hash: string }): FoundRow {
  return { ...v.parse(auditRow, JSON.parse(text)), hash }
}
