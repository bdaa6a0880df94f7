/** What devices say with their certified keys about copies, judged as recipients judge it; the server keeps no secret of theirs. */
import { checkChain, type DeviceCertificate, freshMs } from '../../core/proof.ts'
import { isSameCopy } from '../../core/scan/copies.ts'
import { type Copied, checkLetter, checkSealingKey, copied, notCopied } from '../../core/scan/sealed.ts'
import { type Chain, decodeCertificate, type Signed } from '../../protocol/proof.ts'
import type { CopyEnvelope } from '../../protocol/scan-copies.ts'
import {
  type CertifiedSealingKey,
  type CopyLetter,
  decodeCopyLetter,
  decodeSealingKey,
  sealedKeysText,
} from '../../protocol/scan-copy.ts'
import { examine, isPublicKey, isSealed, keyIdOf, sha256 } from '../authority.ts'
import { rootOf } from '../certificates.ts'
import type { Db } from '../store/store.ts'

/** A key that copies may be sealed to, and the device that says so. */
export type SealingKey = { readonly keyId: string; readonly signer: string; readonly madeMs: number }

/** The device at the head of a chain that leads to `root`, if it signed this text. */
function signerOf(signed: Signed, chain: Chain, root: string, nowMs: number): DeviceCertificate | null {
  const checked = checkChain(examine(chain), root, nowMs)
  const publicKey = decodeCertificate(chain[0]?.text ?? '')?.publicKey
  if (!checked.ok || publicKey === undefined || !isSealed(signed, publicKey)) return null
  return checked.value
}

/** [COPY-3] */
export async function sealingKeyIn(
  db: Db,
  { statement, chain }: CertifiedSealingKey,
  nowMs: number,
): Promise<Copied<SealingKey>> {
  const [root, said] = [await rootOf(db), decodeSealingKey(statement.text)]
  if (!said || !isPublicKey(said.publicKey)) return notCopied('malformed')
  const signer = root && signerOf(statement, chain, root.keyId, nowMs)
  if (!signer) return notCopied('untrusted')
  const checked = checkSealingKey(said, signer, nowMs)
  if (!checked.ok) return checked
  return copied({ keyId: keyIdOf(said.publicKey), signer: said.signer, madeMs: said.madeMs })
}

/** Said just now: whoever hands it in holds the device's key, and has it from nobody else. */
export function isFresh({ madeMs }: SealingKey, nowMs: number): boolean {
  return Math.abs(nowMs - madeMs) <= freshMs
}

/** [COPY-4] [COPY-5] What a copy's letter says, if it is a station's of ours, of these keys, and good still. */
export async function letterIn(
  db: Db,
  { letter, chain, keys }: CopyEnvelope,
  nowMs: number,
): Promise<Copied<CopyLetter>> {
  const [root, said] = [await rootOf(db), decodeCopyLetter(letter.text)]
  if (!said) return notCopied('malformed')
  const sender = root && signerOf(letter, chain, root.keyId, nowMs)
  if (!sender) return notCopied('untrusted')
  // Of which copy and patient it is, it says itself: the sender alone can know.
  const { copyId, patientNumber } = said
  return checkLetter(said, sender, { copyId, patientNumber, keys: sha256(sealedKeysText(keys)), nowMs })
}

/** [COPY-8] The letter of a copy that is sealed anew. */
export async function letterAnew(
  db: Db,
  anew: CopyEnvelope,
  before: CopyEnvelope,
  nowMs: number,
): Promise<Copied<CopyLetter>> {
  const [first, letter] = [decodeCopyLetter(before.letter.text), await letterIn(db, anew, nowMs)]
  if (!letter.ok) return letter
  return first && isSameCopy(first, letter.value) ? letter : notCopied('tampered')
}
