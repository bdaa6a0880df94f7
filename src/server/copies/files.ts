/** The sealed files of copies on the disk: a folder for each copy, a file for each of its files, by number. */
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

export type CopyFiles = ReturnType<typeof createCopyFiles>

/** `copyId` and `file` are those of the wire: neither can name another place. */
export function createCopyFiles(dataFolder: string) {
  const root = join(dataFolder, 'copies')
  const folderOf = (copyId: string) => join(root, copyId)
  const pathOf = (copyId: string, file: number) => join(folderOf(copyId), String(file))
  /** What is being read now: it stops when its copy ends. */
  const reading = new Map<string, Set<Readable>>()

  async function lengthOf(copyId: string, file: number): Promise<number> {
    return await unlessMissing(async () => (await stat(pathOf(copyId, file))).size, 0)
  }

  return {
    /** How much of the first `count` files is there. */
    async lengths(copyId: string, count: number): Promise<number[]> {
      const there = await unlessMissing(() => readdir(folderOf(copyId)), [])
      const names = new Set(there)
      const lengths: number[] = []
      for (let file = 0; file < count; file += 1)
        lengths.push(names.has(String(file)) ? await lengthOf(copyId, file) : 0)
      return lengths
    },

    /**
     * Puts a piece behind what is there of its file, durable when this resolves. `full`: the disk is, and no more than a
     * beginning of the piece is there. One write to a file at a time.
     */
    async append(copyId: string, file: number, piece: Uint8Array): Promise<'written' | 'full'> {
      try {
        await mkdir(folderOf(copyId), { recursive: true, mode: 0o700 })
        const handle = await open(pathOf(copyId, file), 'a', 0o600)
        try {
          await writeWhole(handle, piece)
        } finally {
          await handle.close()
        }
        return 'written'
      } catch (error) {
        if (isFull(error)) return 'full'
        throw error
      }
    },

    /** The names of a whole copy's files outlast a power cut too. */
    async sync(copyId: string): Promise<void> {
      for (const folder of [folderOf(copyId), root, dataFolder]) await syncFolder(folder)
    },

    read(copyId: string, file: number, from: number): Readable {
      const stream = createReadStream(pathOf(copyId, file), { start: from })
      const others = reading.get(copyId) ?? new Set()
      reading.set(copyId, others.add(stream))
      stream.once('close', () => {
        others.delete(stream)
        if (others.size === 0 && reading.get(copyId) === others) reading.delete(copyId)
      })
      return stream
    },

    /** At once and for good, from under whoever reads it. */
    async remove(copyId: string): Promise<void> {
      for (const stream of reading.get(copyId) ?? []) stream.destroy()
      await rm(folderOf(copyId), { recursive: true, force: true })
    },

    /** Every copy that has a folder. */
    async list(): Promise<string[]> {
      return await unlessMissing(() => readdir(root), [])
    },

    async freeBytes(): Promise<number> {
      const { bavail, bsize } = await statfs(dataFolder)
      return bavail * bsize
    },
  }
}

async function writeWhole(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await handle.write(piece, at, piece.length - at)).bytesWritten
  await handle.datasync()
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : null)

/** No room, or none for this account. */
const isFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes(String(codeOf(error)))

async function unlessMissing<T>(look: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await look()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return otherwise
    throw error
  }
}
