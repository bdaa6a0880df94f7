/** The signed tree heads of the audit, each kept until the collector has it. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addAuditHeads(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('audit_heads')
    .addColumn('head_id', 'text', (column) => column.primaryKey())
    .addColumn('size', 'integer', (column) => column.notNull())
    .addColumn('frontier', 'text', (column) => column.notNull())
    .addColumn('note', 'text', (column) => column.notNull())
    .addColumn('made_ms', 'integer', (column) => column.notNull())
    .addColumn('delivered_ms', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createIndex('undelivered_heads')
    .on('audit_heads')
    .column('size')
    .where(sql.ref('delivered_ms'), 'is', null)
    .execute()
}
