/** What sealed copies ask of the world. Keys, sealed files and their database are io's; what is said of them comes here. */
import type { CopyFailure } from '../core/scan/sealed.ts'
import type { Addressee } from '../protocol/duty.ts'
import type { RecipientKey } from '../protocol/scan-copies.ts'
import type { Manifest } from '../protocol/scan-share.ts'
import type { ApiFailure, Result } from './ports.ts'

/** What is to be sent, before it is sealed. `contents`: the list of contents, as a text. */
export type CopyDraft = {
  readonly copyId: string
  /** Whose it is to send: it waits for them. */
  readonly staffId: string
  readonly to: Addressee
  readonly toName: string
  readonly patientNumber: string
  readonly madeMs: number
  readonly lastsMs: number
  readonly contents: string
  readonly files: number
}

/** Why a copy that waits does not go by itself. */
export const copyStops = [
  /** Its time was over before it had gone. */
  'expired',
  /** The server does not take it: it was withdrawn elsewhere, or whoever it is for is nobody any more. */
  'refused',
  /** There is no room for it on the server. */
  'no-room',
  /** None of the devices that the server names is one of this organisation's. */
  'untrusted',
  /** No administrator has signed this station yet. */
  'uncertified',
  /** The key it was sealed for is gone from this browser, or what was kept is damaged. */
  'unreadable',
] as const
export type CopyStop = (typeof copyStops)[number]

/** One that was sealed here and has not gone yet. Times by the server's clock, as far as it was known. */
export type WaitingCopy = {
  readonly copyId: string
  /** Null: this browser cannot read any more for whom it was, and of whom. */
  readonly about: { readonly toName: string; readonly patientNumber: string } | null
  readonly expiresMs: number
  /** Without the list of contents. */
  readonly files: number
  readonly bytes: number
  readonly stop: CopyStop | null
}

/** `full`: this device has no room for it; `failed`: its database failed. */
export type KeepCopyFailure = 'full' | 'failed'

export type CopyPosted =
  | { readonly type: 'sent' }
  | { readonly type: 'stopped'; readonly why: CopyStop }
  /** Try again: the server was not reached, or is not ready; another tab is at it; this one was told to stop. */
  | { readonly type: 'later' | 'elsewhere' | 'gone' }

/** Why a received copy is not seen. `stopped`: by whoever asked. */
export type CopyTrouble = CopyFailure | 'withdrawn' | 'unreachable' | 'uncertified' | 'stopped'

export type CopyAsked = {
  readonly copyId: string
  readonly patientNumber: string
  readonly expiresMs: number
}

export type CopiesPort = {
  /** In lower-case hexadecimal; of a text, of its UTF-8. */
  sha256(content: string | ArrayBuffer): Promise<string>
  /** Says which key copies may be sealed to on this device. `nowMs` always by the server's clock. */
  enrol(nowMs: number): Promise<Result<null, ApiFailure | 'uncertified'>>
  /** Seals all of it and keeps it here; nothing of it is kept unless all is. Each file is asked for once, and wiped. */
  keep(
    draft: CopyDraft,
    bytesOf: (file: number) => ArrayBuffer | null,
  ): Promise<Result<null, KeepCopyFailure>>
  /** Of this person, oldest first. */
  waiting(staffId: string): Promise<readonly WaitingCopy[]>
  /** How many wait here for other people. */
  othersWaiting(staffId: string): Promise<number>
  /** Nothing of it stays here. */
  drop(copyId: string): Promise<void>
  /** What stood against it may be over. */
  tryAgain(copyId: string): Promise<void>
  /** Goes on where the last attempt ended; of several tabs one does. `hear`: so many bytes are there. */
  post(
    copyId: string,
    nowMs: () => number,
    hear: (bytes: number, ofBytes: number) => void,
    over: AbortSignal,
  ): Promise<CopyPosted>
  /** Fetches and opens; `file` is told of each, in order, whole and checked: its bytes are the listener's from then on. */
  open(
    asked: CopyAsked,
    nowMs: number,
    hear: {
      contents(manifest: Manifest): void
      file(index: number, bytes: ArrayBuffer): Promise<void>
      progress(bytes: number, ofBytes: number): void
    },
    over: AbortSignal,
  ): Promise<Result<null, CopyTrouble>>
  /** Asks the sender of it to seal it to this device as well. */
  ask(copyId: string, nowMs: number): Promise<Result<null, ApiFailure | 'uncertified'>>
  /** Seals one's own copy to these devices; says to whose it did. */
  reseal(
    asked: CopyAsked,
    to: readonly RecipientKey[],
    nowMs: number,
  ): Promise<Result<readonly string[], CopyTrouble>>
}
