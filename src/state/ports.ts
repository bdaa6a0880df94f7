/** Everything state asks of the world. `io` fulfils it in a browser, `tests/fakes` in a test. */
import type * as v from 'valibot'
import type { AtTheBed } from '../core/answer-policy.ts'
import type { Language } from '../core/languages.ts'
import type { Loudness } from '../core/loudness.ts'
import type { KeptCurtain } from '../core/privacy.ts'
import type { DeviceCertificate, ProofFailure } from '../core/proof.ts'
import type { LinkMake, Measured } from '../core/quality.ts'
import type { PictureShare } from '../core/sparing.ts'
import type { Tries } from '../core/staff-code.ts'
import type { Signal as LinkSignal } from '../protocol/call.ts'
import type { Carer } from '../protocol/care.ts'
import type { FamilyInvite } from '../protocol/family.ts'
import type { Enrolment, Refusal } from '../protocol/http.ts'
import type { Relays, WayState } from '../protocol/ice.ts'
import type { BedReport, Party, StaffParty } from '../protocol/people.ts'
import type { Chain, Signed } from '../protocol/proof.ts'
import type { PushSubscriptionKeys } from '../protocol/push.ts'
import type { Wanted } from '../protocol/served.ts'
import type { NewPasskey, UsedPasskey } from '../protocol/sign-in.ts'
import type { CodeCheck } from '../protocol/staff-code.ts'
import type { TabletHealth } from '../protocol/tablet-health.ts'
import type { ClientMessage, ServerMessage, Welcome } from '../protocol/wire.ts'
import type { Wishes } from '../protocol/wishes.ts'
import type { PatientPlanPort } from './patient-plan.ts'
import type { PlanPort } from './plan-ports.ts'
import type { CopiesPort } from './scan-copies-ports.ts'
import type { ScanDoor, ScanIo, TalkPort } from './scan-ports.ts'
import type { PhotoOpener } from './visit-photo-ports.ts'
import type { TestIo } from './visit-ports.ts'

export type Result<T, F> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: F }

export type Clock = {
  /** Milliseconds since 1970, by this device. */
  nowMs(): number
  /** Milliseconds since the page began, which no correction of the device's clock touches. */
  upMs(): number
  /** Calls back once after `ms`; the answer cancels it. */
  after(ms: number, then: () => void): () => void
}

/** Why the socket was closed for good; every other loss is repaired by itself. `cloned`: two tablets have this key. */
export type SocketRefusal = 'unauthenticated' | 'replaced' | 'outdated' | 'cloned'

/** Who says hello, and what it brings. A bed and a guest sign the server's nonce. */
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
  | {
      readonly client: 'guest'
      readonly guestId: string
      readonly signature: string
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
  /** [SESSION-8] Whether something cannot wait for a lost server to be noticed, and tried again, at the usual pace. */
  hasten(isUrgent: boolean): void
  close(): void
}

export type ApiFailure = Refusal | 'unreachable'

export type CommonApi = {
  /** Asks a route below `/api`; a GET's `said` goes into its query. The answer is what `schema` describes. */
  ask<S extends v.GenericSchema>(
    method: 'GET' | 'POST',
    path: string,
    said: Readonly<Record<string, unknown>>,
    schema: S,
  ): Promise<Result<v.InferOutput<S>, ApiFailure>>
  enrol(code: string, publicKey: string): Promise<Result<Enrolment, ApiFailure>>
}

/** And what only people ask. */
export type ApiPort = CommonApi & {
  signIn(code: string): Promise<Result<StaffParty, ApiFailure>>
  /** A failure: the server has not heard of it, and the session lives on. `goTo`: the provider's own page for it. */
  signOut(): Promise<Result<{ readonly goTo: string | null }, ApiFailure>>
}

/** `denied`: the person or the browser said no; `missing`: no such device; `taken`: another program holds it. */
export type CameraFailure = 'denied' | 'missing' | 'taken'

/**
 * What opens with a call. `sound`: the microphone alone; `sound-at-least`: the camera, too, but a camera that will not open
 * ends nothing while the microphone does.
 */
export type Opening = 'both' | 'sound' | 'sound-at-least'

export type Tracks = { readonly camera: boolean; readonly microphone: boolean }
/** `held`: the camera is on, but the network carries no picture beside the sound. `sharp`: as it was asked to be. */
export type PeerTracks = Tracks & {
  readonly held?: 'yes' | undefined
  readonly sharp?: 'yes' | undefined
}

