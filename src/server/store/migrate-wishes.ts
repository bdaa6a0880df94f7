/** What each patient wishes, and for which stay each bed's tablet last said that it holds nothing older. */
import type { Kysely } from 'kysely'
import type { Tables } from './tables.ts'

/** Whoever was admitted before was asked nothing: they are rung, and nothing more. */
const unasked = JSON.stringify({
  language: null,
  textSize: 100,
  hearing: 'well',
  sight: 'well',
  answer: 'ring',
  quiet: null,
  roommates: 'not-told',
  consent: { type: 'none' },
})

export async function addWishes(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('admissions')
    .addColumn('wishes', 'text', (column) => column.notNull().defaultTo(unasked))
    .execute()
  await db.schema
    .alterTable('beds')
    .addColumn('clean_epoch', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
}
