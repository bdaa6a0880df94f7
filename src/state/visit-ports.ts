/** What an outpatient's page asks of its browser beside what every screen does: a key for one visit, and a test of the device. */
import type { Language } from '../core/languages.ts'
import type { Chain } from '../protocol/proof.ts'
import type { CameraFailure, CommonPorts, MediaDevice, Result } from './ports.ts'
import type { VisitCamera } from './visit-photo-ports.ts'

/** Apps that show pages by themselves, most of them without a camera; `app`: one that is not known by its name. */
export const inApps = [
  'facebook',
  'messenger',
  'instagram',
  'whatsapp',
  'gmail',
  'google',
  'outlook',
  'teams',
  'line',
  'linkedin',
  'snapchat',
  'telegram',
  'tiktok',
  'twitter',
  'viber',
  'wechat',
  'app',
] as const
export type InApp = (typeof inApps)[number]

/** By what the steps differ with which a camera is allowed again. */
export const browserKinds = [
  'safari-ios',
  'chrome-ios',
  'chrome-android',
  'samsung',
  'firefox-android',
  'safari-mac',
  'firefox',
  'chrome',
  'edge',
  'other',
] as const
export type BrowserKind = (typeof browserKinds)[number]

export type Browser = {
  readonly kind: BrowserKind
  /** For staff: `Safari 18 on iPhone`. */
  readonly name: string
  /** Null: it is a browser of its own. */
  readonly inApp: InApp | null
  /** What opens the page better than an app does. */
  readonly better: 'Safari' | 'Chrome'
  /** Whether a call can be had in it at all. */
  readonly calls: 'able' | 'unable'
}

/** What this browser keeps of a link; `visitId` null: nobody came in with it here yet. */
export type KnownVisit = {
  readonly token: string
  readonly visitId: string | null
  /** A station has vouched for its key. */
  readonly isVouched: boolean
  readonly tested: 'yes' | 'no'
  /** As somebody chose on the page; null: nobody did. */
  readonly language: Language | null
}

/** Its key never leaves it. Where nothing may be kept it lasts as long as the page. */
export type VisitDevice = {
  /** Remembers this link, or finds the last one that was opened here. Null: there is none. */
  open(token: string | null): Promise<KnownVisit | null>
  /** The public half of the key of this visit, made once. */
  prepare(token: string): Promise<string>
  /** The key is bound: who this is from now on. */
  begin(token: string, visitId: string): Promise<void>
  note(token: string, what: Partial<Pick<KnownVisit, 'tested' | 'language'>>): Promise<void>
  /** For the hello; null: nobody came in with this link here. */
  sign(token: string, nonce: string): Promise<{ readonly guestId: string; readonly signature: string } | null>
  /** Keeps the certificates, and believes their root for this visit alone. False: they are not this visit's. */
  vouch(token: string, chain: Chain, nowMs: number): Promise<boolean>
  /** Nothing of the visit is left here (HZ-6). */
  forget(token: string): Promise<void>
}

/** A device that is open, and until when. */
export type OpenDevice = {
  /** Whether the browser ended it by itself: it was unplugged, or taken away. */
  onEnded(hear: () => void): void
  /** Stops the track itself (HZ-2). */
  stop(): void
}
/** `show` null: nowhere any more; whatever showed it is empty then. */
export type OpenPicture = OpenDevice & { show(video: HTMLVideoElement | null): void }

/** What tries this device; a part that is fetched for it. */
export type TestIo = {
  /** `deviceId` empty: whichever the browser takes. */
  camera(deviceId: string): Promise<Result<OpenPicture, CameraFailure>>
  /** `hear` is told ten times a second how loud it is, 0…1. */
  microphone(deviceId: string, hear: (loud: number) => void): Promise<Result<OpenDevice, CameraFailure>>
  /** Plays two notes, and resolves when they are over. */
  chime(speakerId: string): Promise<void>
  devices(): Promise<MediaDevice[]>
  /** Whether this browser lets a page choose where it sounds. */
  readonly speakers: 'choice' | 'one'
  /** Kilobits a second; null: it could not be measured. */
  down(): Promise<number | null>
  up(): Promise<number | null>
}

/** What it does with its own window. */
export type VisitWindow = {
  /** Puts the link back into the address bar, so that whatever opens the page elsewhere takes it along. */
  showLink(token: string): void
  hideLink(): void
  copyLink(token: string): Promise<'copied' | 'failed'>
  /** A telephone in a pocket shakes as long as it rings, where it can. */
  buzz(state: 'on' | 'off'): void
}

export type VisitPorts = CommonPorts & {
  readonly visit: VisitDevice
  readonly browser: Browser
  readonly window: VisitWindow
  readonly tester: () => Promise<TestIo>
  /** For a photo in a call; a part that is fetched for it. */
  readonly camera: () => Promise<VisitCamera>
}