export type MediaDevice = {
  readonly kind: 'camera' | 'microphone' | 'speaker'
  readonly deviceId: string
  readonly label: string
}

/** What became of a device in a call: unplugged with another in its place or none, or one more is there. */
export type DeviceNews =
  | { readonly type: 'replaced'; readonly kind: 'camera' | 'microphone'; readonly label: string }
  | { readonly type: 'gone'; readonly kind: 'camera' | 'microphone' }
  | { readonly type: 'arrived'; readonly device: MediaDevice }

export type MediaListener = {
  readonly cameraOpened: (callId: string) => void
  readonly cameraFailed: (callId: string, failure: CameraFailure) => void
  readonly linkUp: (callId: string, epoch: number) => void
  readonly linkStalled: (callId: string, epoch: number) => void
  readonly signal: (callId: string, epoch: number, signal: LinkSignal) => void
  /** What really leaves this device, told by the tracks themselves (HZ-2). */
  readonly tracks: (tracks: Tracks) => void
  /** Whether the peer asked for a sharper picture, to look at something closely. */
  readonly inspected: (closely: boolean) => void
  /** What the peer says of its own camera and microphone. */
  readonly peerTracks: (callId: string, tracks: PeerTracks) => void
  /** Whether the peer's picture moves; a still one is covered (HZ-5). */
  readonly picture: (callId: string, moving: boolean) => void
  /** While a camera or a microphone is open. */
  readonly device: (news: DeviceNews) => void
  /** Every half second, as long as this link is there. */
  readonly measured: (callId: string, measured: Measured) => void
  /** The peer wrote a line; empty: took it back. */
  readonly line: (callId: string, text: string) => void
  /** The words that both ends' people compare, by number, where one is an outpatient (PROOF-8). */
  readonly compared: (callId: string, words: readonly number[]) => void
  /** This device signed what the link at the other end is made of (HZ-10). */
  readonly verified: (callId: string, peer: DeviceCertificate) => void
  readonly unverified: (callId: string, failure: ProofFailure) => void
}

/** What a link is checked against: which call it is of, who this is, and whom the screen shows. */
export type LinkTerms = {
  readonly callId: string
  /** The call that its table stands round; of a call of two it is the call itself. A guest of another one is not believed. */
  readonly tableId: string
  readonly epoch: number
  readonly me: Party
  readonly peer: Party
  /** Milliseconds since 1970 by the server's clock. */
  serverNowMs(): number
}

export type MediaPort = {
  listen(listener: MediaListener): void
  /** Fetches the call's parts ahead of the first call. */
  preload(): void
  /** Opens and closes both devices once, to ask for permission. */
  tryOut(): Promise<Result<null, CameraFailure>>
  /** What the browser says without asking the person. */
  permission(): Promise<'granted' | 'denied' | 'unknown'>
  /** What `openCamera` opens from now on; `both` before it is said. Fetches nothing. */
  prefer(opening: Opening): void
  openCamera(callId: string): void
  /** What the link of this call may use from now on when it looks for a way. */
  renewRelays(callId: string, relays: Relays): void
  /** Looks for another way between the same two ends. A link that was never there is making its own already. */
  restartLink(callId: string, epoch: number): void
  openLink(callId: string, epoch: number, initiator: boolean, relays: Relays, terms: LinkTerms): void
  /** What leaves by this link once it is verified; `picture`: the camera without the microphone. */
  attach(callId: string, epoch: number, tracks: 'picture' | 'all'): void
  /** The peer of this call may be seen and heard, on this link and all that follow, until `release`. */
  present(callId: string): void
  applySignal(callId: string, epoch: number, signal: LinkSignal): void
  /** Closes the links of this call, of all with null; every local track is stopped with the last call that uses it (HZ-2). */
  release(callId: string | null): void
  setTrack(kind: 'camera' | 'microphone', on: boolean): void
  /** How much of the picture leaves from now on, until `release`. The peer is told when it is nothing. */
  setShare(callId: string, share: PictureShare): void
  /** What the present link is made of. */
  linkMake(callId: string): Promise<LinkMake | null>
  /** Writes to the peer, over the link alone; empty: takes it back. */
  sendLine(callId: string, text: string): void
  /** What ends say to each other beside the call; fetched with the call's parts. */
  talk(): Promise<TalkPort>
  devices(): Promise<MediaDevice[]>
  choose(device: MediaDevice): void
  showRemote(callId: string, video: HTMLVideoElement | null): void
  showLocal(video: HTMLVideoElement | null): void
  /** How loud the peer is, 0…1, from now on. */
  setVolume(volume: number): void
}

