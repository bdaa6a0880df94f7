/** Which signed-in browsers are told of requests by push. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** With its sign-in, however that ends, one is gone. */
export async function addPhones(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('phones')
    .addColumn('token_hash', 'text', (column) =>
      column.primaryKey().references('sign_ins.token_hash').onDelete('cascade'),
    )
    .addColumn('endpoint_hash', 'text', (column) => column.notNull().unique())
    .addColumn('subscription', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('since_ms', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
}
