/** Seals copies of scans for devices, and opens them: AES-256-GCM in chunks, the content key by HPKE (RFC 9180). */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { checkChain } from '../../core/proof.ts'
import {
  type Bound,
  boundText,
  type Copied,
  checkLetter,
  checkSealingKey,
  copied,
  type ExpectedCopy,
  keyAbout,
  keyInfo,
  nonceOf,
  notCopied,
  plainChunks,
  sealedChunks,
  sealedLength,
  sealing,
} from '../../core/scan/sealed.ts'
import { type Chain, decodeCertificate, type Signed } from '../../protocol/proof.ts'
import {
  type CertifiedSealingKey,
  type CopyLetter,
  decodeCopyLetter,
  decodeSealingKey,
  type SealedKey,
  sealedKeysText,
} from '../../protocol/scan-copy.ts'
import { base64url, examine, fromBase64url, hashOf, isSealed, keyIdOf } from '../seal.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What all files of one copy are sealed with. In memory of the sender, and sealed to recipients; nowhere else. */
export type ContentKey = Bytes
export const newContentKey = (): ContentKey => crypto.getRandomValues(new Uint8Array(32))

const utf8 = (text: string): Bytes => new TextEncoder().encode(text)

const suite = new CipherSuite({
  kem: new DhkemP256HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
})

/**
 * Each sealing of each file has a key of its own, derived from chance at its head: the counters of chunks may begin anew, and
 * a file that is sealed twice repeats nothing.
 */
async function fileKey(content: ContentKey, salt: Bytes, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', content, 'HKDF', false, ['deriveKey'])
  const how = { name: 'HKDF', hash: 'SHA-256', salt, info: utf8('bedside-copy-file/1') }
  return await crypto.subtle.deriveKey(how, material, { name: 'AES-GCM', length: 256 }, false, [usage])
}

const terms = (chunk: number, isLast: boolean, additionalData: Bytes): AesGcmParams => ({
  name: 'AES-GCM',
  iv: nonceOf(chunk, isLast),
  additionalData,
  tagLength: sealing.tagBytes * 8,
})

/** [COPY-2] */
export async function sealFile(content: ContentKey, bound: Bound, file: Bytes): Promise<Bytes> {
  const salt = crypto.getRandomValues(new Uint8Array(sealing.saltBytes))
  const [key, about] = [await fileKey(content, salt, 'encrypt'), utf8(boundText(bound))]
  const whole = new Uint8Array(sealedLength(file.length))
  whole.set(salt)
  let at = salt.length
  for (const [index, { from, to, isLast }] of plainChunks(file.length).entries()) {
    const chunk = await crypto.subtle.encrypt(terms(index, isLast, about), key, file.subarray(from, to))
    whole.set(new Uint8Array(chunk), at)
    at += chunk.byteLength
  }
  return whole
}

/** [COPY-2] The whole file, or nothing of it. */
export async function openFile(content: ContentKey, bound: Bound, sealed: Bytes): Promise<Copied<Bytes>> {
  const chunks = sealedChunks(sealed.length)
  if (!chunks) return notCopied('tampered')
  const key = await fileKey(content, sealed.slice(0, sealing.saltBytes), 'decrypt')
  const about = utf8(boundText(bound))
  const whole = new Uint8Array(sealed.length - sealing.saltBytes - chunks.length * sealing.tagBytes)
  try {
    for (const [index, { from, to, isLast }] of chunks.entries()) {
      const chunk = await crypto.subtle.decrypt(terms(index, isLast, about), key, sealed.subarray(from, to))
      whole.set(new Uint8Array(chunk), index * sealing.chunkBytes)
    }
    return copied(whole)
  } catch {
    whole.fill(0)
    return notCopied('tampered')
  }
}

const ecdh = { name: 'ECDH', namedCurve: 'P-256' }

/** Null when it is no key of this kind. */
async function sealingKeyOf(publicKey: string): Promise<CryptoKey | null> {
  const spki = fromBase64url(publicKey)
  if (!spki) return null
  try {
    return await crypto.subtle.importKey('spki', spki, ecdh, true, [])
  } catch {
    return null
  }
}

/** A key that copies may be sealed to: `trustedSealingKey` gives it. */
export type TrustedSealingKey = { readonly keyId: string; readonly publicKey: string }

/** [COPY-1] Null when the key is no point of the curve. */
export async function sealKeyTo(
  { keyId, publicKey }: TrustedSealingKey,
  content: ContentKey,
  { copyId, patientNumber }: Pick<Bound, 'copyId' | 'patientNumber'>,
): Promise<SealedKey | null> {
  const recipientPublicKey = await sealingKeyOf(publicKey)
  if (!recipientPublicKey) return null
  const to = { recipientPublicKey, info: utf8(keyInfo(copyId, keyId)) }
  const { enc, ct } = await suite.seal(to, content, utf8(keyAbout(patientNumber)))
  return { to: keyId, enc: base64url(enc), key: base64url(ct) }
}

