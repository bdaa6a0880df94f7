/** The same check on the database that this server holds: a page of rows at a time, calls go on in between. */
import { setImmediate as others } from 'node:timers/promises'
import type { Db } from '../store/store.ts'
import { readHeadLog } from './head-log.ts'
import type { Verifier } from './note.ts'
import { lastSeq } from './search.ts'
import { type FoundHead, startVerifying, type Verdict } from './verify.ts'
import { labelled } from './verify-file.ts'

/** Small enough that nobody waits longer for the relay than for a slow frame. */
const pageRows = 200

export async function verifyLive(
  db: Db,
  dataFolder: string,
  verifiers: readonly Verifier[],
): Promise<Verdict> {
  const found = [...labelled(readHeadLog(dataFolder), 'heads.log'), ...(await keptHeads(db))]
  const verifying = startVerifying(found, verifiers)
  // Counted after the heads were read, so that no head can be larger than that.
  const last = await lastSeq(db)
  let seen = 0
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', seen)
      .where('seq', '<=', last)
      .orderBy('seq')
      .limit(pageRows)
      .execute()
    for (const row of rows) {
      const broken = verifying.take(row)
      if (broken) return broken
      seen = row.seq
    }
    if (rows.length < pageRows) return verifying.finish()
    await others()
  }
}

async function keptHeads(db: Db): Promise<FoundHead[]> {
  const rows = await db.selectFrom('audit_heads').select(['size', 'note']).orderBy('size').execute()
  return rows.map(({ size, note }) => ({ note, from: `the kept head of ${size} rows` }))
}
