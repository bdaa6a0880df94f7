/** Scans that are, or were, shown live in a call, and on whose screens. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addScanShares(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('scan_shares')
    .addColumn('share_id', 'text', (column) => column.primaryKey())
    .addColumn('table_id', 'text', (column) => column.notNull())
    .addColumn('presenter', 'text', (column) => column.notNull())
    .addColumn('admission_id', 'text')
    .addColumn('shared_ms', 'integer', (column) => column.notNull())
    .addColumn('ended_ms', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createIndex('open_scan_shares')
    .on('scan_shares')
    .column('share_id')
    .where(sql.ref('ended_ms'), 'is', null)
    .execute()
  await db.schema
    .createTable('scan_viewers')
    .addColumn('share_id', 'text', (column) => column.notNull().references('scan_shares.share_id'))
    .addColumn('viewer', 'text', (column) => column.notNull())
    .addColumn('seen_ms', 'integer', (column) => column.notNull())
    .addColumn('gone_ms', 'integer')
    .addPrimaryKeyConstraint('one_viewer_a_share', ['share_id', 'viewer'])
    .modifyEnd(sql`strict`)
    .execute()
}
