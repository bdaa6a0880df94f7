/** The plan's rows and bookings in the database. */
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import * as v from 'valibot'
import { bookingsOf } from '../../core/plan/booking.ts'
import { type Appointment, type Row, type RowName, row, rowName } from '../../protocol/plan.ts'
import type { Db } from '../store/store.ts'
import { type Change, endOf } from './changes.ts'
import { metaOf, setMeta } from './epoch.ts'

const dayMs = 24 * 60 * 60_000
/** Longer than any device is offline: so long outcomes, removals and what is over are kept at hand. */
export const keptMs = 120 * dayMs

const ids = v.array(v.string())

/**
 * In the order of the log; what has been over since long stays in the database only. A row that cannot be read is left
 * out: without the others there is no plan at all.
 */
export async function loadChanges(db: Db, nowMs: number, log: Logger): Promise<Change[]> {
  const before = await forgottenBefore(db, nowMs)
  const rows = await db
    .selectFrom('plan_rows')
    .selectAll()
    .where((row) => row.or([row('ends_ms', 'is', null), row('ends_ms', '>', before)]))
    .orderBy('seq')
    .execute()
  return rows.flatMap((kept) => {
    const change = readChange(kept)
    if (!change) log.error({ type: kept.type, id: kept.id }, 'a row of the plan cannot be read')
    return change ?? []
  })
}

type Kept = {
  readonly type: string
  readonly id: string
  readonly json: string | null
  readonly seq: number
  readonly people: string
}

function readChange({ type, id, json, seq, people }: Kept): Change | null {
  try {
    return {
      seq,
      name: v.parse(rowName, { type, id }),
      row: json === null ? null : v.parse(row, JSON.parse(json)),
      people: v.parse(ids, JSON.parse(people)),
      json: json ?? '',
    }
  } catch {
    return null
  }
}

/** Null: gone, or not to be read. */
export function readRow(json: string | null): Row | null {
  const read = v.safeParse(v.nullable(row), json === null ? null : JSON.parse(json))
  return read.success ? read.output : null
}

/** Also what an appointment takes; throws what `isBookedTwice` knows when somebody else has it. */
export async function storeChanges(db: Db, changes: readonly Change[], nowMs: number): Promise<void> {
  for (const { name, row: kept, seq, people, json } of changes) {
    const values = {
      rev: kept?.rev ?? 0,
      json: kept && json,
      seq,
      people: JSON.stringify(people),
      ends_ms: kept && wholeMs(endOf(kept)),
      changed_ms: nowMs,
    }
    await db
      .insertInto('plan_rows')
      .values({ ...name, ...values })
      .onConflict((conflict) => conflict.columns(['type', 'id']).doUpdateSet(values))
      .execute()
  }
  // All that is taken away makes room before anything is booked: two that change places never meet.
  const touched = changes.filter(({ name }) => name.type === 'appointment')
  for (const { name } of touched)
    await db.deleteFrom('plan_bookings').where('appointment_id', '=', name.id).execute()
  for (const { row: kept } of touched) if (kept?.type === 'appointment') await storeBookings(db, kept)
}

/**
 * The bare times, of which no two may ever overlap; buffers may, on purpose (PLAN-1). Rounding down both ends keeps
 * neighbours apart, and what is shorter than a millisecond takes nothing.
 */
async function storeBookings(db: Db, appointment: Appointment): Promise<void> {
  for (const { resource, bareStartMs, bareEndMs } of bookingsOf(appointment)) {
    const [start_ms, end_ms] = [Math.floor(bareStartMs), Math.floor(bareEndMs)]
    if (start_ms === end_ms) continue
    await db
      .insertInto('plan_bookings')
      .values({ resource, start_ms, end_ms, appointment_id: appointment.id })
      .execute()
  }
}

function wholeMs(ms: number | null): number | null {
  return ms === null ? null : Math.floor(ms)
}

/** Whether the database itself refused a booking (HZ-8): the program decided wrongly. */
export function isBookedTwice(error: unknown): boolean {
  return error instanceof Error && /booked twice|plan_bookings\./.test(error.message)
}

/** Marks the end of a transaction; the stamp tells this history from another that had the same numbers. */
export async function storeCommit(db: Db, seq: number, nowMs: number): Promise<string> {
  const stamp = randomBytes(6).toString('base64url')
  await db.insertInto('plan_commits').values({ seq, stamp, at_ms: nowMs }).execute()
  return stamp
}

/** At the start, as far as it went before; then two days at most each day, since a clock that is wrong takes nothing. */
async function forgottenBefore(db: Db, nowMs: number, stepMs = 0): Promise<number> {
  const last = await metaOf(db, 'forgotten')
  const oldest = await db
    .selectFrom('plan_commits')
    .select('at_ms')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  const reached = last === null ? (oldest?.at_ms ?? 0) : Number(last) + stepMs
  return Math.floor(Math.min(nowMs - keptMs, reached))
}

/**
 * Forgets what nobody can ask for any more, and says before which moment. `keepSeq`: the newest commit, which stays
 * whatever its age.
 */
export async function pruneStored(
  db: Db,
  keepSeq: number,
  nowMs: number,
): Promise<{ readonly gone: RowName[]; readonly before: number }> {
  const before = await forgottenBefore(db, nowMs, 2 * dayMs)
  await setMeta(db, 'forgotten', String(before))
  await db.deleteFrom('plan_acts').where('at_ms', '<', before).execute()
  await db.deleteFrom('plan_commits').where('at_ms', '<', before).where('seq', '<', keepSeq).execute()
  await db.deleteFrom('plan_bookings').where('end_ms', '<', before).execute()
  const gone = await db
    .deleteFrom('plan_rows')
    .where('json', 'is', null)
    .where('changed_ms', '<', before)
    .returning(['type', 'id'])
    .execute()
  return { gone: v.parse(v.array(rowName), gone), before }
}
