/** What a sealed copy's two ends decide about it: whose it is, which piece goes next, what may be opened, and until when. */
import type { CopyLetter } from '../../protocol/scan-copy.ts'
import { decodeManifest, type Manifest } from '../../protocol/scan-share.ts'
import { type Copied, copied, notCopied, sealedLength } from './sealed.ts'

const hourMs = 3_600_000

/** [COPY-5] Until when a copy can be opened, as a sender chooses. */
export const copyTimes = [24 * hourMs, 72 * hourMs, 7 * 24 * hourMs, 14 * 24 * hourMs] as const
export type CopyTime = (typeof copyTimes)[number]

/** The longest number of a patient that a ward keeps. */
const longestNumber = 32

type Named = { readonly patientId: string | null }

/**
 * [COPY-9] Whose the pictures are, by their own number. `unknown`: none of them says so; `other`: it is not that of the
 * patient in the call; `mixed`: they say several.
 */
export type Whose =
  | { readonly type: 'known'; readonly number: string }
  | { readonly type: 'other'; readonly number: string }
  | { readonly type: 'unknown' }
  | { readonly type: 'mixed' }

export function whoseAreThey(pictures: readonly Named[], inCall: string | null): Whose {
  const numbers = new Set(pictures.flatMap(({ patientId }) => patientId?.trim() || []))
  const [number] = numbers
  if (number === undefined) return { type: 'unknown' }
  if (numbers.size > 1) return { type: 'mixed' }
  return { type: inCall !== null && inCall !== number ? 'other' : 'known', number }
}

/** [COPY-9] The number that a copy goes under; null: it goes nowhere. What pictures say cannot be typed over. */
export function numberFor(whose: Whose, typed: string): string | null {
  if (whose.type === 'mixed') return null
  const number = whose.type === 'unknown' ? typed.trim() : whose.number
  return number.length > 0 && number.length <= longestNumber ? number : null
}

/** What is sent next of sealed files of these lengths: `wrong` when nobody can have so much of them. */
export type Piece = { readonly file: number; readonly from: number; readonly to: number }

/** [COPY-10] The next one, from where the server's bytes end, in the order of the files. */
export function nextPiece(
  lengths: readonly number[],
  arrived: readonly number[],
  most: number,
): Piece | 'whole' | 'wrong' {
  const isPossible =
    arrived.length === lengths.length && arrived.every((bytes, file) => bytes <= (lengths[file] ?? 0))
  if (!isPossible) return 'wrong'
  const file = lengths.findIndex((length, index) => (arrived[index] ?? 0) < length)
  const [length, from] = [lengths[file], arrived[file]]
  if (length === undefined || from === undefined) return 'whole'
  return { file, from, to: Math.min(length, from + most) }
}

/** [COPY-11] What a list of contents names is what came: this copy's, this patient's, so many files of such lengths. */
export function checkContents(
  text: string,
  { copyId, patientNumber }: { readonly copyId: string; readonly patientNumber: string },
  lengths: readonly number[],
): Copied<Manifest> {
  const manifest = decodeManifest(text)
  if (!manifest) return notCopied('malformed')
  const [, ...files] = lengths
  const isWhole =
    manifest.shareId === copyId &&
    files.length === manifest.files.length &&
    manifest.files.every(({ bytes }, file) => files[file] === sealedLength(bytes))
  if (!isWhole) return notCopied('tampered')
  const named = manifest.identity?.patientId?.trim() ?? ''
  return named === '' || named === patientNumber ? copied(manifest) : notCopied('wrong-patient')
}

/** Why what is shown of a copy has to go; null: it may be shown, until it expires. */
export type CopyEnd = 'withdrawn' | 'expired'

/** [COPY-12] `listed`: as the server last said it; null: it knows nothing of it any more. By the server's clock. */
export function endOf(
  expiresMs: number,
  listed: 'coming' | 'there' | CopyEnd | null,
  nowMs: number,
): CopyEnd | null {
  if (nowMs >= expiresMs || listed === 'expired') return 'expired'
  return listed === 'there' ? null : 'withdrawn'
}

/** [COPY-13] The same letter for more keys, to be signed anew by the device that wrote it: `me`, its key. */
export function forMoreKeys(letter: CopyLetter, me: string, keys: string): Copied<CopyLetter> {
  return letter.from === me ? copied({ ...letter, keys }) : notCopied('not-for-us')
}
