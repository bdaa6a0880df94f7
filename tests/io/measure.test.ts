/** What a browser's statistics come to, also where it tells little. */
import { expect, test } from 'vitest'
import { between, makeOf, totalsOf } from '../../src/io/measure.ts'

type Report = { readonly id: string; readonly type: string } & Readonly<Record<string, unknown>>

function stats(...reports: Report[]): RTCStatsReport {
  return new Map(reports.map((report) => [report.id, report])) as unknown as RTCStatsReport
}

const pair: Report = {
  id: 'pair',
  type: 'candidate-pair',
  bytesReceived: 1_000,
  currentRoundTripTime: 0.08,
  availableOutgoingBitrate: 700_000,
  localCandidateId: 'here',
  remoteCandidateId: 'there',
}
const other: Report = { id: 'other', type: 'candidate-pair', bytesReceived: 10, currentRoundTripTime: 9 }
const transport: Report = { id: 't', type: 'transport', selectedCandidatePairId: 'pair' }
const sound = (over: Partial<Report>): Report => ({
  id: 'sound',
  type: 'inbound-rtp',
  kind: 'audio',
  codecId: 'opus',
  packetsReceived: 100,
  packetsLost: 0,
  totalSamplesReceived: 96_000,
  concealedSamples: 0,
  silentConcealedSamples: 0,
  jitter: 0.01,
  ...over,
})

test('two looks: what was lost, made up and late in between, and not since the link began', () => {
  const before = totalsOf(stats(transport, pair, other, sound({ packetsLost: 50, concealedSamples: 40_000 })))
  const now = sound({
    packetsReceived: 120,
    packetsLost: 55,
    totalSamplesReceived: 120_000,
    concealedSamples: 46_000,
    silentConcealedSamples: 3_600,
  })
  const told: Report = { id: 'r', type: 'remote-inbound-rtp', kind: 'audio', fractionLost: 0.25 }
  const after = totalsOf(stats(transport, pair, other, now, told))
  expect(before.bytes, 'of all pairs: the one in use may change').toBe(1_010)
  expect(between(before, 0, after, 500)).toEqual({
    atMs: 500,
    lost: 0.2,
    delayMs: 60,
    concealed: 0.1,
    frozen: 0,
    lostThere: 0.25,
    uplinkBps: 700_000,
    way: null,
    over: null,
  })
})

test('the worse of what sound and pictures lost on their way there counts', () => {
  const told = (kind: string, fractionLost: number): Report => ({
    id: kind,
    type: 'remote-inbound-rtp',
    kind,
    fractionLost,
  })
  expect(totalsOf(stats(told('audio', 0.1), told('video', 0.3))).lostThere).toBe(0.3)
})

test('packets that come late after all, or none at all, are no loss', () => {
  const [before, after] = [sound({ packetsLost: 10 }), sound({ packetsLost: 8 })].map((one) =>
    totalsOf(stats(one)),
  )
  if (!before || !after) throw new Error('nothing')
  expect(between(before, 0, after, 500).lost).toBeNull()
  expect(between(before, 0, before, 500).concealed).toBeNull()
})

test('a browser that tells nothing measures nothing', () => {
  const nothing = totalsOf(stats())
  expect(between(nothing, 0, nothing, 500)).toEqual({
    atMs: 500,
    lost: null,
    delayMs: null,
    concealed: null,
    frozen: 0,
    lostThere: null,
    uplinkBps: null,
    way: null,
    over: null,
  })
  expect(makeOf(stats())).toEqual({ way: null, over: null, sound: null, picture: null })
})

test('a relay at either end makes the way a relayed one, by what reaches it', () => {
  const candidate = (id: string, over: Partial<Report>): Report => ({
    id,
    type: 'candidate',
    candidateType: 'host',
    protocol: 'udp',
    ...over,
  })
  const relay = { candidateType: 'relay', relayProtocol: 'tls' }
  const make = (here: Partial<Report>, there: Partial<Report>) =>
    makeOf(stats(transport, pair, candidate('here', here), candidate('there', there)))
  expect(make({}, {})).toMatchObject({ way: 'direct', over: 'udp' })
  expect(make(relay, {})).toMatchObject({ way: 'relay', over: 'tls' })
  expect(make({}, { candidateType: 'relay' })).toMatchObject({ way: 'relay', over: 'udp' })
  expect(make({ protocol: 'quic' }, {}), 'what nobody knows').toMatchObject({ way: 'direct', over: null })
  const totals = totalsOf(stats(transport, pair, candidate('here', relay), candidate('there', {})))
  expect(between(totals, 0, totals, 500)).toMatchObject({ way: 'relay', over: 'tls' })
})
