/** The part of simple-peer 9.11.1 that `link.ts` uses, its private handlers included (`@types` lacks them). */
declare module 'simple-peer' {
  export type PeerSignal = {
    type?: string
    sdp?: string
    candidate?: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null }
    renegotiate?: boolean
  }
  export type PeerOptions = { initiator: boolean; trickle?: boolean; config: RTCConfiguration }
  export default class SimplePeer {
    constructor(options: PeerOptions)
    readonly destroyed: boolean
    readonly _pc: RTCPeerConnection
    readonly _channel: RTCDataChannel | null
    on(event: 'signal', listener: (data: PeerSignal) => void): this
    on(event: 'error', listener: (error: Error) => void): this
    on(event: 'close', listener: () => void): this
    on(event: 'data', listener: (data: Uint8Array) => void): this
    signal(data: PeerSignal): void
    destroy(): void
    negotiate(): void
    _isNegotiating: boolean
    _queuedNegotiation: boolean
    _createOffer(): void
    _createAnswer(): void
    _onIceStateChange(): void
    _onConnectionStateChange(): void
  }
}
