/** Judges one act: whether this person may now, what the rules say, and what the audit keeps of it. */
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { Stays } from '../../core/admission.ts'
import { type Actor, may } from '../../core/permissions.ts'
import { actionsOf } from '../../core/plan/act-rights.ts'
import { decide, type Trouble } from '../../core/plan/decide.ts'
import { trouble } from '../../core/plan/decision.ts'
import { type AdmissionAct, type AdmissionChange, admissionAct } from '../../protocol/admission.ts'
import type { AuditAgent, AuditEntity } from '../../protocol/audit.ts'
import {
  type Appointment,
  type KeptAct,
  type PlanAct,
  type PlanRefusal,
  type RowName,
  row as rowSchema,
} from '../../protocol/plan.ts'
import type { Origin } from '../admission-rows.ts'
import { performAct } from '../admissions.ts'
import { recordAct } from '../audit/record.ts'
import { followStays } from './follow.ts'
import type { Step } from './ledger.ts'
import { mirrorBeds } from './mirror.ts'
import { offerFreed, offerOn } from './offers.ts'
import type { BroughtAct } from './read-act.ts'

export type JudgeParts = {
  readonly wardId: string
  readonly log: Logger
  /** Memory, calls and tablets follow a stay that changed. */
  readonly followStays: (stays: Stays) => Promise<void>
}

/** `actor` null: nobody any more. */
export type Who = { readonly by: string; readonly agent: AuditAgent; readonly actor: Actor | 'server' | null }

export type Verdict =
  | { readonly type: 'done'; readonly troubles: readonly Trouble[]; readonly touched: readonly RowName[] }
  | { readonly type: 'refused'; readonly trouble: Trouble; readonly detail: string | null }

export function refused(actId: string, why: PlanRefusal, detail: string | null = null): Verdict {
  return { type: 'refused', trouble: trouble(actId, why), detail }
}

export async function judge(
  parts: JudgeParts,
  step: Step,
  who: Who,
  { actId, act }: BroughtAct,
): Promise<Verdict> {
  if (!act) return await onRecord(step, who, null, refused(actId, 'unreadable'))
  const missing = missingOf(parts, step, who, act)
  if (missing !== null) {
    const { agent } = who
    await recordAct(step.db, step.nowMs, { action: 'forbidden', outcome: 'refused', agent, detail: missing })
    return refused(actId, 'forbidden')
  }
  if (isAdmission(act)) return await admit(parts, step, who.agent, act)
  const decided = act.type === 'attention.resolve' ? step.draft.get('attention', act.id) : undefined
  const { verdict, before } = apply(parts, step, who, act)
  await onRecord(step, who, act, verdict)
  if (verdict.type === 'refused') return verdict
  const freed = before.flatMap((row) => offerFreed(step, `${actId}-${row.id}`, row))
  const next = decided?.resolved === null ? offerOn(step, actId, decided) : []
  return { ...verdict, touched: [...verdict.touched, ...freed, ...next] }
}

function missingOf(
  { wardId }: JudgeParts,
  { draft, nowMs }: Step,
  { actor, by, agent }: Who,
  act: KeptAct,
): string | null {
  // [PLAN-3] A program's key writes, and is nobody who may decide to go beyond somebody's hours.
  if (agent.type === 'integration')
    return actionsOf(act, by, draft).find((need) => need === 'plan.override') ?? null
  if (actor === 'server') return null
  return actionsOf(act, by, draft).find((need) => actor === null || !may(actor, need, wardId, nowMs)) ?? null
}

function isAdmission(act: KeptAct | AdmissionChange): act is AdmissionAct {
  return v.is(admissionAct, act)
}

/** `before`: the appointments that it changed, as they were. */
type Applied = { readonly verdict: Verdict; readonly before: readonly Appointment[] }

/** Rules that throw are a bug of ours: this act is parked for a person, and the others go on. */
function apply({ log }: JudgeParts, { draft, nowMs }: Step, { by }: Who, act: PlanAct): Applied {
  const not = (verdict: Verdict) => ({ verdict, before: [] })
  try {
    const decision = decide(draft, act, { staffId: by, atMs: nowMs })
    if (decision.type === 'refused') return not({ ...decision, detail: null })
    const { rows, removed, troubles } = decision
    if (!rows.every((row) => v.is(rowSchema, row))) {
      log.error({ act: act.type }, 'the rules of the plan made a row that nobody can read')
      return not(refused(act.id, 'unreadable'))
    }
    const touched = [...rows.map(({ type, id }) => ({ type, id })), ...removed]
    const before = touched.flatMap(({ type, id }) =>
      type === 'appointment' ? (draft.get(type, id) ?? []) : [],
    )
    for (const row of rows) draft.put(row)
    for (const { type, id } of removed) draft.remove(type, id)
    return { verdict: { type: 'done', troubles, touched }, before }
  } catch (error) {
    log.error({ err: error, act: act.type }, 'the rules of the plan failed')
    return not(refused(act.id, 'unreadable'))
  }
}

/** Who lies where, by the rules and in the records of admissions; then what was planned for that patient follows. */
export async function admit(
  parts: Pick<JudgeParts, 'followStays'>,
  step: Step,
  agent: AuditAgent,
  act: AdmissionChange,
  origin: Origin = 'hand',
): Promise<Verdict> {
  const { db, draft, nowMs } = step
  const { refusal, stays } = await performAct(db, act, agent, nowMs, origin)
  if (refusal) return refused(act.actId, 'admission', refusal)
  if (!stays) return { type: 'done', troubles: [], touched: [] }
  await mirrorBeds(db, draft, stays)
  step.after.push(() => parts.followStays(stays))
  return {
    type: 'done',
    troubles: [],
    touched: await followStays(step, act.actId, isAdmission(act) ? act : null),
  }
}

/** One row for one act, whatever became of it: ids, and words of the program. */
export async function onRecord(
  step: Step,
  who: Who,
  act: PlanAct | null,
  verdict: Verdict,
): Promise<Verdict> {
  const { db, draft, nowMs } = step
  const stops = act && entityOf(act).type === 'appointment' ? draft.get('appointment', act.id)?.stops : null
  await recordAct(db, nowMs, {
    action: 'plan-changed',
    outcome: verdict.type,
    agent: who.agent,
    patient: stops?.length === 1 ? (stops[0]?.admissionId ?? null) : null,
    entity: act && entityOf(act),
    detail: verdict.type === 'refused' ? verdict.trouble.why : (act?.type ?? null),
  })
  return verdict
}

function entityOf(act: PlanAct): AuditEntity {
  const { id } = act
  switch (act.type) {
    case 'appointment.book':
    case 'appointment.edit':
      return { type: 'appointment', id }
    case 'series.make':
    case 'series.edit':
    case 'series.end':
      return { type: 'series', id }
    case 'hours.set':
      return { type: 'hours', id }
    case 'attention.resolve':
      return { type: 'attention', id }
  }
}
