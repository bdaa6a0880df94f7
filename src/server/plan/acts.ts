/** Takes acts one by one: once each, in the order of their device, by whoever may now, and never without an answer. */
import type { Logger } from 'pino'
import * as v from 'valibot'
import type { Stays } from '../../core/admission.ts'
import { type Actor, may } from '../../core/permissions.ts'
import { actionsOf } from '../../core/plan/act-rights.ts'
import { decide, type Trouble } from '../../core/plan/decide.ts'
import { trouble } from '../../core/plan/decision.ts'
import type { AdmissionAct } from '../../protocol/admission.ts'
import type { AuditAgent, AuditEntity } from '../../protocol/audit.ts'
import { type KeptAct, type PlanAct, type PlanRefusal, type RowName, rowName } from '../../protocol/plan.ts'
import { type Outcome, outcome } from '../../protocol/sync.ts'
import { performAct } from '../admissions.ts'
import { recordAct } from '../audit/record.ts'
import { findPerson } from '../people.ts'
import { followStays } from './follow.ts'
import { raise, refusedOutcome, subId } from './inbox.ts'
import type { Step } from './ledger.ts'
import { mirrorBeds } from './mirror.ts'
import { offerFreed } from './offers.ts'
import type { BroughtAct } from './read-act.ts'
import { serverId } from './server-id.ts'

/** What a person may is looked up when the act is taken, not when it was written. */
export type PlanAuthor =
  | { readonly type: 'staff'; readonly staffId: string }
  | { readonly type: 'server' }
  /** Another program, whose key was looked at; its rows say `server`, the audit which it was. */
  | { readonly type: 'integration'; readonly integrationId: string }

/** `touched`: the rows that show the outcome. */
export type Answered = {
  readonly actId: string
  readonly outcome: Outcome
  readonly touched: readonly RowName[]
}

/** `barred`: the database refused what this program decided, so it is refused whatever the rules say (HZ-8). */
export type Taking = {
  readonly author: PlanAuthor
  readonly deviceId: string | null
  readonly acts: readonly BroughtAct[]
  readonly barred: PlanRefusal | null
  /** What is refused is put into the ward's inbox, or only told to whoever asks and waits for the answer. */
  readonly refused: 'kept' | 'told'
}

export type TakeParts = {
  readonly wardId: string
  readonly log: Logger
  /** Memory, calls and tablets follow a stay that changed. */
  readonly followStays: (stays: Stays) => Promise<void>
}

type Who = { readonly by: string; readonly agent: AuditAgent; readonly actor: Actor | 'server' | null }

type Verdict =
  | { readonly type: 'done'; readonly troubles: readonly Trouble[]; readonly touched: readonly RowName[] }
  | { readonly type: 'refused'; readonly trouble: Trouble; readonly detail: string | null }

export async function takeActs(parts: TakeParts, step: Step, taking: Taking): Promise<Answered[]> {
  const who = await whoIs(step, taking.author)
  const counted = await readCount(step, taking.deviceId, who.by)
  let lastN = counted
  const answers: Answered[] = []
  for (const brought of taking.acts) {
    const isLate = taking.deviceId !== null && brought.n <= lastN
    answers.push(await takeOnce(parts, step, taking, who, brought, isLate))
    lastN = Math.max(lastN, brought.n)
  }
  if (taking.deviceId !== null && lastN > counted) await writeCount(step, taking.deviceId, who.by, lastN)
  return answers
}

async function whoIs({ db, nowMs }: Step, author: PlanAuthor): Promise<Who> {
  if (author.type === 'server') return { by: serverId, agent: { type: 'server' }, actor: 'server' }
  if (author.type === 'integration') return { by: serverId, agent: author, actor: 'server' }
  const { staffId } = author
  const person = await findPerson(db, staffId, nowMs)
  if (!person) return { by: staffId, agent: { type: 'unknown' }, actor: null }
  const agent = { type: 'staff', staffId, role: person.staff.role } as const
  return { by: staffId, agent, actor: person.actor }
}

async function readCount({ db }: Step, deviceId: string | null, staffId: string): Promise<number> {
  if (deviceId === null) return 0
  const query = db.selectFrom('plan_devices').select('last_n').where('device_id', '=', deviceId)
  return (await query.where('staff_id', '=', staffId).executeTakeFirst())?.last_n ?? 0
}

async function writeCount({ db }: Step, deviceId: string, staffId: string, n: number): Promise<void> {
  await db
    .insertInto('plan_devices')
    .values({ device_id: deviceId, staff_id: staffId, last_n: n })
    .onConflict((conflict) => conflict.columns(['device_id', 'staff_id']).doUpdateSet({ last_n: n }))
    .execute()
}

const names = v.array(rowName)

