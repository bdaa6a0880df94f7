/** Which table of several a call belongs to, and who came to it by that call (`protocol/call.ts`, as JSON). */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addSeats(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('calls').addColumn('seat', 'text').execute()
}
