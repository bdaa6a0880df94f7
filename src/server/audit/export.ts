/** The audit as a file for others: FHIR AuditEvents, one a line, or a table. Staff have their names, patients do not. */
import type { AuditFilter } from '../../protocol/audit.ts'
import type { Db } from '../store/store.ts'
import { csvRecord } from './csv.ts'
import { auditEventOf } from './fhir.ts'
import { loadNames, type Names } from './names.ts'
import { eachRow, type FoundRow } from './search.ts'

export const exportFormats = ['fhir', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What a browser and a file system call it. */
export const exportKind: Readonly<Record<ExportFormat, { readonly type: string; readonly file: string }>> = {
  fhir: { type: 'application/fhir+ndjson', file: 'audit.ndjson' },
  csv: { type: 'text/csv; charset=utf-8; header=present', file: 'audit.csv' },
}

const columns = [
  'number',
  'time',
  'action',
  'outcome',
  'agent type',
  'agent id',
  'agent name',
  'role',
  'other side id',
  'other side name',
  'admission',
  'entity type',
  'entity id',
  'detail',
  'reason',
  'hash',
]

/** The lines of the file, up to row `last`. `origin` names the log. */
export async function* exportLines(
  db: Db,
  format: ExportFormat,
  filter: AuditFilter,
  { last, origin }: { readonly last: number; readonly origin: string },
): AsyncGenerator<string> {
  const names = await loadNames(db)
  if (format === 'csv') yield csvRecord(columns)
  for await (const row of eachRow(db, filter, last)) {
    if (format === 'csv') yield csvLine(row, names)
    else yield `${JSON.stringify(auditEventOf(row, { names, origin }))}\n`
  }
}

function csvLine({ seq, atMs, act, hash }: FoundRow, names: Names): string {
  const { agent, peer, entity } = act
  return csvRecord([
    seq,
    new Date(atMs).toISOString(),
    act.action,
    act.outcome,
    agent.type,
    idOf(agent),
    names.agent(agent),
    agent.type === 'staff' ? agent.role : null,
    peer && idOf(peer),
    peer && names.agent(peer),
    act.patient,
    entity?.type ?? null,
    entity?.id ?? null,
    act.detail,
    act.reason,
    hash,
  ])
}

function idOf(agent: FoundRow['act']['agent']): string | null {
  if (agent.type === 'staff') return agent.staffId
  return agent.type === 'bed' ? agent.bedId : null
}
