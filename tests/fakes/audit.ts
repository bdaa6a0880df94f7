/** An audit in a folder of its own, written and signed by the server's own code, without a server. */
import { pino } from 'pino'
import { openHeads } from '../../src/server/audit/heads.ts'
import { openSigningKey, readSigningKey } from '../../src/server/audit/key.ts'
import { type NewAct, recordAct } from '../../src/server/audit/record.ts'
import type { Verdict } from '../../src/server/audit/verify.ts'
import { verifyFile } from '../../src/server/audit/verify-file.ts'
import { type Db, openStore } from '../../src/server/store/store.ts'

export const quiet = pino({ level: 'silent' })

/** Does `work` with the data of `folder` as a server that runs without clients would. */
export async function withAudit(
  folder: string,
  work: (db: Db, sign: () => Promise<void>) => Promise<void>,
  everyRows = 1_000,
): Promise<void> {
  const store = await openStore(folder, null, 1)
  const key = openSigningKey(folder)
  const heads = await openHeads({
    db: store.db,
    dataFolder: folder,
    key,
    collector: { poke() {} },
    now: () => 1,
    log: quiet,
    pace: { rows: everyRows, ms: Number.POSITIVE_INFINITY, lookMs: 1_000_000 },
  })
  await work(store.db, heads.sign)
  await heads.stop()
  await store.close()
}

export async function writeActs(db: Db, acts: readonly NewAct[]): Promise<void> {
  await db.transaction().execute(async (step) => {
    for (const [index, act] of acts.entries()) await recordAct(step, 1_000 + index, act)
  })
}

/** What the check says of a folder that no server uses. */
export function check(folder: string, headFiles: readonly string[] = []): Verdict {
  const key = readSigningKey(folder)
  return verifyFile({ dataFolder: folder, headFiles, verifiers: key ? [key.verifier] : [] })
}
