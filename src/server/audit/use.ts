/** Looking into the audit is an act too: each search, export and report is written down before it is answered. */
import type { AuditAgent, AuditFilter } from '../../protocol/audit.ts'
import type { Db } from '../store/store.ts'
import { recordAct } from './record.ts'

export type Use = {
  readonly action: 'audit-searched' | 'audit-exported'
  readonly agent: AuditAgent
  readonly filter: AuditFilter
  /** The form of an export. */
  readonly form?: string
}

/** `detail` says what was looked for, in ids and numbers. */
export async function recordUse(db: Db, nowMs: number, { action, agent, filter, form }: Use): Promise<void> {
  const sought = Object.entries(filter).flatMap(([key, value]) =>
    value === undefined || key === 'patient' ? [] : [`${key}=${value}`],
  )
  const words = form === undefined ? sought : [form, ...sought]
  await recordAct(db, nowMs, {
    action,
    agent,
    patient: filter.patient ?? null,
    entity: { type: 'audit', id: 'log' },
    detail: words.length === 0 ? null : words.join(' ').slice(0, 200),
  })
}

/** A report is somebody's reading of one stay, and is given away. */
export async function recordReport(
  db: Db,
  nowMs: number,
  agent: AuditAgent,
  admissionId: string,
): Promise<void> {
  const entity = { type: 'admission' as const, id: admissionId }
  await recordAct(db, nowMs, { action: 'report-made', agent, patient: admissionId, entity })
}
