/** Running late: what would come later with it, what cannot, and one press for all of it. */
import alert from 'lucide-static/icons/triangle-alert.svg?raw'
import { useEffect, useRef } from 'preact/hooks'
import type { Appointment, PlanScreens } from '../../state/plan.ts'
import { type Delay, lateness, runLate } from '../../state/plan-late.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { actWords, lateWords, stuckWord } from '../words-changes.ts'
import { bedWord, clockWord, dialogWords, minutesWord } from '../words-plan.ts'
import { bedLabel, whereOf, whoOf } from './lines.ts'

type RowProps = { plan: PlanScreens; row: Appointment }

/** What meets nobody is done at once; what does is looked at first. */
export function Late({ plan, row, onAsk }: RowProps & { onAsk: (minutes: number) => void }) {
  const press = (minutes: number) => {
    // Ignored rather than disabled, which would take the focus from whoever presses by keys.
    if (plan.asking.peek()) return
    const { whole } = lateness(plan, row, minutes)
    if (whole.pushes.length + whole.stuck.length > 0) onAsk(minutes)
    else void runLate(plan, whole)
  }
  return (
    <fieldset class="late" aria-label={actWords.late}>
      <span>{actWords.late}</span>
      {[5, 10, 15].map((minutes) => (
        <Button key={minutes} onPress={() => press(minutes)}>
          {actWords.plus({ minutes })}
        </Button>
      ))}
    </fieldset>
  )
}

type LateProps = RowProps & { minutes: number; onKeep: () => void }

/** Reckoned anew at each change of the plan: what is pressed is what is on the screen. */
export function LateForm({ plan, row, minutes, onKeep }: LateProps) {
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  const { whole, part, alone } = lateness(plan, row, minutes)
  const isWhole = whole.stuck.length === 0
  const shown = isWhole ? whole : part
  const run = (delay: Delay) => void runLate(plan, delay).then((kept) => kept && onKeep())
  return (
    <fieldset class="asking late-form" aria-label={actWords.lateBy({ minutes })}>
      <h3 tabIndex={-1} ref={head}>
        {`${actWords.late}: ${actWords.plus({ minutes })}`}
      </h3>
      {!isWhole && <Stuck plan={plan} delay={whole} />}
      {shown && <Pushes plan={plan} row={row} delay={shown} />}
      {!isWhole && !part && !alone && <p>{lateWords.none}</p>}
      <div class="actions">
        {isWhole && (
          <Button kind="primary" onPress={() => run(whole)}>
            {lateWords.push({ count: whole.pushes.length })}
          </Button>
        )}
        {part && (
          <Button kind="primary" onPress={() => run(part)}>
            {lateWords.part({ end: endOf(plan, part.row) })}
          </Button>
        )}
        {alone && (
          <Button kind={isWhole || part ? 'plain' : 'primary'} onPress={() => run(alone)}>
            {lateWords.alone({ end: endOf(plan, alone.row) })}
          </Button>
        )}
        <Button onPress={onKeep}>{dialogWords.back}</Button>
      </div>
      {alone && <Shorter plan={plan} row={row} next={alone.row} how="alone" />}
    </fieldset>
  )
}

function endOf({ zone }: PlanScreens, { when }: Appointment): string {
  return when.type === 'at' ? clockWord(when.endMs, zone.value) : ''
}

function Stuck({ plan, delay }: { plan: PlanScreens; delay: Delay }) {
  return (
    <div class="stuck">
      <p class="lost">
        <Icon svg={alert} />
        <b>{lateWords.stuck}</b>
      </p>
      <ul>
        {delay.stuck.map(({ row, why }) => (
          <li key={row.id}>
            <Pushed plan={plan} row={row} toMs={null} />
            <small>{stuckWord(why)}</small>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The late one first, which ends later; then who comes later by it. */
function Pushes({ plan, row, delay }: RowProps & { delay: Delay }) {
  const [was, now] = [endOf(plan, row), endOf(plan, delay.row)]
  return (
    <div class="pushes">
      <p>{was === now ? lateWords.sameEnd({ end: now }) : lateWords.ends({ was, end: now })}</p>
      <Shorter plan={plan} row={row} next={delay.row} how="part" />
      {delay.pushes.length > 0 && (
        <>
          <p>{lateWords.with}</p>
          <ul>
            {delay.pushes.map((push) => (
              <li key={push.row.id}>
                <Pushed plan={plan} row={push.row} toMs={push.startMs} />
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** `toMs` null: it stays where it is. */
function Pushed({ plan, row, toMs }: RowProps & { toMs: number | null }) {
  const zone = plan.zone.value
  const was = row.when.type === 'at' ? clockWord(row.when.startMs, zone) : ''
  return (
    <>
      <span class="push-time">
        {toMs === null ? <b>{was}</b> : <s>{was}</s>}
        {toMs !== null && <b>{clockWord(toMs, zone)}</b>}
      </span>
      <span class="push-what">
        <b>{row.title}</b>
        <span>{[whoOf(plan, row), whereOf(plan, row)].filter((part) => part).join(' · ')}</span>
      </span>
    </>
  )
}

/** Which beds pay for it, and what is left to them. */
function Shorter({ plan, row, next, how }: RowProps & { next: Appointment; how: 'part' | 'alone' }) {
  const less = next.stops.filter(({ minutes }, at) => minutes < (row.stops[at]?.minutes ?? 0))
  if (less.length === 0) return null
  const beds = less.map(({ bedId, minutes }) => `${bedWord(bedLabel(plan, bedId))} (${minutesWord(minutes)})`)
  const words = how === 'part' ? lateWords.less : lateWords.lessAlone
  return <p>{words({ beds: beds.join(', ') })}</p>
}
