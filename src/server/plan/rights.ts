/** What of the plan a person is told: all of it within the ward, else only what they take part in. */
import { type Action, type Actor, may } from '../../core/permissions.ts'
import type { KeptAct, Row } from '../../protocol/plan.ts'

/** One answer is made for all who have the same. */
export type Rights = { readonly type: 'ward' } | { readonly type: 'own'; readonly staffId: string }

export function rightsOf(staffId: string, actor: Actor, wardId: string, nowMs: number): Rights {
  return may(actor, 'board.see', wardId, nowMs) ? { type: 'ward' } : { type: 'own', staffId }
}

/** Without a dot, which divides the parts of a cursor. */
export function keyOfRights(rights: Rights): string {
  return rights.type === 'ward' ? 'ward' : `own-${rights.staffId}`
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

/** The row as somebody with these rights may have it; null: not at all. */
export function seenBy(row: Row, rights: Rights): Row | null {
  if (rights.type === 'ward') return row
  switch (row.type) {
    case 'person':
    case 'plan':
      return row
    case 'bed':
      return { ...row, stay: null }
    case 'attention':
      if (!peopleOf(row).includes(rights.staffId)) return null
      return { ...row, blocking: row.blocking.map((one) => ({ ...one, title: null, by: null })) }
    case 'appointment':
    case 'series':
    case 'hours':
      return peopleOf(row).includes(rights.staffId) ? row : null
  }
}

/** What the table must allow for an act: all of these. */
export function needsOf(staffId: string, act: KeptAct): readonly Action[] {
  switch (act.type) {
    case 'appointment.book':
      return act.fields.outsideHours ? ['plan.change', 'plan.override'] : ['plan.change']
    case 'appointment.edit':
      return act.changes.outsideHours?.to === true ? ['plan.change', 'plan.override'] : ['plan.change']
    case 'series.make':
      return act.pattern.outsideHours ? ['plan.change', 'plan.override'] : ['plan.change']
    case 'series.edit':
      return act.pattern?.outsideHours === true ? ['plan.change', 'plan.override'] : ['plan.change']
    case 'series.end':
    case 'attention.resolve':
      return ['plan.change']
    case 'hours.set':
      return act.id === staffId ? ['plan.see'] : ['hours.change']
    case 'admission.admit':
    case 'admission.move':
    case 'admission.discharge':
      return ['admission.change']
  }
}
