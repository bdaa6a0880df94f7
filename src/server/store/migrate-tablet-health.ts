/** What each tablet last said of itself. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addTabletHealth(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('devices').addColumn('health', 'text').execute()
}
