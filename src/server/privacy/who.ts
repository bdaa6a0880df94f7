/** Whom ids are about, and what belongs to them: a stay's relatives and guests, a visit's appointment, a series' occasions. */
import { type RawBuilder, sql } from 'kysely'
import type { Appointment, Row } from '../../protocol/plan.ts'
import { readRow } from '../plan/rows.ts'
import type { Db } from '../store/store.ts'

export const kinds = [
  'stay',
  'visit',
  'guest',
  'relative',
  'appointment',
  'series',
  'attention',
  'staff',
] as const
export type Kind = (typeof kinds)[number]

/** Every id with what it is; those that were asked for first. */
export type Who = ReadonlyMap<string, Kind>

export function idsOf(who: Who, ...wanted: readonly Kind[]): string[] {
  return [...who].filter(([, kind]) => wanted.length === 0 || wanted.includes(kind)).map(([id]) => id)
}

/** SQLite takes so many values in one question. */
const atOnce = 500

/** `ask` of some of them at a time. */
export async function inParts<I, T>(
  items: readonly I[],
  ask: (some: readonly I[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const found: T[] = []
  for (let from = 0; from < items.length; from += atOnce)
    found.push(...(await ask(items.slice(from, from + atOnce))))
  return found
}

/** Null: there is nobody and nothing by this id. */
export async function kindOf(db: Db, id: string): Promise<Kind | null> {
  const stay = db.selectFrom('admissions').select('admission_id').where('admission_id', '=', id)
  if (await stay.executeTakeFirst()) return 'stay'
  const visit = db.selectFrom('visits').select('visit_id').where('visit_id', '=', id)
  if (await visit.executeTakeFirst()) return 'visit'
  const guest = db.selectFrom('guests').select('guest_id').where('guest_id', '=', id)
  if (await guest.executeTakeFirst()) return 'guest'
  const relative = db.selectFrom('family').select('guest_id').where('guest_id', '=', id)
  if (await relative.executeTakeFirst()) return 'relative'
  const person = db.selectFrom('staff').select('staff_id').where('staff_id', '=', id)
  if (await person.executeTakeFirst()) return 'staff'
  const row = db
    .selectFrom('plan_rows')
    .select('type')
    .where('id', '=', id)
    .where('type', 'in', ['appointment', 'series', 'attention'])
    .where('json', 'is not', null)
  const { type } = (await row.executeTakeFirst()) ?? {}
  return type === 'appointment' || type === 'series' || type === 'attention' ? type : null
}

/** These, and what belongs to them. What is unknown is left out. */
export async function whoIs(db: Db, ids: readonly string[], nowMs: number): Promise<Who> {
  const who = new Map<string, Kind>()
  for (const id of ids) {
    const kind = await kindOf(db, id)
    if (kind) who.set(id, kind)
  }
  for (let before = -1; before < who.size; ) {
    before = who.size
    for (const [id, kind] of await belonging(db, who, nowMs)) if (!who.has(id)) who.set(id, kind)
  }
  return who
}

async function belonging(db: Db, who: Who, nowMs: number): Promise<(readonly [string, Kind])[]> {
  const stays = idsOf(who, 'stay')
  const found: (readonly [string, Kind])[] = []
  for (const id of await relativesOf(db, stays)) found.push([id, 'relative'])
  for (const id of await guestsOf(db, stays)) found.push([id, 'guest'])
  for (const id of await visitsOf(db, idsOf(who, 'appointment'))) found.push([id, 'visit'])
  for (const id of await appointmentsOf(db, idsOf(who, 'visit'))) found.push([id, 'appointment'])
  const rows = [...(await rowsOfStays(db, stays, nowMs)), ...(await rowsOfSeries(db, who))]
  for (const { id, type } of rows) if (type === 'appointment' || type === 'series') found.push([id, type])
  for (const id of await attentionsAbout(db, who)) found.push([id, 'attention'])
  return found
}

async function relativesOf(db: Db, stays: readonly string[]): Promise<string[]> {
  const rows = await inParts(stays, (some) =>
    db.selectFrom('family').select('guest_id').where('admission_id', 'in', some).execute(),
  )
  return rows.map(({ guest_id }) => guest_id)
}

/** Who was asked to a table at their bed. */
async function guestsOf(db: Db, stays: readonly string[]): Promise<string[]> {
  const rows = await inParts(stays, (some) =>
    db
      .selectFrom('guests')
      .select('guest_id')
      .where('table_id', 'in', (calls) =>
        calls
          .selectFrom('calls')
          .select(sql<string>`seat ->> '$.tableId'`.as('table_id'))
          .where(sql<string>`stay ->> '$.admissionId'`, 'in', some),
      )
      .execute(),
  )
  return rows.map(({ guest_id }) => guest_id)
}

async function visitsOf(db: Db, appointments: readonly string[]): Promise<string[]> {
  const rows = await inParts(appointments, (some) =>
    db.selectFrom('visits').select('visit_id').where('appointment_id', 'in', some).execute(),
  )
  return rows.map(({ visit_id }) => visit_id)
}

async function appointmentsOf(db: Db, visits: readonly string[]): Promise<string[]> {
  const rows = await inParts(visits, (some) =>
    db
      .selectFrom('visits')
      .innerJoin('plan_rows', 'plan_rows.id', 'visits.appointment_id')
      .select('plan_rows.id')
      .where('plan_rows.type', '=', 'appointment')
      .where('plan_rows.json', 'is not', null)
      .where('visit_id', 'in', some)
      .execute(),
  )
  return rows.map(({ id }) => id)
}

/** What was planned for them alone, and rounds with others once those are over. */
async function rowsOfStays(db: Db, stays: readonly string[], nowMs: number): Promise<Row[]> {
  const theirs = new Set(stays)
  const rows = await inParts(
    stays,
    async (some) =>
      await planRows(
        db,
        sql`exists (
    select 1 from json_each(plan_rows.json, iif(plan_rows.type = 'series', '$.pattern.stops', '$.stops'))
    where value ->> '$.admissionId' in (${sql.join(some)}))`,
      ),
  )
  return rows.filter((row) => {
    const stops = row.type === 'series' ? row.pattern.stops : row.type === 'appointment' ? row.stops : []
    const isAlone = stops.every(({ admissionId }) => admissionId === null || theirs.has(admissionId))
    return isAlone || (row.type === 'appointment' && lastMsOf(row) < nowMs)
  })
}

/** When an appointment is over, if it is not before. */
export function lastMsOf({ when }: Appointment): number {
  return when.type === 'at' ? when.endMs : when.notAfterMs
}

/** An outpatient's series says who they are in each occasion, and in what those are made from. */
async function rowsOfSeries(db: Db, who: Who): Promise<Row[]> {
  const series = new Set(idsOf(who, 'series'))
  for (const row of await planRowsById(db, idsOf(who, 'appointment')))
    if (row.type === 'appointment' && row.outpatient && row.occasion) series.add(row.occasion.seriesId)
  return await inParts([...series], async (some) => {
    const ids = sql.join(some)
    return await planRows(db, sql`(id in (${ids}) or json ->> '$.occasion.seriesId' in (${ids}))`)
  })
}

/** What was refused names them as it was asked. Ids are too long to stand in a text by chance. */
async function attentionsAbout(db: Db, who: Who): Promise<string[]> {
  const ids = idsOf(who, 'stay', 'visit', 'appointment', 'series')
  const rows = await readRows(db, sql`type = 'attention'`)
  return rows.filter((row) => ids.some((id) => JSON.stringify(row).includes(id))).map(({ id }) => id)
}

export async function planRowsById(db: Db, ids: readonly string[]): Promise<Row[]> {
  return await inParts(ids, async (some) => await readRows(db, sql`id in (${sql.join(some)})`))
}

/** Appointments and series. */
async function planRows(db: Db, which: RawBuilder<unknown>): Promise<Row[]> {
  return await readRows(db, sql`type in ('appointment', 'series') and ${which}`)
}

async function readRows(db: Db, which: RawBuilder<unknown>): Promise<Row[]> {
  const rows = sql<{ json: string }>`select json from plan_rows where json is not null and ${which}`
  return (await rows.execute(db)).rows.flatMap(({ json }) => readRow(json) ?? [])
}
