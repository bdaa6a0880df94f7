/** By which appointment calendars know a visit: the first it was for, whichever of its series it is now. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addVisitEntries(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('visits')
    .addColumn('entry_id', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  await sql`update visits set entry_id = appointment_id`.execute(db)
}
