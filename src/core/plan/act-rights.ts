/** Which actions of the table of permissions an act needs: the server refuses by it, screens leave out by it. */
import type { Appointment, Changes, KeptAct, PlanAct } from '../../protocol/plan.ts'
import type { Action } from '../permissions.ts'
import type { PlanReader } from './book.ts'

/** All of them are needed. `plan` as it stands before the act. */
export function actionsOf(act: KeptAct, staffId: string, plan: PlanReader): readonly Action[] {
  switch (act.type) {
    case 'appointment.book':
      return changing(act.fields.outsideHours)
    case 'appointment.edit':
      return changing(overrides(act.changes, plan.get('appointment', act.id)))
    case 'series.make':
      return changing(act.pattern.outsideHours)
    case 'series.edit':
      return changing(overridesSeries(act, plan))
    case 'series.end':
    case 'attention.resolve':
      return changing(false)
    case 'hours.set':
      return act.id === staffId ? ['plan.see'] : ['hours.change']
    case 'admission.admit':
    case 'admission.move':
    case 'admission.swap':
    case 'admission.wish':
    case 'admission.away':
    case 'admission.discharge':
      return ['admission.change']
  }
}

function changing(overriding: boolean): readonly Action[] {
  return overriding ? ['plan.change', 'plan.override'] : ['plan.change']
}

/**
 * [PLAN-3] Setting the mark, and taking what has it to another start, person or room: else one evening that was allowed
 * would allow every other. To run late is no such thing.
 */
function overrides({ outsideHours, when, staff, place }: Changes, row: Appointment | undefined): boolean {
  if (outsideHours) return outsideHours.to
  if (!row?.outsideHours) return false
  const isMoved =
    when && !(when.from.type === 'at' && when.to.type === 'at' && when.from.startMs === when.to.startMs)
  const isJoined = staff?.to.some((id) => !staff.from.includes(id)) ?? false
  return (isMoved ?? false) || isJoined || place !== undefined
}

function overridesSeries(act: Extract<PlanAct, { type: 'series.edit' }>, plan: PlanReader): boolean {
  const isMarked = plan.get('series', act.id)?.pattern.outsideHours ?? false
  const isPlacedAnew = act.rule !== null || act.time !== null
  return act.pattern ? act.pattern.outsideHours && (!isMarked || isPlacedAnew) : isMarked && isPlacedAnew
}
