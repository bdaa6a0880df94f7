/** A link's statistics (W3C webrtc-stats) counted up, and what happened between two looks at them. */
import type { LinkMake, Measured } from '../core/quality.ts'
import { relayWays } from '../protocol/ice.ts'

/** Since the link began, as far as the browser tells. */
export type Totals = {
  readonly bytes: number
  readonly frames: number
  readonly packets: number
  readonly packetsLost: number
  readonly samples: number
  /** Made up where there was something to hear: what is silent anyway is not missed. */
  readonly concealed: number
  readonly frozenMs: number
  readonly jitterMs: number | null
  readonly roundTripMs: number | null
  readonly lostThere: number | null
  readonly uplinkBps: number | null
  readonly way: LinkMake['way']
  readonly over: LinkMake['over']
}

// The browser's own types know no statistic by its kind.
// biome-ignore lint/suspicious/noExplicitAny: every field is looked at as one that may not be there.
type Report = any

const inMs = (seconds: number | undefined) => (seconds === undefined ? null : seconds * 1_000)

/** The pair of addresses that the link uses now. */
export function pairInUse(reports: ReadonlyMap<string, Report>): Report | undefined {
  const all = [...reports.values()]
  const named = all.find(({ type }) => type === 'transport')?.selectedCandidatePairId
  return (
    reports.get(named) ??
    all.find(({ type, nominated, state }) => {
      return type === 'candidate-pair' && nominated && state === 'succeeded'
    })
  )
}

function ofKind(reports: readonly Report[], type: string, kind: 'audio' | 'video'): Report[] {
  return reports.filter((report) => report.type === type && report.kind === kind)
}

function sum(reports: readonly Report[], field: string): number {
  return reports.reduce((total, report) => total + (report[field] ?? 0), 0)
}

export function totalsOf(stats: RTCStatsReport): Totals {
  const reports = stats as unknown as ReadonlyMap<string, Report>
  const all = [...reports.values()]
  const [sound, pictures] = [ofKind(all, 'inbound-rtp', 'audio'), ofKind(all, 'inbound-rtp', 'video')]
  const pairs = all.filter(({ type }) => type === 'candidate-pair')
  const pair = pairInUse(reports)
  const toldLost = all
    .filter(({ type }) => type === 'remote-inbound-rtp')
    .flatMap((one) => one.fractionLost ?? [])
  return {
    bytes: sum(pairs, 'bytesReceived'),
    frames: sum(pictures, 'framesDecoded'),
    packets: sum(sound, 'packetsReceived'),
    packetsLost: sum(sound, 'packetsLost'),
    samples: sum(sound, 'totalSamplesReceived'),
    concealed: sum(sound, 'concealedSamples') - sum(sound, 'silentConcealedSamples'),
    frozenMs: sum(pictures, 'totalFreezesDuration') * 1_000,
    jitterMs: inMs(sound[0]?.jitter),
    roundTripMs: inMs(pair?.currentRoundTripTime),
    lostThere: toldLost.length === 0 ? null : Math.max(...toldLost),
    uplinkBps: pair?.availableOutgoingBitrate ?? null,
    ...wayOf(reports, pair),
  }
}

/** Which way the packets take, and in what; what a browser calls otherwise it does not tell. */
function wayOf(reports: ReadonlyMap<string, Report>, pair: Report): Pick<LinkMake, 'way' | 'over'> {
  const [here, there] = [reports.get(pair?.localCandidateId), reports.get(pair?.remoteCandidateId)]
  const isRelayed = [here, there].some((one) => one?.candidateType === 'relay')
  const told = here?.relayProtocol ?? here?.protocol
  return {
    way: here && there ? (isRelayed ? 'relay' : 'direct') : null,
    over: relayWays.find((one) => one === told) ?? null,
  }
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : null
}

/** What happened from one look to the next; the clocks are this page's own. */
export function between(before: Totals, beforeMs: number, after: Totals, atMs: number): Measured {
  const [arrived, lost] = [after.packets - before.packets, after.packetsLost - before.packetsLost]
  const { roundTripMs, jitterMs, lostThere, uplinkBps, way, over } = after
  return {
    atMs,
    lost: share(lost, arrived + lost),
    delayMs: roundTripMs === null ? null : roundTripMs / 2 + 2 * (jitterMs ?? 0),
    concealed: share(after.concealed - before.concealed, after.samples - before.samples),
    frozen: share(after.frozenMs - before.frozenMs, atMs - beforeMs),
    lostThere,
    uplinkBps,
    way,
    over,
  }
}

function codecOf(reports: ReadonlyMap<string, Report>, received: Report): string | null {
  const type = reports.get(received?.codecId)?.mimeType
  return typeof type === 'string' ? type.replace(/^.*\//, '') : null
}

/** What the link is made of at this moment. */
export function makeOf(stats: RTCStatsReport): LinkMake {
  const reports = stats as unknown as ReadonlyMap<string, Report>
  const all = [...reports.values()]
  const [sound] = ofKind(all, 'inbound-rtp', 'audio')
  const [picture] = ofKind(all, 'inbound-rtp', 'video')
  return {
    ...wayOf(reports, pairInUse(reports)),
    sound: codecOf(reports, sound),
    picture: picture?.frameWidth
      ? {
          codec: codecOf(reports, picture),
          width: picture.frameWidth,
          height: picture.frameHeight,
          perSecond: picture.framesPerSecond ?? 0,
        }
      : null,
  }
}
