/** Puts a backup back into an empty folder, as it was, and writes into its record that this was done. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Kysely, SqliteDialect } from 'kysely'
import { recordAct } from '../audit/record.ts'
import { StartError } from '../start-error.ts'
import { openSqlite } from '../store/sqlite.ts'
import { databaseFile } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import { databaseName, hashFile, type Manifest } from './manifest.ts'
import { sync, syncAll } from './seal.ts'

/** Throws a StartError, in words, where it must not be done. The backup was looked at before. */
export async function putBack(
  folder: string,
  { files, madeMs }: Manifest,
  target: string,
  nowMs: number,
): Promise<void> {
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new StartError(`${target} is not empty: nothing is ever put over other data. Name another folder.`)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  // The database gets its name last: a folder without it is no ward's, and no server starts on half of one.
  for (const { name, sha256 } of files) {
    const to = join(target, name === databaseName ? `${name}.part` : name)
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    copyFileSync(join(folder, name), to)
    if (hashFile(to).sha256 !== sha256)
      throw new StartError(
        `${to} is not what was copied: this disk does not keep what is written. Use another.`,
      )
  }
  syncAll(target)
  renameSync(join(target, `${databaseName}.part`), databaseFile(target))
  sync(target)
  await recordReturn(target, madeMs, nowMs)
}

/** What was done since is lost, and the record says from when to when. */
async function recordReturn(target: string, madeMs: number, nowMs: number): Promise<void> {
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: openSqlite(databaseFile(target)) }),
  })
  try {
    const detail = `put back from the backup of ${new Date(madeMs).toISOString()}`
    await recordAct(db, nowMs, { action: 'ward-changed', agent: { type: 'operator' }, detail })
  } finally {
    await db.destroy()
  }
}
