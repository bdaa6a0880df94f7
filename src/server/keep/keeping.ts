/** Keeps the server: backups, downtime sheets and a look at what could fail, every minute, and tells whoever keeps it. */
import type { Logger } from 'pino'
import type { Alert, KeepingAnswer } from '../../protocol/keeping.ts'
import type { Heads } from '../audit/heads.ts'
import type { Config } from '../config.ts'
import type { Outcome } from '../control.ts'
import type { Store } from '../store/store.ts'
import type { Ward } from '../ward.ts'
import { alertsOf, type Facts, type Life } from './alerts.ts'
import { createBackups } from './backups.ts'
import { certificateLives } from './certificate-lives.ts'
import { failureOf } from './failure.ts'
import { createSheets } from './sheets.ts'
import { aheadOf, createClockWatch, createDiskWatch, httpsLife } from './watch.ts'

export type KeepingParts = {
  readonly store: Store
  readonly config: Pick<Config, 'dataFolder' | 'keep' | 'retention' | 'tls' | 'production'> & {
    readonly copies: Pick<Config['copies'], 'freeBytes'>
  }
  readonly origin: string
  readonly ward: Ward
  readonly heads: Pick<Heads, 'state'>
  readonly now: () => number
  readonly log: Logger
  /** The downtime sheet's page. */
  readonly writeSheet: (nowMs: number) => Promise<string>
  readonly lookMs: number
}

export type Keeping = Awaited<ReturnType<typeof createKeeping>>

const slowEveryMs = 60 * 60_000
/** Whoever stands in front starts later than this server, or is being put right. */
const unansweredMs = 5 * 60_000
/** Less than that is what NTP does, and no news. */
const setMs = 5_000

type Slow = { readonly atMs: number; readonly https: Life | null; readonly aheadMs: number | null }

