/** What the operator chose about keeping this server: where backups and downtime sheets go, and what an alert is. */
import { resolve } from 'node:path'
import * as v from 'valibot'

export type KeepConfig = {
  /** Null: nobody wants backups from this server. The folder must be there: a disk that is not mounted is no folder. */
  readonly backupFolder: string | null
  /** So many of the newest are kept, and of those before them the last of each of so many days. */
  readonly hourly: number
  readonly daily: number
  /** Null: no downtime sheet is written. */
  readonly sheetFolder: string | null
  /** Less than this free on a disk that is written to is an alert. */
  readonly diskBytes: number
  /** Whose `Date` header this machine's clock is compared with; null: nobody's. */
  readonly clockUrl: string | null
}

const megabytes = v.pipe(
  v.string(),
  v.regex(/^\d{1,8}$/),
  v.transform((text) => Number(text) * 1024 * 1024),
)
const count = v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number), v.minValue(1))
const folder = v.pipe(
  v.string(),
  v.transform((path) => resolve(path)),
)

export const keepVariables = {
  BEDSIDE_BACKUP_DIR: v.optional(folder),
  BEDSIDE_BACKUP_HOURLY: v.config(v.optional(count, '48'), { message: 'a number from 1 to 9999' }),
  BEDSIDE_BACKUP_DAILY: v.config(v.optional(count, '30'), { message: 'a number from 1 to 9999' }),
  BEDSIDE_DOWNTIME_DIR: v.optional(folder),
  BEDSIDE_DISK_MB: v.config(v.optional(megabytes, '2048'), { message: 'a number of megabytes' }),
  BEDSIDE_CLOCK_URL: v.config(v.optional(v.pipe(v.string(), v.check(isClock))), {
    message: 'an http or https address without a password in it',
  }),
}

function isClock(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}

const schema = v.object(keepVariables)

export function readKeep(chosen: v.InferOutput<typeof schema>): KeepConfig {
  return {
    backupFolder: chosen.BEDSIDE_BACKUP_DIR ?? null,
    hourly: chosen.BEDSIDE_BACKUP_HOURLY,
    daily: chosen.BEDSIDE_BACKUP_DAILY,
    sheetFolder: chosen.BEDSIDE_DOWNTIME_DIR ?? null,
    diskBytes: chosen.BEDSIDE_DISK_MB,
    clockUrl: chosen.BEDSIDE_CLOCK_URL ?? null,
  }
}
