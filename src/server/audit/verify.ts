/**
 * Checks the audit row by row: numbers without gaps, the chain, the columns beside each text, the shape of each act,
 * and every signed tree head on the way. It names the first row that is wrong.
 */
import { hash } from 'node:crypto'
import { auditRow } from '../../protocol/audit.ts'
import { guardOf } from '../../protocol/guard.ts'
import { emptyTree, rootOf, type Tree, withLeaf } from './merkle.ts'
import { openNote, parseCheckpoint, type Verifier } from './note.ts'
import { columnsOf, firstHash } from './record.ts'

/** A row as it is kept. `text` as bytes finds a change that decoding would hide. */
export type KeptRow = {
  readonly seq: unknown
  readonly text: string | Uint8Array
  readonly hash: unknown
  readonly [column: string]: unknown
}

/** A signed head and where it was found, in words. */
export type FoundHead = { readonly note: string; readonly from: string }

export type Verdict =
  | { readonly type: 'whole'; readonly rows: number; readonly heads: number; readonly root: string }
  | Broken

/** `seq`: the first row that is wrong, as far as it can be told. */
export type Broken = { readonly type: 'broken'; readonly seq: number | null; readonly said: string }

type Head = { readonly from: string; readonly size: number; readonly root: string }

const isRow = guardOf(auditRow)

export type Verifying = ReturnType<typeof startVerifying>

/** Give it every row in order until it answers; then ask it to finish. */
export function startVerifying(found: readonly FoundHead[], verifiers: readonly Verifier[]) {
  const { heads, broken: badHead } = readHeads(found, verifiers)
  let tree: Tree = emptyTree
  let before = firstHash
  let next = 0
  /** The size at which a head last agreed with the rows. */
  let agreedSize = 0

  function checkHeads(): Broken | null {
    for (let head = heads[next]; head?.size === tree.size; head = heads[next]) {
      if (rootOf(tree).toString('base64') !== head.root) {
        const first = agreedSize + 1
        const said = `one of the rows ${first} to ${tree.size} is not what was signed: ${head.from} (${head.size} rows) does not agree`
        return { type: 'broken', seq: first, said }
      }
      agreedSize = tree.size
      next += 1
    }
    return null
  }

  return {
    take(row: KeptRow): Broken | null {
      const atZero = tree.size === 0 ? checkHeads() : null
      if (atZero) return atZero
      const said = problemOf(row, tree.size + 1, before)
      if (said !== null) return { type: 'broken', seq: tree.size + 1, said }
      before = String(row.hash)
      tree = withLeaf(tree, row.text)
      return checkHeads()
    },

    finish(): Verdict {
      const atZero = tree.size === 0 ? checkHeads() : null
      if (atZero) return atZero
      const beyond = heads[next]
      if (beyond) {
        const said = `the rows from ${tree.size + 1} on are missing: ${beyond.from} was signed over ${beyond.size} rows`
        return { type: 'broken', seq: tree.size + 1, said }
      }
      if (badHead) return badHead
      return { type: 'whole', rows: tree.size, heads: heads.length, root: rootOf(tree).toString('base64') }
    },
  }
}

/** What is wrong with the row that should be number `seq`, or null. */
function problemOf(row: KeptRow, seq: number, before: string): string | null {
  if (row.seq !== seq) return `row ${seq} is missing: ${String(row.seq)} stands in its place`
  const text = typeof row.text === 'string' ? Buffer.from(row.text) : row.text
  if (hash('sha256', Buffer.concat([Buffer.from(`${before}\n`), text])) !== row.hash)
    return `row ${seq} was changed: its hash is not that of its text and the row before`
  const said = parseRow(text)
  if (!said) return `row ${seq} is not an act as they are written down`
  for (const [column, value] of Object.entries(columnsOf(said))) {
    if (row[column] !== value) return `row ${seq} was changed: its column ${column} is not what its text says`
  }
  return null
}

function parseRow(text: Uint8Array) {
  try {
    const row: unknown = JSON.parse(Buffer.from(text).toString())
    return isRow(row) ? row : null
  } catch {
    return null
  }
}

/** The heads that are signed, in order of size, and the first that is not. */
function readHeads(
  found: readonly FoundHead[],
  verifiers: readonly Verifier[],
): { heads: readonly Head[]; broken: Broken | null } {
  const heads: Head[] = []
  let broken: Broken | null = null
  for (const { note, from } of found) {
    const opened = openNote(note, verifiers)
    const checkpoint = 'text' in opened ? parseCheckpoint(opened.text) : null
    if (checkpoint) heads.push({ from, size: checkpoint.size, root: checkpoint.root })
    else broken ??= { type: 'broken', seq: null, said: headProblem(from, opened) }
  }
  return { heads: heads.toSorted((a, b) => a.size - b.size), broken }
}

function headProblem(from: string, opened: ReturnType<typeof openNote>): string {
  if ('text' in opened) return `${from} is signed, but is no tree head`
  switch (opened.problem) {
    case 'malformed':
      return `${from} is not a signed tree head`
    case 'unsigned':
      return `${from} is signed by another key than this log's; give that key with --key`
    case 'forged':
      return `${from} was changed: its signature does not hold`
  }
}
