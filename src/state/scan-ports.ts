/** What scans ask of the world. Bytes and pixels stay in io, under an id; only what is said of them passes through here. */
import type { Quality } from '../core/quality.ts'
import type { Box } from '../core/scan/boxes.ts'
import type { CarryFailure, CarryManifest } from '../core/scan/carry.ts'
import type { CarryProgress } from '../core/scan/carry-progress.ts'
import type { Outcome, ScanFailure } from '../core/scan/outcome.ts'
import type { Picture } from '../core/scan/samples.ts'
import type { Scan, ScanFrame } from '../core/scan/scan.ts'
import type { View } from '../core/scan/view.ts'
import type { Relays } from '../protocol/ice.ts'
import type { PacsFailure, PacsSeries, PacsStudies } from '../protocol/pacs.ts'
import type { CarryMessage } from '../protocol/scan-carry.ts'
import type { ApiFailure, CameraFailure, Result } from './ports.ts'

/** What was handed over: a file of this device, or bytes that came by a link or from the PACS. */
export type ScanSource = {
  /** What it was called, for the sentence about it; never sent. */
  readonly name: string
  /** A `Blob` stays on the disk that it is on; an `ArrayBuffer` lives in memory alone and is wiped when it is closed. */
  readonly content: Blob | ArrayBuffer
}

/** One file that was opened: a DICOM instance, or a photograph, which is a scan of one frame in RGB. */
export type OpenedScan = {
  /** Made when it was opened; of this page alone. */
  readonly fileId: string
  readonly name: string
  readonly kind: 'dicom' | 'photo'
  readonly byteLength: number
  readonly scan: Scan
  /** Of the first frame, as `frameOf` says it. */
  readonly first: ScanFrame
}

export type Opening =
  | { readonly type: 'opened'; readonly file: OpenedScan }
  | ({ readonly type: 'failed'; readonly name: string } & ScanFailure)

export type ScanReader = {
  /** Tells of each source once, in the order in which they were handed over. Resolves when all have been told of. */
  open(sources: readonly ScanSource[], tell: (opening: Opening) => void, signal?: AbortSignal): Promise<void>
  /** What is said of one frame, counted from 0. */
  frame(fileId: string, frame: number): Promise<Outcome<ScanFrame>>
  /** Its pixels. Kept for a while, within a bound; whoever asks does not change them. */
  picture(fileId: string, frame: number): Promise<Outcome<Picture>>
  /** The file as it was handed over, a copy; null once it is closed. */
  bytes(fileId: string): Promise<ArrayBuffer | null>
  /** Forgets them: pixels, and bytes that lived in memory, are overwritten with zeros first. */
  close(fileIds: readonly string[]): void
}

/** Whether a word may be lost: `fleeting` is (a pointer, a view while it moves), `steady` comes whole and in order. */
export type TalkManner = 'steady' | 'fleeting'

export type TalkListener = {
  said(callId: string, text: string, manner: TalkManner): void
  /** Its link is verified and both channels are open: anew on each fresh link. */
  opened(callId: string): void
  closed(callId: string): void
}

/** What ends say to each other over the verified link of a call. Text of at most 16 KiB. */
export type TalkPort = {
  /**
   * Each listener hears all, and leaves what is none of its own. Tells at once of calls that are open; what is said while nobody
   * listens falls away. The answer ends it.
   */
  listen(listener: TalkListener): () => void
  /** False: the link is not there now; nothing is queued. `fleeting` is dropped when more than a little waits. */
  say(callId: string, text: string, manner: TalkManner): boolean
  isOpen(callId: string): boolean
}

/** At the presenter. */
export type SendingListener = {
  progress(progress: CarryProgress): void
  /** Nothing more is sent to this viewer. */
  failed(failure: CarryFailure): void
}
export type Sending = {
  /** What is shown: the files come from here outwards, once the block under way is finished. */
  lookAt(file: number): void
  progress(): CarryProgress
  stop(): void
}

/** At the viewer. */
export type ReceivingListener = {
  /** Whole, its hash that of the manifest; once. The bytes are the listener's from then on. */
  file(index: number, bytes: ArrayBuffer): void
  progress(progress: CarryProgress): void
  /** This file does not come: once, and never after `file`. */
  failed(index: number, failure: CarryFailure): void
}
export type Receiving = {
  /** A viewer that looks elsewhere than the presenter has its own way first. */
  lookAt(file: number): void
  progress(): CarryProgress
  stop(): void
}

