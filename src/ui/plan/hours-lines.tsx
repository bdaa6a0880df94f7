/** What working hours have to do with a refusal, in words: when somebody works or is away, and what was left outside. */
import { openSpans } from '../../core/plan/hours.ts'
import type { Appointment, Concern, PlanScreens, Trouble } from '../../state/plan.ts'
import { dateAt, dayOfDate, isWhole } from '../../state/plan-days.ts'
import { Button } from '../parts/button.tsx'
import { listOf } from '../texts/dates.ts'
import { hoursConcerns } from '../words-hours.ts'
import { dateWord, momentWord, spanWord } from '../words-plan.ts'
import type { Desk } from './desk.ts'
import { isLeftOutside } from './hours-part.tsx'
import { nameOfPerson, resourceWord } from './lines.ts'

type Blocking = Trouble['blocking'][number]

/** Whose hours are in the way, and what they are; null: it is no hours that are. */
export function hoursBlocking(plan: PlanScreens, why: Trouble['why'], one: Blocking): string | null {
  if (one.appointmentId !== null) return null
  if (why === 'away') return awayWord(plan, one)
  return why === 'outside-hours' ? hoursWord(plan, one) : null
}

function awayWord(plan: PlanScreens, { resource, startMs, endMs }: Blocking): string {
  const zone = plan.zone.value
  const name = resourceWord(plan, resource)
  const word = (ms: number) =>
    isWhole({ startMs, endMs }, zone) ? dateWord(dateAt(ms, zone)) : momentWord(ms, zone)
  return hoursConcerns.awayThen({ name, from: word(startMs), to: word(endMs - 1) })
}

/** Without their hours, which not everybody may know, it is their name alone. */
function hoursWord(plan: PlanScreens, { resource, startMs }: Blocking): string {
  const zone = plan.zone.value
  const name = resourceWord(plan, resource)
  const row = plan.sync.view.value.get('hours', resource.slice('staff:'.length))
  if (!row) return name
  const day = dayOfDate(dateAt(startMs, zone), zone)
  const spans = openSpans(row, day.startMs, day.endMs).map((open) => spanWord(open.startMs, open.endMs, zone))
  return spans.length === 0
    ? hoursConcerns.worksNot({ name })
    : hoursConcerns.worksThen({ name, spans: listOf(spans) })
}

/** `Working hours of Dr Oja · Mon 23 Nov, 14:00`. */
export function hoursConcernWord(plan: PlanScreens, { asked, blocking, startMs }: Concern): string {
  const [held] = blocking
  const name =
    asked?.type === 'hours.set' ? nameOfPerson(plan, asked.id) : held ? resourceWord(plan, held.resource) : ''
  const when = startMs === null ? null : momentWord(startMs, plan.zone.value)
  return [hoursConcerns.hoursOf({ name }), when].filter((part) => part).join(' · ')
}

/** The booking that new hours left outside stands; it is moved or cancelled where everything else is. */
export function HoursConcern({ desk, concern }: { desk: Desk; concern: Concern }) {
  const row = isLeftOutside(concern) && leftOf(desk.plan, concern)
  if (!row) return null
  return (
    <div class="actions">
      <p>{hoursConcerns.told}</p>
      <Button onPress={() => desk.openEntry(row)}>{hoursConcerns.openIt}</Button>
    </div>
  )
}

function leftOf(plan: PlanScreens, { blocking }: Concern): Appointment | undefined {
  const id = blocking[0]?.appointmentId
  return id ? plan.sync.view.value.get('appointment', id) : undefined
}
