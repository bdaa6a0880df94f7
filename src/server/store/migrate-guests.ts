/** Those who are asked to a call from outside, for as long as its table lasts; of whoever was, the name stays. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addGuests(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('guests')
    .addColumn('guest_id', 'text', (column) => column.primaryKey())
    .addColumn('table_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('invited_by', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('endpoint', 'text')
    .addColumn('code_hash', 'text', (column) => column.unique())
    .addColumn('expires_ms', 'integer', (column) => column.notNull())
    .addColumn('used_ms', 'integer')
    .addColumn('public_key', 'text')
    .addColumn('seal', 'text')
    .addColumn('chain', 'text')
    .addColumn('station_seal', 'text')
    .addColumn('seated_ms', 'integer')
    .addColumn('ended_ms', 'integer')
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createIndex('present_guests')
    .on('guests')
    .column('guest_id')
    .where(sql.ref('ended_ms'), 'is', null)
    .execute()
}
