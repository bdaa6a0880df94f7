/** The seven days of a week: none, one or two times each, copied from day to day. */

import plus from 'lucide-static/icons/plus.svg?raw'
import cross from 'lucide-static/icons/x.svg?raw'
import type { ComponentChildren } from 'preact'
import { asBefore, type HoursForm, oneMoreSpan, type SpanForm, toWeekdays } from '../../state/plan-hours.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { hoursWords } from '../words-hours.ts'
import { weekdayWords } from '../words-plan.ts'
import { Check } from './fields.tsx'
import type { SetHours } from './hours-dialog.tsx'

export function Week({ form, set }: { form: HoursForm; set: SetHours }) {
  const days = weekdayWords()
  const { week } = form
  return (
    <section class="hours" aria-label={hoursWords.week}>
      <h3>{hoursWords.week}</h3>
      <ol>
        {days.map((day, index) => {
          const before = days[(index + 6) % 7] ?? ''
          return (
            <li key={day} aria-label={day}>
              <Spans
                day={day}
                works={day}
                spans={week[index] ?? []}
                onSpans={(spans) => set({ week: week.map((one, at) => (at === index ? spans : one)) })}
              >
                <span class="copy">
                  {index > 0 && (
                    <Button
                      label={hoursWords.asBeforeOf({ day, before })}
                      onPress={() => set({ week: asBefore(week, index) })}
                    >
                      {hoursWords.asBefore({ before })}
                    </Button>
                  )}
                </span>
              </Spans>
            </li>
          )
        })}
      </ol>
      <Button onPress={() => set({ week: toWeekdays(week) })}>
        {hoursWords.toWeekdays({ monday: days[0] ?? '' })}
      </Button>
    </section>
  )
}

type SpansProps = {
  /** For whoever hears it only. */
  day: string
  /** What is ticked when there is any time at all. */
  works: string
  spans: readonly SpanForm[]
  onSpans: (spans: readonly SpanForm[]) => void
  /** What else is to be done with the day. */
  children: ComponentChildren
}

export function Spans({ day, works, spans, onSpans, children }: SpansProps) {
  const put = (index: number, next: Partial<SpanForm>) =>
    onSpans(spans.map((one, at) => (at === index ? { ...one, ...next } : one)))
  return (
    <>
      <Check label={works} checked={spans.length > 0} onCheck={(is) => onSpans(is ? oneMoreSpan([]) : [])} />
      {children}
      <div class="spans">
        {spans.length === 0 && <span class="soft">{hoursWords.off}</span>}
        {spans.map((span, index) => (
          <Span key={`${index}`} {...{ day, span, index }} onType={(next) => put(index, next)} />
        ))}
        {spans.length === 1 && (
          <IconButton
            icon={plus}
            label={hoursWords.secondOf({ day })}
            onPress={() => onSpans(oneMoreSpan(spans))}
          />
        )}
        {spans.length > 1 && (
          <IconButton
            icon={cross}
            label={hoursWords.removeSecond({ day })}
            onPress={() => onSpans(spans.slice(0, -1))}
          />
        )}
      </div>
    </>
  )
}

type SpanProps = { day: string; span: SpanForm; index: number; onType: (next: Partial<SpanForm>) => void }

function Span({ day, span, index, onType }: SpanProps) {
  const { fromOf, toOf, secondFromOf, secondToOf } = hoursWords
  const [from, to] = index === 0 ? [fromOf, toOf] : [secondFromOf, secondToOf]
  const isNight = span.from !== '' && span.to !== '' && span.to <= span.from
  return (
    <span class="span">
      <input
        type="time"
        aria-label={from({ day })}
        value={span.from}
        onInput={({ currentTarget }) => onType({ from: currentTarget.value })}
      />
      <span aria-hidden="true">–</span>
      <input
        type="time"
        aria-label={to({ day })}
        value={span.to}
        onInput={({ currentTarget }) => onType({ to: currentTarget.value })}
      />
      {isNight && <small role="status">{hoursWords.nextDay}</small>}
    </span>
  )
}
