/** Signs what leaves on one link and judges what arrives on it, so that no server comes between (HZ-10). */
import {
  addressOf,
  type Checked,
  checkChain,
  checkStatement,
  type DeviceCertificate,
  fingerprintOf,
} from '../core/proof.ts'
import type { Signal } from '../protocol/call.ts'
import {
  type Chain,
  decodeCertificate,
  decodeStatement,
  type Proof,
  type Statement,
} from '../protocol/proof.ts'
import type { LinkTerms } from '../state/ports.ts'
import { base64url, examine, hashOf, isSealed, seal } from './seal.ts'

/** As what a link is signed. */
export type Signer = 'bed' | 'station' | 'guest'

/** What this device signs with, and the root it was told to trust. */
export type Credentials = {
  readonly privateKey: CryptoKey
  readonly chain: Chain
  readonly root: string
}

export type Description = Extract<Signal, { proof: unknown }>

export type Notary = {
  /** Of this end's own key; empty where it has none. */
  readonly keyId: string
  /** The proof of a description of ours. Null: this device has no certificate, or the description is not one. */
  sign(type: Description['type'], negotiation: number, sdp: string): Promise<Proof | null>
  check(description: Description): Promise<Checked<DeviceCertificate>>
  /** The fingerprint the peer last signed, upper case with colons; null before it signed one. */
  agreed(): string | null
}

/** `seen`: the nonces of this call, over all its links; what is believed is added. */
export function createNotary(
  credentials: Credentials | null,
  { callId, epoch, me, peer, tableId, serverNowMs }: LinkTerms,
  seen: Set<string>,
): Notary {
  const own = credentials && decodeCertificate(credentials.chain[0]?.text ?? '')
  /** Hashes of this link's statements: an answer names the last offer's, a later offer that of an answer it follows. */
  let offered: string | null = null
  let answers: (string | null)[] = [null]
  /** The key at the other end. */
  let theirs: string | null = null
  let agreed: string | null = null

  /** A bed and a guest go by the name in their own certificate, not by what the server calls them. */
  function myAddress(type: Description['type']): string {
    if (type === 'answer') return own?.keyId ?? ''
    if (own?.kind === 'guest') return `guest:${own.guestId}`
    return own?.kind === 'bed' ? `bed:${own.bedId}` : addressOf(me)
  }

  /**
   * One that offers anew before an answer has come knows only an older one; what is older than that it cannot name again.
   * Whoever made the offers hears of every answer that counts.
   */
  async function remember(type: Description['type'], text: string, isMine: boolean): Promise<void> {
    const hash = await hashOf(text)
    if (type === 'offer') offered = hash
    else answers = isMine ? [...answers, hash] : [hash]
  }

  return {
    keyId: own?.keyId ?? '',

    async sign(type, negotiation, sdp) {
      const mine = fingerprintOf(sdp)
      if (!credentials || !own || !mine.ok) return null
      const said: Statement = {
        v: 1,
        context: 'bedside/1',
        kind: type,
        callId,
        epoch,
        negotiation,
        from: own.keyId,
        to: type === 'offer' ? addressOf(peer) : (theirs ?? ''),
        fingerprint: mine.value,
        nonce: base64url(crypto.getRandomValues(new Uint8Array(16))),
        atMs: Math.round(serverNowMs()),
        previous: type === 'offer' ? (answers.at(-1) ?? null) : offered,
      }
      const statement = await seal(credentials.privateKey, JSON.stringify(said))
      await remember(type, statement.text, true)
      return { statement, chain: credentials.chain }
    },

    async check({ type, negotiation, sdp, proof }) {
      if (!credentials) return { ok: false, failure: 'uncertified' }
      const found = fingerprintOf(sdp)
      if (!found.ok) return found
      if (!proof) return { ok: false, failure: 'no-proof' }
      const nowMs = serverNowMs()
      const sender = checkChain(await examine(proof.chain), credentials.root, nowMs)
      if (!sender.ok) return sender
      if (!(await isSealed(proof.statement, sender.value.publicKey)))
        return { ok: false, failure: 'bad-signature' }
      const said = decodeStatement(proof.statement.text)
      if (!said) return { ok: false, failure: 'malformed' }
      const checked = checkStatement(said, sender.value, {
        kind: type,
        callId,
        epoch,
        negotiation,
        previous: type === 'offer' ? answers : [offered],
        from: theirs,
        fingerprint: found.value,
        peer,
        tableId,
        me: myAddress(type),
        seen,
        nowMs,
      })
      if (!checked.ok) return checked
      seen.add(said.nonce)
      theirs = said.from
      if (type === 'offer') answers = answers.slice(answers.indexOf(said.previous))
      agreed = said.fingerprint
      await remember(type, proof.statement.text, false)
      return checked
    },

    agreed: () => agreed,
  }
}
