/** Letters to whoever was invited by mistake: what they need to say is theirs, since the visit is somebody else's by then. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addWithdrawals(db: Kysely<Tables>): Promise<void> {
  for (const text of ['entry_id', 'language'])
    await db.schema.alterTable('letters').addColumn(text, 'text').execute()
}
