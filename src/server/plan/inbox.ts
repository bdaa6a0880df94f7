/** The ward's inbox: what was refused, or taken only in part, stays in sight of all until a person decides (HZ-8). */
import * as v from 'valibot'
import type { Draft, PlanReader } from '../../core/plan/book.ts'
import type { Trouble } from '../../core/plan/decide.ts'
import { type Attention, attention, type KeptAct, type RowName } from '../../protocol/plan.ts'
import { type Outcome, outcome } from '../../protocol/sync.ts'
import { isFull, moreId, moreOf } from './inbox-turns.ts'
import type { Step } from './ledger.ts'
import { hashOf } from './read-act.ts'

const minuteMs = 60_000
/** So long before its start something undecided becomes urgent. */
export const escalateMs = 30 * minuteMs
/** What has no start, or none that can be read, is urgent so long after it came. */
export const undatedMs = 60 * minuteMs

/** `asked` null: it could not be read. `index`: of the troubles of one act. */
export type Asked = { readonly actId: string; readonly by: string; readonly act: KeptAct | null }

/** Puts what stands against an act where the ward sees it, and says under which names. */
export function raise(
  { draft, nowMs }: Pick<Step, 'draft' | 'nowMs'>,
  { actId, by, act }: Asked,
  troubles: readonly Trouble[],
): RowName[] {
  const raised: RowName[] = []
  for (const [index, trouble] of troubles.entries()) {
    const id = attentionId(draft, index === 0 ? actId : subId(actId, trouble.id))
    const { why, blocking, free, clashes } = trouble
    const asAsked: Attention = {
      type: 'attention',
      id,
      rev: 1,
      by,
      also: [...new Set(trouble.also)].filter((one) => one !== by),
      asked: trouble.asked ?? act,
      why,
      blocking: [...blocking],
      free: [...free],
      clashes: [...clashes],
      startMs: trouble.startMs ?? startOf(draft, trouble.asked ?? act),
      atMs: nowMs,
      escalated: false,
      resolved: null,
    }
    const told: Attention = isSaid(attention, asAsked) ? asAsked : { ...asAsked, ...unsaid }
    const row = { ...told, escalated: isUrgent(told, nowMs) }
    raised.push({ type: 'attention', id })
    if (why === 'freed' || !isFull(draft, by)) draft.put(row)
    else raised.push(...hide(draft, row, nowMs))
  }
  return raised
}

/** It waits for its turn, and the ward is told so at once; the line is kept true by `passIn`. */
function hide(draft: Draft, row: Attention, nowMs: number): RowName[] {
  draft.put({ ...row, hidden: true })
  const said = draft.get('attention', moreId(row.by))
  if (said?.resolved === null) return []
  const more = moreOf(row.by, [row], nowMs, said)
  draft.put(more)
  return [{ type: 'attention', id: more.id }]
}

function isSaid(schema: v.GenericSchema, value: unknown): boolean {
  return v.is(schema, value)
}

/** Of what cannot be written down, it is told that it is there. */
const unsaid = { asked: null, blocking: [], free: [], clashes: [], startMs: null }

/** A second one under the same name, of another content, covers nothing up. */
function attentionId(draft: PlanReader, id: string): string {
  let free = id
  while (draft.get('attention', free)) free = subId(free, 'again')
  return free
}

/** Short enough for an id, and the same however often it is made. */
export function subId(id: string, part: string): string {
  const whole = `${id}_${part}`
  return whole.length <= 64 ? whole : hashOf(whole)
}

function startOf(plan: PlanReader, act: KeptAct | null): number | null {
  if (act?.type === 'appointment.book') return startOfWhen(act.fields.when)
  if (act?.type !== 'appointment.edit') return null
  const when = act.changes.when?.to ?? plan.get('appointment', act.id)?.when
  return when ? startOfWhen(when) : null
}

function startOfWhen(when: { type: 'at'; startMs: number } | { type: 'waiting' }): number | null {
  return when.type === 'at' ? when.startMs : null
}

export function refusedOutcome({ why, blocking, free }: Trouble, detail: string | null = null): Outcome {
  const told = { type: 'refused' as const, why, detail, blocking: [...blocking], free: [...free] }
  return isSaid(outcome, told) ? told : { ...told, blocking: [], free: [] }
}

const unreadable: Outcome = { type: 'refused', why: 'unreadable', detail: null, blocking: [], free: [] }

/** What was answered and stored; one that cannot be read is answered all the same, or its device asks for ever. */
export function readOutcome(text: string): Outcome {
  const read = v.safeParse(outcome, JSON.parse(text))
  return read.success ? read.output : unreadable
}

/** Near its start or begun, or of no start and old, and nobody has decided. */
export function isUrgent({ why, startMs, atMs, resolved }: Attention, nowMs: number): boolean {
  return (
    why !== 'freed' &&
    why !== 'more' &&
    resolved === null &&
    (startMs === null ? atMs + undatedMs : startMs - escalateMs) <= nowMs
  )
}