/** How a station calls for somebody, more and more. */
export type AlertSound = 'request' | 'request-again' | 'request-ward' | 'none'

export type SoundPort = {
  play(sound: 'ring' | 'knock' | 'ringback' | 'none'): void
  /** Beside the sounds of a call, again and again; `sounded` is called each time when it has really been played. */
  alert(sound: AlertSound, sounded: () => void): void
  /** What everything is multiplied by from now on; 1 as it is made. */
  setGain(gain: number): void
  /** To be called from a touch: browsers keep a page silent until then. */
  arm(): void
  /** Told at once and at every change whether this device can be heard. */
  listen(heard: (state: 'on' | 'blocked') => void): void
}

export type WaysPort = {
  /** Whether this relay answers; null: this browser cannot say. */
  try(url: string): Promise<WayState | null>
}

/** What this tablet's browser says of it by itself. */
export type SeenHealth = Pick<TabletHealth, 'build' | 'camera' | 'microphone' | 'battery' | 'storage'>
export type HealthPort = {
  look(): Promise<SeenHealth>
  /** `changed` is called whenever it is worth looking again, where the browser says so. */
  watch(changed: () => void): void
  /** Fetched for a self-test. */
  tester(): Promise<TestIo>
}

/** What a tablet keeps of the staff code: not of a stay, so it outlives a discharge. `check` null: it was told none yet. */
export type KeptCode = { readonly check: CodeCheck | null; readonly tries: Tries }
export type StaffDoorPort = {
  /** Never rejects. */
  read(): Promise<KeptCode>
  /** On the disk when it resolves. */
  keep(kept: KeptCode): Promise<void>
  /** Slow on purpose: what a code comes to under this salt. */
  stretch(code: string, check: CodeCheck): Promise<string>
  /** This browser was no tablet, as far as it knows; the app itself stays on it. */
  forgetTablet(): Promise<void>
}

/** A voice of this very device; nothing is said where it has none of that language. */
export type VoicePort = {
  /** `volume` is 0…1. */
  say(text: string, language: Language, volume: number): void
  /** At once, in the middle of a word. */
  hush(): void
}

/** What a tablet knows of itself; the private key never leaves the browser. */
export type BedIdentity = { readonly deviceId: string; readonly label: string; readonly ward: string }
/** `stayEpoch`: whose all the rest is; null before the first welcome. Kept sealed with a key of that stay (HZ-6). */
export type BedSettings = {
  readonly started: boolean
  readonly stayEpoch: number | null
  /** What the patient chose of what was agreed; absent: all of it. */
  readonly choice?: AtTheBed['choice']
  /** What the screen speaks; absent or null: what was agreed, or the browser reads. */
  readonly language?: Language | null
  /** Who cares for this bed today, as it was last told. */
  readonly carers?: readonly Carer[]
  /** The curtain of this stay; absent or null: it is open. */
  readonly privacy?: KeptCurtain | null
  /** As chosen in this stay; absent or null: as usual. */
  readonly loudness?: Loudness | null
  readonly wishes?: Wishes | null
  readonly zone?: string | null
  /** It may not be at its bed. */
  readonly astray?: boolean
}

/** A tablet that waits for its digits, kept over a reload. */
export type Waiting = {
  readonly enrolmentId: string
  readonly why: 'code' | 'lost' | 'cloned'
  readonly bed: { readonly label: string; readonly ward: string }
  readonly digits: string
  /** The root that its link named; null when it came without a link. */
  readonly root: string | null
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
  /** At once, for as long as it takes to keep it: a page that is loaded anew in between still has its curtain drawn. */
  noteCurtain(stayEpoch: number | null, curtain: KeptCurtain | null): void
  /** Lets the other windows of this browser know that this one is the bed, too. */
  announce(): void
  /** Whether no other window of this browser is this bed. */
  isAlone(): Promise<boolean>
}

/** As what a browser signs. One browser may be several. */
export type SigningPart = 'bed' | 'station' | 'admin'

