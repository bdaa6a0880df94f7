/** The plan's rows of beds and people follow what the ward is: whoever changed it, and in whatever way. */
import * as v from 'valibot'
import type { Stays } from '../../core/admission.ts'
import type { Book } from '../../core/plan/book.ts'
import { staffRole } from '../../protocol/people.ts'
import type { BedRow, PersonRow, Row } from '../../protocol/plan.ts'
import { loadStays } from '../admission-rows.ts'
import type { Db } from '../store/store.ts'

/** Puts what differs; a bed or a person is never taken away. */
export async function mirrorAll(db: Db, draft: Book): Promise<void> {
  await mirrorBeds(db, draft, await loadStays(db))
  const people = await db.selectFrom('staff').selectAll().execute()
  for (const { staff_id, name, role, disabled_ms } of people)
    mirror(draft, {
      type: 'person',
      id: staff_id,
      rev: 0,
      name,
      role: v.parse(staffRole, role),
      active: disabled_ms === null,
    })
}

export async function mirrorBeds(db: Db, draft: Book, { beds, admissions }: Stays): Promise<void> {
  const rows = await db.selectFrom('beds').select(['bed_id', 'label', 'position']).execute()
  for (const { bed_id, label, position } of rows) {
    const stay = beds.get(bed_id)
    const patient = admissions.get(stay?.admissionId ?? '')?.patient
    mirror(draft, {
      type: 'bed',
      id: bed_id,
      rev: 0,
      label,
      position,
      epoch: stay?.epoch ?? 0,
      stay: stay?.admissionId && patient ? { admissionId: stay.admissionId, patient } : null,
    })
  }
}

function mirror(draft: Book, now: BedRow | PersonRow): void {
  const before: Row | undefined = draft.get(now.type, now.id)
  const row = { ...now, rev: before?.rev ?? 0 }
  if (before && JSON.stringify(before) === JSON.stringify(row)) return
  draft.put({ ...row, rev: row.rev + 1 })
}
