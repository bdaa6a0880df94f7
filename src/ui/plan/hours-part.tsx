/** Working hours are seldom opened: a part of the app of its own, with its own texts, that follows the plan by itself. */
import { useEffect } from 'preact/hooks'
import type { Concern, PlanScreens, Trouble } from '../../state/plan.ts'
import { createLater } from '../parts/later.ts'
import { concernWords, spanWord } from '../words-plan.ts'
import type { Desk, Open } from './desk.ts'
import { resourceWord } from './lines.ts'

const { part, fetch } = createLater(() => import('./hours-later.ts'))
fetch()

export function HoursPart({ desk, shown }: { desk: Desk; shown: Extract<Open, { type: 'hours' }> }) {
  useEffect(fetch, [])
  const there = part.value
  return there && <there.HoursDialog desk={desk} asked={shown.id} began={shown.began} />
}

/** Who or what is in the way: an appointment, or the hours of somebody. */
export function blockingWord(
  plan: PlanScreens,
  why: Trouble['why'],
  one: Trouble['blocking'][number],
): string {
  const { resource, startMs, endMs, title } = one
  const what = title ?? concernWords.hidden
  return (
    part.value?.hoursBlocking(plan, why, one) ??
    `${resourceWord(plan, resource)}: ${what}, ${spanWord(startMs, endMs, plan.zone.value)}`
  )
}

/** A booking that stands where new hours leave no room for it: what is in its way is itself (PLAN-6). */
export function isLeftOutside({ asked, blocking }: Pick<Concern, 'asked' | 'blocking'>): boolean {
  return asked?.type === 'appointment.edit' && blocking[0]?.appointmentId === asked.id
}

export function hoursConcernWord(plan: PlanScreens, concern: Concern): string {
  return part.value?.hoursConcernWord(plan, concern) ?? concernWords.hours
}

export function HoursConcern({ desk, concern }: { desk: Desk; concern: Concern }) {
  const there = part.value
  return there && <there.HoursConcern desk={desk} concern={concern} />
}
