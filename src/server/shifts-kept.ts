/** The durable side of shifts: one row for each person, which outlives its shift as what they had last. */
import * as v from 'valibot'
import type { Having, Named, RunningShift } from '../core/shift.ts'
import { languageTag } from '../protocol/interpreting.ts'
import { id } from '../protocol/primitives.ts'
import type { Db } from './store/store.ts'

/** By the names that beds and duties had when they were taken. */
export type Had = {
  readonly beds: readonly Named[]
  readonly duties: readonly Named[]
  readonly languages: readonly string[]
}

/** `goesOn`: it is not over, as far as is written down. */
export type KeptShift = { readonly shift: RunningShift; readonly had: Had; readonly goesOn: boolean }

const named = v.array(v.strictObject({ id, name: v.string() }))
const hadText = v.strictObject({ beds: named, duties: named, languages: v.array(languageTag) })

export const hadNothing: Had = { beds: [], duties: [], languages: [] }

export async function listShifts(db: Db): Promise<KeptShift[]> {
  const rows = await db.selectFrom('shifts').selectAll().execute()
  return rows.map((row) => {
    const had = v.parse(hadText, JSON.parse(row.had))
    const { staff_id: staffId, since_ms: sinceMs, until_ms: untilMs, offered_to: toId } = row
    const answer = row.refused === 1 ? 'no' : 'none'
    const offer = toId === null ? null : ({ toId, answer } as const)
    return {
      shift: { staffId, sinceMs, untilMs, languages: had.languages, offer },
      had,
      goesOn: row.over === 0,
    }
  })
}

/** Run it in the transaction of its record. */
export async function keepShift(db: Db, { shift, had, goesOn }: KeptShift): Promise<void> {
  const { staffId, sinceMs, untilMs, offer } = shift
  const row = {
    since_ms: sinceMs,
    until_ms: untilMs,
    over: goesOn ? 0 : 1,
    offered_to: offer?.toId ?? null,
    refused: offer?.answer === 'no' ? 1 : 0,
    had: JSON.stringify(had),
  }
  await db
    .insertInto('shifts')
    .values({ staff_id: staffId, ...row })
    .onConflict((same) => same.column('staff_id').doUpdateSet(row))
    .execute()
}

export function hadOf(
  { bedIds, dutyIds, languages }: Having,
  bedName: (bedId: string) => string | null,
  dutyName: (dutyId: string) => string | null,
): Had {
  const name = (ids: readonly string[], nameOf: (one: string) => string | null): Named[] =>
    ids.flatMap((one) => {
      const name = nameOf(one)
      return name === null ? [] : [{ id: one, name }]
    })
  return { beds: name(bedIds, bedName), duties: name(dutyIds, dutyName), languages: [...new Set(languages)] }
}
