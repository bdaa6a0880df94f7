/** What was refused, or only half taken, until a person decides: what was asked, what stands, what is free (HZ-8). */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import type { Concern, PlanScreens } from '../../state/plan.ts'
import { isFormed, wishOf } from '../../state/plan-again.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import {
  clockWord,
  concernWords,
  dialogWords,
  fieldWords,
  momentWord,
  planWords,
  spanWord,
} from '../words-plan.ts'
import { TroubleLines } from './clash.tsx'
import { type Desk, openConcerns } from './desk.ts'
import { HoursConcern, hoursConcernWord, isLeftOutside } from './hours-part.tsx'
import { bedLabel, nameOfPerson, whereOf } from './lines.ts'

export function Concerns({ desk }: { desk: Desk }) {
  const concerns = openConcerns(desk)
  if (concerns.length === 0) return <p class="empty">{planWords.nothingAttention}</p>
  return (
    <ul class="concerns">
      {concerns.map((concern) => (
        <Card key={concern.id} desk={desk} concern={concern} />
      ))}
    </ul>
  )
}

function Card({ desk, concern }: { desk: Desk; concern: Concern }) {
  const { plan } = desk
  const { part, escalated } = concern
  return (
    <li class={escalated ? 'concern loud' : 'concern'} aria-label={wishWord(plan, concern)}>
      <div class="concern-asked">
        <p class="soft">
          {part === 'asked'
            ? concernWords.asked
            : concernWords.askedBy({ name: nameOfPerson(plan, concern.by) })}
        </p>
        <h3>{wishWord(plan, concern)}</h3>
        {escalated && (
          <p class="lost status">
            <Icon svg={alert} />
            <span>{concern.startMs === null ? concernWords.old : concernWords.soon}</span>
          </p>
        )}
        {part === 'told' && !isLeftOutside(concern) && (
          <p>{concernWords.told({ name: nameOfPerson(plan, concern.by) })}</p>
        )}
        <Already plan={plan} concern={concern} />
        {concern.where === 'here' && <p class="waits">{concernWords.here}</p>}
      </div>
      <TroubleLines plan={plan} trouble={concern} />
      <HoursConcern desk={desk} concern={concern} />
      {concern.clashes.length > 0 && <Clashes plan={plan} concern={concern} />}
      <Decide desk={desk} concern={concern} />
    </li>
  )
}

/** Two decided about one thing: whoever was second reads who was first, and what stands. */
function Already({ plan, concern: { asked, why } }: { plan: PlanScreens; concern: Concern }) {
  if (why !== 'out-of-order' || asked?.type !== 'appointment.book') return null
  const there = plan.sync.view.value.get('appointment', asked.id)
  if (there?.when.type !== 'at') return null
  const moment = momentWord(there.when.startMs, plan.zone.value)
  return <p>{concernWords.already({ name: nameOfPerson(plan, there.by), moment })}</p>
}

/** `Pain talk · Mon 23 Nov, 09:00–09:15 · Bed 3`. */
function wishWord(plan: PlanScreens, concern: Concern): string {
  const { asked } = concern
  if (asked === null) return concern.why === 'more' ? concernWords.more : concernWords.unreadable
  if (asked.type.startsWith('admission.')) return concernWords.admission
  if (asked.type === 'series.make' || asked.type === 'series.edit' || asked.type === 'series.end') {
    const title = asked.type === 'series.end' ? null : asked.pattern?.title
    const startMs = concern.startMs === null ? null : momentWord(concern.startMs, plan.zone.value)
    return [title ?? concernWords.series, startMs].filter((one) => one).join(' · ')
  }
  if (asked.type === 'hours.set' || isLeftOutside(concern)) return hoursConcernWord(plan, concern)
  const row = 'id' in asked ? (plan.sync.view.value.get('appointment', asked.id) ?? null) : null
  const wish = wishOf(concern, row)
  if (!wish) return concernWords.unreadable
  const zone = plan.zone.value
  const when =
    wish.when.type === 'at'
      ? `${momentWord(wish.when.startMs, zone)}–${clockWord(wish.when.endMs, zone)}`
      : dialogWords.wait
  return [wish.title, when, whereOf(plan, wish)].filter((one) => one).join(' · ')
}

