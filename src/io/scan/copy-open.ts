/** Opens one received copy in memory: its letter first, then its list of contents, then file after file. And seals one's own anew. */
import * as v from 'valibot'
import { checkContents, forMoreKeys } from '../../core/scan/copying.ts'
import { copyLimits, envelopeAnswer, type RecipientKey } from '../../protocol/scan-copies.ts'
import { mostSealedKeys, sealedKeysText } from '../../protocol/scan-copy.ts'
import type { ApiFailure, Result } from '../../state/ports.ts'
import type { CopiesPort, CopyAsked, CopyTrouble } from '../../state/scan-copies-ports.ts'
import { hashOf } from '../seal.ts'
import { type CopyWorld, isFinal } from './copy-world.ts'
import { openCopy, openKey, sealKeyTo, trustedSealingKey } from './sealed.ts'
import { sha256 } from './sha256.ts'

type Bytes = Uint8Array<ArrayBuffer>
type OpenHear = Parameters<CopiesPort['open']>[2]

const failed = (failure: CopyTrouble) => ({ ok: false, failure }) as const
const troubleOf = (failure: ApiFailure): CopyTrouble => (isFinal(failure) ? 'withdrawn' : 'unreachable')

/** A way that breaks so often, one time after the other, without a byte is no way. */
const mostMisses = 3

type Fetching = { hear(bytes: number): void; readonly over: AbortSignal }

/** A file as it was sealed, from where the way broke; more than it should be is somebody else's. */
async function fetchWhole(
  { pieces }: CopyWorld,
  copyId: string,
  file: number,
  length: number,
  { hear, over }: Fetching,
): Promise<Result<Bytes, CopyTrouble>> {
  const bytes = new Uint8Array(length)
  let [at, misses, isTooMuch] = [0, 0, false]
  while (at < length) {
    const before = at
    const answer = await pieces.fetch(
      copyId,
      file,
      at,
      (some) => {
        isTooMuch ||= at + some.length > length
        if (isTooMuch) return 'enough'
        bytes.set(some, at)
        at += some.length
        hear(some.length)
        return 'more'
      },
      over,
    )
    if (over.aborted) return failed('stopped')
    if (isTooMuch) return failed('tampered')
    if (!answer.ok && isFinal(answer.failure)) return failed('withdrawn')
    misses = at > before ? 0 : misses + 1
    if (misses === mostMisses) return failed('unreachable')
  }
  return { ok: true, value: bytes }
}

/** [COPY-4] The letter and the list of contents; whose it is and whether it is good still are known before any picture. */
async function openLetter(world: CopyWorld, asked: CopyAsked, nowMs: number, fetching: Fetching) {
  const { copyId, patientNumber, expiresMs } = asked
  if (nowMs >= expiresMs) return failed('expired')
  const signer = await world.self.signer()
  if (!signer) return failed('uncertified')
  const answer = await world.ask('GET', '/copies/envelope', { copyId }, envelopeAnswer)
  if (!answer.ok) return failed(troubleOf(answer.failure))
  const { envelope, files } = answer.value
  const total = files.reduce((sum, one) => sum + one, 0)
  const [first] = files
  if (first === undefined || files.length > copyLimits.files || total > copyLimits.bytes)
    return failed('tampered')
  const own = await world.self.own()
  // Nothing of it is handed out to a device that it is not sealed to; whose letter it is is read all the same.
  const isMine = envelope.keys.some(({ to }) => to === own.keyId)
  const sealed = isMine
    ? await fetchWhole(world, copyId, 0, first, fetching)
    : { ok: true as const, value: new Uint8Array(0) }
  if (!sealed.ok) return sealed
  const opened = await openCopy(envelope, sealed.value, own, signer.root, { copyId, patientNumber, nowMs })
  if (!opened.ok) return opened
  return { ok: true, value: { ...{ envelope, files, signer, own, total }, opened: opened.value } } as const
}

/** [COPY-11] */
export async function openReceived(
  world: CopyWorld,
  asked: CopyAsked,
  nowMs: number,
  hear: OpenHear,
  over: AbortSignal,
): Promise<Result<null, CopyTrouble>> {
  let come = 0
  let total = 0
  const fetching: Fetching = {
    hear(bytes) {
      come += bytes
      if (total > 0) hear.progress(come, total)
    },
    over,
  }
  const letter = await openLetter(world, asked, nowMs, fetching)
  if (!letter.ok) return letter
  const { opened, files } = letter.value
  total = letter.value.total
  const contents = checkContents(opened.contents, asked, files)
  if (!contents.ok) return contents
  hear.contents(contents.value)
  for (const [index, named] of contents.value.files.entries()) {
    const sealed = await fetchWhole(world, asked.copyId, index + 1, files[index + 1] ?? 0, fetching)
    if (!sealed.ok) return sealed
    const plain = await opened.file(index + 1, sealed.value)
    if (!plain.ok) return plain
    const isRight = (await sha256(plain.value)) === named.sha256
    if (!isRight || over.aborted) plain.value.fill(0)
    if (over.aborted) return failed('stopped')
    if (!isRight) return failed('tampered')
    await hear.file(index, plain.value.buffer)
  }
  return { ok: true, value: null }
}

/** [COPY-13] Only one's own letter is written anew, and it says the same of the same contents; keys are checked as at first. */
export async function resealCopy(
  world: CopyWorld,
  asked: CopyAsked,
  to: readonly RecipientKey[],
  nowMs: number,
): Promise<Result<readonly string[], CopyTrouble>> {
  const found = await openLetter(world, asked, nowMs, { hear() {}, over: new AbortController().signal })
  if (!found.ok) return found
  const { envelope, signer, own, opened: before } = found.value
  const content = await openKey(own, envelope.keys, asked)
  if (!content.ok) return content
  const has = new Set(envelope.keys.map((key) => key.to))
  const added = []
  let isStrange = false
  for (const { staffId, key } of to) {
    const trusted = await trustedSealingKey(key, signer.root, nowMs)
    isStrange ||= !trusted.ok
    if (!trusted.ok || has.has(trusted.value.keyId)) continue
    const sealed = await sealKeyTo(trusted.value, content.value, asked)
    if (sealed) added.push({ staffId, sealed })
    has.add(trusted.value.keyId)
  }
  content.value.fill(0)
  if (added.length === 0) return isStrange ? failed('untrusted') : { ok: true, value: [] }
  const keys = [...envelope.keys, ...added.map(({ sealed }) => sealed)].slice(0, mostSealedKeys)
  const letter = forMoreKeys(before.letter, signer.keyId, await hashOf(sealedKeysText(keys)))
  if (!letter.ok) return letter
  const text = JSON.stringify(letter.value)
  const renewed = { letter: await signer.seal(text), chain: signer.chain, keys }
  const answer = await world.ask(
    'POST',
    '/copies/reseal',
    { copyId: asked.copyId, envelope: renewed },
    v.unknown(),
  )
  if (!answer.ok) return failed(troubleOf(answer.failure))
  return { ok: true, value: added.map(({ staffId }) => staffId) }
}
