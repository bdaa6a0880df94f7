/** Whoever was erased had left before. A backup that is put back may not know that: here they leave in it, too. */
import { isClosed } from '../../core/plan/status.ts'
import { recordAct } from '../audit/record.ts'
import type { Step } from '../plan/ledger.ts'
import type { Db } from '../store/store.ts'
import { idsOf, inParts, lastMsOf, type Who } from './who.ts'

export async function leaveIn({ db, draft, nowMs }: Step, who: Who): Promise<void> {
  for (const id of idsOf(who, 'stay')) await discharge(db, id, nowMs)
  const ended = { ended_ms: nowMs }
  await inParts(idsOf(who, 'guest'), async (some) => {
    await db
      .updateTable('guests')
      .set(ended)
      .where('guest_id', 'in', some)
      .where('ended_ms', 'is', null)
      .execute()
    return []
  })
  await inParts(idsOf(who, 'relative'), async (some) => {
    await db
      .updateTable('family')
      .set(ended)
      .where('guest_id', 'in', some)
      .where('ended_ms', 'is', null)
      .execute()
    return []
  })
  await inParts(idsOf(who, 'visit'), async (some) => {
    const closed = { closed_ms: nowMs, closed_why: 'cancelled', wishes_new_ms: null }
    await db
      .updateTable('visits')
      .set(closed)
      .where('visit_id', 'in', some)
      .where('closed_ms', 'is', null)
      .execute()
    await db.updateTable('visits').set({ wishes_new_ms: null }).where('visit_id', 'in', some).execute()
    return []
  })
  await inParts(idsOf(who, 'staff'), async (some) => {
    const disabled = { disabled_ms: nowMs }
    await db
      .updateTable('staff')
      .set(disabled)
      .where('staff_id', 'in', some)
      .where('disabled_ms', 'is', null)
      .execute()
    return []
  })
  for (const id of idsOf(who, 'appointment')) {
    const row = draft.get('appointment', id)
    if (!row || isClosed(row.status) || lastMsOf(row) < nowMs) continue
    draft.put({ ...row, rev: row.rev + 1, status: 'cancelled', cancelReason: null, changedMs: nowMs })
  }
}

/** Its bed is another stay's from now on, so its tablet forgets them as soon as it hears of that (HZ-6). */
async function discharge(db: Db, admissionId: string, nowMs: number): Promise<void> {
  const row = await db
    .updateTable('admissions')
    .set({ ended_ms: nowMs })
    .where('admission_id', '=', admissionId)
    .where('ended_ms', 'is', null)
    .returning('bed_id')
    .executeTakeFirst()
  if (!row) return
  await db
    .updateTable('beds')
    .set(({ eb }) => ({ stay_epoch: eb('stay_epoch', '+', 1) }))
    .where('bed_id', '=', row.bed_id)
    .execute()
  const entity = { type: 'bed', id: row.bed_id } as const
  const agent = { type: 'server' } as const
  await recordAct(db, nowMs, { action: 'discharged', agent, patient: admissionId, entity, detail: 'erased' })
}
