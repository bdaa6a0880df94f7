/**
 * Backups of the server that runs, each hour: the database is copied while it is used, the rest is done on a thread.
 * Nothing here waits for their disk: one that hangs, as a share of another machine does, must not hang the ward.
 */
import { copyFile, mkdir, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { KeepConfig } from '../config-keep.ts'
import { databaseFile, type Store } from '../store/store.ts'
import { KeepError } from './failure.ts'
import { createHourly } from './hourly.ts'
import { besideNames, databaseName, secretProof } from './manifest.ts'
import { isPart, partOf, type SealOrder, timeOfBackup } from './seal.ts'

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

export type Backups = ReturnType<typeof createBackups>

/** What it names may go while it is made: a copy of a scan that is taken back. */
const mostTries = 3

export function createBackups({ store, dataFolder, folder, config, freeBytes, now, log }: BackupParts) {
  let worker: Worker | null = null

  /** The name of what was made. Throws where it was not. */
  async function make(begunMs: number): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      const madeMs = begunMs + tries - 1
      const part = partOf(folder, madeMs)
      try {
        await removeParts()
        await refuseFull()
        await mkdir(part, { mode: 0o700 })
        // Before the database: no signed head may reach further than its rows.
        for (const name of besideNames) await copyIfThere(join(dataFolder, name), join(part, name))
        await store.copyTo(join(part, databaseName))
        if (hourly.isStopping()) throw new KeepError('failed', 'the server stops')
        const sealed = await seal(madeMs)
        if (sealed.type === 'made') return sealed.name
        if (sealed.why === 'damaged' || tries === mostTries)
          throw new KeepError(sealed.why === 'damaged' ? 'damaged' : 'failed', sealed.said.join(' '))
      } finally {
        await rm(part, { recursive: true, force: true })
      }
    }
  }

  /** What a crash or a full disk left half made. */
  async function removeParts(): Promise<void> {
    for (const name of (await readdir(folder)).filter(isPart))
      await rm(join(folder, name), { recursive: true, force: true })
  }

  /** A backup must not take from the database the room in which it writes. */
  async function refuseFull(): Promise<void> {
    if ((await stat(folder)).dev !== (await stat(dataFolder)).dev) return
    const { bavail, bsize } = await statfs(folder)
    const free = bavail * bsize - (await stat(databaseFile(dataFolder))).size
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

  const hourly = createHourly({ what: 'backup', make, before: () => newestIn(folder), now, log })

  return {
    ...hourly,
    stop: () => hourly.stop(async () => await worker?.terminate()),
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

/** By its name, which only one that was whole has. */
async function newestIn(folder: string): Promise<number | null> {
  const times = (await readdir(folder)).map(timeOfBackup).filter((atMs) => atMs !== null)
  return times.length === 0 ? null : Math.max(...times)
}

async function copyIfThere(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to)
  } catch (error) {
    // A folder that is gone is found out before.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}
