/** What is remembered of a visit's links and of its calls beyond one of each: devices that were refused, how often a link was sent, whether a call was through. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function amendVisits(db: Kysely<Tables>): Promise<void> {
  const { schema } = db
  await schema
    .alterTable('visits')
    .addColumn('refused_keys', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute()
  await sql`update visits set refused_keys = json_array(refused_key) where refused_key is not null`.execute(
    db,
  )
  await schema.alterTable('visits').dropColumn('refused_key').execute()
  await schema
    .alterTable('visits')
    .addColumn('renewals', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await schema.alterTable('visits').addColumn('renewed_ms', 'integer').execute()
  for (const text of ['gone_row', 'texted_to'])
    await schema.alterTable('visits').addColumn(text, 'text').execute()
  await schema.alterTable('visits').addColumn('through_ms', 'integer').execute()
  await sql`update visits set through_ms = last_call_ms`.execute(db)
}
