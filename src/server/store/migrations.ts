/** The shape of the database, forward only: a migration that has been released is never edited. */
import { type Kysely, sql } from 'kysely'
import { addAdt } from './migrate-adt.ts'
import { addAuditHeads } from './migrate-audit.ts'
import { addAway } from './migrate-away.ts'
import { addCare } from './migrate-care.ts'
import { addCertificates } from './migrate-certificates.ts'
import { addDuties } from './migrate-duties.ts'
import { addGlassEnd, addReviewNote } from './migrate-edges.ts'
import { addErased } from './migrate-erased.ts'
import { addFamily } from './migrate-family.ts'
import { addFigures } from './migrate-figures.ts'
import { addGuests } from './migrate-guests.ts'
import { addInterpreters } from './migrate-interpreters.ts'
import { addLetters } from './migrate-letters.ts'
import { addOverrides } from './migrate-overrides.ts'
import { addPhoneQuiet } from './migrate-phone-quiet.ts'
import { addPhones } from './migrate-phones.ts'
import { addPlan } from './migrate-plan.ts'
import { addPlanImports, addPlanShare } from './migrate-plan-share.ts'
import { addRequests } from './migrate-requests.ts'
import { addRollouts } from './migrate-rollouts.ts'
import { addAreas, addRooms, addWhereabouts } from './migrate-rooms.ts'
import { addScanCopies } from './migrate-scan-copies.ts'
import { addScanShares } from './migrate-scan-shares.ts'
import { addShifts } from './migrate-shifts.ts'
import { addSignIn } from './migrate-sign-in.ts'
import { addStaffCode } from './migrate-staff-code.ts'
import { addBedSince } from './migrate-stays.ts'
import { addSeats } from './migrate-tables.ts'
import { addTabletHealth } from './migrate-tablet-health.ts'
import { addTablets } from './migrate-tablets.ts'
import { addVisitEntries } from './migrate-visit-entries.ts'
import { amendVisits } from './migrate-visit-links.ts'
import { addVisits } from './migrate-visits.ts'
import { addWishes } from './migrate-wishes.ts'
import { addWithdrawals } from './migrate-withdrawals.ts'
import type { Tables } from './tables.ts'

type Db = Kysely<Tables>

/** Epoch milliseconds; SQLite's STRICT tables know this 64-bit type by no other name. */
const ms = 'integer'
const strict = sql`strict`

