/** What the screens see: what the server confirmed, with the acts that wait replayed over it by the server's own rules. */
import { applyAdmission, type Stays } from '../core/admission.ts'
import { type Book, type Draft, keyOfRow, type PlanReader } from '../core/plan/book.ts'
import { type Decision, decide, type Trouble } from '../core/plan/decide.ts'
import type { AdmissionAct } from '../protocol/admission.ts'
import type { BedRow, KeptAct, Row } from '../protocol/plan.ts'
import type { OutboxAct } from '../protocol/sync.ts'

export type Replay = {
  readonly draft: Draft
  /** By `type/id`: the act that touched it last. */
  readonly unconfirmed: Map<string, string>
  /** By act; an act that meets no trouble has none. */
  readonly troubles: Map<string, Trouble>
}

/** Pure. `staffId`: whose acts they are. */
export function replay(confirmed: Book, acts: readonly OutboxAct[], staffId: string): Replay {
  const made: Replay = { draft: confirmed.draft(), unconfirmed: new Map(), troubles: new Map() }
  for (const act of acts) lay(made, act, staffId)
  return made
}

/** Lays one more act over the others. */
export function lay({ draft, unconfirmed, troubles }: Replay, act: OutboxAct, staffId: string): void {
  const decision = decideKept(draft, act.act, { staffId, atMs: act.madeMs })
  const trouble = troubleOf(decision)
  if (trouble) troubles.set(act.actId, trouble)
  if (decision.type === 'refused') return
  for (const row of decision.rows) {
    draft.put(row)
    unconfirmed.set(keyOfRow(row.type, row.id), act.actId)
  }
  for (const { type, id } of decision.removed) {
    draft.remove(type, id)
    unconfirmed.set(keyOfRow(type, id), act.actId)
  }
}

export function troubleOf(decision: Decision): Trouble | null {
  return decision.type === 'refused' ? decision.trouble : (decision.troubles[0] ?? null)
}

/** As `decide`, for who lies where as well. */
export function decideKept(
  plan: PlanReader,
  act: KeptAct,
  author: { readonly staffId: string; readonly atMs: number },
): Decision {
  switch (act.type) {
    case 'admission.admit':
    case 'admission.move':
    case 'admission.discharge':
      return decideAdmission(plan, act)
    default:
      return decide(plan, act, author)
  }
}

function decideAdmission(plan: PlanReader, act: AdmissionAct): Decision {
  const outcome = applyAdmission(staysOf(plan), act)
  if (outcome.type === 'refused') {
    const trouble = {
      why: 'admission' as const,
      blocking: [],
      free: [],
      clashes: [],
      startMs: null,
      also: [],
    }
    return { type: 'refused', trouble: { id: act.actId, ...trouble } }
  }
  const rows = outcome.touched.flatMap((bedId): Row[] => {
    const bed = plan.get('bed', bedId)
    return bed ? [lyingIn(bed, outcome.stays)] : []
  })
  return { type: 'done', rows, removed: [], troubles: [] }
}

function staysOf(plan: PlanReader): Stays {
  const beds = [...plan.all('bed')]
  const stays = beds.map(
    ({ id, epoch, stay }) => [id, { epoch, admissionId: stay?.admissionId ?? null }] as const,
  )
  const admissions = beds.flatMap(({ id, stay }) =>
    stay ? [[stay.admissionId, { ...stay, bedId: id }] as const] : [],
  )
  return { beds: new Map(stays), admissions: new Map(admissions) }
}

function lyingIn(bed: BedRow, { beds, admissions }: Stays): BedRow {
  const { epoch, admissionId } = beds.get(bed.id) ?? { epoch: bed.epoch, admissionId: null }
  const admission = admissionId === null ? undefined : admissions.get(admissionId)
  const stay = admission ? { admissionId: admission.admissionId, patient: admission.patient } : null
  return { ...bed, rev: bed.rev + 1, epoch, stay }
}
