/** What a presenter shows: each file as it may leave, and the manifest that names them. */
import type { Box } from '../core/scan/boxes.ts'
import { mustBeLookedAt } from '../core/scan/looking.ts'
import type { ScanFailure } from '../core/scan/outcome.ts'
import type { Stack } from '../core/scan/stacks.ts'
import { type Manifest, type ScanPerson, shareLimits, shareTextLength } from '../protocol/scan-share.ts'
import type { OpenedScan, ScanStripper, SharingIo } from './scan-ports.ts'

/** A file of the viewer's, by its place in the manifest. */
export type Outgoing = {
  readonly manifest: Manifest
  /** The manifest as it is sent, in pieces, and its hash. */
  readonly pieces: readonly string[]
  readonly digest: string
  readonly fileIds: readonly string[]
  /** The same as they are open here. */
  readonly files: ReadonlyMap<number, OpenedScan>
  /** As the files themselves name their patient, for the receipt alone. */
  readonly patientNumber: string | null
  /** A copy of what leaves; null: it is gone. */
  bytesOf(file: number): ArrayBuffer | null
  zeroise(): void
}

/** By the name that it has here, which nobody else is told. */
export type Refused = { readonly name: string } & ScanFailure

/** Why nothing is shown. */
export type OutgoingFailure = 'too-many' | 'too-large' | 'nothing' | 'given-up'

export type OutgoingAsk = {
  readonly shareId: string
  readonly stacks: readonly Stack<OpenedScan>[]
  /** What is black in each file that was looked at, often nothing; and which files stay here. */
  readonly boxes: ReadonlyMap<string, readonly Box[]>
  readonly leftOut: ReadonlySet<string>
  readonly identity: 'shown' | 'hidden'
  readonly told: (done: number, of: number) => void
  /** Of each that stays behind, since nothing that may leave could be made of it; the others leave. */
  readonly refused: (file: Refused) => void
  readonly isOver: () => boolean
}

/** A name of five parts may be longer than a plate has room for. */
const cut = (said: string | null): string | null => said?.slice(0, shareTextLength) ?? null

/** Who it is, from the first file that says so. */
export function personOf(stacks: readonly Stack<OpenedScan>[]): ScanPerson | null {
  const named = stacks.find(({ identity }) => identity.patientName !== null || identity.patientId !== null)
  if (!named) return null
  const { patientName, patientId, patientBirthDate } = named.identity
  const number = patientId && patientId.length > shareTextLength ? null : patientId
  return { patientName: cut(patientName), patientId: number, patientBirthDate: cut(patientBirthDate) }
}

/** [STRIP-7] What somebody had to look at and did not does not leave, whoever asks. */
const kept = ({ stacks, boxes, leftOut }: OutgoingAsk) =>
  stacks
    .map((stack) => ({ stack, files: stack.files.filter((file) => mayLeave(file, boxes, leftOut)) }))
    .filter(({ files }) => files.length > 0)

const mayLeave = (file: OpenedScan, boxes: OutgoingAsk['boxes'], leftOut: OutgoingAsk['leftOut']): boolean =>
  !leftOut.has(file.fileId) && (boxes.has(file.fileId) || !mustBeLookedAt(file))

export async function makeOutgoing(
  io: Pick<SharingIo, 'sha256'>,
  stripper: ScanStripper,
  ask: OutgoingAsk,
): Promise<Outgoing | OutgoingFailure> {
  const { shareId, stacks, boxes, identity, told, refused, isOver } = ask
  const shown = kept(ask)
  const all = shown.flatMap(({ files }) => files)
  if (all.length === 0) return 'nothing'
  if (all.length > shareLimits.files) return 'too-many'
  const held: (ArrayBuffer | null)[] = []
  const zeroise = () => {
    for (const bytes of held) if (bytes) new Uint8Array(bytes).fill(0)
    held.length = 0
    stripper.forget(shareId)
  }
  const named: Manifest['files'] = []
  const places = new Map<string, number>()
  let total = 0
  for (const [done, file] of all.entries()) {
    told(done, all.length)
    const stripped = await stripper.strip(shareId, file.fileId, boxes.get(file.fileId) ?? [])
    if (isOver()) {
      zeroise()
      return 'given-up'
    }
    // One that cannot be shown cannot be sent; the others are.
    if (!stripped.ok) {
      refused({ name: file.name, failure: stripped.failure, detail: stripped.detail })
      continue
    }
    const bytes = stripped.value
    total += bytes.byteLength
    if (total > shareLimits.bytes) {
      zeroise()
      return 'too-large'
    }
    places.set(file.fileId, held.length)
    held.push(bytes)
    named.push({
      sha256: await io.sha256(bytes),
      bytes: bytes.byteLength,
      kind: file.kind,
      frames: file.scan.frames,
    })
  }
  if (held.length === 0) return 'nothing'
  const manifest: Manifest = {
    shareId,
    files: named,
    series: shown.flatMap(({ stack, files }) => seriesOf(stack, files, places, identity === 'shown')),
    identity: identity === 'shown' ? personOf(stacks) : null,
  }
  const text = JSON.stringify(manifest)
  return {
    manifest,
    pieces: inPieces(text),
    digest: await io.sha256(text),
    fileIds: [...places.keys()],
    files: new Map(all.flatMap((file) => placed(file, places))),
    patientNumber: personOf(stacks)?.patientId ?? null,
    bytesOf: (file) => held[file]?.slice(0) ?? null,
    zeroise,
  }
}

function placed(file: OpenedScan, places: ReadonlyMap<string, number>): [number, OpenedScan][] {
  const place = places.get(file.fileId)
  return place === undefined ? [] : [[place, file]]
}

/** What a person typed may say who it is: it goes with the identity, or not at all. */
function seriesOf(
  { identity }: Stack<OpenedScan>,
  files: readonly OpenedScan[],
  places: ReadonlyMap<string, number>,
  isShown: boolean,
): Manifest['series'] {
  const own = files.flatMap(({ fileId }) => places.get(fileId) ?? [])
  if (own.length === 0) return []
  const { seriesDescription, modality, studyDate } = identity
  const said = isShown
    ? { label: cut(seriesDescription), studyDate: cut(studyDate) }
    : { label: null, studyDate: null }
  return [{ ...said, modality, files: own }]
}

function inPieces(text: string): string[] {
  const pieces: string[] = []
  for (let from = 0; from < text.length; from += shareLimits.piece)
    pieces.push(text.slice(from, from + shareLimits.piece))
  return pieces
}