/** Carries the files of a share over a second connection, beside each call's own. One a page. */
export type CarrierPort = {
  /** `bytesOf` is asked as a file's turn comes, for a copy that is wiped afterwards; null: it is not to be had. */
  send(
    callId: string,
    shareId: string,
    manifest: CarryManifest,
    bytesOf: (file: number) => Promise<ArrayBuffer | null>,
    hear?: SendingListener,
  ): Sending
  receive(callId: string, shareId: string, manifest: CarryManifest, hear: ReceivingListener): Receiving
  /** What the peer said of it over the verified link of this call. */
  hear(callId: string, message: CarryMessage): void
  /** How to say it there. False: the link is not there now; nothing is queued. */
  onSay(say: (callId: string, message: CarryMessage, manner: 'steady' | 'fleeting') => boolean): void
  /** The verified link of this call can be spoken over, or no longer. */
  linkOpened(callId: string): void
  linkClosed(callId: string): void
  /** Voices have way: while a call is weak less is sent beside it, while it is lost nothing. */
  callIs(callId: string, quality: Quality): void
  /** Stops both ways of it and overwrites with zeros what is held of it. */
  end(shareId: string): void
}

/** One canvas that shows one picture at a time. */
export type Painter = {
  /**
   * Draws a frame as a view says: `drawn` when it is on the canvas, `stale` when another was asked for meanwhile, or the failure.
   * What was there stays until then, and is blank after a failure: nobody takes an old picture for a new one.
   */
  draw(view: View): Promise<'drawn' | 'stale' | ScanFailure>
  /** CSS pixels, and how many of the screen's make one. Draws again what is there. */
  resize(cssWidth: number, cssHeight: number, pixelRatio: number): void
  /** Nothing of it stays on the canvas or in the card's memory. */
  blank(): void
  close(): void
}

/** Why a PDF has no pages for us. A password is never asked for here. */
export type PdfFailure = 'not-a-pdf' | 'locked' | 'too-large' | 'no-reader'

export type Pages = Result<readonly ScanSource[], PdfFailure>

/** What leaves of an opened file, made where it is read. */
export type ScanStripper = {
  /** Files of one share keep what they are to each other, under new UIDs. Boxes are black in all frames. */
  strip(shareId: string, fileId: string, boxes: readonly Box[]): Promise<Outcome<ArrayBuffer>>
  /** Forgets which UID became which. */
  forget(shareId: string): void
}

/** What only a live share asks, beside what a viewer does. */
export type SharingIo = {
  readonly carrier: CarrierPort
  /** SHA-256 in lower-case hexadecimal; of a text, of its UTF-8. */
  sha256(content: string | ArrayBuffer): Promise<string>
}

/** Everything of scans that touches the world; loaded when somebody first opens one. */
export type ScanIo = {
  reader(): Promise<ScanReader>
  /** `relaysOf`: what the media of a call goes by now. One for the page: the first that is asked for. */
  sharing(relaysOf: (callId: string) => Relays): Promise<SharingIo>
  stripper(): Promise<ScanStripper>
  painter(canvas: HTMLCanvasElement, reader: ScanReader): Painter
  /** A PDF as photographs, one a page. */
  pages(pdf: ScanSource): Promise<Pages>
  camera(): Promise<PhotoCamera>
  /** A part of its own. */
  pacs(): Promise<PacsPort>
}

/** A camera for one photograph. Off means that its track is stopped (HZ-2). */
export type PhotoCamera = {
  /**
   * Shows what it sees. `call`: the picture is that of the call that goes on, whose camera is not opened a second time and stays
   * the call's; `own`: it was opened for this. `ended`: it was unplugged, or the call is over; it is closed by then.
   */
  open(video: HTMLVideoElement, ended: () => void): Promise<Result<'own' | 'call', CameraFailure>>
  /**
   * One photograph, as soon as there is something to see, in memory alone; the camera is closed with it. Null: there was nothing
   * for a while.
   */
  take(name: string): Promise<ScanSource | null>
  /** Stops what was opened for this. */
  close(): void
}

/** How scans come to a page, before anything that reads them is loaded. */
export type ScanDoor = {
  /** One for each page. What could not be fetched is asked for again. */
  io(): Promise<ScanIo>
  /**
   * Files that come from outside the page: by the share menu of the device, or because the app was chosen to open them. Told of
   * what came before, too, once.
   */
  listen(hear: (sources: readonly ScanSource[], by: HandedBy) => void): void
}

/** `person`: chosen to be opened with this app. `page`: by the share menu, or by any page that posts to its address. */
export type HandedBy = 'person' | 'page'

/** Why nothing came from the PACS. `cut`: the connection was lost on the way; `stopped`: by whoever asked. */
export type PacsTrouble = PacsFailure | ApiFailure | 'cut' | 'stopped'

export type PacsFound = Omit<Extract<PacsStudies, { type: 'found' }>, 'type'>

export type PacsPort = {
  /** What the PACS has of whoever's stay this is; the server alone says under which number. */
  studies(admissionId: string): Promise<Result<PacsFound, PacsTrouble>>
  series(admissionId: string, study: string): Promise<Result<readonly PacsSeries[], PacsTrouble>>
  /**
   * Fetches one series; each image is told of when it is whole, and what came before a failure stays. `missing`: images that
   * the PACS has and could not send.
   */
  open(
    asked: { readonly admissionId: string; readonly study: string; readonly series: string },
    hear: {
      came(source: ScanSource): void
      progress(bytes: number): void
    },
    signal: AbortSignal,
  ): Promise<Result<{ readonly missing: number }, PacsTrouble>>
}
