/** `heads.log`: every signed tree head, one after the other, each followed by an empty line; only ever appended to. */
import { closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export function headLogFile(dataFolder: string): string {
  return join(dataFolder, 'heads.log')
}

/** Durable when it returns. */
export function appendHead(dataFolder: string, note: string): void {
  const handle = openSync(headLogFile(dataFolder), 'a', 0o600)
  try {
    writeSync(handle, `${note}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** `torn`: what follows the last whole note; a power cut may have left half of one. */
export type HeadLog = { readonly notes: readonly string[]; readonly torn: string }

/** Three lines, an empty one, a signature, an empty one: whatever else stands there is found by its signature. */
const noteForm = /(?:[^\n]+\n)+\n(?:— [^\n]+\n)+\n/gy

export function parseHeads(text: string): HeadLog {
  const notes: string[] = []
  let end = 0
  for (const [note] of text.matchAll(noteForm)) {
    notes.push(note.slice(0, -1))
    end += note.length
  }
  return { notes, torn: text.slice(end) }
}

export function readHeadLog(dataFolder: string): HeadLog {
  return parseHeads(readText(headLogFile(dataFolder)) ?? '')
}

/** A note in a file of its own, as a collector may have kept it: with or without the empty line after it. */
export function readHeads(file: string): HeadLog {
  const text = readFileSync(file, 'utf8')
  return parseHeads(`${text.trimEnd()}\n\n`)
}

/** Half a note holds no whole signature line; whatever does is a note that was changed, and stays as evidence. */
export function isHalfNote(torn: string): boolean {
  return torn !== '' && !/(?:^|\n)— [^\n]+\n\n/.test(torn)
}

/** Takes half a note off the end, so that the next one stands on its own. */
export function mendHeadLog(dataFolder: string): boolean {
  const file = headLogFile(dataFolder)
  const text = readText(file)
  if (text === null) return false
  const { torn } = parseHeads(text)
  if (!isHalfNote(torn)) return false
  truncateSync(file, Buffer.byteLength(text) - Buffer.byteLength(torn))
  return true
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
