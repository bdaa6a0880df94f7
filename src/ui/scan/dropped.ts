/** Files out of a hand: a picker's, or whatever was dropped, whole folders too. */
import type { ScanSource } from '../../state/scan-ports.ts'

/** So many are looked for in what is dropped; more than are opened, so that it can be said how many are not. */
const mostFound = 20_000

export const sourcesOf = (files: Iterable<File>): readonly ScanSource[] =>
  [...files].map((file) => ({ name: file.name, content: file }))

/** A disc's own list of contents is no picture, and nobody meant it. */
const isMeant = ({ name }: File) => name !== 'DICOMDIR' && !name.startsWith('.')

async function filesIn(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= mostFound) return
  if (isFile(entry)) {
    const file = await new Promise<File | null>((then) => entry.file(then, () => then(null)))
    if (file && isMeant(file)) found.push(file)
  } else if (isFolder(entry)) for (const inner of await allIn(entry)) await filesIn(inner, found)
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** A browser gives a hundred at a time. */
async function allIn(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((then) => reader.readEntries(then, () => then([])))
    if (some.length === 0 || all.length >= mostFound) return all
    all.push(...some)
  }
}

/** To be called while the drop is handled: what was dropped cannot be asked for later. */
export async function droppedIn({ items, files }: DataTransfer): Promise<readonly ScanSource[]> {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  if (entries.length === 0) return sourcesOf(files)
  const found: File[] = []
  for (const entry of entries) await filesIn(entry, found)
  return sourcesOf(found)
}

/** What was picked as a folder, without what nobody meant. */
export const pickedFrom = (files: FileList | null): readonly ScanSource[] =>
  sourcesOf([...(files ?? [])].filter(isMeant))
