/** What a backup says that it holds: each file with its hash, and how far the record reaches. Its last line is its own hash. */
import { createHash, hash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import * as v from 'valibot'
import { counter, milliseconds } from '../../protocol/primitives.ts'

export const manifestName = 'manifest.json'
export const databaseName = 'bedside.db'

/** What lies beside the database and is needed to go on: keys, signed heads, and a demo's own root. */
export const besideNames = ['secret.key', 'audit.key', 'push.key', 'heads.log', 'demo-root.json'] as const

/** Nothing else is ever in a backup, so no name in one can lead anywhere else. */
const name = v.pipe(
  v.string(),
  v.regex(
    /^(?:bedside\.db|secret\.key|audit\.key|push\.key|heads\.log|demo-root\.json|copies\/[0-9a-f-]{36}\/\d{1,6})$/,
  ),
)
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const file = v.strictObject({ name, bytes: counter, sha256 })
export type BackedFile = v.InferOutput<typeof file>

const manifest = v.strictObject({
  v: v.literal(1),
  /** Everything that was acknowledged before is in it. */
  madeMs: milliseconds,
  /** The shape of the database: the number of its last migration. */
  shape: counter,
  /** A digest under the server's secret, which is not in a backup where the operator chose it. */
  secret: v.string(),
  /** The record: so many rows, under this root (RFC 6962). */
  audit: v.strictObject({ rows: counter, root: v.string() }),
  files: v.array(file),
})
export type Manifest = v.InferOutput<typeof manifest>

/** What `secret` is the digest of. */
export const secretProof = 'bedside/backup'

export function manifestText(said: Manifest): string {
  const body = `${JSON.stringify(said, null, 1)}\n`
  return `${body}sha256 ${hash('sha256', body)}\n`
}

/** Null: it was changed, or is none. */
export function parseManifest(text: string): Manifest | null {
  const end = text.lastIndexOf('sha256 ')
  const body = text.slice(0, Math.max(end, 0))
  if (text.slice(end) !== `sha256 ${hash('sha256', body)}\n`) return null
  try {
    return v.parse(manifest, JSON.parse(body))
  } catch {
    return null
  }
}

const pieceBytes = 1024 * 1024

/** Of all of a file, piece by piece: it may be larger than memory. */
export function hashFile(path: string): { readonly bytes: number; readonly sha256: string } {
  const handle = openSync(path, 'r')
  try {
    const sum = createHash('sha256')
    const piece = Buffer.alloc(pieceBytes)
    let bytes = 0
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      sum.update(piece.subarray(0, read))
      bytes += read
    }
    return { bytes, sha256: sum.digest('hex') }
  } finally {
    closeSync(handle)
  }
}
