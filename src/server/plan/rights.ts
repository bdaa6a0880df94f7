/** Whose answers are alike: one is made for all who see the ward's plan, one for each who only takes part in it. */
import { may } from '../../core/permissions.ts'
import { type Reader, viewFor } from '../../core/plan/audience.ts'
import type { Row } from '../../protocol/plan.ts'
import type { SignIn } from '../people.ts'

export function readerOf(
  { staff, actor }: Pick<SignIn, 'staff' | 'actor'>,
  wardId: string,
  nowMs: number,
): Reader {
  const own = may(actor, 'board.see', wardId, nowMs) ? 'ward' : 'participant'
  return { staffId: staff.staffId, role: staff.role, own }
}

/**
 * Names what somebody is told, without a dot, which divides the parts of a cursor. In a ward it depends on the role
 * alone, but for one's own hours, which are added to what is made for all: `ownRow`.
 */
export function keyOfReader({ staffId, role, own }: Reader): string {
  if (own === 'participant') return `own-${role}-${staffId}`
  return role === 'admin' ? 'ward-admin' : 'ward'
}

/** Somebody with the same key who is nobody in particular. */
export function anyoneLike(reader: Reader): Reader {
  return reader.own === 'ward' ? { ...reader, staffId: '' } : reader
}

/** Everyone a row concerns, beyond those who see the whole ward. */
export function peopleOf(row: Row): readonly string[] {
  switch (row.type) {
    case 'appointment':
      return [...row.staff, row.by]
    case 'series':
      return [...row.pattern.staff, row.by]
    case 'attention':
      return [row.by, ...row.also]
    case 'hours':
      return [row.id]
    case 'bed':
    case 'person':
    case 'plan':
      return []
  }
}

/** The row's JSON as this reader may have it; `json` is that of the whole. Null: not at all. */
export function textFor(row: Row, json: string, reader: Reader): string | null {
  const seen = viewFor(row, reader)
  if (seen === row) return json
  return seen && JSON.stringify(seen)
}
