/** What the page says to the worker that reads scans, and what it is told. One order at a time, and one reply to each. */
import type { Box } from '../../core/scan/boxes.ts'
import type { ScanFailure } from '../../core/scan/outcome.ts'
import type { Picture } from '../../core/scan/samples.ts'
import type { Scan, ScanFrame } from '../../core/scan/scan.ts'

/** A `Blob` is read when it is needed; an `ArrayBuffer` is the worker's own copy. */
export type Content = Blob | ArrayBuffer

/** Each old UID with its new one. */
export type UidPairs = readonly (readonly [old: string, fresh: string])[]

export type ScanOrder =
  | { readonly type: 'open'; readonly fileId: string; readonly content: Content }
  /** `content` is null where the worker holds this file still. */
  | {
      readonly type: 'look'
      readonly fileId: string
      readonly frame: number
      readonly content: Content | null
      readonly at: 'frame' | 'picture'
    }
  /** What of it may leave. `uids`: what those that the page knows of become, so that it is the same in a worker after this one. */
  | {
      readonly type: 'strip'
      readonly fileId: string
      readonly content: Content | null
      readonly uids: UidPairs
      readonly boxes: readonly Box[]
    }
  /** The file that is held, and the memory of every codec. */
  | { readonly type: 'forget' }

export type ScanReply =
  | {
      readonly type: 'opened'
      readonly kind: 'dicom' | 'photo'
      readonly scan: Scan
      readonly first: ScanFrame
    }
  | { readonly type: 'looked'; readonly frame: ScanFrame; readonly picture: Picture | null }
  | { readonly type: 'stripped'; readonly bytes: ArrayBuffer }
  | { readonly type: 'forgotten' }
  | ({ readonly type: 'failed' } & ScanFailure)
