/** Takes acts one by one: once each, in the order of their device, and never without an answer. */
import * as v from 'valibot'
import { type Appointment, type PlanRefusal, type RowName, rowName } from '../../protocol/plan.ts'
import type { Outcome } from '../../protocol/sync.ts'
import { findPerson } from '../people.ts'
import { raise, readOutcome, refusedOutcome, subId } from './inbox.ts'
import { type JudgeParts, judge, onRecord, refused, type Verdict, type Who } from './judge.ts'
import type { Step } from './ledger.ts'
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
  /** Only as long as this appointment is as whoever asks has read it; else nothing is done. Null: it is merged. */
  readonly seen: Pick<Appointment, 'id' | 'rev'> | null
}

/** After so many milliseconds, or so many changed rows to write, a transaction takes no more: others wait meanwhile. */
const longestMs = 50
const mostRows = 100

export type TakeParts = JudgeParts & { readonly now: () => number }

/** Takes at least the first, and as many of those after it as are not too much for one transaction. */
export async function takeActs(parts: TakeParts, step: Step, taking: Taking): Promise<Answered[]> {
  const begunMs = parts.now()
  const who = await whoIs(step, taking.author)
  const counted = await readCount(step, taking.deviceId, who.by)
  let lastN = counted
  const answers: Answered[] = []
  for (const brought of taking.acts) {
    const isMuch = parts.now() - begunMs >= longestMs || step.draft.changed().size >= mostRows
    if (answers.length > 0 && isMuch) break
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
  parts: JudgeParts,
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
      outcome: readOutcome(known.outcome),
      touched: v.parse(names, JSON.parse(known.touched)),
    }
  const erased = await erasedOf(step, brought)
  const why = past || isLate ? 'out-of-order' : (taking.barred ?? staleOf(step, taking) ?? erased)
  const verdict = why
    ? await onRecord(step, who, null, refused(actId, why))
    : await judge(parts, step, who, brought)
  const answer = answerTo(step, taking, who, { ...asWritten(brought, erased), actId: key }, verdict)
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

function staleOf({ draft }: Step, { seen }: Taking): PlanRefusal | null {
  return seen && draft.get('appointment', seen.id)?.rev !== seen.rev ? 'edited-meanwhile' : null
}

/** [ERASE-3] What a device wrote before somebody was erased, and brings after it, is about nobody any more. */
async function erasedOf({ db }: Step, { act }: BroughtAct): Promise<'closed' | null> {
  if (!act) return null
  const ids = 'admissionId' in act ? [act.admissionId] : [act.id]
  const row = db.selectFrom('erased').select('id').where('id', 'in', ids)
  return (await row.executeTakeFirst()) ? 'closed' : null
}

/** Its words would stand in the ward's inbox. */
function asWritten(brought: BroughtAct, erased: 'closed' | null): BroughtAct {
  return erased ? { ...brought, act: null } : brought
}

async function findPast({ db }: Step, actId: string) {
  return await db
    .selectFrom('plan_acts')
    .select(['staff_id', 'hash', 'outcome', 'touched'])
    .where('act_id', '=', actId)
    .executeTakeFirst()
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