export async function createKeeping(parts: KeepingParts) {
  const { store, config, origin, ward, heads, now, log } = parts
  const { dataFolder, keep, tls, production } = config
  const startedMs = now()
  const backups = keep.backupFolder
    ? createBackups({
        ...parts,
        dataFolder,
        folder: keep.backupFolder,
        config: keep,
        freeBytes: config.copies.freeBytes,
      })
    : null
  const sheets = keep.sheetFolder
    ? createSheets({ folder: keep.sheetFolder, write: parts.writeSheet, now, log })
    : null
  const clock = createClockWatch(now)
  const diskWatch = createDiskWatch()
  const behindRecordMs = Math.max(0, (await newestRowMs(store.db)) - startedMs)
  let set: Facts['clock']['set'] = null
  let slow: Slow | null = null
  let disks: Facts['disks'] = []
  let alerts: readonly Alert[] = []
  let checkedMs = startedMs
  let looking: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let isStopping = false

  /** A network is asked once an hour, and not by a ward that waits for its answer. */
  async function lookFar(): Promise<Slow> {
    const goodMs = slow?.https ? slowEveryMs : unansweredMs
    if (slow && slow.atMs <= now() && now() - slow.atMs < goodMs) return slow
    const aheadMs = keep.clockUrl === null ? null : await aheadOf(keep.clockUrl, now)
    return { atMs: now(), https: await httpsLife(origin, tls), aheadMs }
  }

  async function lookAtDisks(): Promise<Facts['disks']> {
    const places = [
      { place: 'data', folder: dataFolder },
      { place: 'backups', folder: keep.backupFolder },
      { place: 'sheets', folder: keep.sheetFolder },
    ] as const
    const found: { place: Facts['disks'][number]['place']; freeBytes: number }[] = []
    for (const { place, folder } of places) {
      const freeBytes = folder === null ? null : await diskWatch.free(folder)
      if (freeBytes !== null) found.push({ place, freeBytes })
    }
    return found
  }

  async function gather(): Promise<Facts> {
    const byMs = clock.look()
    if (Math.abs(byMs) > setMs) set = { byMs, atMs: now() }
    slow = await lookFar()
    disks = await lookAtDisks()
    const https = slow.https ? [{ of: 'https' as const, lives: [slow.https] }] : []
    return {
      ...{ nowMs: now(), isReal: production, startedMs },
      ...{ backup: backups?.state() ?? null, sheet: sheets?.state() ?? null },
      ...{ disks, diskBytes: keep.diskBytes },
      certificates: [...https, ...(await certificateLives(store.db, ward, now()))],
      clock: { aheadMs: slow.aheadMs, behindRecordMs, set },
      record: heads.state().problem,
    }
  }

  async function check(): Promise<void> {
    const next = alertsOf(await gather())
    tellLog(log, alerts, next)
    alerts = next
    checkedMs = now()
  }

  /** One look at a time. What cannot be looked at is in the log, and the server goes on. */
  function look(): Promise<void> {
    if (isStopping) return Promise.resolve()
    looking ??= check()
      .catch((error) => log.error({ err: error }, 'the server could not look after itself'))
      .finally(() => {
        looking = null
      })
    return looking
  }

  /** What writes is not waited for: where its disk hangs, that is what there is to be told. */
  async function turn(): Promise<void> {
    const making = [backups?.look(), sheets?.look()].map((made) => made?.then(look))
    await look()
    await Promise.all(making)
  }

  async function say(kind: 'backup' | 'sheet', made: Promise<string> | undefined): Promise<Outcome> {
    if (!made) {
      const setting = kind === 'backup' ? 'BEDSIDE_BACKUP_DIR' : 'BEDSIDE_DOWNTIME_DIR'
      return { lines: [`${setting} is not set: this server makes none.`], failed: true }
    }
    try {
      return { lines: [await made], failed: false }
    } catch (error) {
      return { lines: [`It was not made: ${failureOf(error)}. The log says more.`], failed: true }
    } finally {
      await check()
    }
  }

  return {
    /** Begins to look, by itself, once the server is open. */
    start(): void {
      timer = setInterval(() => void turn(), parts.lookMs)
      void turn()
    },
    /** All that is due now, and all that there is to say then. */
    turn,
    answer: (): KeepingAnswer => ({
      alerts: [...alerts],
      backup: backups && { lastMs: backups.state().lastMs },
      sheet: sheets && { lastMs: sheets.state().lastMs },
      retention: config.retention,
      checkedMs,
    }),
    /** For whoever measures. */
    facts: () => ({
      alerts,
      disks,
      backup: backups?.state() ?? null,
      https: slow?.https ?? null,
      aheadMs: slow?.aheadMs ?? null,
    }),
    /** What is said at the command line; null: none of its words. */
    async command(words: readonly string[]): Promise<Outcome | null> {
      if (words[0] !== 'keep') return null
      switch (words[1]) {
        case 'backup':
          return await say('backup', backups?.run())
        case 'downtime':
          return await say('sheet', sheets?.run())
        case 'alerts':
          await check()
          return { lines: alerts.map((one) => JSON.stringify(one)), failed: alerts.length > 0 }
        default:
          return { lines: keepUsage, failed: true }
      }
    },
    async stop(): Promise<void> {
      isStopping = true
      if (timer) clearInterval(timer)
      await backups?.stop()
      await sheets?.stop()
      await looking
    },
  }
}

export const keepUsage = [
  'npm run keep -- backup     makes a backup now, and says its name',
  'npm run keep -- downtime   writes the downtime sheet now',
  'npm run keep -- alerts     what there is to do about this server; exit code 1 when there is anything',
]

async function newestRowMs(db: Store['db']): Promise<number> {
  const row = await db.selectFrom('audit').select('at_ms').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row?.at_ms ?? 0
}

/** Which it is, without what changes from look to look. */
const nameOf = (alert: Alert) =>
  [
    alert.type,
    'of' in alert ? alert.of : '',
    'place' in alert ? alert.place : '',
    'why' in alert ? alert.why : '',
  ].join(' ')

function tellLog(log: Logger, before: readonly Alert[], next: readonly Alert[]): void {
  const [old, now] = [new Set(before.map(nameOf)), new Set(next.map(nameOf))]
  for (const alert of next)
    if (!old.has(nameOf(alert))) log.error({ alert }, 'somebody has to do something about this server')
  for (const alert of before) if (!now.has(nameOf(alert))) log.warn({ alert: alert.type }, 'an alert is over')
}
