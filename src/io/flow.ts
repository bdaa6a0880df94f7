/** What a link's statistics say: whether bytes and pictures still arrive, how it is, and whose certificate it met. */
import type { Measured } from '../core/quality.ts'
import { between, type Totals, totalsOf } from './measure.ts'

const pollMs = 500
/** [HZ-5] Three polls without a byte, a little drift allowed: seen within two seconds, covered within 2.5 s. */
const stallMs = 1_250

/** The parts of a simple-peer that are looked at. */
type Watched = {
  readonly destroyed: boolean
  readonly _pc: RTCPeerConnection
  readonly _channel: RTCDataChannel | null
}

type Flow = {
  readonly moved: () => void
  readonly lost: () => void
  readonly picture: (moving: boolean) => void
  readonly measured: (measured: Measured) => void
}

/** Detects by bytes, not by ICE's opinion, which comes five seconds later; a heartbeat keeps a muted call's bytes moving. */
export function watchFlow(peer: Watched, flow: Flow): ReturnType<typeof setInterval> {
  const bytes = { count: 0, atMs: performance.now() }
  const frames = { count: 0, atMs: performance.now() }
  let last: { totals: Totals; atMs: number } | null = null
  return setInterval(async () => {
    if (peer._channel?.readyState === 'open') peer._channel.send('.')
    if (peer.destroyed) return
    const totals = totalsOf(await peer._pc.getStats())
    // It may have closed while it was read: what had flowed until then must not make it look alive again.
    if (peer.destroyed) return
    const nowMs = performance.now()
    const flowed = note(bytes, totals.bytes, nowMs)
    const moved = note(frames, totals.frames, nowMs)
    if (last) flow.measured(between(last.totals, last.atMs, totals, nowMs))
    last = { totals, atMs: nowMs }
    if (flowed) flow.moved()
    if (nowMs - bytes.atMs >= stallMs) flow.lost()
    if (moved || nowMs - frames.atMs >= stallMs) flow.picture(moved)
  }, pollMs)
}

/** Whether a counter moved since it was last looked at. */
function note(last: { count: number; atMs: number }, now: number, nowMs: number): boolean {
  const moved = now > last.count
  if (moved) last.atMs = nowMs
  last.count = now
  return moved
}

/** Fingerprints of the certificates that DTLS met, upper case; none where the browser does not tell. */
export async function metFingerprints(pc: RTCPeerConnection): Promise<string[]> {
  const reports = [...(await pc.getStats()).values()]
  const ids = new Set(reports.map((report) => report.type === 'transport' && report.remoteCertificateId))
  const told = reports
    .filter((report) => report.type === 'certificate' && ids.has(report.id))
    .map((report) => String(report.fingerprint).toUpperCase())
  return told.length > 0 ? told : await handedOver(pc)
}

/** Firefox's statistics name no certificate: it hands over the certificates themselves, the peer's own first. */
async function handedOver(pc: RTCPeerConnection): Promise<string[]> {
  const [own] = pc.sctp?.transport.getRemoteCertificates?.() ?? []
  if (!own) return []
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', own))
  return [[...hash].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':')]
}
