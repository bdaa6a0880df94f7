/** One received copy, opened in memory: shown whole or not at all, and gone when its time is over or it is taken back. */
import { batch, type ReadonlySignal, signal } from '@preact/signals'
import { type CopyEnd, endOf } from '../core/scan/copying.ts'
import type { CopiesNow, ReceivedCopy } from '../protocol/scan-copies.ts'
import { copyLimits } from '../protocol/scan-copies.ts'
import type { Manifest } from '../protocol/scan-share.ts'
import type { Clock } from './ports.ts'
import type { CopiesPort, CopyTrouble } from './scan-copies-ports.ts'
import { createCopyReader } from './scan-copy-reader.ts'
import type { ScanIo, ScanReader } from './scan-ports.ts'
import type { Viewer } from './scan-viewer.ts'

export type OpenedCopy = { readonly copy: ReceivedCopy; readonly io: ScanIo; readonly viewer: Viewer }

export type CopyOpening = {
  /** On its way; `ofBytes` 0: not known yet. */
  readonly opening: ReadonlySignal<{
    readonly copyId: string
    readonly bytes: number
    readonly ofBytes: number
  } | null>
  readonly opened: ReadonlySignal<OpenedCopy | null>
  /** Why the last one that was asked for is not seen. */
  readonly trouble: ReadonlySignal<{ readonly copy: ReceivedCopy; readonly why: CopyTrouble } | null>
  /** The one that was closed under somebody's eyes, until that is read. */
  readonly ended: ReadonlySignal<{ readonly copy: ReceivedCopy; readonly why: CopyEnd } | null>
  open(copy: ReceivedCopy): Promise<void>
  /** Stops what is on its way, and wipes what is shown. */
  close(): void
  dismiss(): void
}

export type OpeningParts = {
  readonly port: CopiesPort
  readonly clock: Clock
  readonly me: ReadonlySignal<string | null>
  readonly list: ReadonlySignal<CopiesNow | null>
  serverNowMs(): number
  scanIo(): Promise<ScanIo>
  /** The viewer comes with its screen. */
  newViewer(io: ScanIo, reader: ScanReader): Promise<Viewer>
  /** Somebody sees it. */
  seen(copyId: string): void
}

const wipe = (files: readonly ArrayBuffer[]) => {
  for (const bytes of files) new Uint8Array(bytes).fill(0)
}

export function createCopyOpening(parts: OpeningParts): CopyOpening {
  const { port, clock, me, list } = parts
  const opening = signal<{ copyId: string; bytes: number; ofBytes: number } | null>(null)
  const opened = signal<OpenedCopy | null>(null)
  const trouble = signal<{ copy: ReceivedCopy; why: CopyTrouble } | null>(null)
  const ended = signal<{ copy: ReceivedCopy; why: CopyEnd } | null>(null)
  let under: { readonly copy: ReceivedCopy; readonly over: AbortController } | null = null
  let stopTimer = () => {}

  /** [COPY-12] */
  function close(): void {
    under?.over.abort()
    under = null
    stopTimer()
    const now = opened.peek()
    batch(() => {
      opening.value = null
      opened.value = null
    })
    now?.viewer.close()
  }

  function stateOf({ copyId }: ReceivedCopy): 'coming' | 'there' | CopyEnd | null {
    const received = list.peek()?.received
    const listed = received?.find((one) => one.copyId === copyId)
    if (listed) return listed.state
    // What is not in a list that is full, or that was not fetched, is not known to be gone.
    return received && received.length < copyLimits.listed ? null : 'there'
  }

  /** [COPY-12] By the server's clock, and whenever it says how things are. */
  function look(): void {
    const copy = under?.copy
    stopTimer()
    if (!copy) return
    const why = endOf(copy.expiresMs, stateOf(copy), parts.serverNowMs())
    if (why === null) {
      stopTimer = clock.after(Math.max(1, copy.expiresMs - parts.serverNowMs()), look)
      return
    }
    close()
    ended.value = { copy, why }
  }

  function fail(copy: ReceivedCopy, why: CopyTrouble): void {
    close()
    trouble.value = { copy, why }
  }

  async function fetch(copy: ReceivedCopy, over: AbortController) {
    const { copyId, patientNumber, expiresMs } = copy
    const files: ArrayBuffer[] = []
    const said: Manifest[] = []
    const outcome = await port.open(
      { copyId, patientNumber, expiresMs },
      parts.serverNowMs(),
      {
        contents: (manifest) => void said.push(manifest),
        file: async (_index, bytes) => void files.push(bytes),
        progress(bytes, ofBytes) {
          if (!over.signal.aborted) opening.value = { copyId, bytes, ofBytes }
        },
      },
      over.signal,
    )
    const [manifest] = said
    if (outcome.ok && manifest && !over.signal.aborted) return { manifest, files }
    wipe(files)
    return outcome.ok ? 'stopped' : outcome.failure
  }

  async function show(copy: ReceivedCopy, over: AbortController): Promise<void> {
    const io = await parts.scanIo()
    const reader = await io.reader()
    const fetched = await fetch(copy, over)
    if (typeof fetched === 'string') {
      if (!over.signal.aborted) fail(copy, fetched)
      return
    }
    const { manifest, files } = fetched
    const viewer = await parts.newViewer(io, createCopyReader(reader, manifest)).catch(() => null)
    if (over.signal.aborted || !viewer) {
      wipe(files)
      viewer?.close()
      if (!over.signal.aborted) fail(copy, 'unreachable')
      return
    }
    batch(() => {
      opening.value = null
      opened.value = { copy, io, viewer }
    })
    await viewer.open(files.map((content, index) => ({ name: `${index + 1}`, content })))
    if (!over.signal.aborted) parts.seen(copy.copyId)
  }

  me.subscribe(() => {
    close()
    batch(() => {
      trouble.value = null
      ended.value = null
    })
  })
  list.subscribe((now) => {
    if (now) look()
  })

  return {
    opening,
    opened,
    trouble,
    ended,
    async open(copy) {
      close()
      const over = new AbortController()
      under = { copy, over }
      batch(() => {
        trouble.value = null
        ended.value = null
        opening.value = { copyId: copy.copyId, bytes: 0, ofBytes: 0 }
      })
      look()
      if (over.signal.aborted) return
      // A part of the app that cannot be fetched is like a server that cannot.
      await show(copy, over).catch(() => {
        if (!over.signal.aborted) fail(copy, 'unreachable')
      })
    },
    close,
    dismiss() {
      batch(() => {
        trouble.value = null
        ended.value = null
      })
    },
  }
}
