/**
 * The second connection of a call: one ordered channel for pieces of files, and nothing else. Offer and answer come over
 * the call's verified link, and with them its certificates' fingerprints. Pieces have no part in that link's own queue:
 * a word about a view would wait for seconds behind them.
 */
import type { Relays } from '../../protocol/ice.ts'
import type { CarryCandidate, CarryMessageOf } from '../../protocol/scan-carry.ts'
import type { Clock } from '../../state/ports.ts'

/** What one end says of a connection to the other. */
export type BulkSaid = CarryMessageOf<'carry.offer' | 'carry.answer' | 'carry.candidates'>

export type BulkOptions = {
  readonly connect: (config: RTCConfiguration) => RTCPeerConnection
  readonly clock: Clock
  /** As the call's own. */
  readonly relays: Relays
  readonly shareId: string
  readonly generation: number
  /** The presenter offers. */
  readonly isOffering: boolean
}

export type BulkListener = {
  readonly said: (message: BulkSaid) => void
  readonly opened: () => void
  readonly message: (message: unknown) => void
  /** What waited has run low. */
  readonly low: () => void
  /** It is gone, or never was; once. */
  readonly closed: () => void
}

export type BulkLink = {
  apply(message: BulkSaid): void
  isOpen(): boolean
  /** Bytes that wait to leave. */
  waiting(): number
  /** False: it does not take any more. */
  send(message: Uint8Array<ArrayBuffer>): boolean
  close(): void
}

/** What waits in the channel: no more is put in above the one, and more is asked for below the other. */
export const highWater = 256 * 1024
const lowWater = 64 * 1024
/** Candidates found within this time travel in one message. */
const batchMs = 20
const mostCandidates = 8

/** Null: the browser makes no more connections. */
function connected({ connect, relays }: BulkOptions): RTCPeerConnection | null {
  try {
    return connect({ iceServers: relays.iceServers, iceTransportPolicy: relays.only ?? 'all' })
  } catch {
    return null
  }
}

/** Null as there. */
export function openBulk(options: BulkOptions, listener: BulkListener): BulkLink | null {
  const pc = connected(options)
  return pc && linkOver(pc, options, listener)
}

function linkOver(
  pc: RTCPeerConnection,
  { clock, shareId, generation, isOffering }: BulkOptions,
  listener: BulkListener,
): BulkLink {
  // Known to both beforehand, so that a peer opens no channel of its own choice.
  const channel = pc.createDataChannel('bulk', { negotiated: true, id: 0 })
  let found: CarryCandidate[] = []
  let isClosed = false
  /** One after the other: a candidate before its description would be refused. */
  let applying = Promise.resolve()

  function close(): void {
    if (isClosed) return
    isClosed = true
    found = []
    pc.close()
  }

  function end(): void {
    if (isClosed) return
    close()
    listener.closed()
  }

  function say(message: BulkSaid): void {
    if (!isClosed) listener.said(message)
  }

  async function describe(): Promise<void> {
    await pc.setLocalDescription()
    const { type, sdp } = pc.localDescription ?? {}
    if (sdp && (type === 'offer' || type === 'answer'))
      say({ type: `carry.${type}`, shareId, generation, sdp })
  }

  function gather({ candidate, sdpMid, sdpMLineIndex }: RTCIceCandidate): void {
    if (!candidate) return
    found.push({ candidate, sdpMid, sdpMLineIndex: sdpMLineIndex === 0 ? 0 : null })
    if (found.length === 1) clock.after(batchMs, tellFound)
  }

  function tellFound(): void {
    const candidates = found.splice(0, mostCandidates)
    if (candidates.length === 0) return
    say({ type: 'carry.candidates', shareId, generation, candidates })
    tellFound()
  }

  async function take(message: BulkSaid): Promise<void> {
    if (isClosed) return
    switch (message.type) {
      case 'carry.offer':
        if (isOffering || pc.signalingState !== 'stable' || pc.remoteDescription) return
        await pc.setRemoteDescription({ type: 'offer', sdp: message.sdp })
        return describe()
      case 'carry.answer':
        if (pc.signalingState !== 'have-local-offer') return
        return pc.setRemoteDescription({ type: 'answer', sdp: message.sdp })
      case 'carry.candidates':
        for (const candidate of message.candidates) await pc.addIceCandidate(candidate).catch(() => {})
    }
  }

  channel.binaryType = 'arraybuffer'
  channel.bufferedAmountLowThreshold = lowWater
  channel.onopen = () => isClosed || listener.opened()
  channel.onbufferedamountlow = () => isClosed || listener.low()
  channel.onmessage = ({ data }) => isClosed || listener.message(data)
  channel.onclose = end
  pc.onicecandidate = ({ candidate }) => candidate && gather(candidate)
  pc.onconnectionstatechange = () => pc.connectionState === 'failed' && end()
  if (isOffering) applying = describe().catch(end)

  return {
    apply(message) {
      applying = applying.then(() => take(message)).catch(end)
    },
    isOpen: () => !isClosed && channel.readyState === 'open',
    waiting: () => channel.bufferedAmount,
    send(message) {
      try {
        channel.send(message)
        return true
      } catch {
        // Closed in this very moment, or its queue is full (W3C WebRTC §6.2).
        return false
      }
    },
    close,
  }
}
