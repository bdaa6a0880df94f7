/** Reads and tampers with the audit of a server that has stopped, past everything that would forbid it. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as v from 'valibot'
import { type AuditRow, auditRow } from '../../src/protocol/audit.ts'

export function databaseOf(data: string): DatabaseSync {
  return new DatabaseSync(join(data, 'bedside.db'))
}

export function textsOf(data: string): string[] {
  const database = databaseOf(data)
  const rows = database.prepare('select text from audit order by seq').all()
  database.close()
  return rows.map(({ text }) => String(text))
}

export function rowsOf(data: string): AuditRow[] {
  return textsOf(data).map((text) => v.parse(auditRow, JSON.parse(text)))
}

/** The acts about calls, each as `ACTION by AGENT [refused] [detail]`. */
export function callActs(data: string): string[] {
  return rowsOf(data)
    .filter(({ act }) => act.action.startsWith('call-'))
    .map(({ act }) =>
      [act.action, 'by', act.agent.type, act.outcome === 'refused' ? 'refused' : null, act.detail]
        .filter((part) => part !== null)
        .join(' '),
    )
}

/** The stay in a bed, by its label. */
export function stayOf(data: string, label: string): string {
  const database = databaseOf(data)
  const row = database
    .prepare(
      'select admission_id from admissions join beds using (bed_id) where label = ? and ended_ms is null',
    )
    .get(label)
  database.close()
  return String(row?.admission_id)
}
