/** Why something could not be written: one word of ours for what systems and SQLite say in many. */
import type { KeepFailure } from '../../protocol/keeping.ts'

const byCode: Readonly<Record<string, KeepFailure>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  ENOENT: 'gone',
  ENOTDIR: 'gone',
  ESTALE: 'gone',
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
}

/** SQLite's primary result codes. */
const byResult: Readonly<Record<number, KeepFailure>> = {
  8: 'refused',
  11: 'damaged',
  13: 'full',
  14: 'gone',
  26: 'damaged',
}

/** One that says itself which it is. */
export class KeepError extends Error {
  readonly why: KeepFailure
  constructor(why: KeepFailure, said: string) {
    super(said)
    this.why = why
  }
}

export function failureOf(error: unknown): KeepFailure {
  if (error instanceof KeepError) return error.why
  if (!(error instanceof Error)) return 'failed'
  const result = 'errcode' in error ? byResult[Number(error.errcode) % 256] : undefined
  return result ?? byCode['code' in error ? String(error.code) : ''] ?? 'failed'
}
