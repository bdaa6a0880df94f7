/** What Prometheus reads of a ward: counts since the server started, how things are now, and no person. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { reconnectionsOf } from '../core/service-levels.ts'
import { bedEndpoint } from '../core/switchboard-parties.ts'
import type { ServerCall, Switchboard } from '../core/switchboard-state.ts'
import { type EndReason, endReasons } from '../protocol/call.ts'
import type { CallFigures } from '../protocol/call-figures.ts'
import type { TabletTrouble } from '../protocol/people.ts'
import type { Told } from './call-figures.ts'
import { createKeepGauges, type KeepFacts } from './keep/gauges.ts'
import type { MetricsText } from './metrics-listener.ts'
import { type Bed, troubleOfBed, type Ward } from './ward.ts'

export type Metrics = ReturnType<typeof createMetrics>

/** Within 15 s it is live or over. */
const setUpSeconds = [0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 15]

const mutes = ['no-tablet', 'key', 'offline', 'hung', 'not-allowed', 'not-started', 'silent'] as const
type Mute = (typeof mutes)[number]

/** What keeps a tablet that is here from ringing; the others of its troubles do not. */
const byTrouble: Partial<Record<TabletTrouble, Mute>> = {
  silent: 'hung',
  camera: 'not-allowed',
  microphone: 'not-allowed',
  start: 'not-started',
}

/** Why a bed cannot ring aloud; null: it can (HZ-11). */
function muteOf(bed: Bed, board: Switchboard): Mute | null {
  const { tablet, party, report } = bed
  if (tablet === 'none') return 'no-tablet'
  if (tablet === 'cloned' || tablet === 'lost') return 'key'
  if (!board.endpoints.has(bedEndpoint(party.bedId))) return 'offline'
  const trouble = troubleOfBed(bed, board)
  return (trouble && byTrouble[trouble]) ?? (report?.sound === 'on' ? null : 'silent')
}

function countersIn(registers: Registry[]) {
  return {
    calls: new Counter({
      name: 'bedside_calls_total',
      help: 'Calls that are over, by whether they were answered and how they ended.',
      labelNames: ['ward', 'answered', 'reason'],
      registers,
    }),
    setUp: new Histogram({
      name: 'bedside_call_set_up_seconds',
      help: 'From Answer, or the news of it, until the call was live, at each of its ends.',
      labelNames: ['ward', 'end'],
      buckets: setUpSeconds,
      registers,
    }),
    reconnections: new Counter({
      name: 'bedside_call_reconnections_total',
      help: 'How often a live call was lost and came back; both ends of a call count once.',
      labelNames: ['ward'],
      registers,
    }),
    seconds: new Counter({
      name: 'bedside_call_end_seconds_total',
      help: 'Time that the ends of calls spent in them, by how it was there.',
      labelNames: ['ward', 'quality'],
      registers,
    }),
    ends: new Counter({
      name: 'bedside_call_ends_total',
      help: 'Ends of calls that told their figures, by the last way that their packets took.',
      labelNames: ['ward', 'way', 'carrier'],
      registers,
    }),
  }
}

function gaugesIn(registers: Registry[]) {
  const gauge = (name: string, help: string, label: readonly string[] = []) =>
    new Gauge({ name, help, labelNames: ['ward', ...label], registers })
  return {
    open: gauge('bedside_open_calls', 'Calls that go on now.', ['phase']),
    beds: gauge('bedside_beds', 'Beds of the ward.'),
    connectedBeds: gauge('bedside_connected_beds', 'Beds whose tablet is connected now.'),
    stations: gauge('bedside_connected_stations', 'Pages of staff that are connected now.'),
    mute: gauge('bedside_beds_cannot_ring', 'Beds that cannot ring aloud now, by why.', ['reason']),
  }
}

export function createMetrics(named: Pick<Ward, 'name'>) {
  const registry = new Registry()
  const counters = countersIn([registry])
  const gauges = gaugesIn([registry])
  const ward = () => ({ ward: named.name })
  const own = createKeepGauges(registry, ward)
  // What has not happened yet is nought, and not missing.
  for (const reason of endReasons)
    for (const answered of ['yes', 'no']) counters.calls.inc({ ...ward(), answered, reason }, 0)
  counters.reconnections.inc(ward(), 0)
  for (const quality of ['good', 'weak', 'lost']) counters.seconds.inc({ ...ward(), quality }, 0)

  function look({ beds }: Pick<Ward, 'beds'>, board: Switchboard): void {
    const [calls, parties] = [[...board.calls.values()], [...board.endpoints].map(([, party]) => party)]
    // A ward that has another name by now is not there under the one before.
    for (const gauge of Object.values(gauges)) gauge.reset()
    const reasons = [...beds.values()].map((bed) => muteOf(bed, board))
    for (const phase of ['ringing', 'accepted'] as const)
      gauges.open.set({ ...ward(), phase }, calls.filter((call) => call.phase === phase).length)
    gauges.beds.set(ward(), beds.size)
    gauges.connectedBeds.set(ward(), parties.filter(({ type }) => type === 'bed').length)
    gauges.stations.set(ward(), parties.filter(({ type }) => type === 'staff').length)
    for (const reason of mutes)
      gauges.mute.set({ ...ward(), reason }, reasons.filter((one) => one === reason).length)
  }

  function countEnd({ setUpMs, goodMs, weakMs, lostMs, way, over }: CallFigures, by: Told['by']): void {
    if (setUpMs !== null) counters.setUp.observe({ ...ward(), end: by }, setUpMs / 1_000)
    for (const [quality, ms] of Object.entries({ good: goodMs, weak: weakMs, lost: lostMs }))
      counters.seconds.inc({ ...ward(), quality }, ms / 1_000)
    counters.ends.inc({ ...ward(), way: way ?? 'unknown', carrier: over ?? 'unknown' })
  }

  return {
    callEnded({ phase, table }: Pick<ServerCall, 'phase' | 'table'>, reason: EndReason): void {
      // Whoever comes to a call makes no other one of it.
      if (table) return
      counters.calls.inc({ ...ward(), answered: phase === 'accepted' ? 'yes' : 'no', reason })
    },
    told(ends: Told): void {
      const { by } = ends
      const [said, before] = [ends[by], reconnectionsOf({ ...ends, [by]: null })]
      if (said) countEnd(said, by)
      counters.reconnections.inc(ward(), reconnectionsOf(ends) - before)
    },
    refused: own.refused,
    answered: own.answered,
    stop: own.stop,
    /** In the text exposition format. */
    async read(
      beds: Pick<Ward, 'beds'>,
      board: Switchboard,
      server: { readonly keeping: KeepFacts; readonly sockets: number },
    ): Promise<MetricsText> {
      look(beds, board)
      own.look(server.keeping, server.sockets)
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}
