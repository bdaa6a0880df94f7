/** `io/notary.ts` without its cryptography: the same statements, held against the same rules of `core/proof.ts`. */
import { createHash } from 'node:crypto'
import {
  addressOf,
  checkStatement,
  type DeviceCertificate,
  type ProofFailure,
} from '../../../src/core/proof.ts'
import type { Signal } from '../../../src/protocol/call.ts'
import type { Party } from '../../../src/protocol/people.ts'
import { decodeStatement, type Proof, type Statement } from '../../../src/protocol/proof.ts'
import type { LinkTerms } from '../../../src/state/ports.ts'
import { signedChain } from '../../fakes/ports.ts'

export type Description = Extract<Signal, { proof: unknown }>

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url')
const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':')

export function certificateOf(party: Party): DeviceCertificate {
  const keyId = hashOf(addressOf(party))
  const common = {
    v: 1,
    type: 'bedside-certificate',
    organisation: 'Ward',
    label: 'device',
    keyId,
    publicKey: '',
    notBeforeMs: 0,
    notAfterMs: Number.MAX_SAFE_INTEGER,
    serial: 'one',
    issuer: keyId,
  } as const
  if (party.type === 'staff') return { ...common, kind: 'station', ward: 'Ward' }
  if (party.type === 'guest')
    return { ...common, label: party.name, kind: 'guest', guestId: party.guestId, tableId: 'table' }
  return { ...common, kind: 'bed', bedId: party.bedId, bed: party.label, ward: party.ward }
}

export function createFakeNotary(
  { callId, epoch, me, peer, tableId, serverNowMs }: LinkTerms,
  seen: Set<string>,
) {
  const own = certificateOf(me)
  let offered: string | null = null
  let answers: (string | null)[] = [null]
  let theirs: string | null = null

  function remember(type: Description['type'], text: string, isMine: boolean): void {
    const hash = hashOf(text)
    if (type === 'offer') offered = hash
    else answers = isMine ? [...answers, hash] : [hash]
  }

  return {
    sign(type: Description['type'], negotiation: number, nonce: number): Proof {
      const said: Statement = {
        ...{ v: 1, context: 'bedside/1', kind: type, callId, epoch, negotiation, fingerprint },
        from: own.keyId,
        to: type === 'offer' ? addressOf(peer) : (theirs ?? ''),
        nonce: hashOf(String(nonce)).slice(0, 22),
        atMs: Math.round(serverNowMs()),
        previous: type === 'offer' ? (answers.at(-1) ?? null) : offered,
      }
      const text = JSON.stringify(said)
      remember(type, text, true)
      return { statement: { text, signature: '' }, chain: signedChain }
    },

    /** Null: it is believed. */
    doubt({ type, negotiation, proof }: Description): ProofFailure | null {
      const said = decodeStatement(proof?.statement.text ?? '')
      if (!proof || !said) return 'malformed'
      const checked = checkStatement(said, certificateOf(peer), {
        ...{ kind: type, callId, epoch, negotiation, from: theirs, fingerprint, peer, tableId, seen },
        previous: type === 'offer' ? answers : [offered],
        me: type === 'answer' ? own.keyId : addressOf(me),
        nowMs: serverNowMs(),
      })
      if (!checked.ok) return checked.failure
      seen.add(said.nonce)
      theirs = said.from
      if (type === 'offer') answers = answers.slice(answers.indexOf(said.previous))
      remember(type, proof.statement.text, false)
      return null
    },
  }
}
