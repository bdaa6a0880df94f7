/** One file in the worker's hands, whatever it is: DICOM, or a photograph. */

import type { Box } from '../../core/scan/boxes.ts'
import { scanLimits } from '../../core/scan/limits.ts'
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import { fileKindOf, photoFrame, photoScan, photoSizeOf } from '../../core/scan/photo.ts'
import type { Picture } from '../../core/scan/samples.ts'
import type { Scan, ScanFrame } from '../../core/scan/scan.ts'
import type { Decoder } from './decode.ts'
import { openScan } from './open.ts'
import type { Content, UidPairs } from './orders.ts'
import type { PhotoDecoder } from './photo.ts'
import type { PhotoMaker } from './strip.ts'

export type Held = {
  readonly kind: 'dicom' | 'photo'
  readonly scan: Scan
  readonly frame: (frame: number) => Outcome<ScanFrame>
  readonly picture: (frame: number) => Promise<Outcome<Picture>>
  /** What of it may leave. */
  readonly strip: (uids: UidPairs, boxes: readonly Box[]) => Promise<Outcome<ArrayBuffer>>
  /** Overwrites its bytes. */
  readonly wipe: () => void
}

/** Null: it is no longer where it was (a stick that was pulled out). */
async function bytesOf(content: Content): Promise<Uint8Array<ArrayBuffer> | null> {
  if (content instanceof ArrayBuffer) return new Uint8Array(content)
  try {
    return new Uint8Array(await content.arrayBuffer())
  } catch {
    return null
  }
}

/**
 * A part of its own: most that is looked at never leaves. It is fetched as soon as something is open, since it may be sent
 * where there is no network. Null: it could not be fetched.
 */
const stripping = () => import('./leaving.ts').catch(() => null)
const notFetched = fail('no-codec', 'stripper')

/** How photographs are decoded, and made anew. */
export type PhotoWays = { readonly decode: PhotoDecoder; readonly make: PhotoMaker }

/** A photograph is decoded once when it is opened: only then is it known which way up it is, and that it is one at all. */
async function photoOf(
  bytes: Uint8Array<ArrayBuffer>,
  kind: Parameters<typeof photoScan>[1],
  { decode, make }: PhotoWays,
  content: Content,
): Promise<Outcome<Omit<Held, 'wipe'>>> {
  const said = photoSizeOf(bytes, kind)
  if (!said.ok) return said
  const picture = () => decode(content, kind, said.value)
  const first = await picture()
  if (!first.ok) return first
  const scan = photoScan({ width: first.value.columns, height: first.value.rows }, kind)
  return done({
    kind: 'photo',
    scan,
    frame: (frame) => (frame === 0 ? done(photoFrame(scan)) : fail('no-such-frame', `${frame}`)),
    picture: (frame) => (frame === 0 ? picture() : Promise.resolve(fail('no-such-frame', `${frame}`))),
    async strip(_uids, boxes) {
      const [decoded, part] = [await picture(), await stripping()]
      if (!part) return notFetched
      return decoded.ok ? await part.stripPhoto(decoded.value, boxes, make) : decoded
    },
  })
}

/** [SCAN-14] By its first bytes. What is neither is `not-dicom` with the name of what it is. */
export async function hold(content: Content, decode: Decoder, photos: PhotoWays): Promise<Outcome<Held>> {
  const length = content instanceof ArrayBuffer ? content.byteLength : content.size
  if (length > scanLimits.fileBytes) return fail('too-large', `${length} bytes`)
  const bytes = await bytesOf(content)
  if (!bytes) return fail('truncated', 'file')
  const kind = fileKindOf(bytes)
  if (kind.type === 'foreign') return fail('not-dicom', kind.name)
  const wipe = () => void bytes.fill(0)
  if (kind.type === 'photo') {
    const photo = await photoOf(bytes, kind.kind, photos, content)
    if (photo.ok) void stripping()
    return photo.ok ? done({ ...photo.value, wipe }) : photo
  }
  const opened = openScan(bytes, decode)
  if (!opened.ok) return opened
  void stripping()
  const strip: Held['strip'] = async (uids, boxes) => {
    const part = await stripping()
    if (!part) return notFetched
    const leaving = await part.createStripper(decode)(bytes, part.uidsOf(uids), boxes)
    return leaving.ok ? done(leaving.value.buffer) : leaving
  }
  return done({ kind: 'dicom', ...opened.value, strip, wipe })
}
