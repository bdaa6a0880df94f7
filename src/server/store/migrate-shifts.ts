/** What somebody has for a shift beyond beds and duties, whom they asked to take it over, and what they had last. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addShifts(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('shifts')
    .addColumn('staff_id', 'text', (column) => column.primaryKey().references('staff.staff_id'))
    .addColumn('since_ms', 'integer', (column) => column.notNull())
    .addColumn('until_ms', 'integer', (column) => column.notNull())
    .addColumn('over', 'integer', (column) => column.notNull())
    .addColumn('offered_to', 'text')
    .addColumn('refused', 'integer', (column) => column.notNull())
    .addColumn('had', 'text', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
}
