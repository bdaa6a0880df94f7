/** Everything state asks of the world. `io` fulfils it in a browser, `tests/fakes` in a test. */
import type * as v from 'valibot'
import type { Signal as LinkSignal } from '../protocol/call.ts'
import type { Enrolment, Refusal } from '../protocol/http.ts'
import type { BedReport, StaffParty } from '../protocol/people.ts'
import type { ClientMessage, ServerMessage, Welcome } from '../protocol/wire.ts'

export type Result<T, F> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F }

export type Clock = {
  /** Milliseconds since 1970, by this device. */
  nowMs(): number
  /** Calls back once after `ms`; the answer cancels it. */
  after(ms: number, then: () => void): () => void
}

/** Why the socket was closed for good; every other loss is repaired by itself. `cloned`: two tablets have this key. */
export type SocketRefusal = 'unauthenticated' | 'replaced' | 'outdated' | 'cloned'

/** Who says hello, and what it brings. A bed signs the server's nonce. */
export type HelloMaker = (nonce: string) => Promise<HelloPart>
export type HelloPart =
  | { readonly client: 'station'; readonly tabId: string; readonly claims: Claims }
  | {
      readonly client: 'bed'
      readonly deviceId: string
      readonly signature: string
      readonly counter: number
      readonly report: BedReport
      readonly claims: Claims
    }
export type Claims = { callId: string; epoch: number }[]

export type SocketListener = {
  readonly hello: HelloMaker
  readonly welcomed: (welcome: Welcome) => void
  readonly received: (message: ServerMessage) => void
  readonly lost: () => void
  readonly refused: (why: SocketRefusal) => void
}

export type SocketPort = {
  /** Connects and keeps connected, until `close` or a refusal. */
  open(listener: SocketListener): void
  /** In order, once each: sent now, or when the connection is back. */
  send(message: ClientMessage): void
  close(): void
}

export type ApiFailure = Refusal | 'unreachable'

export type ApiPort = {
  /** Asks a route below `/api`; a GET's `said` goes into its query. The answer is what `schema` describes. */
  ask<S extends v.GenericSchema>(
    method: 'GET' | 'POST',
    path: string,
    said: Readonly<Record<string, unknown>>,
    schema: S,
  ): Promise<Result<v.InferOutput<S>, ApiFailure>>
  signIn(code: string): Promise<Result<StaffParty, ApiFailure>>
  /** False: the server has not heard of it, and the session lives on. */
  signOut(): Promise<boolean>
  enrol(code: string, publicKey: string): Promise<Result<Enrolment, ApiFailure>>
}

/** `denied`: the person or the browser said no; `missing`: no such device; `taken`: another program holds it. */
export type CameraFailure = 'denied' | 'missing' | 'taken'

export type Tracks = { readonly camera: boolean; readonly microphone: boolean }

export type MediaDevice = {
  readonly kind: 'camera' | 'microphone' | 'speaker'
  readonly deviceId: string
  readonly label: string
}

export type MediaListener = {
  readonly cameraOpened: (callId: string) => void
  readonly cameraFailed: (callId: string, failure: CameraFailure) => void
  readonly linkUp: (callId: string, epoch: number) => void
  readonly linkStalled: (callId: string, epoch: number) => void
  readonly signal: (callId: string, epoch: number, signal: LinkSignal) => void
  /** What really leaves this device, told by the tracks themselves (HZ-2). */
  readonly tracks: (tracks: Tracks) => void
  /** What the peer says of its own camera and microphone. */
  readonly peerTracks: (tracks: Tracks) => void
  /** Whether the peer's picture moves; a still one is covered (HZ-5). */
  readonly picture: (moving: boolean) => void
}