/** Both texts in full: neither writer's words are lost by the decision. */
function Clashes({ plan, concern }: { plan: PlanScreens; concern: Concern }) {
  const mine =
    concern.part === 'asked'
      ? concernWords.youWrote
      : concernWords.wrote({ name: nameOfPerson(plan, concern.by) })
  return (
    <dl class="clashes">
      {concern.clashes.map(({ field, asked, stands }) => (
        <div key={field}>
          <dt>{fieldWords[field] ?? field}</dt>
          <dd>
            <b>{mine}</b> {valueWord(plan, asked)}
          </dd>
          <dd>
            <b>{concernWords.itIs}</b> {valueWord(plan, stands)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A field's value as far as it can be said in a line. */
function valueWord(plan: PlanScreens, value: unknown): string {
  if (value === null || value === '') return '—'
  if (typeof value === 'boolean') return value ? '✓' : '✗'
  if (Array.isArray(value)) return value.map((one) => valueWord(plan, one)).join(', ') || '—'
  if (typeof value === 'string') return plan.sync.view.value.get('person', value)?.name ?? value
  if (typeof value !== 'object') return String(value)
  if ('bedId' in value && typeof value.bedId === 'string') return bedLabel(plan, value.bedId)
  if ('startMs' in value && 'endMs' in value) {
    const [startMs, endMs] = [Number(value.startMs), Number(value.endMs)]
    return `${momentWord(startMs, plan.zone.value).split(',')[0]}, ${spanWord(startMs, endMs, plan.zone.value)}`
  }
  if (!('name' in value)) return '…'
  // All that a person typed of a patient: two may differ in the date of birth alone (HZ-1).
  return Object.values(value)
    .filter((part) => typeof part === 'string')
    .join(', ')
}

function Decide({ desk, concern }: { desk: Desk; concern: Concern }) {
  const { plan, seen } = desk
  const { asked, free, clashes, why, part } = concern
  if (part === 'told' || !plan.mayChange) {
    return (
      <div class="actions">
        <Button onPress={() => (seen.value = new Set(seen.value).add(concern.id))}>
          {concernWords.seen}
        </Button>
      </div>
    )
  }
  const isAppointment = asked?.type === 'appointment.book' || asked?.type === 'appointment.edit'
  const mayOverride = plan.mayOverride && (why === 'outside-hours' || why === 'away') && isAppointment
  return (
    <div class="actions">
      {isAppointment &&
        free.map((ms, index) => (
          <Button
            key={ms}
            kind={index === 0 ? 'primary' : 'plain'}
            onPress={() => void plan.takeSuggestion(concern, ms)}
          >
            {concernWords.take({ moment: momentWord(ms, plan.zone.value) })}
          </Button>
        ))}
      {clashes.length > 0 && isAppointment && (
        <Button onPress={() => void plan.insist(concern)}>{concernWords.insist}</Button>
      )}
      {mayOverride && <Button onPress={() => void plan.override(concern)}>{concernWords.override}</Button>}
      {isFormed(concern) && clashes.length === 0 && (
        <Button onPress={() => desk.changeConcern(concern)}>{concernWords.change}</Button>
      )}
      <Button onPress={() => void plan.drop(concern)}>{dropWord(concern)}</Button>
    </div>
  )
}

/** What letting it be means: mine is given up, what another one wrote is kept, or what stands was read. */
function dropWord(concern: Concern): string {
  if (concern.clashes.length > 0) return concernWords.keep
  return isLeftOutside(concern) ? concernWords.seen : concernWords.drop
}
