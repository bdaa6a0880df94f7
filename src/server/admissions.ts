/** Who lies where: each act decided by the rules, written with its audit in one transaction, and only then told. */
import { isDeepStrictEqual } from 'node:util'
import * as v from 'valibot'
import { applyAdmission, type Stays } from '../core/admission.ts'
import { bedEndpoint } from '../core/switchboard-parties.ts'
import {
  type AdmissionAct,
  type AdmissionChange,
  type AdmissionRefusal,
  admissionRefusal,
} from '../protocol/admission.ts'
import type { AuditAct, AuditAgent } from '../protocol/audit.ts'
import type { ServerMessage } from '../protocol/wire.ts'
import { loadAway, loadStays, loadWishes, type Origin, writeStays } from './admission-rows.ts'
import { agentOfParty, recordAct } from './audit/record.ts'
import type { BoardNews } from './board-news.ts'
import type { Plan } from './plan/plan.ts'
import { retell, type Session, type Sessions, tell, tellText } from './session.ts'
import type { Db } from './store/store.ts'
import type { Switching } from './switching.ts'
import type { Bed, Ward } from './ward.ts'

/** `stays` null: refused, or done before. */
export type AdmissionResult = { readonly refusal: AdmissionRefusal | null; readonly stays: Stays | null }

const auditActions = {
  'admission.admit': 'admitted',
  'admission.move': 'moved',
  'admission.swap': 'swapped',
  'admission.wish': 'wishes-changed',
  'admission.away': 'away-changed',
  'admission.discharge': 'discharged',
  'admission.correct': 'identifiers-corrected',
} as const

/** Does an act once, however often it is said: `actId` remembers how it came out. Give it a transaction. */
export async function performAct(
  db: Db,
  act: AdmissionChange,
  agent: AuditAgent,
  nowMs: number,
  origin: Origin = 'hand',
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
  if (outcome.type === 'done') await writeStays(db, outcome.stays, outcome.touched, act, { nowMs, origin })
  await db.insertInto('admission_acts').values({ act_id: act.actId, at_ms: nowMs, refusal }).execute()
  for (const about of auditOf(act, agent, before, refusal)) await recordAct(db, nowMs, about)
  return { refusal, stays: outcome.type === 'done' ? outcome.stays : null }
}

type About = Pick<AuditAct, 'action' | 'agent'> & Partial<AuditAct>

/** A swap is on the record of both. */
function auditOf(
  act: AdmissionChange,
  agent: AuditAgent,
  before: Stays,
  refusal: AdmissionRefusal | null,
): About[] {
  const from = bedOf(before, act.admissionId)
  const about = (patient: string, bedId: string | null, left: string | null): About => ({
    action: auditActions[act.type],
    outcome: refusal ? 'refused' : 'done',
    agent,
    patient,
    entity: bedId === null ? null : { type: 'bed', id: bedId },
    detail: refusal ?? left,
  })
  switch (act.type) {
    case 'admission.admit':
      return [about(act.admissionId, act.bedId, null)]
    case 'admission.move':
      return [about(act.admissionId, act.bedId, from)]
    case 'admission.swap': {
      const to = bedOf(before, act.withAdmissionId)
      return [about(act.admissionId, to, from), about(act.withAdmissionId, from, to)]
    }
    case 'admission.away':
      return [about(act.admissionId, from, act.now)]
    case 'admission.wish':
    case 'admission.discharge':
    case 'admission.correct':
      return [about(act.admissionId, from, null)]
  }
}

function bedOf(stays: Stays, admissionId: string): string | null {
  return stays.admissions.get(admissionId)?.bedId ?? null
}

export type StayNewsParts = {
  readonly db: Db
  readonly ward: Ward
  readonly sessions: Sessions
  readonly switching: Switching
  readonly news: BoardNews
}

/** Memory follows what is durable; then the bed's call ends, its tablet is told, and every board. Run it in the queue. */
export function createStayNews({ db, ward, sessions, switching, news }: StayNewsParts) {
  return async ({ beds, admissions }: Stays): Promise<void> => {
    const wished = await loadWishes(db)
    const away = await loadAway(db)
    for (const [bedId, stay] of beds) {
      const bed = ward.beds.get(bedId)
      const wishes = wished.get(stay.admissionId ?? '') ?? null
      const patient = admissions.get(stay.admissionId ?? '')?.patient ?? null
      const awaySinceMs = away.get(stay.admissionId ?? '') ?? null
      const known = bed && [bed.stay.epoch, bed.wishes, bed.patient, bed.awaySinceMs]
      if (!bed || isDeepStrictEqual(known, [stay.epoch, wishes, patient, awaySinceMs])) continue
      const isOther = bed.stay.epoch !== stay.epoch
      bed.stay = stay
      bed.wishes = wishes
      bed.patient = patient
      bed.awaySinceMs = awaySinceMs
      if (isOther) await switching.dispatch({ type: 'stayChanged', bedId, stay })
      tellTablet(sessions.get(bedEndpoint(bedId)), bed)
      news.tellBed(bed, switching.board())
    }
  }
}

/** One that comes back hears of the stay that is, and nothing of those that were in between. */
function tellTablet(session: Session | undefined, { stay, wishes }: Bed): void {
  if (!session) return
  const text = JSON.stringify({ type: 'stay.changed', stay, wishes } satisfies ServerMessage)
  retell(session, (waiting) => waiting.startsWith(stayText), text)
  tellText(session, text)
}
const stayText = '{"type":"stay.changed"'

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
