/** Letters and text messages to outpatients: what is to be sent, what was, and what became of it. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addLetters(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('letters')
    .addColumn('letter_id', 'text', (column) => column.primaryKey())
    .addColumn('visit_id', 'text', (column) => column.notNull())
    .addColumn('way', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('queued_ms', 'integer', (column) => column.notNull())
    .addColumn('due_ms', 'integer', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('tried_ms', 'integer')
    .addColumn('next_ms', 'integer', (column) => column.notNull())
    .addColumn('ended_ms', 'integer')
    .addColumn('to_address', 'text')
    .addColumn('problem', 'text')
    .addColumn('sequence', 'integer')
    .addColumn('start_ms', 'integer')
    .addColumn('end_ms', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema.createIndex('letters_by_visit').on('letters').column('visit_id').execute()
  await db.schema
    .createIndex('letters_that_wait')
    .on('letters')
    .columns(['way', 'next_ms'])
    .where(sql.ref('state'), '=', sql.lit('waiting'))
    .execute()
}
