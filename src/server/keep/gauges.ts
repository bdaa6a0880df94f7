/** What Prometheus reads of the server itself: its process, its sockets, what it refused, and what there is to do about it. */
import { readdirSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, Gauge, type Registry } from 'prom-client'
import { alertTypes, keptPlaces } from '../../protocol/keeping.ts'
import type { Keeping } from './keeping.ts'

export type KeepGauges = ReturnType<typeof createKeepGauges>
export type KeepFacts = ReturnType<Keeping['facts']>

/** Frames and connections that nobody answered, by why. */
export const refusedReasons = ['protocol', 'too-many', 'turned-away'] as const
export type RefusedReason = (typeof refusedReasons)[number]

const statuses = ['4xx', '5xx'] as const

function gaugesIn(registers: Registry[]) {
  const gauge = (name: string, help: string, label: readonly string[] = []) =>
    new Gauge({ name, help, labelNames: ['ward', ...label], registers })
  return {
    sockets: gauge('bedside_sockets', 'Open WebSockets, those that have not said who they are among them.'),
    memory: gauge('bedside_process_resident_bytes', 'Memory of the server.'),
    files: gauge('bedside_process_open_files', 'Files and sockets that the server has open.'),
    since: gauge('bedside_process_start_seconds', 'When it was started, in seconds since 1970.'),
    lag: gauge('bedside_event_loop_lag_seconds', 'The longest that anything waited since the last reading.'),
    disk: gauge('bedside_disk_free_bytes', 'Free on the disks that it writes to.', ['place']),
    backupMade: gauge(
      'bedside_backup_made_seconds',
      'When the newest whole backup was made; 0: there is none.',
    ),
    backupFails: gauge('bedside_backup_fails', '1: the last backup could not be made.'),
    httpsEnds: gauge('bedside_https_ends_seconds', 'When the certificate of the address ends; 0: not known.'),
    ahead: gauge('bedside_clock_ahead_seconds', 'Against the clock it is compared with; NaN: it is not.'),
    alerts: gauge('bedside_alerts', 'What somebody has to do about this server.', ['type']),
  }
}

export function createKeepGauges(registry: Registry, ward: () => { readonly ward: string }) {
  const gauges = gaugesIn([registry])
  const cpu = new Gauge({
    ...{ name: 'bedside_process_cpu_seconds', help: 'Processor time since the start.' },
    ...{ labelNames: ['ward'], registers: [registry] },
  })
  const refused = new Counter({
    ...{ name: 'bedside_refused_total', help: 'Frames and connections that were refused.' },
    ...{ labelNames: ['ward', 'reason'], registers: [registry] },
  })
  const answers = new Counter({
    ...{
      name: 'bedside_http_refusals_total',
      help: 'Requests that were answered with a status of this kind.',
    },
    ...{ labelNames: ['ward', 'status'], registers: [registry] },
  })
  for (const reason of refusedReasons) refused.inc({ ...ward(), reason }, 0)
  for (const status of statuses) answers.inc({ ...ward(), status }, 0)
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const startedSeconds = Date.now() / 1_000 - process.uptime()

  function lookAtProcess(): void {
    const { user, system } = process.cpuUsage()
    cpu.set(ward(), (user + system) / 1e6)
    gauges.memory.set(ward(), process.memoryUsage.rss())
    gauges.since.set(ward(), startedSeconds)
    gauges.lag.set(ward(), delay.max / 1e9)
    delay.reset()
    const files = openFiles()
    if (files !== null) gauges.files.set(ward(), files)
  }

  function lookAtKeeping({ alerts, disks, backup, https, aheadMs }: KeepFacts): void {
    for (const place of keptPlaces) {
      const disk = disks.find((one) => one.place === place)
      if (disk) gauges.disk.set({ ...ward(), place }, disk.freeBytes)
    }
    if (backup) {
      gauges.backupMade.set(ward(), (backup.lastMs ?? 0) / 1_000)
      gauges.backupFails.set(ward(), backup.failed ? 1 : 0)
    }
    gauges.httpsEnds.set(ward(), (https?.endsMs ?? 0) / 1_000)
    gauges.ahead.set(ward(), aheadMs === null ? Number.NaN : aheadMs / 1_000)
    for (const type of alertTypes)
      gauges.alerts.set({ ...ward(), type }, alerts.filter((one) => one.type === type).length)
  }

  return {
    refused: (reason: RefusedReason) => refused.inc({ ...ward(), reason }),
    answered(status: number): void {
      if (status >= 400) answers.inc({ ...ward(), status: status >= 500 ? '5xx' : '4xx' })
    },
    /** As things are now. */
    look(keeping: KeepFacts, sockets: number): void {
      for (const gauge of [...Object.values(gauges), cpu]) gauge.reset()
      gauges.sockets.set(ward(), sockets)
      lookAtProcess()
      lookAtKeeping(keeping)
    },
    stop: () => delay.disable(),
  }
}

/** Null: this system does not tell. */
function openFiles(): number | null {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return null
  }
}
