/** The downtime sheet, each hour: what a ward needs on paper when nothing works, where a printer's machine can take it. */
import { randomUUID } from 'node:crypto'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createHourly } from './hourly.ts'
import { keptStamps, stampOf, timeOfStamp } from './retention.ts'

export type SheetParts = {
  readonly folder: string
  /** The page, as things are now. */
  readonly write: (nowMs: number) => Promise<string>
  readonly now: () => number
  readonly log: Logger
}

export type Sheets = ReturnType<typeof createSheets>

const mostKept = 24

/** Always the newest, for whoever prints it; the older ones have their moment in their name. */
const newest = 'bedside-downtime.html'
const form = /^bedside-downtime-(\w+)\.html$/
/** Names of patients are in it: nobody but this account, and the group to which the folder belongs. */
const mode = 0o640

export function createSheets({ folder, write, now, log }: SheetParts) {
  async function make(madeMs: number): Promise<string> {
    const text = await write(madeMs)
    const name = `bedside-downtime-${stampOf(madeMs)}.html`
    await writeWhole(join(folder, name), text)
    await writeWhole(join(folder, newest), text)
    await prune(folder)
    return name
  }

  // Written at each start: what stands there is of the server before.
  return createHourly({ what: 'downtime sheet', make, before: async () => null, now, log })
}

/** There is the whole page under that name, or the one of before. */
async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}.${randomUUID()}.part`
  try {
    const handle = await open(part, 'wx', mode)
    await fill(handle, text)
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function fill(handle: FileHandle, text: string): Promise<void> {
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function prune(folder: string): Promise<void> {
  const stamps = (await readdir(folder)).flatMap((name) => form.exec(name)?.[1] ?? [])
  const ours = stamps.filter((stamp) => timeOfStamp(stamp) !== null)
  const kept = keptStamps(ours, { hourly: mostKept, daily: 0 })
  for (const stamp of ours)
    if (!kept.has(stamp)) await rm(join(folder, `bedside-downtime-${stamp}.html`), { force: true })
}
