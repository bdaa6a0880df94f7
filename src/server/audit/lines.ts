/** Rows as the administrator's screen shows them: with the names of now, the patient's too. */
import type { Language } from '../../core/languages.ts'
import type { AuditChoices, AuditLine } from '../../protocol/audit.ts'
import type { Db } from '../store/store.ts'
import { loadNames, type Names } from './names.ts'
import type { FoundRow } from './search.ts'

export async function linesOf(db: Db, rows: readonly FoundRow[], language: Language): Promise<AuditLine[]> {
  const names = await loadNames(db, language)
  const stays = await db.selectFrom('admissions').select(['admission_id', 'name']).execute()
  const patients = new Map(stays.map(({ admission_id, name }) => [admission_id, name]))
  return rows.map((row) => lineOf(row, names, patients))
}

function lineOf(
  { seq, atMs, act }: FoundRow,
  names: Names,
  patients: ReadonlyMap<string, string>,
): AuditLine {
  const { action, outcome, agent, peer, patient, entity, detail, reason } = act
  return {
    seq,
    atMs,
    action,
    outcome,
    who: names.agent(agent),
    role: agent.type === 'staff' ? agent.role : null,
    peer: peer && names.agent(peer),
    patient: patient === null ? null : { admissionId: patient, name: patients.get(patient) ?? patient },
    entity: entity && { ...entity, name: names.entity(entity) },
    detail,
    reason,
  }
}

/** Everyone and everything that can be searched for; people who left too. */
export async function listChoices(db: Db): Promise<AuditChoices> {
  const people = await db.selectFrom('staff').select(['staff_id as id', 'name']).orderBy('name').execute()
  const beds = await db.selectFrom('beds').select(['bed_id as id', 'label']).orderBy('position').execute()
  const stays = await db
    .selectFrom('admissions')
    .innerJoin('beds', 'beds.bed_id', 'admissions.bed_id')
    .select(['admission_id', 'admissions.name', 'label', 'started_ms', 'ended_ms'])
    .orderBy('started_ms', 'desc')
    .orderBy('position')
    .execute()
  return {
    people,
    beds,
    stays: stays.map((stay) => ({
      admissionId: stay.admission_id,
      name: stay.name,
      bed: stay.label,
      startedMs: stay.started_ms,
      endedMs: stay.ended_ms,
    })),
  }
}
