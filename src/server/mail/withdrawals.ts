/** The rows of withdrawals: what was told to an address, and what takes it back. */
import * as v from 'valibot'
import { languages } from '../../core/languages.ts'
import type { Db } from '../store/store.ts'
import type { Withdrawn } from '../visits/post.ts'
import { blank, insert, withdrawal } from './letters.ts'
import type { Withdrawal } from './message.ts'

/** [MAIL-30] Where that address may know of the visit, and was not told since that it is not theirs. True: it is queued. */
export async function keepWithdrawal(db: Db, letter: Withdrawn, nowMs: number): Promise<boolean> {
  const { visitId, to, entryId, language } = letter
  const rows = await db
    .selectFrom('letters')
    .select(['kind', 'start_ms', 'end_ms', 'sequence'])
    .where('visit_id', '=', visitId)
    .where('to_address', '=', to)
    .where('way', '=', 'mail')
    // What was cut off may have come all the same; what was refused has not.
    .where((row) => row.or([row('state', 'in', ['sent', 'waiting']), row('tries', '>', 0)]))
    .where((row) => row.or([row('state', '!=', 'failed'), row('kind', '=', withdrawal)]))
    .orderBy('queued_ms')
    .execute()
  const last = rows.at(-1)
  if (!last || last.kind === withdrawal) return false
  const told = Math.max(0, ...rows.map((row) => row.sequence ?? 0))
  const sequence = Math.max(letter.sequence, told + 1)
  const said = { to_address: to, sequence, start_ms: last.start_ms, end_ms: last.end_ms }
  const whose = { visit_id: visitId, entry_id: entryId, language }
  const times = { queued_ms: nowMs, due_ms: nowMs, next_ms: nowMs }
  await insert(db, { ...blank, ...said, ...whose, ...times, way: 'mail', kind: withdrawal })
  return true
}

/** What a withdrawal that waits is to say. */
export async function readWithdrawal(db: Db, letterId: string): Promise<Withdrawal | null> {
  const found = db.selectFrom('letters').selectAll().where('letter_id', '=', letterId)
  const row = await found.executeTakeFirst()
  const { to_address: to, entry_id: entryId, language, sequence, start_ms, end_ms } = row ?? {}
  if (!to || !entryId || !language || start_ms == null || end_ms == null) return null
  const times = { sequence: sequence ?? 0, startMs: start_ms, endMs: end_ms }
  return { letterId, to, entryId, language: v.parse(v.picklist(languages), language), ...times }
}
