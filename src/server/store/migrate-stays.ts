/** When a patient came into the bed they lie in, which a move changes and the stay's beginning does not say. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addBedSince(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('admissions')
    .addColumn('bed_since_ms', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await db
    .updateTable('admissions')
    .set((row) => ({ bed_since_ms: row.ref('started_ms') }))
    .execute()
}
