/** Who lies where: each act decided by the rules, written with its audit in one transaction, and only then told. */
import * as v from 'valibot'
import { type Admission, applyAdmission, type Stays } from '../core/admission.ts'
import { bedEndpoint } from '../core/switchboard-parties.ts'
import { type AdmissionAct, type AdmissionRefusal, admissionRefusal } from '../protocol/admission.ts'
import type { AuditAct, AuditAgent } from '../protocol/audit.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { BoardNews } from './board-news.ts'
import type { Plan } from './plan/plan.ts'
import { type Session, type Sessions, tell } from './session.ts'
import type { Db } from './store/store.ts'
import type { Switching } from './switching.ts'
import type { Ward } from './ward.ts'

/** `stays` null: refused, or done before. */
export type AdmissionResult = { readonly refusal: AdmissionRefusal | null; readonly stays: Stays | null }

const auditActions = {
  'admission.admit': 'admitted',
  'admission.move': 'moved',
  'admission.discharge': 'discharged',
} as const

/** Does an act once, however often it is said: `actId` remembers how it came out. Give it a transaction. */
export async function performAct(
  db: Db,
  act: AdmissionAct,
  agent: AuditAgent,
  nowMs: number,
): Promise<AdmissionResult> {
  const past = await db
    .selectFrom('admission_acts')
    .select('refusal')
    .where('act_id', '=', act.actId)
    .executeTakeFirst()
  if (past) return { refusal: v.parse(v.nullable(admissionRefusal), past.refusal), stays: null }
  const before = await loadStays(db, act.admissionId)
  const outcome = applyAdmission(before, act)
  const refusal = outcome.type === 'refused' ? outcome.why : null
  if (outcome.type === 'done') await write(db, outcome.stays, outcome.touched, act, nowMs)
  await db.insertInto('admission_acts').values({ act_id: act.actId, at_ms: nowMs, refusal }).execute()
  await recordAct(db, nowMs, auditOf(act, agent, before, refusal))
  return { refusal, stays: outcome.type === 'done' ? outcome.stays : null }
}

/** A move's `detail` is the bed that was left. */
function auditOf(
  act: AdmissionAct,
  agent: AuditAgent,
  before: Stays,
  refusal: AdmissionRefusal | null,
): Pick<AuditAct, 'action' | 'agent'> & Partial<AuditAct> {
  const from = before.admissions.get(act.admissionId)?.bedId ?? null
  const bedId = act.type === 'admission.discharge' ? from : act.bedId
  return {
    action: auditActions[act.type],
    outcome: refusal ? 'refused' : 'done',
    agent,
    patient: act.admissionId,
    entity: bedId === null ? null : { type: 'bed', id: bedId },
    detail: refusal ?? (act.type === 'admission.move' ? from : null),
  }
}

async function write(
  db: Db,
  stays: Stays,
  touched: readonly string[],
  act: AdmissionAct,
  nowMs: number,
): Promise<void> {
  const { admissionId } = act
  if (act.type === 'admission.admit') {
    const since = { started_ms: nowMs, bed_since_ms: nowMs }
    const stay = { admission_id: admissionId, bed_id: act.bedId, ...since, ended_ms: null }
    await db
      .insertInto('admissions')
      .values({ ...stay, ...act.patient })
      .execute()
  } else {
    await db
      .updateTable('admissions')
      .set(act.type === 'admission.move' ? { bed_id: act.bedId, bed_since_ms: nowMs } : { ended_ms: nowMs })
      .where('admission_id', '=', admissionId)
      .execute()
  }
  for (const bedId of touched) {
    const stay_epoch = stays.beds.get(bedId)?.epoch ?? 0
    await db.updateTable('beds').set({ stay_epoch }).where('bed_id', '=', bedId).execute()
  }
}

/** The ward's stays; of the admissions that are over only the one that is asked for. */
export async function loadStays(db: Db, alsoAdmissionId: string | null = null): Promise<Stays> {
  const rows = await db
    .selectFrom('admissions')
    .selectAll()
    .where((where) =>
      where.or([
        where('ended_ms', 'is', null),
        ...(alsoAdmissionId === null ? [] : [where('admission_id', '=', alsoAdmissionId)]),
      ]),
    )
    .execute()
  const admissions = rows.map(
    ({ admission_id, bed_id, name, born, number, ended_ms }): Admission => ({
      admissionId: admission_id,
      patient: { name, born, number },
      bedId: ended_ms === null ? bed_id : null,
    }),
  )
  const inBed = new Map(admissions.map(({ bedId, admissionId }) => [bedId, admissionId]))
  const beds = await db.selectFrom('beds').select(['bed_id', 'stay_epoch']).execute()
  return {
    admissions: new Map(admissions.map((admission) => [admission.admissionId, admission])),
    beds: new Map(
      beds.map(({ bed_id, stay_epoch }) => [
        bed_id,
        { epoch: stay_epoch, admissionId: inBed.get(bed_id) ?? null },
      ]),
    ),
  }
}

export type StayNewsParts = {
  readonly ward: Ward
  readonly sessions: Sessions
  readonly switching: Switching
  readonly news: BoardNews
}

/** Memory follows what is durable; then the bed's call ends, its tablet is told, and every board. Run it in the queue. */
export function createStayNews({ ward, sessions, switching, news }: StayNewsParts) {
  return async ({ beds, admissions }: Stays): Promise<void> => {
    for (const [bedId, stay] of beds) {
      const bed = ward.beds.get(bedId)
      if (!bed || bed.stay.epoch === stay.epoch) continue
      bed.stay = stay
      bed.patient = admissions.get(stay.admissionId ?? '')?.patient ?? null
      await switching.dispatch({ type: 'stayChanged', bedId, stay })
      const session = sessions.get(bedEndpoint(bedId))
      if (session) tell(session, { type: 'stay.changed', stay })
      news.tellBed(bed, switching.board())
    }
  }
}

export type AdmissionsParts = {
  readonly ward: Ward
  readonly switching: Switching
  readonly plan: Pick<Plan, 'admit'>
}

export type Admissions = ReturnType<typeof createAdmissions>

export function createAdmissions({ ward, switching, plan }: AdmissionsParts) {
  return {
    /** Does what a station asks and answers it. Run it in the queue. */
    async perform(session: Session, act: AdmissionAct): Promise<void> {
      const refusal = await plan.admit(agentOfParty(session.party), act)
      tell(session, { type: 'admission.answered', actId: act.actId, refusal })
    },

    /** Ends the calls of stays that were over when the server was killed. Run it in the queue. */
    async takeUp(): Promise<void> {
      for (const [bedId, { stay }] of ward.beds)
        await switching.dispatch({ type: 'stayChanged', bedId, stay })
    },
  }
}
