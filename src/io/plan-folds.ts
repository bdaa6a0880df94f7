/**
 * How confirmed rows lie in the store: each answer of the server is one sealed record behind the one before, and from
 * time to time they are made one again. A cold start then opens a few large records, not one a row.
 */
import type { Row, RowName } from '../protocol/plan.ts'
import type { KeptFold } from './plan-database.ts'
import type { Seal } from './plan-seal.ts'

/** Rows of one record. */
const rowsAPart = 500
/** So many answers are made one. */
export const mostDeltas = 40

export type Changed = { readonly rows: readonly Row[]; readonly removed: readonly RowName[] }

function placeOf({ staffId, seq, part }: Pick<KeptFold, 'staffId' | 'seq' | 'part'>): string {
  return `folds|${staffId}|${seq}|${part}`
}

export async function sealFold(
  seal: Seal,
  staffId: string,
  seq: number,
  { rows, removed }: Changed,
): Promise<KeptFold[]> {
  const parts = Math.max(1, Math.ceil(rows.length / rowsAPart))
  return await Promise.all(
    Array.from({ length: parts }, async (_, part) => {
      const some = rows.slice(part * rowsAPart, (part + 1) * rowsAPart)
      const value = { rows: some, removed: part === 0 ? removed : [] }
      const sealed = await seal.close(placeOf({ staffId, seq, part }), value)
      return { staffId, seq, part, sealed }
    }),
  )
}

/** What all of them come to, in order; null: one could not be opened. */
export async function openFolds(seal: Seal, folds: readonly KeptFold[]): Promise<Changed | null> {
  const opened = await Promise.all(folds.map((fold) => seal.open(placeOf(fold), fold.sealed)))
  const rows = new Map<string, Row>()
  const removed = new Map<string, RowName>()
  for (const one of opened) {
    const change = asChanged(one)
    if (!change) return null
    for (const name of change.removed) {
      rows.delete(`${name.type}/${name.id}`)
      removed.set(`${name.type}/${name.id}`, name)
    }
    for (const each of change.rows) {
      rows.set(`${each.type}/${each.id}`, each)
      removed.delete(`${each.type}/${each.id}`)
    }
  }
  return { rows: [...rows.values()], removed: [...removed.values()] }
}

function asChanged(value: unknown): Changed | null {
  const isOne = typeof value === 'object' && value !== null && 'rows' in value && 'removed' in value
  // What opens under the person's own key at its own place was written here, from rows that had been read.
  return isOne ? (value as Changed) : null
}
