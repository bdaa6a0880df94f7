/** What is reviewed of broken glass: who, why, what they did meanwhile, and who has looked at it. */
import * as v from 'valibot'
import { type AuditAct, auditRow } from '../protocol/audit.ts'
import type { Override } from '../protocol/override.ts'
import { type Party, party, staffRole } from '../protocol/people.ts'
import { recordAct } from './audit/record.ts'
import type { SignIn } from './people.ts'
import type { Db, Store } from './store/store.ts'

const mostOverrides = 100
const mostActs = 200

type Act = Override['acts'][number]
type About = Act['about']

/** Those that nobody has looked at first, each kind from the newest. */
export async function listOverrides(db: Db): Promise<Override[]> {
  const rows = await db
    .selectFrom('broken_glass')
    .innerJoin('staff', 'staff.staff_id', 'broken_glass.staff_id')
    .innerJoin('wards', 'wards.ward_id', 'broken_glass.ward_id')
    .leftJoin('staff as reviewer', 'reviewer.staff_id', 'broken_glass.reviewed_by')
    .selectAll('broken_glass')
    .select(['staff.name', 'staff.role', 'wards.name as ward', 'reviewer.name as reviewerName'])
    .orderBy((row) => row.case().when('reviewed_ms', 'is', null).then(0).else(1).end())
    .orderBy('broken_ms', 'desc')
    .limit(mostOverrides)
    .execute()
  const found: Override[] = []
  for (const row of rows)
    found.push({
      glassId: row.glass_id,
      name: row.name,
      role: v.parse(staffRole, row.role),
      ward: row.ward,
      reason: row.reason,
      brokenMs: row.broken_ms,
      untilMs: row.until_ms,
      review:
        row.reviewed_ms === null
          ? null
          : { atMs: row.reviewed_ms, name: row.reviewerName ?? '?', note: row.review_note ?? '' },
      acts: await actsOf(db, row.staff_id, row.broken_ms, row.until_ms),
    })
  return found
}

/** What this person did between these times, in order. */
async function actsOf(db: Db, staffId: string, fromMs: number, untilMs: number): Promise<Act[]> {
  const rows = await db
    .selectFrom('audit')
    .select(['text'])
    .where('agent_id', '=', staffId)
    .where('at_ms', '>=', fromMs)
    .where('at_ms', '<=', untilMs)
    .orderBy('seq')
    .limit(mostActs)
    .execute()
  const acts: Act[] = []
  for (const { text } of rows) {
    const { atMs, act } = v.parse(auditRow, JSON.parse(text))
    const { action, outcome, detail } = act
    acts.push({ atMs, action, outcome, detail, about: await aboutOf(db, act) })
  }
  return acts
}

/** The bed or the colleague of a call, or the bed itself. */
async function aboutOf(db: Db, { entity }: AuditAct): Promise<About> {
  if (entity?.type === 'bed') {
    const bed = await db.selectFrom('beds').select('label').where('bed_id', '=', entity.id).executeTakeFirst()
    return bed ? { type: 'bed', label: bed.label } : null
  }
  if (entity?.type !== 'call') return null
  const call = await db
    .selectFrom('calls')
    .select(['caller', 'callee'])
    .where('call_id', '=', entity.id)
    .executeTakeFirst()
  if (!call) return null
  const parties: Party[] = [call.callee, call.caller].map((text) => v.parse(party, JSON.parse(text)))
  const bed = parties.find((one) => one.type === 'bed')
  if (bed?.type === 'bed') return { type: 'bed', label: bed.label }
  const [callee] = parties
  return callee?.type === 'staff' ? { type: 'staff', name: callee.name } : null
}

/** Marks one as looked at, once. `forbidden`: nobody looks at their own, whatever role they have had since. */
export async function reviewOverride(
  store: Store,
  { staff }: SignIn,
  glassId: string,
  note: string,
  nowMs: number,
): Promise<'done' | 'not-found' | 'forbidden' | 'conflict'> {
  return await store.db.transaction().execute(async (db) => {
    const row = await db
      .selectFrom('broken_glass')
      .select(['ward_id', 'staff_id', 'reviewed_ms'])
      .where('glass_id', '=', glassId)
      .executeTakeFirst()
    if (!row) return 'not-found'
    if (row.staff_id === staff.staffId) return 'forbidden'
    if (row.reviewed_ms !== null) return 'conflict'
    await db
      .updateTable('broken_glass')
      .set({ reviewed_ms: nowMs, reviewed_by: staff.staffId, review_note: note })
      .where('glass_id', '=', glassId)
      .execute()
    const agent = { type: 'staff', staffId: staff.staffId, role: staff.role } as const
    const entity = { type: 'ward' as const, id: row.ward_id }
    await recordAct(db, nowMs, { action: 'glass-reviewed', agent, entity, detail: glassId, reason: note })
    return 'done'
  })
}
