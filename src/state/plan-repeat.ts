/** Repeating in plain words, and as the rule it stands for (RFC 5545 §3.3.10). */

/** `days`: ISO 8601, 1 is Monday. `other`: a rule that this form does not make; it is kept as it is. */
export type Repeat =
  | { readonly type: 'none' }
  | { readonly type: 'daily' | 'weekdays'; readonly end: RepeatEnd }
  | {
      readonly type: 'weekly'
      readonly every: number
      readonly days: readonly number[]
      readonly end: RepeatEnd
    }
  | { readonly type: 'other'; readonly rule: string }

/** `until`: the last day on which it may be, `YYYY-MM-DD`. */
export type RepeatEnd =
  | { readonly type: 'never' }
  | { readonly type: 'until'; readonly date: string }
  | { readonly type: 'count'; readonly count: number }

const names = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const weekdays = 'MO,TU,WE,TH,FR'

/** Null: it does not repeat. `UNTIL` is an instant in UTC because the start is of a zone (RFC 5545 §3.3.10). */
export function ruleOf(repeat: Repeat, zone: string): string | null {
  switch (repeat.type) {
    case 'none':
      return null
    case 'other':
      return repeat.rule
    case 'daily':
      return `FREQ=DAILY${endOf(repeat.end, zone)}`
    case 'weekdays':
      return `FREQ=WEEKLY;BYDAY=${weekdays}${endOf(repeat.end, zone)}`
    case 'weekly': {
      const days = repeat.days.flatMap((day) => names[day - 1] ?? [])
      const every = repeat.every > 1 ? `;INTERVAL=${repeat.every}` : ''
      return `FREQ=WEEKLY${every};BYDAY=${days.join(',')}${endOf(repeat.end, zone)}`
    }
  }
}

function endOf(end: RepeatEnd, zone: string): string {
  if (end.type === 'never') return ''
  if (end.type === 'count') return `;COUNT=${end.count}`
  const next = Temporal.PlainDate.from(end.date).add({ days: 1 }).toZonedDateTime(zone)
  const last = next.subtract({ seconds: 1 }).toInstant().toString({ smallestUnit: 'second' })
  return `;UNTIL=${last.replaceAll(/[-:]/g, '')}`
}

export function repeatOf(rule: string, zone: string): Repeat {
  const parts = new Map(rule.split(';').map((part) => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']))
  const end = readEnd(parts, zone)
  const known = ['FREQ', 'BYDAY', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST']
  const every = Number(parts.get('INTERVAL') ?? '1')
  const days = (parts.get('BYDAY') ?? '').split(',').filter((day) => day !== '')
  const isPlain =
    [...parts.keys()].every((key) => known.includes(key)) && days.every((day) => names.includes(day))
  if (!end || !isPlain) return { type: 'other', rule }
  if (parts.get('FREQ') === 'DAILY' && every === 1 && days.length === 0) return { type: 'daily', end }
  if (parts.get('FREQ') !== 'WEEKLY' || days.length === 0) return { type: 'other', rule }
  if (days.join(',') === weekdays && every === 1) return { type: 'weekdays', end }
  return { type: 'weekly', every, days: days.map((day) => names.indexOf(day) + 1), end }
}

function readEnd(parts: ReadonlyMap<string, string>, zone: string): RepeatEnd | null {
  const count = parts.get('COUNT')
  if (count !== undefined) return { type: 'count', count: Number(count) }
  const until = parts.get('UNTIL')
  if (until === undefined) return { type: 'never' }
  const [, year, month, day, time] = /^(\d{4})(\d{2})(\d{2})(?:T(\d{6})Z)?$/.exec(until) ?? []
  if (year === undefined) return null
  if (time === undefined) return { type: 'until', date: `${year}-${month}-${day}` }
  const clock = time.replace(/(\d{2})(\d{2})(\d{2})/, '$1:$2:$3')
  const at = Temporal.Instant.from(`${year}-${month}-${day}T${clock}Z`).toZonedDateTimeISO(zone)
  return { type: 'until', date: at.toPlainDate().toString() }
}
