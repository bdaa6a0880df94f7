/** Whether a ward lets staff override a drawn curtain, and which calls did. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addOverrides(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('wards')
    .addColumn('overrides', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('calls').addColumn('override', 'text').execute()
}