async function addPeople(db: Db): Promise<void> {
  await db.schema
    .createTable('wards')
    .addColumn('ward_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('demo', 'integer', (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createTable('beds')
    .addColumn('bed_id', 'text', (column) => column.primaryKey())
    .addColumn('ward_id', 'text', (column) => column.notNull().references('wards.ward_id'))
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('offline_since_ms', ms)
    .addUniqueConstraint('one_label_a_ward', ['ward_id', 'label'])
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createTable('admissions')
    .addColumn('admission_id', 'text', (column) => column.primaryKey())
    .addColumn('bed_id', 'text', (column) => column.notNull().references('beds.bed_id'))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('born', 'text', (column) => column.notNull())
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('started_ms', ms, (column) => column.notNull())
    .addColumn('ended_ms', ms)
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createTable('staff')
    .addColumn('staff_id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
}

async function addKeys(db: Db): Promise<void> {
  await db.schema
    .createTable('codes')
    .addColumn('code_hash', 'text', (column) => column.primaryKey())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('subject_id', 'text', (column) => column.notNull())
    .addColumn('created_ms', ms, (column) => column.notNull())
    .addColumn('used_ms', ms)
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createTable('sign_ins')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('created_ms', ms, (column) => column.notNull())
    .addColumn('expires_ms', ms, (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createTable('devices')
    .addColumn('device_id', 'text', (column) => column.primaryKey())
    .addColumn('bed_id', 'text', (column) => column.notNull().references('beds.bed_id'))
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('enrolled_ms', ms, (column) => column.notNull())
    .addColumn('revoked_ms', ms)
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createIndex('one_live_device_a_bed')
    .unique()
    .on('devices')
    .column('bed_id')
    .where(sql.ref('revoked_ms'), 'is', null)
    .execute()
}

async function addCalls(db: Db): Promise<void> {
  await db.schema
    .createTable('calls')
    .addColumn('call_id', 'text', (column) => column.primaryKey())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .addColumn('phase', 'text', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('callee', 'text', (column) => column.notNull())
    .addColumn('caller_endpoint', 'text', (column) => column.notNull())
    .addColumn('callee_endpoint', 'text')
    .addColumn('ring_until_ms', ms, (column) => column.notNull())
    .addColumn('created_ms', ms, (column) => column.notNull())
    .addColumn('accepted_ms', ms)
    .addColumn('ended_ms', ms)
    .addColumn('reason', 'text')
    .addColumn('ended_by', 'text')
    .modifyEnd(strict)
    .execute()
  await db.schema
    .createIndex('open_calls')
    .on('calls')
    .column('call_id')
    .where(sql.ref('ended_ms'), 'is', null)
    .execute()
}

async function addRights(db: Db): Promise<void> {
  await db.schema
    .alterTable('staff')
    .addColumn('wards', 'text', (column) => column.notNull().defaultTo('"all"'))
    .execute()
  await db.schema.alterTable('staff').addColumn('disabled_ms', ms).execute()
  await db.schema
    .createTable('broken_glass')
    .addColumn('glass_id', 'text', (column) => column.primaryKey())
    .addColumn('staff_id', 'text', (column) => column.notNull().references('staff.staff_id'))
    .addColumn('ward_id', 'text', (column) => column.notNull().references('wards.ward_id'))
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('broken_ms', ms, (column) => column.notNull())
    .addColumn('until_ms', ms, (column) => column.notNull())
    .addColumn('reviewed_ms', ms)
    .addColumn('reviewed_by', 'text')
    .modifyEnd(strict)
    .execute()
}

async function addAudit(db: Db): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('seq', 'integer', (column) => column.primaryKey())
    .addColumn('at_ms', ms, (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('agent_id', 'text', (column) => column.notNull())
    .addColumn('peer_id', 'text')
    .addColumn('patient_id', 'text')
    .addColumn('entity_id', 'text')
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  for (const column of ['at_ms', 'action', 'agent_id', 'patient_id'] as const)
    await db.schema.createIndex(`audit_by_${column}`).on('audit').columns([column, 'seq']).execute()
}

const migrations = [
  addPeople,
  addKeys,
  addCalls,
  addRights,
  addAudit,
  addAuditHeads,
  addSignIn,
  addTablets,
  addCertificates,
  addReviewNote,
  addGlassEnd,
  addPlan,
  addPlanShare,
  addBedSince,
  addPlanImports,
  addCare,
  addRequests,
  addOverrides,
  addWishes,
  addPhones,
  addRooms,
  addWhereabouts,
  addFigures,
  addSeats,
  addGuests,
  addInterpreters,
  addDuties,
  addScanShares,
  addScanCopies,
  addLetters,
  addVisits,
  amendVisits,
  addFamily,
  addShifts,
  addAreas,
  addPhoneQuiet,
  addWithdrawals,
  addVisitEntries,
  addAdt,
  addTabletHealth,
  addRollouts,
  addErased,
  addAway,
  addStaffCode,
]

/** The number of the last one that this program knows: what has more is of a newer Bedside. */
export const newestShape = migrations.length

/** Brings the database to today's shape; each step is durable by itself. */
export async function migrate(db: Db, nowMs: number): Promise<void> {
  await db.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('applied_ms', ms, (column) => column.notNull())
    .modifyEnd(strict)
    .execute()
  const applied = await db.selectFrom('migrations').select('number').execute()
  for (const [index, up] of migrations.entries()) {
    if (applied.some((row) => row.number === index + 1)) continue
    await db.transaction().execute(async (step) => {
      await up(step)
      await step
        .insertInto('migrations')
        .values({ number: index + 1, applied_ms: nowMs })
        .execute()
    })
  }
}
