/** What patients asked for, and how far each of it is. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addRequests(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('requests')
    .addColumn('request_id', 'text', (column) => column.primaryKey())
    .addColumn('bed_id', 'text', (column) => column.notNull().references('beds.bed_id'))
    .addColumn('stay_epoch', 'integer', (column) => column.notNull())
    .addColumn('admission_id', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('made_ms', 'integer', (column) => column.notNull())
    .addColumn('progress', 'text', (column) => column.notNull())
    .addColumn('ended_ms', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createIndex('open_requests')
    .on('requests')
    .column('request_id')
    .where(sql.ref('ended_ms'), 'is', null)
    .execute()
}
