/** Duties, who has them, what is asked of them, and which calls were made to one. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addDuties(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('duties')
    .addColumn('duty_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('next_id', 'text')
    .addColumn('position', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createTable('on_duty')
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('duty_id', 'text', (column) => column.notNull().references('duties.duty_id'))
    .addColumn('since_ms', 'integer', (column) => column.notNull())
    .addColumn('until_ms', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('on_duty_once', ['staff_id', 'duty_id'])
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createTable('consults')
    .addColumn('consult_id', 'text', (column) => column.primaryKey())
    .addColumn('made_by', 'text', (column) => column.notNull())
    .addColumn('made_to', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('made_ms', 'integer', (column) => column.notNull())
    .addColumn('progress', 'text', (column) => column.notNull())
    .addColumn('ended_ms', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createIndex('open_consults')
    .on('consults')
    .column('consult_id')
    .where(sql.ref('ended_ms'), 'is', null)
    .execute()
  await db.schema.alterTable('calls').addColumn('duty', 'text').execute()
}
