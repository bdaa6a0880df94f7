/** Which room a bed stands in, and which calls were made softly for the sake of those who share it. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addRooms(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('beds').addColumn('room', 'text').execute()
  await db.schema
    .alterTable('calls')
    .addColumn('softly', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}

/** Of which of several wards on one board a bed is. */
export async function addAreas(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('beds').addColumn('area', 'text').execute()
}

/** Since when a tablet may not be at its bed. */
export async function addWhereabouts(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('devices').addColumn('astray_ms', 'integer').execute()
}
