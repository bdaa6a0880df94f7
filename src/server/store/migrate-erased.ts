/** Who was erased, by id: what comes later under one of these ids brings no words back. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addErased(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('erased')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at_ms', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
}
