/** A server that keeps sealed copies, as the contract says it does: in memory, and nothing is checked that only it can know. */
import * as v from 'valibot'
import type { CopyPieces } from '../../src/io/scan/copy-pieces.ts'
import type { CopySelf } from '../../src/io/scan/copy-world.ts'
import { base64url, keyIdOf } from '../../src/io/seal.ts'
import type { Refusal } from '../../src/protocol/http.ts'
import type { StaffParty } from '../../src/protocol/people.ts'
import {
  askCopyRequest,
  type CopyEnvelope,
  copyRequest,
  newCopyRequest,
  type RecipientKey,
  recipientsRequest,
  resealRequest,
  sealingKeyRequest,
} from '../../src/protocol/scan-copies.ts'
import { decodeCopyLetter } from '../../src/protocol/scan-copy.ts'
import type { CommonApi } from '../../src/state/ports.ts'
import { credentialsOf, type Device, newOrganisation, noonMs, type Organisation } from './organisation.ts'

type Bytes = Uint8Array<ArrayBuffer>

export const doctor = (name: string): StaffParty => ({
  ...{ type: 'staff', staffId: name.toLowerCase(), name, role: 'doctor' },
})

/** A station's own keys, as a browser holds them. */
export async function selfOf(device: Device, organisation: Organisation): Promise<CopySelf> {
  const { privateKey, chain, root } = await credentialsOf(device, organisation)
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  const publicKey = base64url(await crypto.subtle.exportKey('spki', pair.publicKey))
  const own = { keyId: await keyIdOf(publicKey), publicKey, pair }
  const { seal: sign } = await import('../../src/io/seal.ts')
  const { keyId } = device.signer
  return {
    own: async () => own,
    async certified(nowMs) {
      const said = { v: 1, context: 'bedside-sealing-key/1', signer: keyId, publicKey, madeMs: nowMs }
      return { statement: await sign(privateKey, JSON.stringify(said)), chain }
    },
    signer: async () => ({ root, chain, keyId, seal: (text) => sign(privateKey, text) }),
  }
}

export const newStation = (organisation = newOrganisation()) => ({
  organisation,
  device: () => organisation.device({ kind: 'station', label: 'Ward 4B station', ward: 'Ward 4B' }),
})

type Kept = {
  from: string
  to: string
  envelope: CopyEnvelope
  lengths: readonly number[]
  files: Bytes[]
  isWithdrawn: boolean
  opened: Map<string, number>
  asked: RecipientKey[]
}

