/** Since when patients lie where they lie now: what was planned over a bed before that was not for them (HZ-6). */
import type { Db } from '../store/store.ts'

/** Milliseconds since 1970, by bed and admission; who is not in it lies there since a moment that is yet to come. */
export type Since = (bedId: string, admissionId: string) => number

export async function readSince(db: Db): Promise<Since> {
  const rows = await db
    .selectFrom('admissions')
    .select(['bed_id', 'admission_id', 'bed_since_ms'])
    .where('ended_ms', 'is', null)
    .execute()
  const since = new Map(rows.map((row) => [nameOf(row.bed_id, row.admission_id), row.bed_since_ms]))
  return (bedId, admissionId) => since.get(nameOf(bedId, admissionId)) ?? Number.POSITIVE_INFINITY
}

function nameOf(bedId: string, admissionId: string): string {
  return `${bedId}/${admissionId}`
}
