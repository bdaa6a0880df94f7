/** Letters to whoever was invited by mistake, which say what is theirs, since the visit is somebody else's by then; and failures that a person has dealt with. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

export async function addWithdrawals(db: Kysely<Tables>): Promise<void> {
  for (const text of ['entry_id', 'language'])
    await db.schema.alterTable('letters').addColumn(text, 'text').execute()
  await db.schema.alterTable('letters').addColumn('dealt_ms', 'integer').execute()
}
