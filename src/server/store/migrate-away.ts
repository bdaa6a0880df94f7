/** Since when a patient is not in their bed, for a while, and when somebody last said so, or otherwise, by hand. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addAway(db: Kysely<Tables>): Promise<void> {
  for (const name of ['away_since_ms', 'away_by_hand_ms'])
    await db.schema.alterTable('admissions').addColumn(name, 'integer').execute()
}
