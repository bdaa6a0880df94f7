/** When people do not want their telephones told. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** A person's own, and not a telephone's, whose row goes with each sign-in. */
export async function addPhoneQuiet(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('phone_quiet')
    .addColumn('staff_id', 'text', (column) => column.primaryKey().references('staff.staff_id'))
    .addColumn('from_minute', 'integer', (column) => column.notNull())
    .addColumn('until_minute', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
}