/** What this browser holds of the organisation's trust; private keys never leave it. */
export type Trust = {
  /** The id of the root's key that is pinned here; null before the first. */
  readonly root: string | null
  /** Its own certificates, device first; null while it waits for an administrator. */
  readonly chain: Chain | null
}

export type TrustPort = {
  /** The key this browser signs with; made at the first asking. A tablet's comes with its enrolment. */
  ownKey(part: 'station' | 'admin'): Promise<{ readonly publicKey: string; readonly keyId: string }>
  held(part: SigningPart): Promise<Trust>
  /** Begins anew under this root, or with null under the first that is presented. Only at a person's wish. */
  pin(part: SigningPart, root: string | null): Promise<void>
  /** Keeps its own certificates, and pins their root where none is pinned yet. */
  keep(part: SigningPart, chain: Chain): Promise<Trust>
  /** Signs with the administrator's key. */
  seal(text: string): Promise<Signed>
  /** Hands the person a file. */
  saveFile(name: string, text: string): void
}

export type LockState = 'locked' | 'open'

export type CommonPage = {
  /** The root's key id in the link this page was opened with, or null; not a secret, but never sent either. */
  linkedRoot(): string | null
  /** The secret after `#name=`, taken out of the address bar, or null. `join`, `visit`: what stands alone after `#` there. */
  takeSecret(name: 'signin' | 'enrol' | 'invite' | 'problem' | 'join' | 'visit' | 'family'): string | null
  /** One id for the life of this tab, reloads included. */
  tabId(): string
  newId(): string
  /** The calls this tab has left, kept over a reload, so that none of them comes back with the page. */
  over(): readonly string[]
  saveOver(callIds: readonly string[]): void
  /** Until what it answers is called; `hear` is told at once and at every change whether the screen stays on. */
  keepAwake(hear?: (awake: TabletHealth['awake']) => void): () => void
  /** `network`: there is another, or again one. `seen`: the page is looked at again. */
  watchNetwork(hear: (what: 'network' | 'seen') => void): void
  /** Told at once and at every change, where the browser knows. */
  watchPower(hear: (power: 'mains' | 'battery') => void): void
  /** What this browser's people read, best first (BCP 47). */
  languages(): readonly string[]
  /** Fetches the newest version and reloads, once. */
  update(): void
  /** A part that a tablet fetches once it is Ready. */
  builds(): Promise<BuildsPort>
}

/** How a tablet takes another build of the app. */
export type BuildsPort = {
  /** The build of this page; null: it is not known. */
  own(): Promise<string | null>
  /** Since when nobody has touched this tablet. */
  untouchedMs(): number
  /** Keeps it whole, to be served from the next load on and watched until it is Ready. `failed`: what was goes on. */
  install(wanted: Wanted): Promise<'installed' | 'failed'>
  /** What did not come to Ready last; what was before it is served again. */
  lastFailed(): Promise<{ readonly build: string; readonly number: number } | null>
  /** Tells the worker that this page has come to Ready. */
  sayReady(): Promise<void>
  reload(): void
}

/** And what only staff's screens ask of it. */
export type PagePort = CommonPage & {
  /** Leaves for another page. */
  goTo(address: string): void
  /** When somebody last touched this browser, in any of its tabs (milliseconds since 1970, by this device). */
  lastTouchMs(): number
  /** Somebody proved who they are: that counts as a touch, whenever the last one was. */
  touchAnew(): void
  /** `hear` is called for a touch that comes when the lock is due; it is not counted. */
  onLateTouch(hear: () => void): void
  /** Tells the other tabs of this browser; the server's word may not reach them by itself. */
  shareLock(state: LockState): void
  /** `hear` is called with what another tab told. */
  onLockShared(hear: (state: LockState) => void): void
  /** Whether this tab was locked and the server does not know yet, kept over a reload. */
  lockDebt(): 'owed' | 'paid'
  saveLockDebt(debt: 'owed' | 'paid'): void
  /** What was chosen on this device, by this person or, with null, by whoever chose last; null: nothing was. */
  chosenLanguage(staffId: string | null): string | null
  chooseLanguage(staffId: string | null, language: Language): void
  /** Asks the browser to print what is shown. */
  print(): void
}

