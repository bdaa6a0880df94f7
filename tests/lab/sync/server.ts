/** The real server's plan over a real SQLite in memory; it is killed and put back from a copy like one on a disk. */
import { createHash } from 'node:crypto'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { Kysely, SqliteDialect, type SqliteStatement } from 'kysely'
import { pino } from 'pino'
import * as v from 'valibot'
import { syncRequest } from '../../../src/protocol/sync.ts'
import { findPerson } from '../../../src/server/people.ts'
import { openPlan } from '../../../src/server/plan/plan.ts'
import { addSync } from '../../../src/server/plan/sync-api.ts'
import { createQueue } from '../../../src/server/queue.ts'
import type { RouteBook } from '../../../src/server/routes.ts'
import { migrate } from '../../../src/server/store/migrations.ts'
import type { Db } from '../../../src/server/store/store.ts'
import { settle, type Time } from './time.ts'

export const wardId = 'ward'
export const people = ['ann', 'bob', 'eve', 'ivo'] as const
export const roles = { ann: 'nurse', bob: 'doctor', eve: 'nurse', ivo: 'interpreter' } as const
export const beds = ['b1', 'b2', 'b3'] as const

const log = pino({ level: 'silent' })

/** Set before a request: so many statements later the process is gone. */
type Fuse = { left: number }

class Killed extends Error {}

function kyselyOver(database: DatabaseSync, fuse: Fuse): Db {
  const statements = new Map<string, SqliteStatement>()
  const burn = () => {
    fuse.left -= 1
    if (fuse.left === 0) throw new Killed()
    if (fuse.left < 0 && fuse.left > -1_000) throw new Killed()
  }
  const wrap = (sql: string): SqliteStatement => {
    const statement = database.prepare(sql)
    const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
    return {
      reader: statement.columns().length > 0,
      all(parameters) {
        burn()
        return statement.all(...bind(parameters))
      },
      run(parameters) {
        burn()
        return statement.run(...bind(parameters))
      },
      iterate: (parameters) => statement.iterate(...bind(parameters)),
    }
  }
  const prepare = (sql: string) => {
    const statement = statements.get(sql) ?? wrap(sql)
    statements.set(sql, statement)
    return statement
  }
  return new Kysely({ dialect: new SqliteDialect({ database: { close() {}, prepare } }) })
}

const never = -1_000_000

let base: Uint8Array | null = null

/** A ward whose database is made once. */
async function baseBytes(nowMs: number): Promise<Uint8Array> {
  if (base) return base
  const database = new DatabaseSync(':memory:')
  const db = kyselyOver(database, { left: never })
  await migrate(db, nowMs)
  await db.insertInto('wards').values({ ward_id: wardId, name: 'Ward', demo: 0 }).execute()
  for (const [position, bed_id] of beds.entries())
    await db
      .insertInto('beds')
      .values({
        bed_id,
        ward_id: wardId,
        label: `${position + 1}`,
        position,
        offline_since_ms: null,
        stay_epoch: 0,
      })
      .execute()
  for (const staff_id of people)
    await db
      .insertInto('staff')
      .values({
        staff_id,
        name: `Name of ${staff_id}`,
        role: roles[staff_id],
        wards: JSON.stringify([wardId]),
        disabled_ms: null,
      })
      .execute()
  base = database.serialize()
  return base
}

export type SimServer = Awaited<ReturnType<typeof startServer>>

type Handler = (asked: Record<string, unknown>) => Promise<{ json?: Buffer[]; refusal?: string }>

export type Reply =
  | { readonly type: 'answer'; readonly text: string }
  | { readonly type: 'refusal'; readonly why: string }
  | { readonly type: 'gone' }

