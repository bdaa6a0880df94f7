/** Somebody with a device of their own that copies are sealed to: keys, letters and ciphers are those of the app. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { sealing } from '../../src/core/scan/sealed.ts'
import {
  type Envelope,
  newContentKey,
  type OwnSealingKey,
  sealFile,
  sealKeyTo,
  trustedSealingKey,
  writeLetter,
} from '../../src/io/scan/sealed.ts'
import { base64url, keyIdOf } from '../../src/io/seal.ts'
import type { Addressee } from '../../src/protocol/duty.ts'
import { chain as chainSchema } from '../../src/protocol/proof.ts'
import {
  arrived,
  type CopiesNow,
  copiesNow,
  copyLimits,
  envelopeAnswer,
  pieceAnswer,
  type RecipientKey,
  recipients,
} from '../../src/protocol/scan-copies.ts'
import type { CertifiedSealingKey, CopyLetter } from '../../src/protocol/scan-copy.ts'
import { newSigner, type Signer, seal, signerFrom } from '../../src/server/authority.ts'
import { demoRootFile } from '../../src/server/demo-authority.ts'
import { post } from './client.ts'
import type { Ward } from './ward.ts'

type Chain = Envelope['chain']
export type Device = {
  readonly signer: Signer
  readonly chain: Chain
  readonly own: OwnSealingKey
  readonly publicKey: string
}
type ServedWard = Pick<Ward, 'origin' | 'data'>

/** The root that is pinned on every device of the demo. */
export function rootOf({ data }: Pick<ServedWard, 'data'>): string {
  const { root } = v.parse(
    v.object({ root: v.string() }),
    JSON.parse(readFileSync(demoRootFile(data), 'utf8')),
  )
  return signerFrom(root).keyId
}

/** A browser with keys of its own, certified by whoever is signed in. */
export async function newDevice({ origin }: Pick<ServedWard, 'origin'>, cookie: string): Promise<Device> {
  const signer = newSigner()
  const answer = await post(origin, '/api/station-key', { publicKey: signer.publicKey }, { cookie })
  const { chain } = v.parse(v.object({ chain: chainSchema }), await answer.json())
  const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])
  const publicKey = base64url(await crypto.subtle.exportKey('spki', pair.publicKey))
  return { signer, chain, publicKey, own: { keyId: await keyIdOf(publicKey), pair } }
}

/** What a device says of its key for copies. */
export function statementOf({ signer, chain, publicKey }: Device, madeMs: number): CertifiedSealingKey {
  const said = { v: 1, context: 'bedside-sealing-key/1', signer: signer.keyId, publicKey, madeMs }
  return { statement: seal(signer, JSON.stringify(said)), chain }
}

export type CopyPerson = Awaited<ReturnType<typeof copyPerson>>

/** Signed in at a device of theirs, or at `device`. */
export async function copyPerson(
  ward: ServedWard,
  cookie: string,
  { now = Date.now, device: given }: { readonly now?: () => number; readonly device?: Device } = {},
) {
  const { origin } = ward
  const device = given ?? (await newDevice(ward, cookie))
  const say = (path: string, body: unknown) => post(origin, `/api${path}`, body, { cookie })
  const look = (path: string) => fetch(`${origin}/api${path}`, { headers: { cookie } })
  await say('/copies/key', { key: statementOf(device, now()) })

  return {
    cookie,
    device,
    say,
    look,
    async list(): Promise<CopiesNow> {
      return v.parse(copiesNow, await (await look('/copies')).json())
    },
    async recipients(to: Addressee) {
      return v.parse(recipients, await (await say('/copies/recipients', { to })).json())
    },
    async piece(
      copyId: string,
      file: number,
      from: number,
      bytes: Uint8Array<ArrayBuffer>,
    ): Promise<Response> {
      return await fetch(`${origin}/api/copies/piece?copyId=${copyId}&file=${file}&from=${from}`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/octet-stream', 'x-bedside': '1', cookie },
        body: bytes,
      })
    },
    /** How much of a file the server says it has after a piece. */
    async put(copyId: string, file: number, from: number, bytes: Uint8Array<ArrayBuffer>): Promise<number> {
      return v.parse(pieceAnswer, await (await this.piece(copyId, file, from, bytes)).json()).bytes
    },
    async begin({ to, envelope, sealed }: Sealed): Promise<Response> {
      return await say('/copies', { to, envelope, files: sealed.map(({ length }) => length) })
    },
    async begun(copy: Sealed): Promise<readonly number[]> {
      return v.parse(arrived, await (await this.begin(copy)).json()).files
    },
    /** All of it that is not there yet. */
    async send(copy: Sealed): Promise<string> {
      const there = await this.begun(copy)
      for (const [file, bytes] of copy.sealed.entries())
        for (let from = there[file] ?? 0; from < bytes.length; )
          from = await this.put(copy.copyId, file, from, bytes.slice(from, from + copyLimits.pieceBytes))
      return copy.copyId
    },
    async envelope(copyId: string) {
      return v.parse(envelopeAnswer, await (await look(`/copies/envelope?copyId=${copyId}`)).json())
    },
    file: (copyId: string, file: number, from = 0) =>
      look(`/copies/file?copyId=${copyId}&file=${file}&from=${from}`),
  }
}

