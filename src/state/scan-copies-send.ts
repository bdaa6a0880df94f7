/** Makes a copy of what is open: stripped as what is shown live is, sealed, kept; from then on it goes by itself. */
import type { Addressee } from '../protocol/duty.ts'
import type { CopyOutbox } from './scan-copies-outbox.ts'
import type { CopiesPort, KeepCopyFailure } from './scan-copies-ports.ts'
import { makeOutgoing, type OutgoingAsk, type OutgoingFailure } from './scan-outgoing.ts'
import type { OpenedScan, ScanIo } from './scan-ports.ts'

export type SendCopyAsk = Pick<
  OutgoingAsk,
  'stacks' | 'boxes' | 'leftOut' | 'identity' | 'told' | 'refused' | 'isOver'
> & {
  readonly to: Addressee
  readonly toName: string
  readonly patientNumber: string
  readonly lastsMs: number
}

export type SendCopyFailure = OutgoingFailure | KeepCopyFailure | 'unreachable'

export type SendCopyParts = {
  readonly io: Pick<ScanIo, 'stripper'>
  readonly port: Pick<CopiesPort, 'sha256'>
  readonly outbox: Pick<CopyOutbox, 'keep'>
  serverNowMs(): number
  newId(): string
}

/**
 * Strips the smallest of these for nobody, so that all that it takes is on this device: a copy may be sent when there is no
 * network. What fails now is said when it is needed.
 */
export async function rehearse(io: Pick<ScanIo, 'stripper'>, files: readonly OpenedScan[]): Promise<void> {
  const [smallest] = files.toSorted((one, other) => one.byteLength - other.byteLength)
  const stripper = await io.stripper().catch(() => null)
  if (!smallest || !stripper) return
  const stripped = await stripper.strip('rehearsal', smallest.fileId, [])
  stripper.forget('rehearsal')
  if (stripped.ok) new Uint8Array(stripped.value).fill(0)
}

/** Null: it is kept here. What was made for it is overwritten, however it ends. */
export async function sendCopy(parts: SendCopyParts, ask: SendCopyAsk): Promise<SendCopyFailure | null> {
  const { to, toName, patientNumber, lastsMs, ...shown } = ask
  const copyId = parts.newId()
  const stripper = await parts.io.stripper().catch(() => null)
  if (!stripper) return 'unreachable'
  const outgoing = await makeOutgoing(parts.port, stripper, { ...shown, shareId: copyId })
  if (typeof outgoing === 'string') return outgoing
  const { manifest, pieces, bytesOf, zeroise } = outgoing
  try {
    const kept = await parts.outbox.keep(
      {
        ...{ copyId, to, toName, patientNumber, lastsMs },
        ...{ madeMs: parts.serverNowMs(), contents: pieces.join(''), files: manifest.files.length },
      },
      bytesOf,
    )
    return kept.ok ? null : kept.failure
  } finally {
    zeroise()
  }
}
