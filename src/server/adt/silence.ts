/** What was planned for somebody who has died is cancelled, in the transaction of the message that says so; nobody is told. */
import { isSamePerson } from '../../core/adt-same.ts'
import { isClosed } from '../../core/plan/status.ts'
import type { Patient } from '../../protocol/people.ts'
import { recordAct } from '../audit/record.ts'
import type { Step } from '../plan/ledger.ts'
import { serverId } from '../plan/server-id.ts'

/** Visits are to be silent before: what follows the plan writes a letter to all others. */
export async function silenceAppointments({ db, draft, nowMs }: Step, patient: Patient): Promise<void> {
  const stamp = { changedBy: serverId, changedMs: nowMs }
  const agent = { type: 'server' } as const
  for (const row of [...draft.all('appointment')]) {
    if (!row.outpatient || isClosed(row.status) || !isSamePerson(row.outpatient, patient)) continue
    draft.put({ ...row, ...stamp, rev: row.rev + 1, status: 'cancelled', cancelReason: null })
    const entity = { type: 'appointment', id: row.id } as const
    await recordAct(db, nowMs, { action: 'plan-changed', agent, entity, detail: 'deceased' })
  }
  for (const row of [...draft.all('series')]) {
    const { outpatient } = row.pattern
    if (!outpatient || row.until === row.start || !isSamePerson(outpatient, patient)) continue
    draft.put({ ...row, ...stamp, rev: row.rev + 1, until: row.start })
    const entity = { type: 'series', id: row.id } as const
    await recordAct(db, nowMs, { action: 'plan-changed', agent, entity, detail: 'deceased' })
  }
}
