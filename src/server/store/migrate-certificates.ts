/** Certificates that were handed in, and the keys of stations that want one. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

export async function addCertificates(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('certificates')
    .addColumn('serial', 'text', (column) => column.primaryKey())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('issuer', 'text', (column) => column.notNull())
    .addColumn('not_before_ms', 'integer', (column) => column.notNull())
    .addColumn('not_after_ms', 'integer', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('signature', 'text', (column) => column.notNull())
    .addColumn('stored_ms', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
  await db.schema
    .createIndex('certificates_of_a_key')
    .on('certificates')
    .columns(['key_id', 'not_after_ms'])
    .execute()
  await db.schema
    .createTable('station_keys')
    .addColumn('key_id', 'text', (column) => column.primaryKey())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('registered_by', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('registered_ms', 'integer', (column) => column.notNull())
    .modifyEnd(sql`strict`)
    .execute()
}