export type Sealed = {
  readonly copyId: string
  readonly to: Addressee
  readonly envelope: Envelope
  /** The list of contents first. */
  readonly sealed: readonly Uint8Array<ArrayBuffer>[]
  readonly content: Uint8Array<ArrayBuffer>
  readonly letter: Omit<CopyLetter, 'v' | 'context' | 'keys' | 'contents'>
  readonly contents: string
}

type Making = {
  readonly to: Addressee
  readonly keys: readonly RecipientKey[]
  readonly files?: readonly Uint8Array<ArrayBuffer>[]
  readonly contents?: string
  readonly about?: Partial<Sealed['letter']>
}

/** A copy as a browser makes it, for these devices and the sender's own. */
export async function sealCopy(
  ward: ServedWard,
  { device }: Pick<CopyPerson, 'device'>,
  { to, keys, files = [new TextEncoder().encode('pixels')], contents = '{"files":[]}', about = {} }: Making,
): Promise<Sealed> {
  const [content, nowMs] = [newContentKey(), about.madeMs ?? Date.now()]
  const letter = {
    copyId: randomUUID(),
    from: device.signer.keyId,
    patientNumber: 'DEMO-1048',
    madeMs: nowMs,
    expiresMs: nowMs + sealing.usualMs,
    ...about,
  }
  const plain = [new TextEncoder().encode(contents), ...files]
  const sealed = await Promise.all(plain.map((bytes, file) => sealFile(content, { ...letter, file }, bytes)))
  const { copyId } = letter
  const unsealed = { copyId, to, sealed, content, letter, contents }
  return { ...unsealed, envelope: await envelopeFor(ward, device, unsealed, keys) }
}

/** The envelope of it for these devices; `about` changes what its letter says. */
export async function envelopeFor(
  ward: ServedWard,
  device: Device,
  { content, letter, contents }: Pick<Sealed, 'content' | 'letter' | 'contents'>,
  keys: readonly RecipientKey[],
  about: Partial<Sealed['letter']> = {},
): Promise<Envelope> {
  const said = { ...letter, ...about }
  const trusted = await Promise.all(keys.map(({ key }) => trustedSealingKey(key, rootOf(ward), said.madeMs)))
  const own = { keyId: device.own.keyId, publicKey: device.publicKey }
  const to = [...trusted.flatMap((one) => (one.ok ? [one.value] : [])), own]
  const sealedKeys = (await Promise.all(to.map((key) => sealKeyTo(key, content, said)))).filter(
    (key) => key !== null,
  )
  const sign = async (text: string) => seal(device.signer, text)
  return {
    letter: await writeLetter(said, contents, sealedKeys, sign),
    chain: device.chain,
    keys: sealedKeys,
  }
}

/** Where the server keeps the files of copies. */
export const copiesFolder = ({ data }: Pick<ServedWard, 'data'>): string => join(data, 'copies')

/** Every file below a folder, by its path. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
}
