/** Transfer syntaxes (PS3.5 section 10, annex A; registry in PS3.6 table A-1): how a file's pixels are written. */
import { done, fail, type Outcome } from './outcome.ts'

export type Coding = 'native' | 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k'

export type Syntax = {
  readonly uid: string
  readonly name: string
  readonly coding: Coding
  /** Whether the syntax by itself takes something away; one that may do either counts as lossy. */
  readonly isLossy: boolean
  readonly isBigEndian: boolean
}

const written = (uid: string, name: string, coding: Coding, isLossy = false): Syntax => ({
  uid,
  name,
  coding,
  isLossy,
  isBigEndian: uid === '1.2.840.10008.1.2.2',
})

const supported = [
  written('1.2.840.10008.1.2', 'Implicit VR Little Endian', 'native'),
  written('1.2.840.10008.1.2.1', 'Explicit VR Little Endian', 'native'),
  written('1.2.840.10008.1.2.1.99', 'Deflated Explicit VR Little Endian', 'native'),
  written('1.2.840.10008.1.2.2', 'Explicit VR Big Endian', 'native'),
  written('1.2.840.10008.1.2.5', 'RLE Lossless', 'rle'),
  written('1.2.840.10008.1.2.4.50', 'JPEG Baseline', 'jpeg', true),
  written('1.2.840.10008.1.2.4.51', 'JPEG Extended', 'jpeg', true),
  written('1.2.840.10008.1.2.4.57', 'JPEG Lossless', 'jpeg'),
  written('1.2.840.10008.1.2.4.70', 'JPEG Lossless, first-order prediction', 'jpeg'),
  written('1.2.840.10008.1.2.4.80', 'JPEG-LS Lossless', 'jpeg-ls'),
  written('1.2.840.10008.1.2.4.81', 'JPEG-LS Near-Lossless', 'jpeg-ls', true),
  written('1.2.840.10008.1.2.4.90', 'JPEG 2000 Lossless', 'jpeg-2000'),
  written('1.2.840.10008.1.2.4.91', 'JPEG 2000', 'jpeg-2000', true),
  written('1.2.840.10008.1.2.4.201', 'HTJ2K Lossless', 'htj2k'),
  written('1.2.840.10008.1.2.4.202', 'HTJ2K Lossless, RPCL', 'htj2k'),
  written('1.2.840.10008.1.2.4.203', 'HTJ2K', 'htj2k', true),
]

/** Known by name so that a refusal can say what the file is; nothing here reads them. */
const refused: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.4.52': 'JPEG Extended, hierarchical',
  '1.2.840.10008.1.2.4.92': 'JPEG 2000 Multi-component Lossless',
  '1.2.840.10008.1.2.4.93': 'JPEG 2000 Multi-component',
  '1.2.840.10008.1.2.4.94': 'JPIP Referenced',
  '1.2.840.10008.1.2.4.95': 'JPIP Referenced Deflate',
  '1.2.840.10008.1.2.4.100': 'MPEG-2 video',
  '1.2.840.10008.1.2.4.101': 'MPEG-2 video, high level',
  '1.2.840.10008.1.2.4.102': 'H.264 video',
  '1.2.840.10008.1.2.4.103': 'H.264 video, Blu-ray',
  '1.2.840.10008.1.2.4.104': 'H.264 video, 2D',
  '1.2.840.10008.1.2.4.105': 'H.264 video, 3D',
  '1.2.840.10008.1.2.4.106': 'H.264 video, stereo',
  '1.2.840.10008.1.2.4.107': 'HEVC video',
  '1.2.840.10008.1.2.4.108': 'HEVC video, 10 bit',
  '1.2.840.10008.1.2.4.110': 'JPEG XL Lossless',
  '1.2.840.10008.1.2.4.111': 'JPEG XL JPEG Recompression',
  '1.2.840.10008.1.2.4.112': 'JPEG XL',
  '1.2.840.10008.1.2.8.1': 'Deflated Image Frame',
}

const byUid = new Map(supported.map((syntax) => [syntax.uid, syntax]))

/** [SCAN-3] The syntax of a UID; `unsupported-syntax` with its name, or the UID where the name is unknown. */
export function syntaxOf(uid: string): Outcome<Syntax> {
  const syntax = byUid.get(uid)
  if (syntax) return done(syntax)
  return fail('unsupported-syntax', (Object.hasOwn(refused, uid) && refused[uid]) || uid.slice(0, 64))
}
