/** What goes by itself because the hospital has kept it long enough: who is due, and what becomes of calls and requests. */
import { sql } from 'kysely'
import { dueOf, dueUntil, type Kept } from '../../core/retention.ts'
import { type RetainedKind, type Retention, retainedKinds } from '../../protocol/keeping.ts'
import type { Db } from '../store/store.ts'
import { stillHere } from './here.ts'
import { whoIs } from './who.ts'

export type Due = Readonly<Record<RetainedKind, readonly string[]>>

/** `untilMs` null: two days of data at most (RETAIN-2). */
export type Asked = { readonly retention: Retention; readonly nowMs: number; readonly untilMs: number | null }

/** As many as are looked at in one night: more than a hospital discharges in two days. */
const most = 2_000
const dayMs = 24 * 60 * 60_000

export async function dueNow(db: Db, { retention, nowMs, untilMs }: Asked): Promise<Due> {
  const due: Record<RetainedKind, readonly string[]> = {
    stays: [],
    outpatients: [],
    guests: [],
    staff: [],
    calls: [],
  }
  for (const kind of retainedKinds) {
    const days = retention[kind]
    if (days === null) continue
    const ended = await endedBefore(db, kind, nowMs - days * dayMs)
    const kept = kind === 'calls' ? ended : await withoutThoseHere(db, ended, nowMs)
    due[kind] = untilMs === null ? dueOf(kept, days, nowMs) : dueUntil(kept, days, nowMs, untilMs)
  }
  return due
}

/** Somebody who is still here has no end, so that the oldest of them holds up nobody else. */
async function withoutThoseHere(db: Db, ended: readonly Kept[], nowMs: number): Promise<Kept[]> {
  const kept: Kept[] = []
  for (const one of ended) {
    const here = await stillHere(db, await whoIs(db, [one.id], nowMs), nowMs)
    kept.push(here.length > 0 ? { ...one, endedMs: null } : one)
  }
  return kept
}

/** Whose end is before that moment, the oldest first, and who was not erased yet. */
async function endedBefore(db: Db, kind: RetainedKind, beforeMs: number): Promise<Kept[]> {
  const rows = sql<{ id: string; endedMs: number }>`
    select id, ended_ms as endedMs from (${sql.raw(endsOf[kind])})
    where ended_ms < ${beforeMs} and id not in (select id from erased)
    order by ended_ms limit ${most}`
  return (await rows.execute(db)).rows.map(({ id, endedMs }) => ({ id, endedMs }))
}

/** An appointment without a link is an outpatient's, too; one that has one goes with its visit. */
const endsOf: Readonly<Record<RetainedKind, string>> = {
  stays: 'select admission_id as id, ended_ms from admissions where ended_ms is not null',
  outpatients: `
    select visit_id as id, max(closed_ms, coalesce(ends_ms, 0)) as ended_ms
      from visits left join plan_rows on plan_rows.type = 'appointment' and plan_rows.id = appointment_id
      where closed_ms is not null
    union all
    select id, coalesce(ends_ms, json ->> '$.when.notAfterMs') from plan_rows
      where type = 'appointment' and json ->> '$.outpatient' is not null
      and id not in (select appointment_id from visits)`,
  guests: `
    select guest_id as id, ended_ms from guests where ended_ms is not null
    union all
    select guest_id, coalesce(family.ended_ms, admissions.ended_ms) from family join admissions using (admission_id)
      where coalesce(family.ended_ms, admissions.ended_ms) is not null`,
  staff: 'select staff_id as id, disabled_ms as ended_ms from staff where disabled_ms is not null',
  calls: `
    select call_id as id, ended_ms from calls where ended_ms is not null
    union all select request_id, ended_ms from requests where ended_ms is not null
    union all select consult_id, ended_ms from consults where ended_ms is not null
    union all select share_id, ended_ms from scan_shares where ended_ms is not null`,
}

/** Calls, requests and what was shown are on record by ids: their rows go whole. */
export async function removeCalls(db: Db, ids: readonly string[]): Promise<void> {
  const tables = [
    ['call_figures', 'call_id'],
    ['calls', 'call_id'],
    ['requests', 'request_id'],
    ['consults', 'consult_id'],
    ['scan_viewers', 'share_id'],
    ['scan_shares', 'share_id'],
  ] as const
  const list = JSON.stringify(ids)
  for (const [table, key] of tables)
    await sql`delete from ${sql.table(table)} where ${sql.ref(key)} in (select value from json_each(${list}))`.execute(
      db,
    )
}

export const countsOf = (due: Due): string =>
  retainedKinds.map((kind) => `${kind} ${due[kind].length}`).join(', ')
