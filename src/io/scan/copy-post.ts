/** Sends one copy that waits here: whom it is sealed to, its letter, its pieces; each step may be the last and is gone on with. */
import * as v from 'valibot'
import { nextPiece } from '../../core/scan/copying.ts'
import { arrived, type CopyEnvelope, recipients } from '../../protocol/scan-copies.ts'
import { mostSealedKeys } from '../../protocol/scan-copy.ts'
import type { ApiFailure, Result } from '../../state/ports.ts'
import type { CopyPosted, CopyStop } from '../../state/scan-copies-ports.ts'
import { type ReadCopy, readKept } from './copy-kept.ts'
import type { KeptCopy } from './copy-shelf.ts'
import { type CopyWorld, isFinal, isNoRoom } from './copy-world.ts'
import { openFile, sealKeyTo, type TrustedSealingKey, trustedSealingKey, writeLetter } from './sealed.ts'

type Failed = ApiFailure | { readonly stop: CopyStop }
const stopped = (stop: CopyStop) => ({ ok: false, failure: { stop } }) as const

/** [COPY-3] Each key once, this device's own first; who cannot be believed is left out. */
async function keysFor(
  { ask, self }: CopyWorld,
  { about: { to } }: ReadCopy,
  root: string,
  nowMs: number,
): Promise<Result<readonly TrustedSealingKey[], Failed>> {
  const found = await ask('POST', '/copies/recipients', { to }, recipients)
  if (!found.ok) return found
  const checked = await Promise.all(found.value.keys.map(({ key }) => trustedSealingKey(key, root, nowMs)))
  const trusted = checked.flatMap((one) => (one.ok ? one.value : []))
  if (trusted.length === 0 && found.value.keys.length > 0) return stopped('untrusted')
  const each = new Map([await self.own(), ...trusted].map((key) => [key.keyId, key]))
  return { ok: true, value: [...each.values()].slice(0, mostSealedKeys) }
}

async function writeEnvelope(
  world: CopyWorld,
  kept: KeptCopy,
  read: ReadCopy,
  nowMs: number,
): Promise<Result<CopyEnvelope, Failed>> {
  const { copyId, lastsMs } = kept
  const { content, about } = read
  const signer = await world.self.signer()
  if (!signer) return stopped('uncertified')
  const to = await keysFor(world, read, signer.root, nowMs)
  if (!to.ok) return to
  const bound = { copyId, patientNumber: about.patientNumber }
  const sealed = await world.shelf.file(copyId, 0)
  const contents = sealed && (await openFile(content, { ...bound, file: 0 }, sealed))
  if (!contents?.ok) return stopped('unreadable')
  const keys = (await Promise.all(to.value.map((key) => sealKeyTo(key, content, bound)))).flatMap(
    (key) => key ?? [],
  )
  // A device whose clock is ahead of the server's makes nothing in the future.
  const madeMs = Math.min(kept.madeMs, nowMs)
  const letter = await writeLetter(
    { ...bound, from: signer.keyId, madeMs, expiresMs: madeMs + lastsMs },
    new TextDecoder().decode(contents.value),
    keys,
    signer.seal,
  )
  return { ok: true, value: { letter, chain: signer.chain, keys } }
}

/** The one that was written before, so that the server is told of one copy and not of two; else a new one, kept first. */
async function envelopeOf(world: CopyWorld, kept: KeptCopy, read: ReadCopy, nowMs: number) {
  const before = read.about.envelope
  if (before) return { ok: true, value: before } as const
  const written = await writeEnvelope(world, kept, read, nowMs)
  if (written.ok) await world.shelf.change(kept.copyId, { about: await read.sealed(written.value) })
  return written
}

export type PostParts = {
  readonly nowMs: () => number
  readonly hear: (bytes: number, ofBytes: number) => void
  readonly over: AbortSignal
}

/** [COPY-10] */
export async function postCopy(world: CopyWorld, copyId: string, parts: PostParts): Promise<CopyPosted> {
  const { shelf, ask } = world
  const kept = await shelf.get(copyId)
  if (!kept) return { type: 'gone' }
  if (kept.stop) return { type: 'stopped', why: kept.stop }
  const end = async (why: Failed): Promise<CopyPosted> => {
    if (typeof why === 'string' && !isFinal(why) && !isNoRoom(why)) return { type: 'later' }
    const stop = typeof why !== 'string' ? why.stop : isNoRoom(why) ? 'no-room' : 'refused'
    return (await shelf.change(copyId, { stop })) ? { type: 'stopped', why: stop } : { type: 'gone' }
  }
  const nowMs = parts.nowMs()
  if (nowMs >= kept.madeMs + kept.lastsMs) return await end({ stop: 'expired' })
  const read = await readKept(world.self, kept)
  if (!read) return await end({ stop: 'unreadable' })
  const envelope = await envelopeOf(world, kept, read, nowMs)
  if (!envelope.ok) return await end(envelope.failure)
  // The server takes letters of devices alone on which their sender has signed in.
  const key = await world.self.certified(nowMs)
  if (!key) return await end({ stop: 'uncertified' })
  const known = await ask('POST', '/copies/key', { key }, v.unknown())
  if (!known.ok) return await end(known.failure)
  const said = { to: read.about.to, envelope: envelope.value, files: kept.lengths }
  const there = await ask('POST', '/copies', said, arrived)
  if (!there.ok) return await end(there.failure)
  const sent = await sendPieces(world, kept, there.value.files, parts)
  if (sent === 'whole') await shelf.drop(copyId)
  if (sent === 'whole') return { type: 'sent' }
  if (sent === 'gone' || sent === 'later') return { type: sent }
  return await end(sent)
}

/** A large file is read once for all of its pieces. */
function lastOf<T>(read: (file: number) => Promise<T>): (file: number) => Promise<T> {
  let last: { readonly file: number; readonly found: Promise<T> } | null = null
  return (file) => {
    if (last?.file !== file) last = { file, found: read(file) }
    return last.found
  }
}

/** A server that takes nothing and says nothing of why is asked again later. */
const mostMisses = 3

async function sendPieces(
  { shelf, pieces, pieceBytes }: CopyWorld,
  { copyId, lengths }: KeptCopy,
  has: readonly number[],
  { hear, over }: PostParts,
): Promise<'whole' | 'gone' | 'later' | Failed> {
  const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
  const fileOf = lastOf((file) => shelf.file(copyId, file))
  let there = has
  let misses = 0
  for (;;) {
    hear(sum(there), sum(lengths))
    const piece = nextPiece(lengths, there, pieceBytes)
    if (piece === 'whole') return 'whole'
    if (piece === 'wrong') return { stop: 'refused' }
    const { file, from, to } = piece
    const bytes = await fileOf(file)
    if (over.aborted) return 'later'
    // Given up meanwhile.
    if (!bytes) return 'gone'
    const sent = await pieces.send(copyId, file, from, bytes.slice(from, to))
    if (!sent.ok) return sent.failure
    misses = sent.value > from ? 0 : misses + 1
    if (misses === mostMisses) return 'later'
    there = there.with(file, sent.value)
  }
}
