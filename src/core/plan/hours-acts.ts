/** What setting a person's hours makes of the plan, and whom it leaves without them. */
import type { Hours, HoursWish, PlanAct } from '../../protocol/plan.ts'
import { draftOver } from './book.ts'
import { isActive } from './booking.ts'
import { type Asking, type Decision, done, othersOf, refused, type Trouble, trouble } from './decision.ts'
import { hoursAgainst } from './hours.ts'
import { same } from './merge.ts'
import { areHoursSensible, lastMs } from './sense.ts'

const mostTroubles = 50

/** [PLAN-6] As a whole: who set them on the ground of other hours than there are has to look again. */
export function setHours(asking: Asking, act: Extract<PlanAct, { type: 'hours.set' }>): Decision {
  const { plan } = asking
  if (!plan.get('person', act.id)) return refused(act.id, 'unknown')
  if (!areHoursSensible(act.to)) return refused(act.id, 'senseless')
  const before = plan.get('hours', act.id)
  const stands = before ? wishOfRow(before) : null
  if (same(stands, act.to)) return done([])
  if (!same(stands, act.from)) {
    const clash = { field: 'hours', from: act.from, asked: act.to, stands }
    return refused(act.id, 'edited-meanwhile', { clashes: [clash] })
  }
  const row: Hours = { type: 'hours', id: act.id, rev: (before?.rev ?? 0) + 1, ...act.to }
  return done([row], leftOutside(asking, row, before))
}

/** What was set, without what the plan keeps of it. */
export function wishOfRow({ type: _, id: __, rev: ___, ...wish }: Hours): HoursWish {
  return wish
}

/** What was booked within the hours before and is not within these: it stands, and its people are told. */
function leftOutside({ plan, author, offer }: Asking, row: Hours, before: Hours | undefined): Trouble[] {
  const found: Trouble[] = []
  const after = draftOver(plan)
  after.put(row)
  for (const { appointmentId } of plan.bookings(`staff:${row.id}`, author.atMs, lastMs)) {
    const one = plan.get('appointment', appointmentId)
    if (!one || one.when.type === 'waiting' || one.outsideHours || !isActive(one.status)) continue
    const against = hoursAgainst(row, one.when)
    if (one.when.startMs < author.atMs || !against || (before && hoursAgainst(before, one.when))) continue
    const { startMs, endMs } = one.when
    const blocking = [
      { resource: `staff:${row.id}`, startMs, endMs, appointmentId: one.id, title: one.title, by: one.by },
    ]
    const also = othersOf([one.by, ...one.staff], author)
    const free = offer(after, one)
    const asked = { type: 'appointment.edit', id: one.id, changes: {} } as const
    found.push(trouble(one.id, against.why, { asked, blocking, also, free, startMs: one.when.startMs }))
    if (found.length === mostTroubles) break
  }
  return found
}
