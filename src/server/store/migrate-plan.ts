/** The ward's plan: its rows with their place in the log of changes, what is booked, and which acts were answered how. */
import { type Kysely, sql } from 'kysely'
import type { Tables } from './tables.ts'

/** Epoch milliseconds; SQLite's STRICT tables know this 64-bit type by no other name. */
const ms = 'integer'
const strict = sql`strict`

export async function addPlan(db: Kysely<Tables>): Promise<void> {
  await addRows(db)
  await addBookings(db)
  await addActs(db)
}

async function addRows(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('plan_rows')
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('rev', 'integer', (column) => column.notNull())
    .addColumn('json', 'text')
    .addColumn('seq', 'integer', (column) => column.notNull().unique())
    .addColumn('people', 'text', (column) => column.notNull())
    .addColumn('ends_ms', ms)
    .addColumn('changed_ms', ms, (column) => column.notNull())
    .addPrimaryKeyConstraint('one_row_a_name', ['type', 'id'])
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createTable('plan_commits')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('stamp', 'text', (column) => column.notNull())
    .addColumn('at_ms', ms, (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createTable('plan_meta')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
}

/**
 * HZ-8 at its last line of defence: whatever a program decided, two bookings of one resource that share a moment are
 * not stored. As those that are there do not overlap, the neighbours on either side tell about all of them.
 */
async function addBookings(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('plan_bookings')
    .addColumn('resource', 'text', (column) => column.notNull())
    .addColumn('start_ms', ms, (column) => column.notNull())
    .addColumn('end_ms', ms, (column) => column.notNull())
    .addColumn('appointment_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('one_booking_a_start', ['resource', 'start_ms'])
    .addCheckConstraint('some_time', sql`start_ms < end_ms`)
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createIndex('bookings_of')
    .on('plan_bookings')
    .columns(['appointment_id', 'resource', 'start_ms'])
    .execute()
  await sql`
    create trigger plan_booked_once before insert on plan_bookings
    when coalesce((
      select end_ms from plan_bookings
      where resource = new.resource and start_ms <= new.start_ms
      order by start_ms desc limit 1
    ), new.start_ms) > new.start_ms
    or coalesce((
      select start_ms from plan_bookings
      where resource = new.resource and start_ms >= new.start_ms
      order by start_ms limit 1
    ), new.end_ms) < new.end_ms
    begin select raise(abort, 'booked twice'); end
  `.execute(db)
  await sql`
    create trigger plan_bookings_stay before update on plan_bookings
    begin select raise(abort, 'a booking is taken away and made anew'); end
  `.execute(db)
}

async function addActs(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('plan_acts')
    .addColumn('act_id', 'text', (column) => column.primaryKey())
    .addColumn('device_id', 'text')
    .addColumn('staff_id', 'text', (column) => column.notNull())
    .addColumn('n', 'integer', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('touched', 'text', (column) => column.notNull())
    .addColumn('at_ms', ms, (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  await db.schema.createIndex('plan_acts_by_age').on('plan_acts').column('at_ms').execute()
  await db.schema
    .createTable('plan_devices')
    .addColumn('device_id', 'text', (column) => column.notNull())
    .addColumn('staff_id', 'text', (column) => column.notNull())
    .addColumn('last_n', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('one_count_a_person', ['device_id', 'staff_id'])
    .modifyEnd(strict)
    .execute()
}