/** A device's own key for copies; the private half cannot leave the browser. */
export type OwnSealingKey = { readonly keyId: string; readonly pair: CryptoKeyPair }

/** [COPY-1] */
export async function openKey(
  { keyId, pair }: OwnSealingKey,
  keys: readonly SealedKey[],
  { copyId, patientNumber }: Pick<Bound, 'copyId' | 'patientNumber'>,
): Promise<Copied<ContentKey>> {
  const mine = keys.find(({ to }) => to === keyId)
  if (!mine) return notCopied('not-for-us')
  const [enc, sealed] = [fromBase64url(mine.enc), fromBase64url(mine.key)]
  if (!enc || !sealed) return notCopied('malformed')
  try {
    const how = { recipientKey: pair, enc, info: utf8(keyInfo(copyId, keyId)) }
    const content = new Uint8Array(await suite.open(how, sealed, utf8(keyAbout(patientNumber))))
    return content.length === 32 ? copied(content) : notCopied('tampered')
  } catch {
    return notCopied('tampered')
  }
}

/** The station at the head of a chain that leads to `root`, if it signed this text. */
async function signerOf({ text, signature }: Signed, chain: Chain, root: string, nowMs: number) {
  const checked = checkChain(await examine(chain), root, nowMs)
  const certificate = decodeCertificate(chain[0]?.text ?? '')
  if (!checked.ok || !certificate) return null
  return (await isSealed({ text, signature }, certificate.publicKey)) ? checked.value : null
}

/** [COPY-3] The key in a device's statement, if its chain leads to the root that is pinned here. */
export async function trustedSealingKey(
  { statement, chain }: CertifiedSealingKey,
  root: string,
  nowMs: number,
): Promise<Copied<TrustedSealingKey>> {
  const said = decodeSealingKey(statement.text)
  if (!said) return notCopied('malformed')
  const signer = await signerOf(statement, chain, root, nowMs)
  if (!signer) return notCopied('untrusted')
  const checked = checkSealingKey(said, signer, nowMs)
  if (!checked.ok) return checked
  const { publicKey } = checked.value
  if (!(await sealingKeyOf(publicKey))) return notCopied('malformed')
  return copied({ keyId: await keyIdOf(publicKey), publicKey })
}

/** What a copy comes with, beside its sealed files. */
export type Envelope = { readonly letter: Signed; readonly chain: Chain; readonly keys: readonly SealedKey[] }

/** [COPY-4] The letter that goes with a copy; `seal` signs with the device's own key. */
export async function writeLetter(
  about: Omit<CopyLetter, 'v' | 'context' | 'keys' | 'contents'>,
  contents: string,
  keys: readonly SealedKey[],
  seal: (text: string) => Promise<Signed>,
): Promise<Signed> {
  const letter: CopyLetter = {
    v: 1,
    context: 'bedside-copy/1',
    ...about,
    contents: await hashOf(contents),
    keys: await hashOf(sealedKeysText(keys)),
  }
  return await seal(JSON.stringify(letter))
}

export type OpenedCopy = {
  readonly letter: CopyLetter
  /** The list of contents, as its sender wrote it. */
  readonly contents: string
  /** A file of it, counted from 1; nothing of it unless it is whole. */
  readonly file: (file: number, sealed: Bytes) => Promise<Copied<Bytes>>
}

/**
 * [COPY-4] Opens a copy: whose letter it is comes first, then whether it is good still and for this device, then its list of
 * contents. `root` is the one that is pinned here.
 */
export async function openCopy(
  { letter, chain, keys }: Envelope,
  sealedContents: Bytes,
  own: OwnSealingKey,
  root: string,
  expected: Omit<ExpectedCopy, 'keys'>,
): Promise<Copied<OpenedCopy>> {
  const said = decodeCopyLetter(letter.text)
  if (!said) return notCopied('malformed')
  const sender = await signerOf(letter, chain, root, expected.nowMs)
  if (!sender) return notCopied('untrusted')
  const checked = checkLetter(said, sender, { ...expected, keys: await hashOf(sealedKeysText(keys)) })
  if (!checked.ok) return checked
  const content = await openKey(own, keys, said)
  if (!content.ok) return content
  const opened = await openFile(content.value, { ...said, file: 0 }, sealedContents)
  if (!opened.ok) return opened
  const contents = new TextDecoder().decode(opened.value)
  if ((await hashOf(contents)) !== said.contents) return notCopied('tampered')
  return copied({
    letter: said,
    contents,
    file: (file, sealed) => openFile(content.value, { ...said, file }, sealed),
  })
}
