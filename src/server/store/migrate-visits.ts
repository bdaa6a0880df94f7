/** Video visits of outpatients: one for an appointment, every link that was ever sent for it, and ratings without whose. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addVisits(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('visits')
    .addColumn('visit_id', 'text', (column) => column.primaryKey())
    .addColumn('appointment_id', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('token_sealed', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull().unique())
    .addColumn('zone', 'text')
    .addColumn('mailed_to', 'text')
    .addColumn('made_ms', 'integer', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('public_key', 'text')
    .addColumn('bound_ms', 'integer')
    .addColumn('other_key', 'text')
    .addColumn('refused_key', 'text')
    .addColumn('chain', 'text')
    .addColumn('vouched_by', 'text')
    .addColumn('test', 'text')
    .addColumn('notes', 'text', (column) => column.notNull())
    .addColumn('came_ms', 'integer')
    .addColumn('waited_ms', 'integer')
    .addColumn('last_call_ms', 'integer')
    .addColumn('closed_ms', 'integer')
    .addColumn('closed_why', 'text')
    .addColumn('identified_ms', 'integer')
    .addColumn('wishes_new_ms', 'integer')
    .addColumn('rated', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createIndex('open_visits')
    .on('visits')
    .column('visit_id')
    .where(sql.ref('closed_ms'), 'is', null)
    .execute()
  await db.schema
    .createTable('visit_links')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('visit_id', 'text', (column) => column.notNull().references('visits.visit_id'))
    .addColumn('made_ms', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
  // Counted, so that not even the order of rows says whose they are.
  await db.schema
    .createTable('visit_ratings')
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('stars', 'integer', (column) => column.notNull())
    .addColumn('many', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('one_count_a_day', ['day', 'stars'])
    .modifyEnd(sql`strict`)
    .execute()
}
