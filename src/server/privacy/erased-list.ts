/**
 * Who was erased, outside of what a backup brings back: a file in the data folder and the same beside the backups, each
 * line an id, when, and a seal under the server's secret, so that nobody who can only write there has somebody erased.
 * Whoever puts a backup back, and every start, erases them anew before anybody is served.
 */
import { timingSafeEqual } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { id } from '../../protocol/primitives.ts'
import type { Secrets } from '../store/secrets.ts'

export const erasedName = 'erased.log'

type Digest = Secrets['digest']

/** `foreign`: ids of lines that nobody with the server's secret has written, and of no other line. */
export type Listed = { readonly ids: ReadonlySet<string>; readonly foreign: ReadonlySet<string> }

export const readErased = (folder: string, digest: Digest): Listed =>
  readErasedFile(join(folder, erasedName), digest)

/** A line that was cut says nothing; the others count. */
export function readErasedFile(file: string, digest: Digest): Listed {
  if (!existsSync(file)) return { ids: new Set(), foreign: new Set() }
  const lines = readFileSync(file, 'utf8').split('\n')
  const read = lines.map((line) => line.split(' ')).filter(([said]) => v.is(id, said))
  const ids = new Set(
    read.flatMap(([one = '', when = '', seal = '']) => (isSealed(digest, one, when, seal) ? one : [])),
  )
  const foreign = new Set(read.flatMap(([one = '']) => (ids.has(one) ? [] : one)))
  return { ids, foreign }
}

/** [ERASE-7] What is said of lines that are not believed; null: there are none. */
export function foreignLine(place: string, { foreign }: Listed): string | null {
  if (foreign.size === 0) return null
  const some = [...foreign].slice(0, 5).join(', ')
  return `${place} has lines that were not sealed with this server’s secret; nobody is erased by them (${foreign.size}): ${some}`
}

const sealOf = (digest: Digest, one: string, when: string) => digest(`erased ${one} ${when}`)

function isSealed(digest: Digest, one: string, when: string, seal: string): boolean {
  const [said, right] = [Buffer.from(seal), Buffer.from(sealOf(digest, one, when))]
  return said.length === right.length && timingSafeEqual(said, right)
}

/** Adds those that are not there yet, and what it says is on the disk. Throws where it cannot be written. */
export function addErased(folder: string, ids: Iterable<string>, nowMs: number, digest: Digest): void {
  const known = readErased(folder, digest)
  const added = [...ids].filter((one) => !known.ids.has(one))
  if (added.length === 0) return
  const handle = openSync(join(folder, erasedName), 'a', 0o600)
  const when = new Date(nowMs).toISOString()
  try {
    // Begins a line of its own, also behind one that a full disk has cut.
    const text = added.map((one) => `${one} ${when} ${sealOf(digest, one, when)}\n`).join('')
    writeSync(handle, known.ids.size + known.foreign.size === 0 ? text : `\n${text}`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