export type MediaPort = {
  listen(listener: MediaListener): void
  /** Fetches the call's parts ahead of the first call. */
  preload(): void
  /** Opens and closes both devices once, to ask for permission. */
  tryOut(): Promise<Result<null, CameraFailure>>
  /** What the browser says without asking the person. */
  permission(): Promise<'granted' | 'denied' | 'unknown'>
  openCamera(callId: string): void
  openLink(callId: string, epoch: number, initiator: boolean, iceServers: Welcome['iceServers']): void
  attach(callId: string, epoch: number): void
  applySignal(callId: string, epoch: number, signal: LinkSignal): void
  /** Stops every local track and closes the link. */
  release(): void
  setTrack(kind: 'camera' | 'microphone', on: boolean): void
  devices(): Promise<MediaDevice[]>
  choose(device: MediaDevice): void
  showRemote(video: HTMLVideoElement | null): void
  showLocal(video: HTMLVideoElement | null): void
}

export type SoundPort = {
  play(sound: 'ring' | 'knock' | 'ringback' | 'none'): void
  /** To be called from a touch: browsers keep a page silent until then. */
  arm(): void
  /** Told at once and at every change whether this device can be heard. */
  listen(heard: (state: 'on' | 'blocked') => void): void
}

/** What a tablet knows of itself; the private key never leaves the browser. */
export type BedIdentity = { readonly deviceId: string; readonly label: string; readonly ward: string }
/** `stayEpoch`: whose wish `knock` is; null before the first welcome. */
export type BedSettings = {
  readonly started: boolean
  readonly knock: boolean
  readonly stayEpoch: number | null
}

/** A tablet that waits for its digits, kept over a reload. */
export type Waiting = {
  readonly enrolmentId: string
  readonly why: 'code' | 'lost' | 'cloned'
  readonly bed: { readonly label: string; readonly ward: string }
  readonly digits: string
}

/** A key that is not bound to a bed yet. `commitment` and `nonce` are base64url. */
export type NewKey = {
  readonly publicKey: string
  readonly nonce: string
  readonly commitment: string
  digits(enrolmentId: string, serverNonce: string): Promise<string>
  /** Keeps the key while it waits, so that a reload does not lose a tablet that may be confirmed any moment. */
  wait(waiting: Waiting): Promise<void>
  /** Stores it with the identity once the server knows the public half. */
  keep(identity: BedIdentity): Promise<void>
}

export type DevicePort = {
  identity(): Promise<BedIdentity | null>
  /** Which bed this browser was, whether or not its key is still there; null when it never was one. */
  past(): Promise<BedIdentity | null>
  /** Nothing waits any more. */
  stopWaiting(): Promise<void>
  /** It is that bed no more. */
  forget(): Promise<void>
  newKey(): Promise<NewKey>
  /** What waited here when the page was last closed. */
  waiting(): Promise<{ readonly waiting: Waiting; readonly key: Pick<NewKey, 'keep'> } | null>
  /** Null: the key is gone. */
  sign(
    nonce: string,
    deviceId: string,
  ): Promise<{ readonly signature: string; readonly counter: number } | null>
  /** Keeps what the welcome gave, for the next hello. */
  keepCounter(counter: number): Promise<void>
  settings(): Promise<BedSettings>
  saveSettings(settings: BedSettings): Promise<void>
  /** Lets the other windows of this browser know that this one is the bed, too. */
  announce(): void
  /** Whether no other window of this browser is this bed. */
  isAlone(): Promise<boolean>
}

export type PagePort = {
  /** The secret after `#name=`, taken out of the address bar, or null. */
  takeSecret(name: 'signin' | 'enrol'): string | null
  /** One id for the life of this tab, reloads included. */
  tabId(): string
  newId(): string
  /** The calls this tab has left, kept over a reload, so that none of them comes back with the page. */
  over(): readonly string[]
  saveOver(callIds: readonly string[]): void
  keepAwake(): void
  /** Fetches the newest version and reloads, once. */
  update(): void
}

export type Ports = {
  readonly clock: Clock
  readonly socket: SocketPort
  readonly api: ApiPort
  readonly media: MediaPort
  readonly sound: SoundPort
  readonly device: DevicePort
  readonly page: PagePort
}
