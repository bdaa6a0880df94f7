/** Opens what the server keeps: the database and the key under which codes and tokens are hashed. */
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Kysely, SqliteDialect } from 'kysely'
import { StartError } from '../start-error.ts'
import { migrate } from './migrations.ts'
import { openSecrets, type Secrets } from './secrets.ts'
import { type OpenSqlite, openSqlite } from './sqlite.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>

/** `digest`: the keyed hash under which a code or token is kept. `seal`: what has to be read again is encrypted. */
export type Store = Secrets & {
  readonly db: Db
  /** Makes a whole copy of the database while it is used. Everything that was durable before is in it. */
  copyTo(file: string): Promise<void>
  close(): Promise<void>
}

export function databaseFile(dataFolder: string): string {
  return join(dataFolder, 'bedside.db')
}

/** `secret` replaces the key file of the data folder. Throws a StartError when the data cannot be used. */
export async function openStore(dataFolder: string, secret: string | null, nowMs: number): Promise<Store> {
  const { secrets, database } = openFiles(dataFolder, secret)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  await migrate(db, nowMs)
  return { db, ...secrets, copyTo: (file) => copyOf(db, database, file), close: () => db.destroy() }
}

async function copyOf(db: Db, database: OpenSqlite, file: string): Promise<void> {
  await (await open(file, 'wx', 0o600)).close()
  // Whoever has the connection is in no transaction of somebody else's.
  const copying = await db.connection().execute(async () => {
    const copying = database.copyTo(file)
    await copying.begun
    return copying
  })
  await copying.done
}

function openFiles(dataFolder: string, secret: string | null) {
  try {
    mkdirSync(dirname(dataFolder), { recursive: true })
    if (!existsSync(dataFolder)) mkdirSync(dataFolder, { mode: 0o700 })
    const secrets = openSecrets(dataFolder, secret)
    const file = databaseFile(dataFolder)
    // Made before SQLite opens it, so that neither it nor its log is ever readable by others.
    closeSync(openSync(file, 'a', 0o600))
    return { secrets, database: openSqlite(file) }
  } catch (error) {
    if (error instanceof StartError || !(error instanceof Error)) throw error
    throw new StartError(`The data folder ${dataFolder} cannot be used: ${error.message}`)
  }
}
