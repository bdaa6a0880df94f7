/** What the reviewer of an override wrote about it, and when its end was written down. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addReviewNote(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('broken_glass').addColumn('review_note', 'text').execute()
  await db.schema.createIndex('glass_of').on('broken_glass').columns(['staff_id', 'until_ms']).execute()
}

/** Those of before were ended without an act of their own, or are over without any. */
export async function addGlassEnd(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('broken_glass').addColumn('ended_ms', 'integer').execute()
  await db
    .updateTable('broken_glass')
    .set((row) => ({ ended_ms: row.ref('until_ms') }))
    .execute()
}
