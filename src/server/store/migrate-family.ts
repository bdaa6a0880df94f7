/** Links by which family visit whoever lies in a bed, and whom a patient has asked for; of whoever was, the name stays. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addFamily(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('family')
    .addColumn('guest_id', 'text', (column) => column.primaryKey())
    .addColumn('admission_id', 'text', (column) => column.notNull().references('admissions.admission_id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('wished_ms', 'integer')
    .addColumn('invited_ms', 'integer')
    .addColumn('code_hash', 'text', (column) => column.unique())
    .addColumn('link_key', 'text')
    .addColumn('chain', 'text')
    .addColumn('seal', 'text')
    .addColumn('sealed_key', 'text')
    .addColumn('browser_key', 'text')
    .addColumn('last_ms', 'integer')
    .addColumn('ended_ms', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createIndex('family_of_a_stay')
    .on('family')
    .column('admission_id')
    .where(sql.ref('ended_ms'), 'is', null)
    .execute()
  // Family may come to those who are here at the usual hours, once somebody makes a link for them.
  await sql`update admissions set wishes = json_set(wishes, '$.visits', json('{"fromMinute":600,"untilMinute":1200}'))`.execute(
    db,
  )
}
