/** The code that opens the settings of a ward's tablets, sealed. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addStaffCode(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('staff_code')
    .addColumn('ward_id', 'text', (column) => column.primaryKey().references('wards.ward_id'))
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('made_ms', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
}
