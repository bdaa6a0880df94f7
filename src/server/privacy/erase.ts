/** Takes a person's words out of everything the server keeps, in one transaction. Ids stay, and lead to nobody. */
import { sql } from 'kysely'
import * as v from 'valibot'
import { keyOf } from '../../core/admission.ts'
import type { AuditAgent } from '../../protocol/audit.ts'
import { recordAct } from '../audit/record.ts'
import type { Step } from '../plan/ledger.ts'
import { mirrorAll } from '../plan/mirror.ts'
import type { Db } from '../store/store.ts'
import { aboutOf } from './about.ts'
import { type TableName, tableNames } from './natures.ts'
import { emptyPlan } from './plan-words.ts'
import { idsOf, inParts, type Kind, type Who } from './who.ts'

/** `digest` null: the key is not at hand (a restore without it), so what is kept by keyed hashes stays. */
export type Digest = (text: string) => string

/** `asked`: the ids that somebody named, which are on record; the others belong to them. */
export type Erasure = {
  readonly who: Who
  readonly asked: readonly string[]
  readonly why: string
  readonly agent: AuditAgent
}

/** In a step of the plan's ledger. It refuses nobody: ask `here.ts` before. */
export async function eraseIn(
  step: Step,
  digest: Digest,
  { who, asked, why, agent }: Erasure,
): Promise<void> {
  const { db, draft, nowMs } = step
  await forgetNumbers(db, digest, idsOf(who, 'stay'))
  for (const table of tableNames) await emptyTable(db, table, who)
  await emptyPlan(step, who)
  await mirrorAll(db, draft)
  await keepErased(db, idsOf(who), nowMs)
  for (const id of asked) {
    const entity = entityOf(id, who.get(id) ?? 'attention')
    await recordAct(db, nowMs, { action: 'person-erased', agent, entity, detail: why })
  }
}

export async function keepErased(db: Db, ids: readonly string[], nowMs: number): Promise<void> {
  await inParts(ids, async (some) => {
    const rows = some.map((id) => ({ id, at_ms: nowMs }))
    await db
      .insertInto('erased')
      .values(rows)
      .onConflict((same) => same.doNothing())
      .execute()
    return []
  })
}

export function entityOf(id: string, kind: Kind) {
  const type = kind === 'stay' ? 'admission' : kind === 'relative' ? 'guest' : kind
  return { type, id } as const
}

export type KeptRow = Readonly<Record<string, unknown>> & { readonly row_id: number }

/** Rows of a table that are about one of these, with SQLite's own number of each. */
export async function rowsAbout(db: Db, table: TableName, ids: readonly string[]): Promise<KeptRow[]> {
  const said = aboutOf(table)
  if (!said) return []
  const found = await inParts(ids, async (some) => {
    const list = `(${some.map((id) => `'${id.replaceAll("'", "''")}'`).join()})`
    const which = said.links.map((link) => link.replaceAll('@ids', list)).join(' or ')
    const rows = sql<KeptRow>`select rowid as row_id, * from ${sql.table(table)} where ${sql.raw(which)}`
    return (await rows.execute(db)).rows
  })
  return [...new Map(found.map((row) => [row.row_id, row])).values()]
}

async function emptyTable(db: Db, table: TableName, who: Who): Promise<void> {
  const said = aboutOf(table)
  if (!said) return
  const isOne = (id: string | null) => id !== null && who.has(id)
  for (const row of await rowsAbout(db, table, idsOf(who))) {
    const emptied = said.emptied(row, isOne)
    const place = sql`where rowid = ${row.row_id}`
    if (emptied === 'gone') await sql`delete from ${sql.table(table)} ${place}`.execute(db)
    else {
      const sets = Object.entries(emptied).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
      await sql`update ${sql.table(table)} set ${sql.join(sets)} ${place}`.execute(db)
    }
  }
}

const people = v.looseObject({
  number: v.nullish(v.string(), null),
  former: v.nullish(v.string(), null),
})

/** What the hospital's record said of their numbers: unless another stay of theirs is still kept. */
async function forgetNumbers(db: Db, digest: Digest, stays: readonly string[]): Promise<void> {
  const rows = await inParts(stays, (some) =>
    db.selectFrom('admissions').select('number_key').where('admission_id', 'in', some).execute(),
  )
  const keys = new Set(rows.map(({ number_key }) => number_key))
  const kept = await inParts([...keys], (some) =>
    db
      .selectFrom('admissions')
      .select(['admission_id', 'number_key'])
      .where('number_key', 'in', some)
      .execute(),
  )
  for (const { admission_id, number_key } of kept) if (!stays.includes(admission_id)) keys.delete(number_key)
  for (const key of keys)
    await db
      .deleteFrom('adt_heard')
      .where('number_hash', '=', digest(`adt ${key}`))
      .execute()
  for (const { says_id, person } of await db.selectFrom('adt_says').select(['says_id', 'person']).execute()) {
    const read = v.safeParse(people, JSON.parse(person ?? 'null'))
    const said = read.success ? [read.output.number, read.output.former] : []
    if (said.some((number) => number !== null && keys.has(keyOf(number))))
      await db.deleteFrom('adt_says').where('says_id', '=', says_id).execute()
  }
}

/** Reasons that people typed about them stand in the chain, word for word: the numbers of those rows. */
export async function rowsWithReasons(db: Db, who: Who): Promise<number[]> {
  const rows = await inParts(idsOf(who), (some) =>
    db
      .selectFrom('audit')
      .select('seq')
      .where((row) =>
        row.or([row('patient_id', 'in', some), row('entity_id', 'in', some), row('agent_id', 'in', some)]),
      )
      .where(sql<string | null>`text ->> '$.act.reason'`, 'is not', null)
      .execute(),
  )
  return [...new Set(rows.map(({ seq }) => seq))].toSorted((one, other) => one - other)
}
