/** What a photo in a visit asks of the browser: one camera for one picture at home, and one place to draw it at the station. */
import type { PhotoSize } from '../core/visit-photo-size.ts'
import type { CameraFailure, Result } from './ports.ts'

/** One that was taken: in memory alone. */
export type TakenPhoto = {
  readonly byteLength: number
  /** base64url, as it is said. */
  piece(index: number): string
  /** Overwritten, and off its canvas. */
  wipe(): void
}

/** The camera that looks away from whoever holds it. Off means that its track is stopped (HZ-2). */
export type VisitCamera = {
  /** `ended`: it was unplugged or taken away; it is closed by then. */
  open(video: HTMLVideoElement, ended: () => void): Promise<Result<null, CameraFailure>>
  /** Draws what it sees, upright, and closes it. Null: it showed nothing for a while. */
  take(canvas: HTMLCanvasElement): Promise<TakenPhoto | null>
  close(): void
}

/** One that came and was decoded; its file is overwritten by then. */
export type OpenPhoto = PhotoSize & {
  draw(canvas: HTMLCanvasElement): void
  wipe(): void
}

export type PhotoOpener = {
  /** Null: no base64url. */
  bytesOf(data: string): Uint8Array | null
  /** Null: it cannot be decoded, or is of another size than it said. */
  open(bytes: Uint8Array<ArrayBuffer>, said: PhotoSize): Promise<OpenPhoto | null>
}
