/**
 * Whether an offer or an answer may be believed: pure rules over texts and booleans; keys, hashes and signatures are
 * `io`'s. Rules are numbered in SPEC.md.
 */
import type { Party } from '../protocol/people.ts'
import type { Certificate, DeviceCertificate, Statement } from '../protocol/proof.ts'

export type { DeviceCertificate }

/** Why a link is not verified. Data, not errors: `ui/words` has a sentence for each. */
export const proofFailures = [
  /** This device has no certificate yet. */
  'uncertified',
  /** The other end signed nothing. */
  'no-proof',
  'malformed',
  /** Not exactly one fingerprint, or one of another kind than SHA-256. */
  'bad-fingerprint',
  'bad-signature',
  /** It does not lead to the root that is pinned here. */
  'untrusted',
  'expired-certificate',
  'wrong-call',
  'replayed',
  'stale',
  /** Said to somebody else, or by another device than the screen shows. */
  'wrong-peer',
  'wrong-fingerprint',
] as const
export type ProofFailure = (typeof proofFailures)[number]

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: ProofFailure }

/** [PROOF-6] How far a statement's time may lie from the reader's, both by the server's clock. */
export const freshMs = 60_000

function fail(failure: ProofFailure): { readonly ok: false; readonly failure: ProofFailure } {
  return { ok: false, failure }
}

/**
 * [PROOF-1] The one SHA-256 fingerprint of a description, upper case (RFC 8122 §5). Of two lines Chromium obeys the
 * last, others the first: whatever mentions a fingerprint in any other way is refused, so that there is nothing about
 * which a browser and this reader could disagree.
 */
