/** Who cares for which beds, until when. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addCare(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('care')
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('bed_id', 'text', (column) => column.notNull().references('beds.bed_id'))
    .addColumn('since_ms', 'integer', (column) => column.notNull())
    .addColumn('until_ms', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('care_once', ['staff_id', 'bed_id'])
    .modifyEnd(sql`strict`)
    .execute()
}
