/** The scans of this page: opened and decoded by a worker, kept and forgotten here. */
import type { Box } from '../../core/scan/boxes.ts'
import { scanLimits } from '../../core/scan/limits.ts'
import { done, fail, type Outcome } from '../../core/scan/outcome.ts'
import type { OpenedScan, Opening, ScanReader, ScanSource } from '../../state/scan-ports.ts'
import { wipe } from '../../state/scan-wipe.ts'
import { createClerk } from './clerk.ts'
import type { ScanDesk } from './desk.ts'
import { createFrames, type Looked } from './kept-frames.ts'
import type { Content, UidPairs } from './orders.ts'

type File = { readonly content: Content; readonly opened: OpenedScan }

/** What leaves is made where it is read; `stripper.ts` knows what UIDs become. */
export type PageReader = ScanReader & {
  opened(fileId: string): OpenedScan | null
  stripped(fileId: string, uids: UidPairs, boxes: readonly Box[]): Promise<Outcome<ArrayBuffer>>
}

const closed = () => fail('overtaken', 'closed')
const lengthOf = (content: Content) => (content instanceof ArrayBuffer ? content.byteLength : content.size)

/**
 * [SCAN-15] Bytes that live in memory stay on the page, and a copy goes to the worker when it needs one: a worker that dies
 * takes nothing with it. `newId` names a file for the life of this page.
 */
export function createReader(desk: ScanDesk, newId: () => string): PageReader {
  const clerk = createClerk(desk)
  const frames = createFrames()
  const files = new Map<string, File>()
  /** Pictures that are asked for already. */
  const looking = new Map<string, Promise<Outcome<Looked>>>()
  /** Files that are not open yet; the worker is theirs, too. */
  let opening = 0

  async function openOne({ name, content }: ScanSource): Promise<Opening> {
    const byteLength = lengthOf(content)
    if (byteLength > scanLimits.fileBytes)
      return { type: 'failed', name, failure: 'too-large', detail: `${byteLength} bytes` }
    const fileId = newId()
    opening += 1
    const reply = await clerk.open(fileId, content)
    opening -= 1
    if (!reply.ok) return { type: 'failed', name, failure: reply.failure, detail: reply.detail }
    const { kind, scan, first } = reply.value
    const opened: OpenedScan = { fileId, name, kind, byteLength, scan, first }
    files.set(fileId, { content, opened })
    return { type: 'opened', file: opened }
  }

  /** What came for a file that was closed meanwhile is overwritten. */
  async function fetched({ content, opened: { fileId } }: File, frame: number): Promise<Outcome<Looked>> {
    const reply = await clerk.look(fileId, content, frame, 'picture')
    const picture = reply.ok ? reply.value.picture : null
    if (!files.has(fileId)) {
      picture?.samples.fill(0)
      return closed()
    }
    if (!reply.ok) return reply
    if (!picture) return fail('corrupt', 'reply')
    const looked = { frame: reply.value.frame, picture }
    frames.put(fileId, looked)
    return done(looked)
  }

  async function look(file: File, frame: number): Promise<Outcome<Looked>> {
    const { fileId } = file.opened
    const kept = frames.get(fileId, frame)
    if (kept) return done(kept)
    const key = `${fileId} ${frame}`
    clerk.raise(fileId, frame, 'picture')
    const coming = looking.get(key) ?? fetched(file, frame).finally(() => looking.delete(key))
    looking.set(key, coming)
    return await coming
  }

  function close(fileIds: readonly string[]): void {
    const gone = new Set(fileIds)
    frames.drop(gone)
    for (const fileId of gone) {
      const content = files.get(fileId)?.content
      if (content) wipe(content)
      files.delete(fileId)
    }
    // The memory of a codec is overwritten by nobody: with the last file it goes as a whole.
    if (files.size === 0 && opening === 0) clerk.end()
    else clerk.forget(gone)
  }

  /** Of one that nobody waits for any more nothing stays. */
  async function openNext(
    source: ScanSource,
    tell: (opening: Opening) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const opening = await openOne(source)
    if (!signal?.aborted) return tell(opening)
    if (opening.type === 'opened') close([opening.file.fileId])
    else wipe(source.content)
  }

  return {
    async open(sources, tell, signal) {
      for (const source of sources) {
        if (signal?.aborted) wipe(source.content)
        else await openNext(source, tell, signal)
      }
    },
    async frame(fileId, frame) {
      const file = files.get(fileId)
      if (!file) return closed()
      if (frame === 0) return done(file.opened.first)
      const kept = frames.get(fileId, frame)
      if (kept) return done(kept.frame)
      const reply = await clerk.look(fileId, file.content, frame, 'frame')
      return reply.ok ? done(reply.value.frame) : reply
    },
    async picture(fileId, frame) {
      const file = files.get(fileId)
      const looked = file ? await look(file, frame) : closed()
      return looked.ok ? done(looked.value.picture) : looked
    },
    opened: (fileId) => files.get(fileId)?.opened ?? null,
    async stripped(fileId, uids, boxes) {
      const file = files.get(fileId)
      return file ? await clerk.strip(fileId, file.content, uids, boxes) : closed()
    },
    async bytes(fileId) {
      const content = files.get(fileId)?.content
      if (content instanceof ArrayBuffer) return content.slice(0)
      return (await content?.arrayBuffer().catch(() => null)) ?? null
    },
    close,
  }
}
