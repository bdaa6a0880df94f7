/** [FIGURES-2] Service levels: what the ledger and the figures of a call's ends come to, for any set of calls. */
import type { EndReason } from '../protocol/call.ts'
import type { CallFigures } from '../protocol/call-figures.ts'
import type { ServiceLevels } from '../protocol/service.ts'

/** A call that is over, without who was in it. Of an end that said nothing, nothing is known. */
export type CallRecord = {
  /** Null: between two of staff. */
  readonly bedId: string | null
  readonly answered: boolean
  readonly reason: EndReason
  readonly caller: CallFigures | null
  readonly callee: CallFigures | null
}

/** What failed was a link, a device or a proof, and nobody's decision. */
const failures: readonly EndReason[] = [
  'connection-lost',
  'verification-failed',
  'device-unready',
  'permission-lost',
]

export function isDropped({ answered, reason }: Pick<CallRecord, 'answered' | 'reason'>): boolean {
  return answered && failures.includes(reason)
}

function endsOf({ caller, callee }: Pick<CallRecord, 'caller' | 'callee'>): CallFigures[] {
  return [caller, callee].filter((end) => end !== null)
}

/** A link that is lost is lost at both ends, though one may not notice. */
export function reconnectionsOf(call: Pick<CallRecord, 'caller' | 'callee'>): number {
  return Math.max(0, ...endsOf(call).map(({ reconnections }) => reconnections))
}

/** The smallest value that so large a share of them does not exceed (nearest rank); null: there are none. */
function within(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

/** The later of its ends: the patient has a face before the nurse has, who waits for the tablet's camera. */
function setUpMsOf(call: CallRecord): number[] {
  const told = endsOf(call).flatMap(({ setUpMs }) => setUpMs ?? [])
  return told.length > 0 ? [Math.max(...told)] : []
}

function setUpOf(calls: readonly CallRecord[]): ServiceLevels['setUp'] {
  const times = calls.flatMap(setUpMsOf).toSorted((a, b) => a - b)
  const [halfMs, mostMs] = [within(times, 0.5), within(times, 0.95)]
  return halfMs === null || mostMs === null ? null : { halfMs, mostMs }
}

function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null
}

function relayedOf(calls: readonly CallRecord[]): number | null {
  const ways = calls.flatMap(({ caller, callee }) => callee?.way ?? caller?.way ?? [])
  return shareOf(ways.filter((way) => way === 'relay').length, ways.length)
}

function poorOf(ends: readonly CallFigures[]): number | null {
  const sum = (msOf: (end: CallFigures) => number) => ends.reduce((total, end) => total + msOf(end), 0)
  const poorMs = sum(({ weakMs, lostMs }) => weakMs + lostMs)
  return shareOf(poorMs, poorMs + sum(({ goodMs }) => goodMs))
}

export function levelsOf(calls: readonly CallRecord[]): ServiceLevels {
  const told = calls.filter((call) => endsOf(call).length > 0)
  const reconnections = told.reduce((total, call) => total + reconnectionsOf(call), 0)
  const perCall = shareOf(reconnections, told.length)
  return {
    calls: calls.length,
    answered: calls.filter(({ answered }) => answered).length,
    setUp: setUpOf(told),
    dropped: calls.filter(isDropped).length,
    reconnectionsPer100: perCall === null ? null : 100 * perCall,
    relayed: relayedOf(told),
    poor: poorOf(told.flatMap(endsOf)),
  }
}

/** Of the whole ward, and of each of these beds, whether it was called or not. */
export function serviceOf(
  calls: readonly CallRecord[],
  bedIds: readonly string[],
): { readonly whole: ServiceLevels; readonly beds: ReadonlyMap<string, ServiceLevels> } {
  const byBed = Map.groupBy(calls, ({ bedId }) => bedId)
  return {
    whole: levelsOf(calls),
    beds: new Map(bedIds.map((bedId) => [bedId, levelsOf(byBed.get(bedId) ?? [])])),
  }
}
