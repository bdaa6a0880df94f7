/** Who is erased: no word of theirs is left in any table, nor in the file; nobody else loses one; whoever is here is refused. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { verifyFile } from '../../src/server/audit/verify-file.ts'
import { about } from '../../src/server/privacy/about.ts'
import { readErased } from '../../src/server/privacy/erased-list.ts'
import { createEraser, offlineLedger } from '../../src/server/privacy/eraser.ts'
import { columnsOf, natures, tableNames } from '../../src/server/privacy/natures.ts'
import { openStore, type Store } from '../../src/server/store/store.ts'
import { addPerson, asked, ids, word } from './erased-person.ts'
import { temporaryFolder } from './ward.ts'

const nowMs = Date.UTC(2026, 11, 2)
const now = () => nowMs

async function openPeople() {
  const data = temporaryFolder()
  const store = await openStore(data, null, nowMs)
  onTestFinished(() => store.close().catch(() => {}))
  await addPerson(store.db, nowMs)
  const { db, digest } = store
  const eraser = createEraser({ db, digest, now, folders: [data], ledger: offlineLedger(db, now) })
  return { data, store, db, eraser }
}

async function dump({ db }: Pick<Store, 'db'>): Promise<string> {
  const texts: string[] = []
  for (const table of tableNames)
    texts.push(JSON.stringify((await sql`select * from ${sql.table(table)}`.execute(db)).rows))
  return texts.join('\n')
}

test('[ERASE-1] of every column of every table it is said what it holds', async () => {
  const { db } = await openPeople()
  const tables = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'`.execute(db)
  expect(tables.rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(natures).toSorted())
  for (const table of tableNames) {
    const columns = await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(db)
    const said = (['plain', 'words', 'secret'] as const).flatMap((nature) => columnsOf(table, nature))
    expect([table, said.toSorted()]).toEqual([table, columns.rows.map(({ name }) => name).toSorted()])
  }
})

test('[ERASE-1] a table that holds words of people is one that an erasure empties', () => {
  for (const table of tableNames)
    if (columnsOf(table, 'words').length > 0 && table !== 'plan_integrations')
      expect([table, about[table]]).not.toEqual([table, 'nobody'])
})

test('[ERASE-1] in each of these columns a word stands before, and none of them after, nor any in the file', async () => {
  const { data, store, eraser } = await openPeople()
  const before = await dump(store)
  for (const table of tableNames)
    for (const column of columnsOf(table, 'words'))
      if (table !== 'audit')
        expect(before.toLowerCase(), `nothing in ${table}.${column}`).toContain(
          word(table, column).toLowerCase(),
        )
  expect(await eraser.erase(asked, 'request', false)).toMatchObject({ type: 'erased' })
  const after = await dump(store)
  expect(after.match(/Zq[^"\\]*/gi) ?? []).toEqual([])
  expect(after).toContain('Olga Other')
  expect(after).toContain('Otto Other')
  for (const id of [...asked, ids.guest, ids.relative, ids.appointment]) expect(after).toContain(id)
  await store.close()
  expect(readFileSync(join(data, 'bedside.db')).toString('latin1')).not.toMatch(/zq\./i)
  expect([...readErased(data, store.digest).ids].toSorted()).toEqual(Object.values(ids).toSorted())
  expect(verifyFile({ dataFolder: data, headFiles: [], verifiers: [] }).type).toBe('whole')
})

test('[ERASE-1] the rehearsal says whom it would take along, and takes nothing', async () => {
  const { store, eraser } = await openPeople()
  const before = await dump(store)
  const said = await eraser.erase(asked, 'request', true)
  expect(said.type === 'would-erase' && [...said.who.keys()].toSorted()).toEqual(
    Object.values(ids).toSorted(),
  )
  expect(await dump(store)).toBe(before)
})

test.each([
  ['a stay that goes on', 'update admissions set ended_ms = null where admission_id = @id', ids.stay],
  [
    'who is here again',
    "update admissions set number_key = (select number_key from admissions where admission_id = @id) where admission_id = 'other-stay'",
    ids.stay,
  ],
  ['a sealed copy that is not over', 'update copies set ended_ms = null where admission_id = @id', ids.stay],
  ['a visit that is not over', 'update visits set closed_ms = null where visit_id = @id', ids.visit],
  ['a guest in a call', 'update guests set ended_ms = null where guest_id = @id', ids.guest],
  [
    'an appointment to come',
    `update plan_rows set json = json_set(json, '$.status', 'booked', '$.when.endMs', ${nowMs + 1000}) where id = @id`,
    ids.appointment,
  ],
  [
    'a series that goes on',
    "update plan_rows set json = json_set(json, '$.until', null) where id = @id",
    ids.series,
  ],
  [
    'what somebody has to decide about',
    "update plan_rows set json = json_set(json, '$.resolved', null) where id = @id",
    ids.attention,
  ],
  ['staff who can sign in', 'update staff set disabled_ms = null where staff_id = @id', ids.staff],
])('[ERASE-2] %s is refused, and with it all that were named', async (_who, statement, id) => {
  const { store, db, eraser } = await openPeople()
  if (statement.includes('ended_ms = null where admission_id') && statement.includes('update admissions'))
    await db.deleteFrom('admissions').where('admission_id', '=', 'other-stay').execute()
  await sql.raw(statement.replaceAll('@id', `'${id}'`)).execute(db)
  const before = await dump(store)
  const said = await eraser.erase(asked, 'request', false)
  expect(said).toMatchObject({
    type: 'refused',
    here: expect.arrayContaining([expect.objectContaining({ id })]),
  })
  expect(await dump(store)).toBe(before)
})

test('[ERASE-2] an id of nobody is said, and nobody is erased', async () => {
  const { store, eraser } = await openPeople()
  const before = await dump(store)
  expect(await eraser.erase([ids.stay, 'nobody'], 'request', false)).toMatchObject({ unknown: ['nobody'] })
  expect(await dump(store)).toBe(before)
})
