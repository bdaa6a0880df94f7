/**
 * Holds one file of the origin's private file system for one tab: browsers let a worker alone write synchronously, and
 * what is flushed there outlives a killed browser, which IndexedDB does not always.
 */
import { lineOf, readLines } from './plan-journal-file.ts'

export type JournalOrder =
  | { readonly type: 'open'; readonly folder: string; readonly file: string }
  | { readonly type: 'append'; readonly text: string }
  | { readonly type: 'read' }
  /** `texts`: the lines that stay, of those that were read. */
  | { readonly type: 'compact'; readonly texts: readonly string[] }
  | { readonly type: 'wipe' }
export type JournalReply =
  | { readonly type: 'done' }
  | { readonly type: 'lines'; readonly texts: readonly string[] }
  | { readonly type: 'failed'; readonly name: string }

type Handle = {
  read(into: Uint8Array, options: { at: number }): number
  write(bytes: Uint8Array, options: { at: number }): number
  truncate(size: number): void
  getSize(): number
  flush(): void
  close(): void
}
type HandleMaker = { createSyncAccessHandle(): Promise<Handle> }

const root = 'bedside-plan-journal'
let folder: FileSystemDirectoryHandle | null = null
let own: { name: string; handle: Handle } | null = null
let folderName = ''
let generation = 0

async function open(named: string, file: string): Promise<void> {
  folderName = named
  const home = await navigator.storage.getDirectory()
  const journals = await home.getDirectoryHandle(root, { create: true })
  folder = await journals.getDirectoryHandle(named, { create: true })
  own = { name: file, handle: await handleOf(await folder.getFileHandle(file, { create: true })) }
}

function handleOf(file: unknown): Promise<Handle> {
  return (file as HandleMaker).createSyncAccessHandle()
}

function textsIn(handle: Handle): string[] {
  const bytes = new Uint8Array(handle.getSize())
  handle.read(bytes, { at: 0 })
  return readLines(new TextDecoder().decode(bytes))
}

function write(handle: Handle, texts: readonly string[]): void {
  if (texts.length === 0) return
  const at = handle.getSize()
  // A torn last line must not swallow the next one.
  const bytes = new TextEncoder().encode(`${at > 0 ? '\n' : ''}${texts.map(lineOf).join('')}`)
  try {
    if (handle.write(bytes, { at }) < bytes.length) throw new DOMException('', 'QuotaExceededError')
    handle.flush()
  } catch (error) {
    handle.truncate(at)
    throw error
  }
}

/** Files that no tab holds: theirs has ended. Their lines become this tab's, and only then are they deleted. */
async function adopt(): Promise<void> {
  if (!folder || !own) return
  const names: string[] = []
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name)
  for (const name of names.sort()) {
    if (name === own.name) continue
    const handle = await handleOf(await folder.getFileHandle(name)).catch(() => null)
    if (!handle) continue
    try {
      write(own.handle, textsIn(handle))
    } finally {
      handle.close()
    }
    await folder.removeEntry(name).catch(() => {})
  }
}

/** Into a new file, and only then is the old one deleted: at each moment one of them is whole. */
async function compact(texts: readonly string[]): Promise<void> {
  if (!folder || !own) return
  if (texts.length === 0) {
    own.handle.truncate(0)
    own.handle.flush()
    return
  }
  generation += 1
  const name = `${own.name.split('.')[0]}.${generation}`
  const handle = await handleOf(await folder.getFileHandle(name, { create: true }))
  handle.truncate(0)
  write(handle, texts)
  const old = own
  own = { name, handle }
  old.handle.close()
  await folder.removeEntry(old.name).catch(() => {})
}

async function wipe(): Promise<void> {
  own?.handle.truncate(0)
  own?.handle.flush()
  own?.handle.close()
  own = null
  const home = await navigator.storage.getDirectory()
  const journals = await home.getDirectoryHandle(root)
  await journals.removeEntry(folderName, { recursive: true }).catch(() => {})
}

async function obey(order: JournalOrder): Promise<JournalReply> {
  switch (order.type) {
    case 'open':
      await open(order.folder, order.file)
      return { type: 'done' }
    case 'append':
      if (!own) throw new DOMException('', 'InvalidStateError')
      write(own.handle, [order.text])
      return { type: 'done' }
    case 'read':
      await adopt()
      return { type: 'lines', texts: own ? textsIn(own.handle) : [] }
    case 'compact':
      await compact(order.texts)
      return { type: 'done' }
    case 'wipe':
      await wipe()
      return { type: 'done' }
  }
}

/** One after the other: an order may wait for the disk. */
let last: Promise<unknown> = Promise.resolve()
self.onmessage = ({ data }: MessageEvent<JournalOrder>) => {
  last = last.then(async () => {
    const reply = await obey(data).catch(
      (error: unknown): JournalReply => ({ type: 'failed', name: error instanceof Error ? error.name : '' }),
    )
    self.postMessage(reply)
  })
}
