/**
 * A copy of a scan that a server keeps and cannot open. Pure: what belongs where, and what may be believed; keys and ciphers
 * are `io`'s. Each file is cut into chunks that are sealed one by one, as in STREAM (Hoang, Reyhanitabar, Rogaway, Vizár:
 * Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015) and the age format (v1, payload).
 */
import type { CopyLetter, SealingKeyStatement } from '../../protocol/scan-copy.ts'
import { type DeviceCertificate, freshMs } from '../proof.ts'

export const sealing = {
  /** Of what is sealed at once. */
  chunkBytes: 65_536,
  /** AES-GCM's tag. */
  tagBytes: 16,
  /** Chance at the head of each file, from which its own key is derived. */
  saltBytes: 16,
  /** How long a copy can be opened where nobody says otherwise, and at most. */
  usualMs: 72 * 3_600_000,
  mostMs: 14 * 24 * 3_600_000,
}

/** What a sealed file is bound to: anywhere else it does not open. File 0 is the list of contents. */
export type Bound = { readonly copyId: string; readonly patientNumber: string; readonly file: number }

/** [COPY-2] The associated data of each chunk; there is one way to write it. */
export const boundText = ({ copyId, patientNumber, file }: Bound): string =>
  JSON.stringify(['bedside-copy/1', copyId, patientNumber, file])

/** [COPY-1] What a content key is bound to (RFC 9180 section 8.1, `info`), and the patient as its associated data. */
export const keyInfo = (copyId: string, keyId: string): string =>
  JSON.stringify(['bedside-copy-key/1', copyId, keyId])
export const keyAbout = (patientNumber: string): string =>
  JSON.stringify(['bedside-copy-key/1', patientNumber])

/** [COPY-2] Eleven bytes count, the last one says whether this chunk is the last. A key is of one file and one sealing. */
export function nonceOf(chunk: number, isLast: boolean): Uint8Array<ArrayBuffer> {
  const nonce = new Uint8Array(12)
  new DataView(nonce.buffer).setUint32(7, chunk)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

export type Chunk = { readonly from: number; readonly to: number; readonly isLast: boolean }

function cut(length: number, size: number): readonly Chunk[] {
  const count = Math.max(1, Math.ceil(length / size))
  return Array.from({ length: count }, (_, index) => {
    const isLast = index === count - 1
    return { from: index * size, to: isLast ? length : (index + 1) * size, isLast }
  })
}

/** What is sealed one by one; an empty file is one empty chunk. */
export const plainChunks = (length: number): readonly Chunk[] => cut(length, sealing.chunkBytes)

/** The same, sealed, behind the salt; null when nothing that was sealed is of this length. */
export function sealedChunks(length: number): readonly Chunk[] | null {
  const size = sealing.chunkBytes + sealing.tagBytes
  const rest = length - sealing.saltBytes
  const last = rest % size
  // An empty chunk is the whole of an empty file, or nothing.
  if (rest < sealing.tagBytes || (last !== 0 && last <= sealing.tagBytes && rest > sealing.tagBytes))
    return null
  return cut(rest, size).map(({ from, to, isLast }) => ({
    from: from + sealing.saltBytes,
    to: to + sealing.saltBytes,
    isLast,
  }))
}

export const sealedLength = (length: number): number =>
  sealing.saltBytes + length + plainChunks(length).length * sealing.tagBytes

/** Why a copy is not opened, or a key not sealed to. Data, not errors. */
export const copyFailures = [
  /** Changed, cut, put in another order, or another copy's. */
  'tampered',
  /** Sealed to other devices than this one. */
  'not-for-us',
  'expired',
  'wrong-patient',
  /** It does not lead to the root that is pinned here. */
  'untrusted',
  'malformed',
] as const
export type CopyFailure = (typeof copyFailures)[number]

export type Copied<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: CopyFailure }

export const copied = <T>(value: T): Copied<T> => ({ ok: true, value })
export const notCopied = (failure: CopyFailure): { ok: false; failure: CopyFailure } => ({
  ok: false,
  failure,
})

/**
 * [COPY-3] Whether copies may be sealed to this key: a station's key, under the root that is pinned here, said so itself, in
 * the time for which it is certified. `signer` is what the chain beside it led to.
 */
export function checkSealingKey(
  said: SealingKeyStatement,
  signer: DeviceCertificate,
  nowMs: number,
): Copied<SealingKeyStatement> {
  if (signer.kind !== 'station' || said.signer !== signer.keyId) return notCopied('untrusted')
  const isInTime = said.madeMs >= signer.notBeforeMs - freshMs && said.madeMs <= nowMs + freshMs
  return isInTime ? copied(said) : notCopied('untrusted')
}

/** What a recipient knows by itself: what it asked for, of whom, and what came with it. */
export type ExpectedCopy = {
  readonly copyId: string
  readonly patientNumber: string
  /** SHA-256 of the sealed keys that came. */
  readonly keys: string
  /** By the server's clock. */
  readonly nowMs: number
}

/** [COPY-4] [COPY-5] Whether this letter is of that copy, from `sender`, and good still. */
export function checkLetter(
  letter: CopyLetter,
  sender: DeviceCertificate,
  { copyId, patientNumber, keys, nowMs }: ExpectedCopy,
): Copied<CopyLetter> {
  if (sender.kind !== 'station' || letter.from !== sender.keyId) return notCopied('untrusted')
  if (letter.copyId !== copyId || letter.keys !== keys) return notCopied('tampered')
  if (letter.patientNumber !== patientNumber) return notCopied('wrong-patient')
  const { madeMs, expiresMs } = letter
  if (expiresMs - madeMs > sealing.mostMs || madeMs > nowMs + freshMs) return notCopied('tampered')
  return nowMs < expiresMs ? copied(letter) : notCopied('expired')
}