export function fingerprintOf(sdp: string): Checked<string> {
  const lines = [...sdp.matchAll(/^a=fingerprint:sha-256 ([0-9a-f]{2}(?::[0-9a-f]{2}){31})\r?$/gim)]
  const mentions = sdp.match(/fingerprint/gi)?.length ?? 0
  const distinct = new Set(lines.map(([, digits = '']) => digits.toUpperCase()))
  const [only] = distinct
  if (only === undefined || distinct.size > 1 || mentions !== lines.length) return fail('bad-fingerprint')
  return { ok: true, value: only }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The first 128 bits of a key's id as people compare them: eight groups of four hexadecimal digits. */
export function digitsOf(keyId: string): string {
  const bits = [...keyId]
    .map((character) => alphabet.indexOf(character).toString(2).padStart(6, '0'))
    .join('')
  const nibbles = bits.match(/.{4}/g) ?? []
  const hex = nibbles.slice(0, 32).map((nibble) => Number.parseInt(nibble, 2).toString(16).toUpperCase())
  return (hex.join('').match(/.{4}/g) ?? []).join(' ')
}

/** A certificate with what `io` found out about it; `certificate` null: its text is none. */
export type ChainLink = {
  readonly certificate: Certificate | null
  /** SHA-256 of the key it contains, base64url. */
  readonly keyId: string
  /** Whether the key of the next one, for the root its own, signed its exact text. */
  readonly isSigned: boolean
}

type Kind = Certificate['kind']

/** [PROOF-3] What stands where in a chain, by its length: nothing but a station signs guests, and it signs nothing else. */
const orders: Readonly<Record<number, readonly (readonly Kind[])[]>> = {
  3: [['bed', 'station'], ['admin'], ['root']],
  4: [['guest'], ['station'], ['admin'], ['root']],
}

/** [PROOF-3] The device at the head of a chain, when each link holds up to the root that is pinned here. */
export function checkChain(
  chain: readonly ChainLink[],
  pinnedRoot: string,
  nowMs: number,
): Checked<DeviceCertificate> {
  const certificates = chain.flatMap(({ certificate }) => certificate ?? [])
  const [device, root, order] = [certificates[0], certificates.at(-1), orders[chain.length]]
  if (!device || !root || !order || certificates.length !== chain.length) return fail('malformed')
  if (!isDevice(device) || root.keyId !== pinnedRoot) return fail('untrusted')
  if (!certificates.every(({ kind }, index) => order[index]?.includes(kind))) return fail('untrusted')
  for (const [index, { keyId, isSigned }] of chain.entries()) {
    const [own, issuer] = [certificates[index], certificates[index + 1] ?? root]
    if (own?.keyId !== keyId || !isSigned) return fail('untrusted')
    if (own.issuer !== issuer.keyId || own.organisation !== root.organisation) return fail('untrusted')
  }
  if (!certificates.every((certificate) => isCurrent(certificate, nowMs))) return fail('expired-certificate')
  return { ok: true, value: device }
}

function isDevice(certificate: Certificate): certificate is DeviceCertificate {
  return certificate.kind !== 'admin' && certificate.kind !== 'root'
}

/** [PROOF-3] An administrator's certificate with the root's behind it; of use before any device is signed. */
export function checkGrant(links: readonly ChainLink[], nowMs: number): Checked<Certificate> {
  const [admin, root] = links.map(({ certificate }) => certificate)
  if (admin?.kind !== 'admin' || root?.kind !== 'root' || links.length !== 2) return fail('malformed')
  const isWhole = links.every((link) => link.isSigned && link.certificate?.keyId === link.keyId)
  const isUnderRoot = admin.issuer === root.keyId && root.issuer === root.keyId
  if (!isWhole || !isUnderRoot || admin.organisation !== root.organisation) return fail('untrusted')
  if (!isCurrent(admin, nowMs) || !isCurrent(root, nowMs)) return fail('expired-certificate')
  return { ok: true, value: admin }
}

/** Within its time, with the tolerance of a statement's. */
export function isCurrent({ notBeforeMs, notAfterMs }: Certificate, nowMs: number): boolean {
  return nowMs >= notBeforeMs - freshMs && nowMs <= notAfterMs
}

/** What the reader of a statement knows by itself. */
export type Expected = Pick<Statement, 'kind' | 'callId' | 'epoch' | 'negotiation'> & {
  /** What it may follow, by hash: an answer its offer, an offer any answer since the one that its maker last heard. */
  readonly previous: readonly Statement['previous'][]
  /** The key that speaks on this link; null: none has yet. */
  readonly from: string | null
  /** Of the description that came with it (PROOF-1). */
  readonly fingerprint: string
  /** Whom the screen here shows. */
  readonly peer: Party
  /** The table that this link is at. */
  readonly tableId: string
  /** How the reader is addressed: `addressOf`, or in an answer its key. */
  readonly me: string
  /** The nonces of this call so far. */
  readonly seen: ReadonlySet<string>
  /** By the server's clock. */
  readonly nowMs: number
}

export function addressOf(party: Party): string {
  switch (party.type) {
    case 'bed':
      return `bed:${party.bedId}`
    case 'staff':
      return `staff:${party.staffId}`
    case 'guest':
      return `guest:${party.guestId}`
  }
}

/** [PROOF-4] [PROOF-5] [PROOF-6] Whether `sender` said this, here and now, to me, of this very description. */
export function checkStatement(
  said: Statement,
  sender: DeviceCertificate,
  expected: Expected,
): Checked<DeviceCertificate> {
  if (said.from !== sender.keyId) return fail('bad-signature')
  if (said.callId !== expected.callId) return fail('wrong-call')
  if (said.epoch !== expected.epoch || said.negotiation !== expected.negotiation) return fail('replayed')
  if (said.kind !== expected.kind || !expected.previous.includes(said.previous)) return fail('replayed')
  if (expected.from !== null && said.from !== expected.from) return fail('replayed')
  if (expected.seen.has(said.nonce)) return fail('replayed')
  if (Math.abs(said.atMs - expected.nowMs) > freshMs) return fail('stale')
  if (said.to !== expected.me || !isAt(sender, expected) || !isWho(sender, expected.peer))
    return fail('wrong-peer')
  if (said.fingerprint !== expected.fingerprint) return fail('wrong-fingerprint')
  return { ok: true, value: sender }
}

/** [PROOF-5] A guest speaks at the table they were vouched for, and at no other; whoever has a visit in all calls of that visit. */
function isAt(sender: DeviceCertificate, { tableId }: Pick<Expected, 'tableId'>): boolean {
  return sender.kind !== 'guest' || sender.tableId === tableId || sender.tableId === sender.guestId
}

/** [PROOF-5] A bed is the bed of the screen by id, label and ward; staff come from a station; a guest is who was vouched for. */
export function isWho(sender: DeviceCertificate, peer: Party): boolean {
  if (peer.type === 'staff') return sender.kind === 'station'
  if (peer.type === 'guest')
    return sender.kind === 'guest' && sender.guestId === peer.guestId && sender.label === peer.name
  if (sender.kind !== 'bed') return false
  return sender.bedId === peer.bedId && sender.bed === peer.label && sender.ward === peer.ward
}

/**
 * [PROOF-6] Whether a link that such a description came on is at an end. One that waited somewhere for too long is no lie:
 * it is not taken, and that is all.
 */
export function endsLink(failure: ProofFailure): boolean {
  return failure !== 'stale'
}
