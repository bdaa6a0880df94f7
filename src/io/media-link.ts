/** What media asks of a link and hears from it, whatever library is behind it. */
import type { DeviceCertificate, ProofFailure } from '../core/proof.ts'
import type { LinkMake, Measured } from '../core/quality.ts'
import type { Signal } from '../protocol/call.ts'
import type { Relays } from '../protocol/ice.ts'
import type { LinkTerms } from '../state/ports.ts'
import type { TalkManner } from '../state/scan-ports.ts'
import type { Credentials } from './notary.ts'
import type { PictureWeight } from './outgoing.ts'

export type LinkListener = {
  readonly signal: (signal: Signal) => void
  /** Media arrives, for the first time or again. */
  readonly up: () => void
  /** Nothing has arrived for three polls, or the link is beyond repair. */
  readonly stalled: () => void
  readonly picture: (moving: boolean) => void
  /** Every half second, once media arrives. */
  readonly measured: (measured: Measured) => void
  /** The peer wrote a line; empty: took it back. */
  readonly line: (text: string) => void
  /** The peer signed its description: this device is at the other end. */
  readonly verified: (peer: DeviceCertificate) => void
  /** The words that both ends' people compare, by number; only where one of them is an outpatient. */
  readonly compared: (words: readonly number[]) => void
  /** It is not certain who is at the other end; nothing more happens on this link. */
  readonly unverified: (failure: ProofFailure) => void
  /** It is verified, both have agreed, and more can be said than a line. */
  readonly talkOpened: () => void
  readonly talkClosed: () => void
  readonly said: (text: string, manner: TalkManner) => void
}

export type LinkOptions = {
  readonly initiator: boolean
  readonly relays: Relays
  /** Null: this device has no certificate, and its links end unverified. */
  readonly credentials: Credentials | null
  readonly terms: LinkTerms
  /** The nonces of this call so far, over all its links. */
  readonly seen: Set<string>
}

export type MediaLink = {
  /** Both received tracks, silent and black until the peer attaches its own and `present` was called. */
  readonly remote: MediaStream
  /** [CALL-5] Lets what arrives be seen and heard. */
  present(): void
  apply(signal: Signal): void
  /** ICE restart (RFC 8445 §2.4); the end that did not make the first offer asks the other for it. */
  restart(): void
  /** Used the next time a way is looked for; the present one stays. */
  renewRelays(relays: Relays): void
  /** Leaves once the link is verified and warm. */
  setOutgoing(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void>
  /** The peer sends neither sound nor picture: its heartbeat alone says that it is there. */
  expectSilence(): void
  /** How much of the picture leaves, where it goes to so many; the track itself stays attached. */
  setPicture(weight: PictureWeight, peers: number): void
  /** What it is made of now. */
  make(): Promise<LinkMake>
  /** Shows the peer this line; nothing happens while the link is not there or not verified. */
  sendLine(text: string): void
  /** What is said after `talkOpened`; false: it could not leave. */
  say(text: string, manner: TalkManner): boolean
  close(): void
}
