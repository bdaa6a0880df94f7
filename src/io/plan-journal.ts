/** The journal of one tab: sealed lines in the origin's private file system, kept by a worker. */

import { linesToKeep } from '../state/journal-lines.ts'
import type { Journal, JournalEntry, KeepFailure } from '../state/plan-ports.ts'
import type { Result } from '../state/ports.ts'
import { type Desk, deskOf } from './plan-journal-desk.ts'
import workerAddress from './plan-journal-worker.ts?worker&url'
import type { SealInUse } from './plan-store.ts'
import { scriptAddress } from './script-address.ts'

/** A file is written anew when it holds so many lines of which most are settled. */
const manyLines = 200

/** Without a file system, a worker, or a second place for the key, only the store keeps what is written. */
export function openJournal(starting: Promise<Desk | null>, staffId: string, using: SealInUse): Journal {
  let here = noJournal()
  const opened = starting.then((desk) => {
    if (desk) here = journalAt(desk, staffId, using)
    return here
  })
  return {
    append: async (entry) => await (await opened).append(entry),
    read: async () => await (await opened).read(),
    compact: async (keep) => await (await opened).compact(keep),
    wipe: async () => await (await opened).wipe(),
    safety: () => here.safety(),
    close: () => void opened.then((journal) => journal.close()),
  }
}

/** Null: this browser has no place for it. */
export async function startDesk(staffId: string): Promise<Desk | null> {
  try {
    if (!('storage' in navigator) || !('getDirectory' in navigator.storage)) return null
    const desk = deskOf(new Worker(scriptAddress(workerAddress), { type: 'module' }))
    // A name of its own for each page: a reload may begin before the last page's worker has let go.
    const opened = await desk.ask({ type: 'open', folder: staffId, file: `${crypto.randomUUID()}.0` })
    if (opened.type === 'done') return desk
    desk.close()
  } catch {
    // Nor a worker.
  }
  return null
}

export function journalAt(desk: Desk, staffId: string, using: SealInUse): Journal {
  const place = `journal|${staffId}`
  /** The lines of this tab's file, by what they say. */
  let lines: { readonly text: string; readonly entry: JournalEntry }[] = []

  async function append(entry: JournalEntry): Promise<Result<null, KeepFailure>> {
    const text = toBase64(await using.seal.close(place, entry))
    const reply = await desk.ask({ type: 'append', text })
    if (reply.type === 'failed')
      return { ok: false, failure: reply.name === 'QuotaExceededError' ? 'full' : 'failed' }
    lines.push({ text, entry })
    return { ok: true, value: null }
  }

  async function read(): Promise<readonly JournalEntry[]> {
    const reply = await desk.ask({ type: 'read' })
    const texts = reply.type === 'lines' ? reply.texts : []
    const opened = await Promise.all(texts.map((text) => using.seal.open(place, fromBase64(text))))
    lines = texts.flatMap((text, index) => {
      const entry = asEntry(opened[index])
      return entry ? [{ text, entry }] : []
    })
    return lines.map(({ entry }) => entry)
  }

  async function compact(keep: ReadonlySet<string>): Promise<void> {
    if (lines.length === 0) return
    const kept = linesToKeep(lines, ({ entry }) => entry, keep)
    const isWorth = kept.length === 0 || (lines.length > manyLines && kept.length < lines.length / 2)
    if (!isWorth) return
    const reply = await desk.ask({ type: 'compact', texts: kept.map(({ text }) => text) })
    if (reply.type === 'done') lines = kept
  }

  return {
    append,
    read,
    compact,
    async wipe() {
      lines = []
      await desk.ask({ type: 'wipe' })
    },
    safety: () => (using.seal.isSpared && desk.isAlive() ? 'crash-safe' : 'tab-safe'),
    close: desk.close,
  }
}

/** Nothing survives a killed browser here, and `Keeping` says so. */
export function noJournal(): Journal {
  return {
    append: async () => ({ ok: true, value: null }),
    read: async () => [],
    async compact() {},
    async wipe() {},
    safety: () => 'tab-safe',
    close() {},
  }
}

/** What opens under the person's own key was written here. */
function asEntry(value: unknown): JournalEntry | null {
  return typeof value === 'object' && value !== null && 'type' in value ? (value as JournalEntry) : null
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
}
