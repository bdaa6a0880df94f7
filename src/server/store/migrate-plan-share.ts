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

/** What was taken over from calendar files, and the language of each link. */
export async function addPlanImports(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('plan_imports')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('uid', 'text', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('modified_ms', 'integer')
    .addColumn('said', 'text', (column) => column.notNull())
    .addColumn('ends_ms', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema.createIndex('imports_by_uid').on('plan_imports').column('uid').execute()
  await db.schema.alterTable('plan_feeds').addColumn('language', 'text').execute()
}
