/** A copy as it waits here: sealed like what it will be sent as, and what is said of it sealed with the same key. */
import * as v from 'valibot'
import { addressee } from '../../protocol/duty.ts'
import { name } from '../../protocol/primitives.ts'
import { decodeText } from '../../protocol/proof.ts'
import { copyEnvelope } from '../../protocol/scan-copies.ts'
import type { CopyDraft } from '../../state/scan-copies-ports.ts'
import type { KeptCopy } from './copy-shelf.ts'
import type { CopySelf } from './copy-world.ts'
import { type ContentKey, newContentKey, openFile, openKey, sealFile, sealKeyTo } from './sealed.ts'

type Bytes = Uint8Array<ArrayBuffer>

const about = v.strictObject({
  to: addressee,
  toName: name,
  patientNumber: name,
  /** Once it is written it stays as it is: the server may have it. */
  envelope: v.nullable(copyEnvelope),
})
export type AboutCopy = v.InferOutput<typeof about>

/** Nobody's number: bound to it are the key and the words that never leave this device. */
const hereOnly = (copyId: string) => ({ copyId, patientNumber: '' })

async function sealAbout(content: ContentKey, copyId: string, said: AboutCopy): Promise<Bytes> {
  const text = new TextEncoder().encode(JSON.stringify(said))
  return await sealFile(content, { ...hereOnly(copyId), file: 0 }, text)
}

export type ReadCopy = {
  readonly about: AboutCopy
  readonly content: ContentKey
  /** The same with another envelope, as it is kept. */
  sealed(envelope: AboutCopy['envelope']): Promise<Bytes>
}

/** Null: the key it was sealed to is gone, or it is damaged. */
export async function readKept(
  self: CopySelf,
  { copyId, self: key, about: sealed }: KeptCopy,
): Promise<ReadCopy | null> {
  const content = await openKey(await self.own(), [key], hereOnly(copyId))
  if (!content.ok) return null
  const opened = await openFile(content.value, { ...hereOnly(copyId), file: 0 }, sealed)
  const said = opened.ok ? decodeText(about, new TextDecoder().decode(opened.value)) : null
  if (!said) return null
  return {
    about: said,
    content: content.value,
    sealed: (envelope) => sealAbout(content.value, copyId, { ...said, envelope }),
  }
}

/** Seals all of a draft: the record, and its files as they are asked for. Null: this device has no key to seal to. */
export async function sealDraft(
  self: CopySelf,
  draft: CopyDraft,
  bytesOf: (file: number) => ArrayBuffer | null,
) {
  const { copyId, staffId, to, toName, patientNumber, madeMs, lastsMs, contents, files } = draft
  const content = newContentKey()
  const [key, said] = await Promise.all([
    self.own().then((own) => sealKeyTo(own, content, hereOnly(copyId))),
    sealAbout(content, copyId, { to, toName, patientNumber, envelope: null }),
  ])
  if (!key) return null
  async function* sealedFiles() {
    yield await sealFile(content, { copyId, patientNumber, file: 0 }, new TextEncoder().encode(contents))
    for (let file = 0; file < files; file += 1) {
      const plain = new Uint8Array(bytesOf(file) ?? new ArrayBuffer(0))
      yield await sealFile(content, { copyId, patientNumber, file: file + 1 }, plain)
      plain.fill(0)
    }
    content.fill(0)
  }
  const kept = (lengths: readonly number[]): KeptCopy => ({
    ...{ copyId, staffId, madeMs, lastsMs, self: key, about: said },
    ...{ lengths, stop: null },
  })
  return { kept, files: sealedFiles() }
}
