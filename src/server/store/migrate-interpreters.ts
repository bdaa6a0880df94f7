/** Who interprets for a ward, by language. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addInterpreters(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('interpreting')
    .addColumn('ward_id', 'text', (column) => column.notNull().references('wards.ward_id'))
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('phone', 'text')
    .addColumn('staff_ids', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('one_language_a_ward', ['ward_id', 'language'])
    .modifyEnd(sql`strict`)
    .execute()
}
