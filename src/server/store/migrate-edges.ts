/** What the reviewer of an override wrote about it. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addReviewNote(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('broken_glass').addColumn('review_note', 'text').execute()
  await db.schema.createIndex('glass_of').on('broken_glass').columns(['staff_id', 'until_ms']).execute()
}
