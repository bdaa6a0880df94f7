/** All that is kept about somebody, for whoever asks for it by right (GDPR Art. 15): rows for a program, and a page to read. */
import { sql } from 'kysely'
import * as v from 'valibot'
import type { Language } from '../../core/languages.ts'
import type { AuditRow } from '../../protocol/audit.ts'
import type { Row } from '../../protocol/plan.ts'
import { wishes } from '../../protocol/wishes.ts'
import { loadNames } from '../audit/names.ts'
import { makeReport } from '../audit/report.ts'
import { reportText } from '../audit/report-file.ts'
import type { Telling } from '../audit/report-words.ts'
import { allRows, lastSeq } from '../audit/search.ts'
import type { Db } from '../store/store.ts'
import { rowsAbout } from './erase.ts'
import { columnsOf, tableNames } from './natures.ts'
import { idsOf, inParts, type Kind, planRowsById, type Who } from './who.ts'

export type ColumnValue = string | number | null

/** `others`: names of people who are not asked about and stand in it, or behind an id in it. */
export type Access = {
  readonly madeMs: number
  readonly ward: string
  readonly about: readonly { readonly id: string; readonly kind: Kind }[]
  readonly others: readonly { readonly kind: string; readonly name: string }[]
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, ColumnValue>>[]>>
  readonly plan: readonly Row[]
  readonly acts: readonly (AuditRow & { readonly by: string })[]
}

export async function gather(
  db: Db,
  who: Who,
  asked: readonly string[],
  nowMs: number,
  language: Language,
): Promise<Access> {
  const tables = await tablesAbout(db, idsOf(who))
  const plan = await planRowsById(db, idsOf(who))
  const acts = await actsAbout(db, idsOf(who), language)
  const text = JSON.stringify([tables, plan, acts])
  const { name } = await db.selectFrom('wards').select('name').executeTakeFirstOrThrow()
  return {
    ...{ madeMs: nowMs, ward: name, tables, plan, acts },
    about: [...who].map(([id, kind]) => ({ id, kind })),
    others: await othersIn(db, text, new Set(asked), consentsIn(tables.admissions ?? [])),
  }
}

/** Keys, hashes and seals tell nothing of a person, and would open something. */
async function tablesAbout(db: Db, ids: readonly string[]): Promise<Access['tables']> {
  const found: Record<string, Record<string, ColumnValue>[]> = {}
  for (const table of tableNames) {
    const rows = await rowsAbout(db, table, ids)
    const shown = [...columnsOf(table, 'plain'), ...columnsOf(table, 'words')]
    if (rows.length > 0)
      found[table] = rows.map((row) =>
        Object.fromEntries(shown.map((column) => [column, shownOf(row[column])])),
      )
  }
  return found
}

function shownOf(value: unknown): ColumnValue {
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

async function actsAbout(db: Db, ids: readonly string[], language: Language): Promise<Access['acts']> {
  const names = await loadNames(db, language)
  const last = await lastSeq(db)
  const found = new Map<number, AuditRow>()
  for (const id of ids)
    for (const filter of [{ patient: id }, { who: id }])
      for (const { seq, atMs, act } of await allRows(db, filter, last)) found.set(seq, { seq, atMs, act })
  return [...found.values()]
    .toSorted((one, other) => one.seq - other.seq)
    .map((row) => ({ ...row, by: names.agent(row.act.agent) }))
}

const people = `
  select staff_id as id, name, 'staff' as kind from staff
  union all select guest_id, name, 'guest' from guests
  union all select guest_id, name, 'relative' from family
  union all select visit_id, name, 'visit' from visits
  union all select admission_id, name, 'stay' from admissions`

/** Whoever is named in it, or stands in it by id. Two of one name are one line. */
async function othersIn(
  db: Db,
  text: string,
  asked: ReadonlySet<string>,
  consents: Access['others'],
): Promise<Access['others']> {
  const rows = (await sql<{ id: string; name: string; kind: string }>`${sql.raw(people)}`.execute(db)).rows
  const own = new Set(rows.filter(({ id }) => asked.has(id)).map(({ name }) => name))
  const others = rows.filter(
    ({ id, name }) =>
      !own.has(name) && (text.includes(id) || text.includes(JSON.stringify(name).slice(1, -1))),
  )
  const lines = [...others, ...consents].map(({ kind, name }) => ({ kind, name }))
  return [...new Map(lines.map((line) => [`${line.kind} ${line.name}`, line])).values()]
}

/** Who agreed for a patient is written in what they wish. */
function consentsIn(stays: Access['tables'][string]): { readonly kind: string; readonly name: string }[] {
  return stays.flatMap((row) => {
    const read = v.safeParse(wishes, JSON.parse(String(row.wishes)))
    const consent = read.success ? read.output.consent : null
    return consent && 'name' in consent ? [{ kind: consent.type, name: consent.name }] : []
  })
}

/** The report of each stay that the audit gives, too. */
export async function reportsOf(
  db: Db,
  who: Who,
  nowMs: number,
  telling: Telling,
): Promise<{ name: string; text: string }[]> {
  const last = await lastSeq(db)
  return await inParts(idsOf(who, 'stay'), async (some) => {
    const made: { name: string; text: string }[] = []
    for (const id of some) {
      const report = await makeReport(db, id, last, nowMs, telling)
      if (report) made.push({ name: `report-${id}.html`, text: reportText(report, 'html') })
    }
    return made
  })
}
