/** How calls went for their ends, and a way to the calls of a period. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addFigures(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('call_figures')
    .addColumn('call_id', 'text', (column) => column.notNull().references('calls.call_id'))
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('set_up_ms', 'integer')
    .addColumn('reconnections', 'integer', (column) => column.notNull())
    .addColumn('good_ms', 'integer', (column) => column.notNull())
    .addColumn('weak_ms', 'integer', (column) => column.notNull())
    .addColumn('lost_ms', 'integer', (column) => column.notNull())
    .addColumn('way', 'text')
    .addColumn('over', 'text')
    .addPrimaryKeyConstraint('one_of_each_end', ['call_id', 'part'])
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema.createIndex('calls_by_created_ms').on('calls').column('created_ms').execute()
}
