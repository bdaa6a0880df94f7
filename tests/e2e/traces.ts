/** Looks for runs of bytes in all that a browser has on the disk: its profile, its temporary files, and what it holds mapped. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Sixteen bytes at least, found nowhere by accident. */
export type Trace = { readonly what: string; readonly bytes: Uint8Array }

/** By their first four bytes, of which most places of a file have none. */
function indexed(traces: readonly Trace[]) {
  const begins = new Map<number, Trace[]>()
  const isBegun = new Uint8Array(0x10000)
  for (const trace of traces) {
    const view = new DataView(trace.bytes.buffer, trace.bytes.byteOffset, trace.bytes.byteLength)
    const first = view.getUint32(0, true)
    begins.set(first, [...(begins.get(first) ?? []), trace])
    isBegun[first & 0xffff] = 1
  }
  return { begins, isBegun }
}

function tracesIn(bytes: Uint8Array, { begins, isBegun }: ReturnType<typeof indexed>): Set<string> {
  const found = new Set<string>()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at + 4 <= bytes.length; at += 1) {
    if (!isBegun[(bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)]) continue
    for (const trace of begins.get(view.getUint32(at, true)) ?? [])
      if (trace.bytes.every((byte, index) => bytes[at + index] === byte)) found.add(trace.what)
  }
  return found
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** What a program that was started with one of these folders has open or mapped there and that has no name any more. */
function namelessBelow(folders: readonly string[]): string[] {
  const isTheirs = (pid: string) => {
    const started = textOf(`/proc/${pid}/environ`)
    return folders.some((folder) => started.includes(folder))
  }
  const isBelow = (target: string) =>
    target.endsWith(' (deleted)') && folders.some((folder) => target.startsWith(`${folder}/`))
  return namesIn('/proc')
    .filter((pid) => /^\d+$/.test(pid) && isTheirs(pid))
    .flatMap((pid) => [`/proc/${pid}/fd`, `/proc/${pid}/map_files`])
    .flatMap((folder) => namesIn(folder).map((name) => `${folder}/${name}`))
    .filter((path) => isBelow(targetOf(path)))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function targetOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

/** A file that went meanwhile holds nothing. */
function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    return new Uint8Array()
  }
}

export type Search = { readonly found: readonly string[]; readonly files: number; readonly bytes: number }

/** What of them is where, and how much was looked through. */
export function searchFor(traces: readonly Trace[], folders: readonly string[]): Search {
  const index = indexed(traces)
  const paths = [...folders.flatMap(filesBelow), ...namelessBelow(folders)]
  let total = 0
  const found = paths.flatMap((path) => {
    const bytes = bytesOf(path)
    total += bytes.length
    return [...tracesIn(bytes, index)].map((what) => `${what} in ${path}`)
  })
  return { found, files: paths.length, bytes: total }
}

const runLength = 24
/** A run of fewer different bytes may be background, or a table. */
const leastDistinct = 10

/** So many runs, evenly over the middle of it: headers and ends are alike in many files. */
export function runsOf(what: string, bytes: Uint8Array, count: number): Trace[] {
  const runs: Trace[] = []
  for (let step = 0; step < count; step += 1) {
    const from = Math.floor(bytes.length * (0.25 + (0.5 * step) / count))
    for (let at = from; at < from + 4_096 && at + runLength <= bytes.length; at += runLength) {
      const run = bytes.slice(at, at + runLength)
      if (new Set(run).size < leastDistinct) continue
      runs.push({ what, bytes: run })
      break
    }
  }
  return runs
}

/** A text as pages, logs and databases write it. */
export const textTraces = (what: string, text: string): Trace[] => [
  { what: `${what} (UTF-8)`, bytes: new TextEncoder().encode(text) },
  { what: `${what} (UTF-16)`, bytes: new Uint8Array(Buffer.from(text, 'utf16le')) },
]
