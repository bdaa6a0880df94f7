/** Which build of the app tablets are brought to; the newest row is what counts. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addRollouts(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('rollouts')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('build', 'text', (column) => column.notNull())
    .addColumn('before', 'text')
    .addColumn('stage', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('failed', 'text')
    .addColumn('begun_ms', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
}
