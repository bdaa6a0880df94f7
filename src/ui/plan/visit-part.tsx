/** The link of a video visit at its appointment, where its part of the app is here: the plan does not fetch it. */
import type { Appointment, PlanScreens } from '../../state/plan.ts'
import { waits } from '../../state/plan-entries.ts'
import { here } from '../visits/here.ts'

/** Somebody of the ward has agreed to it, and it is not over. */
const stands: readonly Appointment['status'][] = ['booked', 'arrived', 'checked-in']

export function VisitPart({ plan, row }: { plan: PlanScreens; row: Appointment }) {
  const now = here.value
  const { kind, outpatient, when, status } = row
  if (!now || kind !== 'visit' || !outpatient || when.type !== 'at' || !stands.includes(status)) return null
  const isConfirmed = !waits(row, { unconfirmed: plan.sync.unconfirmed.value })
  return (
    <now.part.InviteSection
      station={now.station}
      row={{ ...row, outpatient, when }}
      isConfirmed={isConfirmed}
    />
  )
}
