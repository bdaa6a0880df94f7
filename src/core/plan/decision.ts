/** What a decision about the plan says: rows that are new, what a person has to look at, or why nothing changed. */
import type { Appointment, Blocking, Clash, PlanAct, PlanRefusal, Row, RowName } from '../../protocol/plan.ts'
import type { PlanReader } from './book.ts'

/** Who acts, and when by the server's clock; a device says its own, and it decides nothing. */
export type Author = { readonly staffId: string; readonly atMs: number }

/** Part of an act that a person has to look at: an occasion of a series that found its time taken, say. */
export type Trouble = {
  /** Tells the troubles of one act apart: the row it is about. */
  readonly id: string
  readonly why: PlanRefusal
  /** What was wanted of that row by itself, so that a person can take another time for it; null: the act as it was. */
  readonly asked: PlanAct | null
  /** The admission's own word, when that is why. */
  readonly detail?: string
  readonly blocking: readonly Blocking[]
  readonly free: readonly number[]
  readonly clashes: readonly Clash[]
  readonly startMs: number | null
  /** Those whose entry stood in the way, or who wrote meanwhile. */
  readonly also: readonly string[]
}

export type Decided = {
  readonly type: 'done'
  readonly rows: readonly Row[]
  readonly removed: readonly RowName[]
  readonly troubles: readonly Trouble[]
}

export type Decision = Decided | { readonly type: 'refused'; readonly trouble: Trouble }

/** Which free starts are offered instead; looking for them is left out where nobody reads them. */
export type Offer = (plan: PlanReader, wish: Appointment) => readonly number[]

/** What every decision is made from. */
export type Asking = { readonly plan: PlanReader; readonly author: Author; readonly offer: Offer }

export function trouble(
  id: string,
  why: PlanRefusal,
  more: Partial<Omit<Trouble, 'id' | 'why'>> = {},
): Trouble {
  return { id, why, asked: null, blocking: [], free: [], clashes: [], startMs: null, also: [], ...more }
}

export function refused(
  id: string,
  why: PlanRefusal,
  more: Partial<Omit<Trouble, 'id' | 'why'>> = {},
): Extract<Decision, { type: 'refused' }> {
  return { type: 'refused', trouble: trouble(id, why, more) }
}

export function done(rows: readonly Row[], troubles: readonly Trouble[] = []): Decided {
  return { type: 'done', rows, removed: [], troubles }
}

/** People to be told, without whoever did it and without the server. */
export function othersOf(ids: Iterable<string | null>, { staffId }: Author): string[] {
  return [...new Set(ids)].flatMap((id) => (id === null || id === staffId || id === 'server' ? [] : [id]))
}
