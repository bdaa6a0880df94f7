/** What was heard of the hospital's record: each message once, the last word about each number, and what differs from the ward. */
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { keyOf } from '../../core/admission.ts'
import type { Tables } from './tables.ts'

const ms = 'integer'
const strict = sql`strict`

export async function addAdt(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('adt_messages')
    .addColumn('message_hash', 'text', (column) => column.primaryKey())
    .addColumn('body_hash', 'text', (column) => column.notNull())
    .addColumn('refusal', 'text')
    .addColumn('at_ms', ms, (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  await db.schema.createIndex('adt_messages_by_time').on('adt_messages').column('at_ms').execute()
  await db.schema
    .createTable('adt_heard')
    .addColumn('number_hash', 'text', (column) => column.primaryKey())
    .addColumn('heard', 'text', (column) => column.notNull())
    .addColumn('dead', 'integer', (column) => column.notNull())
    .addColumn('at_ms', ms, (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createTable('adt_says')
    .addColumn('says_key', 'text', (column) => column.primaryKey())
    .addColumn('says_id', 'text', (column) => column.notNull().unique())
    .addColumn('person', 'text')
    .addColumn('place', 'text')
    .addColumn('why', 'text')
    .addColumn('at_ms', ms, (column) => column.notNull())
    .addColumn('kept_ms', ms)
    .modifyEnd(strict)
    .execute()
  await addOrigins(db)
}

/** Who said where an admission lies and what its patient is called: somebody's hand (0), or the hospital (1). */
async function addOrigins(db: Kysely<Tables>): Promise<void> {
  for (const name of ['placed_by_feed', 'named_by_feed'])
    await db.schema
      .alterTable('admissions')
      .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
  await db.schema
    .alterTable('admissions')
    .addColumn('number_key', 'text', (column) => column.notNull().defaultTo(''))
    .execute()
  const rows = await db.selectFrom('admissions').select(['admission_id', 'number']).execute()
  for (const { admission_id, number } of rows)
    await db
      .updateTable('admissions')
      .set({ number_key: keyOf(number) })
      .where('admission_id', '=', admission_id)
      .execute()
  await db.schema.createIndex('admissions_by_number').on('admissions').column('number_key').execute()
}
