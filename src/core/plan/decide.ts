/**
 * What an act makes of the plan, as one pure function, the same on a device and on the server: a device shows what it
 * expects, the server decides. Rules are PLAN-n in SPEC.md.
 */
import type {
  Appointment,
  Blocking,
  Changes,
  Clash,
  PlanAct,
  PlanRefusal,
  Row,
  RowName,
} from '../../protocol/plan.ts'
import type { PlanReader } from './book.ts'
import { bookingsOf, isActive } from './booking.ts'

/** Who acts, and when by the server's clock; a device says its own, and it decides nothing. */
export type Author = { readonly staffId: string; readonly atMs: number }

/** Part of an act that a person has to look at: an occasion of a series that found its time taken, say. */
export type Trouble = {
  /** Tells the troubles of one act apart; the first is the act's own id. */
  readonly id: string
  readonly why: PlanRefusal
  readonly blocking: readonly Blocking[]
  readonly free: readonly number[]
  readonly clashes: readonly Clash[]
  readonly startMs: number | null
  /** Those whose entry stood in the way. */
  readonly also: readonly string[]
}

export type Decision =
  | {
      readonly type: 'done'
      readonly rows: readonly Row[]
      readonly removed: readonly RowName[]
      readonly troubles: readonly Trouble[]
    }
  | { readonly type: 'refused'; readonly trouble: Trouble }

/** Total and pure. Whoever calls it has asked the table of permissions before. */
export function decide(plan: PlanReader, act: PlanAct, author: Author): Decision {
  switch (act.type) {
    case 'appointment.book':
      return book(plan, act, author)
    case 'appointment.edit':
      return edit(plan, act, author)
    case 'attention.resolve':
      return resolve(plan, act, author)
    default:
      return refused(act.id, 'unknown')
  }
}

function book(
  plan: PlanReader,
  act: Extract<PlanAct, { type: 'appointment.book' }>,
  author: Author,
): Decision {
  if (plan.get('appointment', act.id)) return refused(act.id, 'out-of-order')
  const status = act.fields.status === 'proposed' ? 'booked' : act.fields.status
  const row: Appointment = {
    type: 'appointment',
    id: act.id,
    rev: 1,
    kind: act.kind,
    ...act.fields,
    status,
    occasion: null,
    by: author.staffId,
    changedBy: author.staffId,
    changedMs: author.atMs,
  }
  return place(plan, row, [])
}

/** [PLAN-2] Field by field: one that still is what the writer saw takes what was written; another is a clash. */
function edit(
  plan: PlanReader,
  act: Extract<PlanAct, { type: 'appointment.edit' }>,
  author: Author,
): Decision {
  const before = plan.get('appointment', act.id)
  if (!before) return refused(act.id, 'unknown')
  const { taken, clashes } = merge(before, act.changes)
  if (clashes.length > 0 && Object.keys(taken).length === 0)
    return {
      type: 'refused',
      trouble: { ...trouble(act.id, 'edited-meanwhile'), clashes, also: [before.changedBy] },
    }
  const row: Appointment = {
    ...before,
    ...taken,
    rev: before.rev + 1,
    occasion: before.occasion && { ...before.occasion, detached: true },
    changedBy: author.staffId,
    changedMs: author.atMs,
  }
  const troubles =
    clashes.length === 0
      ? []
      : [{ ...trouble(act.id, 'edited-meanwhile'), clashes, also: [before.changedBy] }]
  return place(plan, row, troubles)
}

function merge(before: Appointment, changes: Changes): { taken: Partial<Appointment>; clashes: Clash[] } {
  const taken: Record<string, unknown> = {}
  const clashes: Clash[] = []
  const stands = new Map<string, unknown>(Object.entries(before))
  for (const [field, change] of Object.entries(changes)) {
    if (!change) continue
    const now = stands.get(field)
    if (same(now, change.from) || same(now, change.to)) taken[field] = change.to
    else clashes.push({ field, from: change.from, asked: change.to, stands: now })
  }
  return { taken, clashes }
}

/** Rows are made of the same schema at both ends, so equal values have equal text. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** [PLAN-1] Nobody and nothing in two places at once. */
function place(plan: PlanReader, row: Appointment, troubles: readonly Trouble[]): Decision {
  if (row.when.type === 'at' && row.when.endMs <= row.when.startMs) return refused(row.id, 'senseless')
  const standing = blockingOf(plan, row)
  if (standing.length > 0) {
    const also = [...new Set(standing.flatMap(({ by }) => (by === null ? [] : [by])))]
    return { type: 'refused', trouble: { ...trouble(row.id, 'taken'), blocking: standing, also } }
  }
  return { type: 'done', rows: [row], removed: [], troubles }
}

function blockingOf(plan: PlanReader, row: Appointment): Blocking[] {
  if (!isActive(row.status)) return []
  return bookingsOf(row).flatMap(({ resource, startMs, endMs }) =>
    plan
      .bookings(resource, startMs, endMs)
      .filter(({ appointmentId }) => appointmentId !== row.id)
      .map((booking): Blocking => {
        const other = plan.get('appointment', booking.appointmentId)
        return { ...booking, title: other?.title ?? null, by: other?.by ?? null }
      }),
  )
}

function resolve(
  plan: PlanReader,
  act: Extract<PlanAct, { type: 'attention.resolve' }>,
  author: Author,
): Decision {
  const before = plan.get('attention', act.id)
  if (!before) return refused(act.id, 'unknown')
  if (before.resolved) return { type: 'done', rows: [], removed: [], troubles: [] }
  const resolved = { by: author.staffId, how: act.how, atMs: author.atMs }
  return { type: 'done', rows: [{ ...before, rev: before.rev + 1, resolved }], removed: [], troubles: [] }
}

function trouble(id: string, why: PlanRefusal): Trouble {
  return { id, why, blocking: [], free: [], clashes: [], startMs: null, also: [] }
}

function refused(id: string, why: PlanRefusal): Decision {
  return { type: 'refused', trouble: trouble(id, why) }
}