/** How a station lets guests in. The secrets of its codes stay in this tab, over a reload of it, and are told to nobody. */
export type GuestsPort = {
  /** A new one-time code. `keep` remembers its secret and whom it is for, once the server has given them an id. */
  newCode(): Promise<{
    readonly link: string
    readonly codeId: string
    keep(guestId: string, name: string, tableId: string): void
  }>
  /**
   * Signs a guest's certificate with this station's key, from `nowMs` by the server's clock. `unknown`: no code was made
   * in this tab for somebody of this name at this table; `false-seal`: the key is not of whoever has the code; `uncertified`: no administrator signed this station.
   */
  vouch(
    asked: Extract<ServerMessage, { type: 'guest.waiting' }>,
    nowMs: number,
  ): Promise<Result<{ readonly certificate: Signed; readonly seal: string }, VouchFailure>>
  /** What was kept is of no use any more. */
  forget(): void
}
export type VouchFailure = 'unknown' | 'false-seal' | 'uncertified'

/** How a station lets in whoever waits for a visit. */
export type VisitsPort = {
  /** Signs the key of a visit with this station's, from `nowMs` by the server's clock. Null: no administrator signed this station. */
  vouch(
    visit: { readonly visitId: string; readonly name: string; readonly publicKey: string },
    nowMs: number,
  ): Promise<Signed | null>
  /** For photos that come in a call. */
  readonly photos: PhotoOpener
}

/** How a station makes a link for family. */
export type FamilyLinkPort = {
  /**
   * A link that is shown once, and what `POST /family/invite` takes of it: a key that only whoever has the link can open, signed with this
   * station's from `nowMs` by the server's clock. Null: no administrator signed this station.
   */
  make(
    whose: { readonly guestId: string; readonly name: string },
    nowMs: number,
  ): Promise<{
    readonly link: string
    readonly sealed: Omit<FamilyInvite, 'admissionId' | 'guestId' | 'name'>
  } | null>
}

/** `passkey-cancelled`: the person, or time, ended it; `passkey-known`: this device has one already. */
export type PasskeyFailure = 'passkey-cancelled' | 'passkey-known' | 'passkey-failed'

export type PasskeyPort = {
  supported(): boolean
  /** `options` is what the server sent (WebAuthn Level 3 §5.1.8 and §5.1.9). */
  make(options: unknown): Promise<Result<NewPasskey, PasskeyFailure>>
  use(options: unknown): Promise<Result<UsedPasskey, PasskeyFailure>>
}

/** `denied`: the person or the browser said no. */
export type PhoneFailure = 'denied' | 'failed'

/** What a browser shows while its page is closed, on a telephone above all. */
export type PhonePort = {
  /** `install-first`: only once the app stands on the home screen. */
  able(): 'yes' | 'no' | 'install-first'
  /** Whether this browser is subscribed by this key. */
  isSubscribed(key: string): Promise<boolean>
  /** Asks the person, where they were not asked yet: to be called from a touch. */
  subscribe(key: string): Promise<Result<PushSubscriptionKeys, PhoneFailure>>
  unsubscribe(): Promise<void>
  /** Takes away what it shows whenever somebody looks at the page itself. */
  clearWhenSeen(): void
}

/** What every screen asks of the world. */
export type CommonPorts = {
  readonly clock: Clock
  readonly socket: SocketPort
  readonly api: CommonApi
  readonly media: MediaPort
  readonly sound: SoundPort
  /** Fetched when it is needed. */
  readonly voice: () => Promise<VoicePort>
  readonly ways: () => Promise<WaysPort>
  /** The same. */
  readonly health: () => Promise<HealthPort>
  /** The same. */
  readonly staffDoor: () => Promise<StaffDoorPort>
  readonly device: DevicePort
  readonly trust: TrustPort
  readonly page: CommonPage
  readonly patientPlan: PatientPlanPort
  /** A part that is fetched with the first scan. */
  readonly scanIo: () => Promise<ScanIo>
}

/** And what only staff's screens ask: a tablet does not load it. */
export type Ports = CommonPorts & {
  readonly api: ApiPort
  readonly page: PagePort
  readonly passkeys: PasskeyPort
  /** A part that is fetched when a station asks for it. */
  readonly phone: () => Promise<PhonePort>
  /** The same. */
  readonly guests: () => Promise<GuestsPort>
  /** The same. */
  readonly visits: () => Promise<VisitsPort>
  /** The same. */
  readonly family: () => Promise<FamilyLinkPort>
  /** The same. */
  readonly scans: () => Promise<ScanDoor>
  /** The same. */
  readonly copies: () => Promise<CopiesPort>
  readonly plan: PlanPort
}
