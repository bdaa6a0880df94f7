/** Tablets that must be confirmed, may be copied and may lose their key; and stays with a number. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** Epoch milliseconds; SQLite's STRICT tables know this 64-bit type by no other name. */
const ms = 'integer'
const strict = sql`strict`

export async function addTablets(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('tablet_codes')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('bed_id', 'text', (column) => column.notNull().references('beds.bed_id'))
    .addColumn('expires_ms', ms, (column) => column.notNull())
    .addColumn('wrong_tries', 'integer', (column) => column.notNull())
    .addColumn('used_ms', ms)
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createTable('waiting_tablets')
    .addColumn('enrolment_id', 'text', (column) => column.primaryKey())
    .addColumn('bed_id', 'text', (column) => column.notNull().references('beds.bed_id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('commitment', 'text', (column) => column.notNull())
    .addColumn('server_nonce', 'text', (column) => column.notNull())
    .addColumn('public_key', 'text')
    .addColumn('digits_hash', 'text')
    .addColumn('wrong_tries', 'integer', (column) => column.notNull())
    .addColumn('expires_ms', ms, (column) => column.notNull())
    .addColumn('device_id', 'text')
    .modifyEnd(strict)
    .execute()
  const devices = db.schema.alterTable('devices')
  await devices.addColumn('lineage', 'text').execute()
  await devices.addColumn('cloned_ms', ms).execute()
  await devices.addColumn('lost_ms', ms).execute()
  await addStays(db)
}

async function addStays(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('beds')
    .addColumn('stay_epoch', 'integer', (column) => column.notNull().defaultTo(1))
    .execute()
  await db.schema.alterTable('calls').addColumn('stay', 'text').execute()
  await db.schema
    .createIndex('one_patient_a_bed')
    .unique()
    .on('admissions')
    .column('bed_id')
    .where(sql.ref('ended_ms'), 'is', null)
    .execute()
  await db.schema
    .createTable('admission_acts')
    .addColumn('act_id', 'text', (column) => column.primaryKey())
    .addColumn('at_ms', ms, (column) => column.notNull())
    .addColumn('refusal', 'text')
    .modifyEnd(strict)
    .execute()
}
