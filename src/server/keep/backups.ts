/** Backups of the server that runs, each hour: the database is copied while it is used, the rest is done on a thread. */
import { copyFileSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { KeepFailure } from '../../protocol/keeping.ts'
import type { KeepConfig } from '../config-keep.ts'
import { databaseFile, type Store } from '../store/store.ts'
import { failureOf, KeepError } from './failure.ts'
import { besideNames, databaseName, secretProof } from './manifest.ts'
import { listBackups, partOf, removeParts, type SealOrder } from './seal.ts'

export type BackupParts = {
  readonly store: Pick<Store, 'copyTo' | 'digest'>
  readonly dataFolder: string
  readonly folder: string
  readonly config: Pick<KeepConfig, 'hourly' | 'daily'>
  /** So much of the disk stays free for the database, where both are on the same. */
  readonly freeBytes: number
  readonly now: () => number
  readonly log: Logger
}

/** `lastMs`: when the newest one was made that is whole; null: there is none. */
export type BackupState = {
  readonly lastMs: number | null
  readonly failed: { readonly why: KeepFailure; readonly sinceMs: number } | null
}

export type Backups = ReturnType<typeof createBackups>

const everyMs = 60 * 60_000
/** After one that failed. */
const againMs = 5 * 60_000
/** What it names may go while it is made: a copy of a scan that is taken back. */
const mostTries = 3

export function createBackups({ store, dataFolder, folder, config, freeBytes, now, log }: BackupParts) {
  let failed: BackupState['failed'] = null
  let lastMs = newestIn(folder)
  let triedMs: number | null = null
  let running: Promise<string> | null = null
  let worker: Worker | null = null
  let isStopping = false

  /** The name of what was made. Throws where it was not. */
  async function make(): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      const madeMs = now()
      const part = partOf(folder, madeMs)
      try {
        removeParts(folder)
        await refuseFull()
        mkdirSync(part, { mode: 0o700 })
        // Before the database: no signed head may reach further than its rows.
        for (const name of besideNames)
          if (existsSync(join(dataFolder, name))) copyFileSync(join(dataFolder, name), join(part, name))
        await store.copyTo(join(part, databaseName))
        if (isStopping) throw new KeepError('failed', 'the server stops')
        const sealed = await seal(madeMs)
        if (sealed.type === 'made') return sealed.name
        if (sealed.why === 'damaged' || tries === mostTries)
          throw new KeepError(sealed.why === 'damaged' ? 'damaged' : 'failed', sealed.said.join(' '))
      } finally {
        rmSync(part, { recursive: true, force: true })
      }
    }
  }

  /** A backup must not take from the database the room in which it writes. */
  async function refuseFull(): Promise<void> {
    if (statSync(folder).dev !== statSync(dataFolder).dev) return
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize - statSync(databaseFile(dataFolder)).size
    if (free < freeBytes) throw new KeepError('full', 'the disk of the database has no room for it')
  }

  async function seal(madeMs: number) {
    const order: SealOrder = {
      ...{ backupFolder: folder, dataFolder, madeMs, secret: store.digest(secretProof) },
      ...{ hourly: config.hourly, daily: config.daily },
    }
    const thread = new Worker(new URL('./seal-worker.ts', import.meta.url), { workerData: order })
    worker = thread
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', () => reject(new KeepError('failed', 'its thread ended')))
    try {
      return v.parse(sealed, await promise)
    } finally {
      worker = null
      await thread.terminate()
    }
  }

  async function attempt(): Promise<string> {
    triedMs = now()
    try {
      const name = await make()
      lastMs = newestIn(folder)
      if (failed) log.warn({ backup: name }, 'backups are made again')
      failed = null
      log.info({ backup: name }, 'a backup was made')
      return name
    } catch (error) {
      if (isStopping) throw error
      const why = failureOf(error)
      failed = { why, sinceMs: failed?.sinceMs ?? now() }
      log.error({ why, said: error instanceof Error ? error.message : 'unknown' }, 'no backup could be made')
      throw error
    }
  }

  function run(): Promise<string> {
    running ??= attempt().finally(() => {
      running = null
    })
    return running
  }

  /** A clock that went back, or a backup of a clock that was ahead, puts nothing off. */
  function isDue(): boolean {
    const since = (atMs: number | null) => (atMs === null || atMs > now() ? everyMs : now() - atMs)
    return since(failed ? null : lastMs) >= everyMs && (!failed || since(triedMs) >= againMs)
  }

  return {
    /** Makes one now, and resolves with its name. One that is being made already is the one. */
    run,
    /** Run it every minute or so. */
    async look(): Promise<void> {
      if (!isStopping && isDue()) await run().catch(ignore)
    },
    state: (): BackupState => ({ lastMs, failed }),
    async stop(): Promise<void> {
      isStopping = true
      await worker?.terminate()
      await running?.catch(ignore)
    },
  }
}

const sealed = v.variant('type', [
  v.strictObject({ type: v.literal('made'), name: v.string(), bytes: v.number() }),
  v.strictObject({
    type: v.literal('failed'),
    why: v.picklist(['damaged', 'changed']),
    said: v.array(v.string()),
  }),
])

function newestIn(folder: string): number | null {
  try {
    return listBackups(folder)[0]?.madeMs ?? null
  } catch {
    return null
  }
}

function ignore(): void {}
