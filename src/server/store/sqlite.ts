/** Node's own SQLite behind the API that Kysely's SQLite dialect expects, with the settings that lose nothing. */
import { open } from 'node:fs/promises'
import { backup, DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { StartError } from '../start-error.ts'

/** The WAL-reset bug of SQLite 3.7.0–3.51.2 can corrupt a database; it was fixed in 3.51.3. */
const oldestSqlite = [3, 51, 3]

/**
 * FULL: a power cut takes back nothing that was acknowledged (NORMAL lost commits in a third of the simulated cuts).
 * SECURE_DELETE: what is erased or deleted is overwritten, and does not stay readable in pages that are free (ERASE-5).
 * EXCLUSIVE, taken at once: a second server on the same data is refused instead of deciding about the same calls.
 */
const settings = `
  pragma busy_timeout = 1000;
  pragma locking_mode = exclusive;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma trusted_schema = off;
  pragma secure_delete = on;
  begin immediate;
  commit;
  pragma busy_timeout = 5000;
`

/** `begun`: from then on nothing that happens to the database is in the copy's way. */
export type Copying = { readonly begun: Promise<void>; readonly done: Promise<void> }

/** `copyTo`: all of it as it is when `done` resolves. Begin outside of a transaction: SQLite refuses it within one. */
export type OpenSqlite = SqliteDatabase & { copyTo(file: string): Copying }

/** Few enough that whoever writes meanwhile waits a moment; what was copied is on the disk every 32 MiB. */
const pagesAStep = 64
const stepsASync = 128

export function openSqlite(file: string): OpenSqlite {
  refuseOldSqlite(process.versions.sqlite)
  const database = new DatabaseSync(file)
  try {
    database.exec(settings)
  } catch (error) {
    database.close()
    if (isBusy(error)) throw new StartError(`Another Bedside is using the data folder of ${file}.`)
    throw error
  }
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = statements.get(sql) ?? forKysely(database.prepare(sql))
      statements.set(sql, statement)
      return statement
    },
    copyTo: (target) => copy(database, target),
  }
}

function copy(database: DatabaseSync, target: string): Copying {
  const { promise: stepped, resolve } = Promise.withResolvers<void>()
  const flushing = open(target, 'r+')
  let steps = 0
  const copied = backup(database, target, {
    rate: pagesAStep,
    progress() {
      resolve()
      steps += 1
      // SQLite syncs the copy in one last step, during which nobody can write: little is left for it.
      if (steps % stepsASync === 0) flushing.then((handle) => handle.datasync()).catch(ignore)
    },
  })
  const done = copied.then(ignore).finally(async () => await (await flushing.catch(ignore))?.close())
  return { begun: Promise.race([stepped, done]), done }
}

function ignore(): void {}

export function refuseOldSqlite(version: string | undefined): void {
  if (version === undefined || isOlder(version.split('.').map(Number), oldestSqlite)) {
    throw new StartError(
      `SQLite ${version} can corrupt its data; ${oldestSqlite.join('.')} or newer is needed.`,
    )
  }
}

function isOlder(version: readonly number[], than: readonly number[]): boolean {
  for (const [index, wanted] of than.entries()) {
    const part = version[index] ?? 0
    if (part !== wanted) return part < wanted
  }
  return false
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}

function forKysely(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(bindable)),
    run: (parameters) => statement.run(...parameters.map(bindable)),
    iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
  }
}

function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`SQLite cannot store a ${typeof value}`)
}
