/**
 * The Merkle tree over the rows' texts, grown one leaf at a time: RFC 6962 §2.1, SHA-256, 0x00 before a leaf and 0x01
 * before a node. Only the roots of its full subtrees are kept, largest first, so its size in memory is logarithmic.
 */
import { hash } from 'node:crypto'

export type Tree = { readonly size: number; readonly frontier: readonly Buffer[] }

export const emptyTree: Tree = { size: 0, frontier: [] }

const leafPrefix = Buffer.of(0)
const nodePrefix = Buffer.of(1)

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return hash('sha256', Buffer.concat(parts), 'buffer')
}

export function leafHash(leaf: Uint8Array | string): Buffer {
  return sha256(leafPrefix, typeof leaf === 'string' ? Buffer.from(leaf) : leaf)
}

/** The tree with one more leaf: every subtree that is now full is joined with its left neighbour. */
export function withLeaf({ size, frontier }: Tree, leaf: Uint8Array | string): Tree {
  const next = [...frontier]
  let root = leafHash(leaf)
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = next.pop()
    if (!left) throw new Error(`a tree of ${size} leaves cannot have ${frontier.length} subtrees`)
    root = sha256(nodePrefix, left, root)
  }
  next.push(root)
  return { size: size + 1, frontier: next }
}

/** The Merkle tree hash; of an empty tree it is the hash of nothing. */
export function rootOf({ frontier }: Tree): Buffer {
  const [last, ...others] = frontier.toReversed()
  return last ? others.reduce((right, left) => sha256(nodePrefix, left, right), last) : sha256()
}
