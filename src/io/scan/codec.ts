/** What every codec does: one frame's bytes in, its samples out, or a failure by name. */
import type { Outcome } from '../../core/scan/outcome.ts'
import type { PixelLayout } from '../../core/scan/scan.ts'

/** Samples before sign and stored bits are looked at. */
export type Decoded = {
  /** 8 or 16 bits each, unsigned. */
  readonly words: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>
  readonly isPlanar: boolean
  /** Whether colour is RGB by now; `as-told` where the data set says what it is. */
  readonly colour: 'rgb' | 'ybr' | 'as-told'
}

/** `owner` says whose scan it is: a decoder's memory is never lent from one owner to the next. */
export type Codec = (bytes: Uint8Array, pixels: PixelLayout, owner: string) => Promise<Outcome<Decoded>>
