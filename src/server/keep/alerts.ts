/** What is wrong, of all that was looked at: a list that is empty when there is nothing to do. Pure, so that it is tested by tables. */
import type { Alert, CertificateKind, KeptPlace } from '../../protocol/keeping.ts'
import type { HeadProblem } from '../audit/heads.ts'
import type { HourlyState } from './hourly.ts'

/** How long a certificate is good. */
export type Life = { readonly fromMs: number; readonly endsMs: number }

export type Facts = {
  readonly nowMs: number
  readonly isReal: boolean
  readonly startedMs: number
  /** Null: none are made. */
  readonly backup: HourlyState | null
  readonly sheet: HourlyState | null
  readonly disks: readonly { readonly place: KeptPlace; readonly freeBytes: number }[]
  readonly diskBytes: number
  /** Those that somebody uses, each kind with when its certificates end. */
  readonly certificates: readonly { readonly of: CertificateKind; readonly lives: readonly Life[] }[]
  readonly clock: {
    readonly aheadMs: number | null
    /** Of the newest row of the record, at the start. */
    readonly behindRecordMs: number
    readonly set: { readonly byMs: number; readonly atMs: number } | null
  }
  readonly record: HeadProblem | null
}

const hourMs = 60 * 60_000
const dayMs = 24 * hourMs
/** One may fail and be made again before anybody has to come. */
const oldMs = 2.5 * hourMs
/** Time enough to renew it by day. An ACME authority's is renewed 30 days before its end. */
const soonMs: Readonly<Record<CertificateKind, number>> = {
  https: 14 * dayMs,
  root: 90 * dayMs,
  admin: 30 * dayMs,
  bed: 30 * dayMs,
  station: 30 * dayMs,
}
/** Caddy's own authority signs for half a day, and renews when a third of that is left. */
const lastShare = 6
const wrongMs = 5_000

export function alertsOf(facts: Facts): Alert[] {
  return [
    ...recordAlerts(facts),
    ...backupAlerts(facts),
    ...diskAlerts(facts),
    ...facts.certificates.flatMap((one) => certificateAlert(one, facts.nowMs)),
    ...clockAlerts(facts),
    ...sheetAlerts(facts),
  ]
}

function recordAlerts({ record }: Facts): Alert[] {
  return record === null ? [] : [{ type: 'record-broken', what: record }]
}

function backupAlerts({ backup, isReal, nowMs, startedMs }: Facts): Alert[] {
  if (backup === null) return isReal ? [{ type: 'backup-off' }] : []
  const { lastMs, failed } = backup
  const isOld = nowMs - (lastMs ?? startedMs) > oldMs
  return [
    ...(failed ? [{ type: 'backup-failed' as const, ...failed }] : []),
    ...(isOld ? [{ type: 'backup-old' as const, lastMs }] : []),
  ]
}

function sheetAlerts({ sheet }: Facts): Alert[] {
  return sheet?.failed ? [{ type: 'sheet-failed', ...sheet.failed }] : []
}

function diskAlerts({ disks, diskBytes }: Facts): Alert[] {
  return disks
    .filter(({ freeBytes }) => freeBytes < diskBytes)
    .map(({ place, freeBytes }) => ({ type: 'disk-low', place, freeBytes }))
}

function certificateAlert({ of, lives }: Facts['certificates'][number], nowMs: number): Alert[] {
  const over = lives.filter(({ endsMs }) => endsMs <= nowMs)
  if (over.length > 0) return [{ type: 'certificate-ended', of, ...firstOf(over) }]
  const soon = lives.filter(
    ({ fromMs, endsMs }) => endsMs - nowMs < Math.min(soonMs[of], (endsMs - fromMs) / lastShare),
  )
  return soon.length === 0 ? [] : [{ type: 'certificate-ends', of, ...firstOf(soon) }]
}

const firstOf = (lives: readonly Life[]) => ({
  endsMs: Math.min(...lives.map(({ endsMs }) => endsMs)),
  count: lives.length,
})

function clockAlerts({ clock, nowMs }: Facts): Alert[] {
  const { aheadMs, behindRecordMs, set } = clock
  const found: Alert[] = []
  if (aheadMs !== null && Math.abs(aheadMs) > wrongMs)
    found.push({ type: 'clock-wrong', than: 'source', byMs: aheadMs })
  if (behindRecordMs > wrongMs)
    found.push({ type: 'clock-wrong', than: 'record', byMs: -Math.round(behindRecordMs) })
  if (set && Math.abs(nowMs - set.atMs) < dayMs) found.push({ type: 'clock-set', ...set })
  return found
}