export async function startServer({ nowMs, hold }: Pick<Time, 'nowMs' | 'hold'>) {
  const now = () => Math.floor(nowMs())
  let database = new DatabaseSync(':memory:')
  database.deserialize(await baseBytes(now()))
  const fuse: Fuse = { left: never }
  let isUp = false
  let copy: Uint8Array | null = null
  let db = kyselyOver(database, fuse)
  let plan: Awaited<ReturnType<typeof openPlan>>
  let handle: Handler
  const pokes = new Set<() => void>()

  async function boot(): Promise<void> {
    db = kyselyOver(database, fuse)
    fuse.left = never
    const queue = createQueue((error) => {
      if (!(error instanceof Killed)) throw error
    })
    plan = await openPlan({
      db,
      wardId,
      zone: 'Europe/Helsinki',
      now,
      queue,
      log,
      sweepMs: 2 ** 31 - 1,
      followStays: async () => {},
    })
    plan.onChange(() => {
      for (const poke of pokes) poke()
    })
    const book = {
      route: (_method: string, _path: string, _needs: unknown, handler: Handler) => {
        handle = handler
      },
    }
    const digest = (text: string) => createHash('sha256').update(text).digest('base64url')
    addSync(book as unknown as RouteBook, { store: { db, digest }, wardId, plan })
    isUp = true
  }

  async function kill(): Promise<void> {
    isUp = false
    plan.stop()
    // What was not committed never was.
    if (database.isTransaction) database.exec('rollback')
  }

  await boot()

  /** One thing after the other: the machine has one disk. */
  let last: Promise<unknown> = Promise.resolve()
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return hold(mine)
  }

  async function answer(staffId: string | null, text: string, killAfter: number): Promise<Reply> {
    if (!isUp) return { type: 'gone' }
    const body = v.safeParse(syncRequest, JSON.parse(text))
    if (!body.success) return { type: 'refusal', why: 'bad-request' }
    const person = staffId === null ? null : await findPerson(db, staffId, now())
    if (!person) return { type: 'refusal', why: 'signed-out' }
    fuse.left = killAfter > 0 ? killAfter : never
    const signIn = { ...person, tokenHash: '', expiresMs: 0, lockedMs: null }
    const asked = { body: body.output, signIn, nowMs: now(), reply: { type() {} } }
    const done = await orDead(handle(asked), fuse)
    fuse.left = never
    if (done === null) {
      await kill()
      return { type: 'gone' }
    }
    if (done.refusal !== undefined) return { type: 'refusal', why: done.refusal }
    return { type: 'answer', text: Buffer.concat(done.json ?? []).toString() }
  }

  return {
    db: () => db,
    plan: () => plan,
    isUp: () => isUp,
    onNews: (poke: () => void) => pokes.add(poke),
    hasCopy: () => copy !== null,
    boot: () => inTurn(async () => (isUp ? undefined : await boot())),
    kill: () => inTurn(async () => (isUp ? await kill() : undefined)),
    /** Something that is done at the server by other means. */
    meanwhile: (work: (db: Db) => Promise<void>) =>
      inTurn(async () => {
        if (!isUp) return
        await work(db)
        await plan.mirror()
      }),
    keepCopy: () =>
      inTurn(async () => {
        copy = database.serialize()
      }),
    /** The disk is lost, and yesterday's copy is put in its place. */
    restore: () =>
      inTurn(async () => {
        if (!copy) return
        if (isUp) await kill()
        database = new DatabaseSync(':memory:')
        database.deserialize(copy)
        await boot()
      }),
    close: () => plan.stop(),
    /** `killAfter`: statements after which the process dies in the middle of it; 0: it does not. */
    ask: (staffId: string | null, text: string, killAfter: number) =>
      inTurn(() => answer(staffId, text, killAfter)),
  }
}

/** Null: the fuse has burnt, and whatever awaited the database waits for ever. */
async function orDead<T>(work: Promise<T>, fuse: Fuse): Promise<T | null> {
  let done: { readonly value: T } | null = null
  let failure: unknown = null
  work.then(
    (value) => {
      done = { value }
    },
    (error: unknown) => {
      failure = error
    },
  )
  for (;;) {
    await settle()
    if (done !== null) return (done as { readonly value: T }).value
    if (failure instanceof Killed) return null
    if (failure !== null) throw failure
    if (fuse.left <= 0 && fuse.left > -1_000) return null
  }
}
