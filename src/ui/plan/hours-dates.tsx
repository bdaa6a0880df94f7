/** What lies ahead and is otherwise: days with other hours, and absences, whose kind is for few eyes (PLAN-14). */
import plus from 'lucide-static/icons/plus.svg?raw'
import cross from 'lucide-static/icons/x.svg?raw'
import type { PlanScreens } from '../../state/plan.ts'
import { isWhole } from '../../state/plan-days.ts'
import { type AwayForm, type HoursForm, oneMoreAway, oneMoreDate } from '../../state/plan-hours.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { hoursWords, kindOptions } from '../words-hours.ts'
import { dateWord, momentWord } from '../words-plan.ts'
import { Ask, Select } from './fields.tsx'
import type { SetHours } from './hours-dialog.tsx'
import { Spans } from './hours-week.tsx'
import { nameOfPerson } from './lines.ts'

type Props = { form: HoursForm; set: SetHours }

export function Dates({ form, set }: Props) {
  const { dates } = form
  return (
    <section class="hours" aria-label={hoursWords.dates}>
      <h3>{hoursWords.dates}</h3>
      {dates.length === 0 && <p class="soft">{hoursWords.noDates}</p>}
      <ul>
        {dates.map((one) => {
          const put = (next: Partial<typeof one>) =>
            set({ dates: dates.map((other) => (other === one ? { ...one, ...next } : other)) })
          const word = one.date === '' ? hoursWords.aDay : dateWord(one.date)
          return (
            <li key={one.key}>
              <Ask label={hoursWords.date} type="date" value={one.date} onType={(date) => put({ date })} />
              <Spans
                day={word}
                works={hoursWords.works}
                spans={one.spans}
                onSpans={(spans) => put({ spans })}
              >
                <Remove
                  label={hoursWords.removeDate({ date: word })}
                  onPress={() => set({ dates: dates.filter((other) => other !== one) })}
                />
              </Spans>
            </li>
          )
        })}
      </ul>
      <Button icon={plus} onPress={() => set(oneMoreDate(form))}>
        {hoursWords.addDate}
      </Button>
    </section>
  )
}

function Remove({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <span class="end">
      <IconButton icon={cross} label={label} onPress={onPress} />
    </span>
  )
}

export function Absences({ plan, id, form, set }: Props & { plan: PlanScreens; id: string }) {
  const { away } = form
  const whose = id === plan.me.staffId ? 'me' : 'other'
  return (
    <section class="hours" aria-label={hoursWords.away}>
      <h3>{hoursWords.away}</h3>
      {away.length === 0 ? (
        <p class="soft">{hoursWords.noAway}</p>
      ) : (
        <p class="soft">{hoursWords.whyHint({ whose, name: nameOfPerson(plan, id) })}</p>
      )}
      <ul>
        {away.map((one) => (
          <Absence
            key={one.key}
            one={one}
            zone={form.zone}
            put={(next) => set({ away: away.map((other) => (other === one ? { ...one, ...next } : other)) })}
            onRemove={() => set({ away: away.filter((other) => other !== one) })}
          />
        ))}
      </ul>
      <Button icon={plus} onPress={() => set(oneMoreAway(form))}>
        {hoursWords.addAway}
      </Button>
    </section>
  )
}

type AbsenceProps = {
  one: AwayForm
  zone: string
  put: (next: Partial<AwayForm>) => void
  onRemove: () => void
}

function Absence({ one, zone, put, onRemove }: AbsenceProps) {
  const { first, last, why, was } = one
  const date = first === '' ? '…' : dateWord(first)
  return (
    <li>
      <Ask
        label={hoursWords.first}
        type="date"
        value={first}
        onType={(next) => put({ first: next, last: last === '' || last < next ? next : last })}
      />
      <Ask label={hoursWords.last} type="date" value={last} onType={(next) => put({ last: next })} />
      <Select
        label={hoursWords.why}
        value={why}
        options={kindOptions(why)}
        onChoose={(next) => put({ why: next })}
      />
      <Remove label={hoursWords.removeAway({ date })} onPress={onRemove} />
      {was && !isWhole(was, zone) && (
        <small>{`${momentWord(was.startMs, zone)} – ${momentWord(was.endMs, zone)}`}</small>
      )}
    </li>
  )
}
