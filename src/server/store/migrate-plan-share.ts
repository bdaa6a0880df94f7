/** Private links of calendars, and the keys of programs that read or change the plan. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addPlanShare(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('plan_feeds')
    .addColumn('feed_id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('staff_id', 'text', (column) => column.references('staff.staff_id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('made_ms', 'integer', (column) => column.notNull())
    .addColumn('expires_ms', 'integer', (column) => column.notNull())
    .addColumn('read_ms', 'integer')
    .addColumn('revoked_ms', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createTable('plan_integrations')
    .addColumn('integration_id', 'text', (column) => column.primaryKey())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('made_ms', 'integer', (column) => column.notNull())
    .addColumn('used_ms', 'integer')
    .addColumn('revoked_ms', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
}