/** A repeat is answered as the first time. Another content under the same id is another act, refused as such. */
async function takeOnce(
  parts: TakeParts,
  step: Step,
  taking: Taking,
  who: Who,
  brought: BroughtAct,
  isLate: boolean,
): Promise<Answered> {
  const { actId, hash } = brought
  const past = await findPast(step, actId)
  const isSame = past?.hash === hash && past.staff_id === who.by
  const key = past && !isSame ? subId(actId, hash.slice(0, 16)) : actId
  const known = isSame ? past : past && (await findPast(step, key))
  if (known)
    return {
      actId,
      outcome: v.parse(outcome, JSON.parse(known.outcome)),
      touched: v.parse(names, JSON.parse(known.touched)),
    }
  const why = past || isLate ? 'out-of-order' : taking.barred
  const verdict = why ? refused(actId, why) : await judge(parts, step, who, brought)
  const answer = answerTo(step, taking, who, { ...brought, actId: key }, verdict)
  await step.db
    .insertInto('plan_acts')
    .values({
      act_id: key,
      device_id: taking.deviceId,
      staff_id: who.by,
      n: brought.n,
      hash,
      outcome: JSON.stringify(answer.outcome),
      touched: JSON.stringify(answer.touched),
      at_ms: step.nowMs,
    })
    .execute()
  return { ...answer, actId }
}

async function findPast({ db }: Step, actId: string) {
  return await db
    .selectFrom('plan_acts')
    .select(['staff_id', 'hash', 'outcome', 'touched'])
    .where('act_id', '=', actId)
    .executeTakeFirst()
}

function refused(actId: string, why: PlanRefusal, detail: string | null = null): Verdict {
  return { type: 'refused', trouble: trouble(actId, why), detail }
}

async function judge(parts: TakeParts, step: Step, who: Who, { actId, act }: BroughtAct): Promise<Verdict> {
  if (!act) return await onRecord(step, who, null, refused(actId, 'unreadable'))
  const missing = missingOf(parts, step, who, act)
  if (missing !== null) {
    const { agent } = who
    await recordAct(step.db, step.nowMs, { action: 'forbidden', outcome: 'refused', agent, detail: missing })
    return refused(actId, 'forbidden')
  }
  if (isAdmission(act)) return await admit(parts, step, who.agent, act)
  const before = act.type === 'appointment.edit' ? step.draft.get('appointment', act.id) : undefined
  const verdict = await onRecord(step, who, act, apply(parts, step, who, act))
  if (verdict.type === 'refused' || !before) return verdict
  return { ...verdict, touched: [...verdict.touched, ...offerFreed(step, actId, before)] }
}

function missingOf(
  { wardId }: TakeParts,
  { draft, nowMs }: Step,
  { actor, by }: Who,
  act: KeptAct,
): string | null {
  if (actor === 'server') return null
  return actionsOf(act, by, draft).find((need) => actor === null || !may(actor, need, wardId, nowMs)) ?? null
}

export function isAdmission(act: KeptAct): act is AdmissionAct {
  return act.type === 'admission.admit' || act.type === 'admission.move' || act.type === 'admission.discharge'
}

/** Rules that throw are a bug of ours: this act is parked for a person, and the others go on. */
function apply({ log }: TakeParts, { draft, nowMs }: Step, { by }: Who, act: PlanAct): Verdict {
  try {
    const decision = decide(draft, act, { staffId: by, atMs: nowMs })
    if (decision.type === 'refused') return { ...decision, detail: null }
    const { rows, removed, troubles } = decision
    for (const row of rows) draft.put(row)
    for (const { type, id } of removed) draft.remove(type, id)
    return { type: 'done', troubles, touched: [...rows.map(({ type, id }) => ({ type, id })), ...removed] }
  } catch (error) {
    log.error({ err: error, act: act.type }, 'the rules of the plan failed')
    return refused(act.id, 'unreadable')
  }
}

/** Who lies where, by the rules and in the records of admissions; then what was planned for that patient follows. */
export async function admit(
  parts: Pick<TakeParts, 'followStays'>,
  step: Step,
  agent: AuditAgent,
  act: AdmissionAct,
): Promise<Verdict> {
  const { db, draft, nowMs } = step
  const { refusal, stays } = await performAct(db, act, agent, nowMs)
  if (refusal) return refused(act.actId, 'admission', refusal)
  if (!stays) return { type: 'done', troubles: [], touched: [] }
  await mirrorBeds(db, draft, stays)
  step.after.push(() => parts.followStays(stays))
  return { type: 'done', troubles: [], touched: await followStays(step, act.actId, act) }
}

function answerTo(
  step: Step,
  { refused: where }: Taking,
  { by }: Who,
  { actId, act }: BroughtAct,
  verdict: Verdict,
): Omit<Answered, 'actId'> {
  const asked = { actId, by, act }
  if (verdict.type === 'refused') {
    const touched = where === 'kept' ? raise(step, asked, [verdict.trouble]) : []
    return { outcome: refusedOutcome(verdict.trouble, verdict.detail), touched }
  }
  const { troubles } = verdict
  const touched = [...verdict.touched, ...raise(step, asked, troubles)]
  if (troubles.length === 0) return { outcome: { type: 'applied' }, touched }
  return { outcome: { type: 'merged', clashes: troubles.flatMap(({ clashes }) => clashes) }, touched }
}

async function onRecord(step: Step, who: Who, act: PlanAct | null, verdict: Verdict): Promise<Verdict> {
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
