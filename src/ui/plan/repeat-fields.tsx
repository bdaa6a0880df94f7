/** Repeating in plain words; the rule of RFC 5545 is underneath and never shown. */
import type { Repeat, RepeatEnd } from '../../state/plan-repeat.ts'
import { endWords, repeatWords } from '../words-changes.ts'
import { dialogWords, weekdayWords } from '../words-plan.ts'
import { Ask, Check, NumberAsk, Select } from './fields.tsx'
import type { FieldProps } from './form-dialog.tsx'

const types = ['none', 'daily', 'weekdays', 'weekly'] as const

export function RepeatAsk({ form, set }: FieldProps) {
  const { repeat } = form
  const options = repeat.type === 'other' ? (['other', ...types] as const) : types
  const put = (next: Repeat) => set({ repeat: next })
  return (
    <div class="several">
      <div class="row">
        <Select
          label={dialogWords.repeat}
          value={repeat.type}
          options={options.map((type) => [type, repeatWords[type]] as const)}
          onChoose={(type) => put(freshRepeat(type, form.date, repeat))}
        />
        {repeat.type === 'weekly' && (
          <NumberAsk
            label={dialogWords.everyWeeks}
            value={repeat.every}
            step={1}
            onType={(every) => put({ ...repeat, every: Math.max(1, every || 1) })}
          />
        )}
        {'end' in repeat && (
          <EndAsk end={repeat.end} date={form.date} onEnd={(end) => put({ ...repeat, end })} />
        )}
      </div>
      {repeat.type === 'weekly' && (
        <fieldset class="weekdays" aria-label={dialogWords.on}>
          {weekdayWords().map((word, index) => (
            <Check
              key={word}
              label={word}
              checked={repeat.days.includes(index + 1)}
              onCheck={(is) => put({ ...repeat, days: withDay(repeat.days, index + 1, is ? 'in' : 'out') })}
            />
          ))}
        </fieldset>
      )}
    </div>
  )
}

function withDay(days: readonly number[], day: number, where: 'in' | 'out'): number[] {
  const others = days.filter((one) => one !== day)
  return where === 'in' ? [...others, day].sort() : others
}

function freshRepeat(type: string, date: string, before: Repeat): Repeat {
  const end = 'end' in before ? before.end : ({ type: 'never' } as const)
  if (type === 'daily' || type === 'weekdays') return { type, end }
  if (type === 'weekly') return { type, every: 1, days: [dayOfWeek(date)], end }
  return type === 'other' ? before : { type: 'none' }
}

function dayOfWeek(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}

const ends = ['never', 'until', 'count'] as const

function EndAsk({ end, date, onEnd }: { end: RepeatEnd; date: string; onEnd: (end: RepeatEnd) => void }) {
  return (
    <>
      <Select
        label={dialogWords.ends}
        value={end.type}
        options={ends.map((type) => [type, endWords[type]] as const)}
        onChoose={(type) => {
          if (type === 'until') onEnd({ type, date })
          else onEnd(type === 'count' ? { type, count: 10 } : { type: 'never' })
        }}
      />
      {end.type === 'until' && (
        <Ask
          label={dialogWords.until}
          type="date"
          value={end.date}
          onType={(last) => onEnd({ type: 'until', date: last })}
        />
      )}
      {end.type === 'count' && (
        <NumberAsk
          label={dialogWords.times}
          value={end.count}
          step={1}
          onType={(count) => onEnd({ type: 'count', count })}
        />
      )}
    </>
  )
}