export function fakeCopyServer(people: readonly StaffParty[]) {
  const keys: RecipientKey[] = []
  const copies = new Map<string, Kept>()
  const server = { nowMs: noonMs, keys, copies, requests: 0, refuse: null as Refusal | null }
  const letterOf = ({ envelope }: Kept) => {
    const letter = decodeCopyLetter(envelope.letter.text)
    if (!letter) throw new Error('no letter')
    return letter
  }
  const isWhole = ({ files, lengths }: Kept) => files.every((file, at) => file.length === lengths[at])
  const stateOf = (copy: Kept) => {
    if (server.nowMs >= letterOf(copy).expiresMs) return 'expired' as const
    if (copy.isWithdrawn) return 'withdrawn' as const
    return isWhole(copy) ? ('there' as const) : ('coming' as const)
  }
  const partyOf = (staffId: string) => people.find((one) => one.staffId === staffId) ?? doctor(staffId)

  function partsOf(copyId: string, copy: Kept) {
    const { patientNumber, madeMs, expiresMs } = letterOf(copy)
    const bytes = copy.lengths.reduce((sum, one) => sum + one, 0)
    const parts = { copyId, to: partyOf(copy.to).name, patientNumber, madeMs, expiresMs }
    return { ...parts, state: stateOf(copy), files: copy.lengths.length - 1, bytes }
  }

  function listOf(me: string) {
    const all = [...copies]
    return {
      nowMs: server.nowMs,
      sent: all
        .filter(([, copy]) => copy.from === me)
        .map(([copyId, copy]) => ({
          ...partsOf(copyId, copy),
          readers: [{ who: partyOf(copy.to), openedMs: copy.opened.get(copy.to) ?? null }],
          asked: copy.asked,
        })),
      received: all
        .filter(([, copy]) => copy.to === me && isWhole(copy))
        .map(([copyId, copy]) => ({
          ...partsOf(copyId, copy),
          from: partyOf(copy.from),
          openedMs: copy.opened.get(me) ?? null,
        })),
    }
  }

  function announce(me: string, said: v.InferOutput<typeof newCopyRequest>): unknown {
    const copyId = decodeCopyLetter(said.envelope.letter.text)?.copyId ?? ''
    const before = copies.get(copyId)
    if (before && (before.isWithdrawn || before.envelope.letter.text !== said.envelope.letter.text))
      return 'conflict'
    const copy: Kept = before ?? {
      ...{ from: me, to: said.to.type === 'staff' ? said.to.staffId : 'nobody', envelope: said.envelope },
      ...{ lengths: said.files, files: said.files.map(() => new Uint8Array(0)) },
      ...{ isWithdrawn: false, opened: new Map(), asked: [] },
    }
    copies.set(copyId, copy)
    return { files: copy.files.map((file) => file.length) }
  }

  /** The answer, or why there is none. */
  function answer(me: string, path: string, said: unknown): unknown {
    const copyOf = () => copies.get(v.parse(v.object(copyRequest.entries), said).copyId)
    switch (path) {
      case '/copies/key': {
        const { key } = v.parse(sealingKeyRequest, said)
        keys.push({ staffId: me, key })
        return {}
      }
      case '/copies/recipients': {
        const { to } = v.parse(recipientsRequest, said)
        const staffId = to.type === 'staff' ? to.staffId : ''
        const theirs = keys.filter((one) => one.staffId === staffId)
        return { name: staffId, people: [partyOf(staffId)], keys: theirs, without: [] }
      }
      case '/copies':
        return said && typeof said === 'object' && 'envelope' in said
          ? announce(me, v.parse(newCopyRequest, said))
          : listOf(me)
      case '/copies/envelope': {
        const copy = copyOf()
        if (!copy || stateOf(copy) !== 'there') return 'not-found'
        return { envelope: copy.envelope, files: copy.lengths }
      }
      case '/copies/opened': {
        copyOf()?.opened.set(me, server.nowMs)
        return {}
      }
      case '/copies/withdraw': {
        const copy = copyOf()
        if (copy) copy.isWithdrawn = true
        return {}
      }
      case '/copies/ask': {
        const { copyId, key } = v.parse(askCopyRequest, said)
        copies.get(copyId)?.asked.push({ staffId: me, key })
        return {}
      }
      case '/copies/reseal': {
        const { copyId, envelope } = v.parse(resealRequest, said)
        const copy = copies.get(copyId)
        if (!copy) return 'not-found'
        copy.envelope = envelope
        copy.asked = []
        return {}
      }
      default:
        return 'not-found'
    }
  }

  /** The way of one person to it. */
  function wayOf(me: string): { ask: CommonApi['ask']; pieces: CopyPieces } {
    const refused = (failure: Refusal) => ({ ok: false, failure }) as const
    return {
      async ask(_method, path, said, schema) {
        server.requests += 1
        if (server.refuse) return refused(server.refuse)
        const given = answer(me, path, JSON.parse(JSON.stringify(said)))
        return typeof given === 'string'
          ? refused(given as Refusal)
          : { ok: true, value: v.parse(schema, given) }
      },
      pieces: {
        async send(copyId, file, from, bytes) {
          server.requests += 1
          const copy = copies.get(copyId)
          const there = copy?.files[file]
          if (!copy || !there || copy.isWithdrawn) return refused('not-found')
          if (there.length === from) {
            const grown = new Uint8Array(from + bytes.length)
            grown.set(there)
            grown.set(bytes, from)
            copy.files[file] = grown
          }
          return { ok: true, value: copy.files[file]?.length ?? 0 }
        },
        async fetch(copyId, file, from, hear) {
          server.requests += 1
          const copy = copies.get(copyId)
          if (!copy || stateOf(copy) !== 'there') return refused('not-found')
          hear((copy.files[file] ?? new Uint8Array(0)).slice(from))
          return { ok: true, value: null }
        },
      },
    }
  }

  return { server, wayOf, isWhole, stateOf }
}
