/**
 * Who was erased, outside of what a backup brings back: a file in the data folder and the same beside the backups, each
 * line an id and when. Whoever puts a backup back, and every start, erases them anew before anybody is served.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { id } from '../../protocol/primitives.ts'

export const erasedName = 'erased.log'

export const readErased = (folder: string): Set<string> => readErasedFile(join(folder, erasedName))

/** A line that was cut or changed says nothing; the others count. */
export function readErasedFile(file: string): Set<string> {
  if (!existsSync(file)) return new Set()
  const lines = readFileSync(file, 'utf8').split('\n')
  return new Set(lines.map((line) => line.split(' ')[0] ?? '').filter((said) => v.is(id, said)))
}

/** Adds those that are not there yet, and what it says is on the disk. Throws where it cannot be written. */
export function addErased(folder: string, ids: Iterable<string>, nowMs: number): void {
  const known = readErased(folder)
  const added = [...ids].filter((one) => !known.has(one))
  if (added.length === 0) return
  const handle = openSync(join(folder, erasedName), 'a', 0o600)
  try {
    // Begins a line of its own, also behind one that a full disk has cut.
    const text = added.map((one) => `${one} ${new Date(nowMs).toISOString()}\n`).join('')
    writeSync(handle, known.size === 0 ? text : `\n${text}`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
