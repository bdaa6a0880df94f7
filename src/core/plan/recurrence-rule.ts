/** A recurrence rule as a value: the part of RFC 5545 §3.3.10 that a ward's plan needs, read and written as text. */

/** `day`: ISO 8601, 1 is Monday. `ordinal`: the second of the month is 2, the last is -1; null: every one. */
export type RuleDay = { readonly ordinal: number | null; readonly day: number }

export type RuleFrequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

/** `date`: `YYYY-MM-DD`, that day included; `at`: a wall clock's minute of the series' zone. */
export type RuleEnd =
  | { readonly type: 'never' }
  | { readonly type: 'count'; readonly count: number }
  | { readonly type: 'until-date'; readonly date: string }
  | { readonly type: 'until-local'; readonly at: string }
  | { readonly type: 'until-ms'; readonly ms: number }

export type Rule = {
  readonly frequency: RuleFrequency
  readonly interval: number
  readonly byMonth: readonly number[]
  readonly byMonthDay: readonly number[]
  readonly byDay: readonly RuleDay[]
  readonly bySetPosition: readonly number[]
  /** ISO 8601 day that weeks begin with; matters to every second week. */
  readonly weekStart: number
  readonly end: RuleEnd
}

const dayNames: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const frequencies: readonly RuleFrequency[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
const partNames = new Set('FREQ INTERVAL BYMONTH BYMONTHDAY BYDAY BYSETPOS WKST COUNT UNTIL'.split(' '))

/** More is no plan of a ward; it keeps the work of counting from the start bounded. */
export const mostInterval = 1_000
export const mostCount = 10_000
const longestText = 1_000

/** Null: no RRULE value, or one with parts that are not supported (hours and smaller, week numbers, days of the year). */
export function parseRule(text: string): Rule | null {
  const parts = partsOf(text)
  if (!parts) return null
  const frequency = frequencies.find((one) => one === parts.get('FREQ'))
  const interval = numberOf(parts.get('INTERVAL') ?? '1', 1, mostInterval)
  const byMonth = listOf(parts.get('BYMONTH'), (one) => numberOf(one, 1, 12))
  const byMonthDay = listOf(parts.get('BYMONTHDAY'), (one) => signedOf(one, 31))
  const bySetPosition = listOf(parts.get('BYSETPOS'), (one) => signedOf(one, 366))
  const byDay = listOf(parts.get('BYDAY'), dayOf)
  const weekStart = dayNumber(parts.get('WKST') ?? 'MO')
  const end = endOf(parts.get('COUNT'), parts.get('UNTIL'))
  if (!frequency || !interval || !byMonth || !byMonthDay || !bySetPosition || !byDay || !weekStart || !end)
    return null
  const rule: Rule = {
    frequency,
    interval,
    byMonth: inOrder(byMonth),
    byMonthDay: inOrder(byMonthDay),
    byDay: daysInOrder(byDay),
    bySetPosition: inOrder(bySetPosition),
    weekStart,
    end,
  }
  return isSensible(rule) ? rule : null
}

/** The shortest text that `parseRule` reads as this rule; without `RRULE:`. */
export function formatRule(rule: Rule): string {
  const { interval, byMonth, byMonthDay, byDay, bySetPosition, weekStart } = rule
  const parts = [
    `FREQ=${rule.frequency}`,
    interval === 1 ? '' : `INTERVAL=${interval}`,
    byMonth.length === 0 ? '' : `BYMONTH=${byMonth}`,
    byMonthDay.length === 0 ? '' : `BYMONTHDAY=${byMonthDay}`,
    byDay.length === 0
      ? ''
      : `BYDAY=${byDay.map(({ ordinal, day }) => `${ordinal ?? ''}${dayNames[day - 1]}`)}`,
    bySetPosition.length === 0 ? '' : `BYSETPOS=${bySetPosition}`,
    weekStart === 1 ? '' : `WKST=${dayNames[weekStart - 1]}`,
    endText(rule.end),
  ]
  return parts.filter((part) => part !== '').join(';')
}

/** Null: not `NAME=value;…`, an unknown name, or one name twice (RFC 5545 §3.3.10 forbids it). */
function partsOf(text: string): Map<string, string> | null {
  if (text.length > longestText) return null
  const pairs = text
    .trim()
    .toUpperCase()
    .replace(/;$/, '')
    .split(';')
    .map((part) => /^([A-Z]+)=([^=]+)$/.exec(part))
  const parts = new Map<string, string>()
  for (const pair of pairs) {
    const [, name = '', value = ''] = pair ?? []
    if (!partNames.has(name) || parts.has(name)) return null
    parts.set(name, value)
  }
  return parts
}

/** What RFC 5545 §3.3.10 forbids by MUST NOT. */
function isSensible({ frequency, byMonthDay, byDay, byMonth, bySetPosition }: Rule): boolean {
  const ordinals = byDay.flatMap(({ ordinal }) => (ordinal === null ? [] : [Math.abs(ordinal)]))
  if (ordinals.length > 0 && (frequency === 'DAILY' || frequency === 'WEEKLY')) return false
  if (frequency === 'MONTHLY' && ordinals.some((ordinal) => ordinal > 5)) return false
  if (frequency === 'WEEKLY' && byMonthDay.length > 0) return false
  return bySetPosition.length === 0 || byMonthDay.length + byDay.length + byMonth.length > 0
}

function listOf<T>(text: string | undefined, read: (one: string) => T | null): T[] | null {
  if (text === undefined) return []
  const all = text.split(',').map(read)
  const good = all.filter((one) => one !== null)
  return good.length === all.length ? good : null
}

function numberOf(text: string, least: number, most: number): number | null {
  const number = /^\+?\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : null
}

/** From 1, or counted from the end: -1 is the last. */
function signedOf(text: string, most: number): number | null {
  const size = numberOf(text.replace(/^[+-]/, ''), 1, most)
  if (size === null) return null
  return text.startsWith('-') ? -size : size
}

function dayOf(text: string): RuleDay | null {
  const [, ordinal, name = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? []
  const day = dayNumber(name)
  if (!day) return null
  if (ordinal === undefined) return { ordinal: null, day }
  const signed = signedOf(ordinal, 53)
  return signed === null ? null : { ordinal: signed, day }
}

/** 1 to 7; 0: no day has that name. */
function dayNumber(name: string): number {
  return dayNames.indexOf(name) + 1
}

function inOrder(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((one, other) => one - other)
}

function daysInOrder(days: readonly RuleDay[]): RuleDay[] {
  const byKey = new Map(days.map((one) => [(one.ordinal ?? 0) * 8 + one.day, one]))
  return [...byKey].sort(([one], [other]) => one - other).map(([, day]) => day)
}

/** RFC 5545 §3.3.10: COUNT and UNTIL must not stand in one rule. */
function endOf(count: string | undefined, until: string | undefined): RuleEnd | null {
  if (count !== undefined && until !== undefined) return null
  if (until !== undefined) return untilOf(until)
  if (count === undefined) return { type: 'never' }
  const number = numberOf(count, 1, mostCount)
  return number === null ? null : { type: 'count', count: number }
}

/** Occasions begin with whole minutes, so a local end loses nothing with its seconds. */
function untilOf(text: string): RuleEnd | null {
  const [, year, month, day, time, hour, minute, second, utc] =
    /^(\d{4})(\d{2})(\d{2})(T(\d{2})(\d{2})(\d{2})(Z)?)?$/.exec(text) ?? []
  if (year === undefined) return null
  const date = `${year}-${month}-${day}`
  try {
    Temporal.PlainDate.from(date)
    if (time === undefined) return { type: 'until-date', date }
    const at = `${date}T${hour}:${minute}`
    Temporal.PlainDateTime.from(`${at}:${second}`)
    if (utc === undefined) return { type: 'until-local', at }
    return { type: 'until-ms', ms: Temporal.Instant.from(`${at}:${second}Z`).epochMilliseconds }
  } catch {
    return null
  }
}

function endText(end: RuleEnd): string {
  switch (end.type) {
    case 'never':
      return ''
    case 'count':
      return `COUNT=${end.count}`
    case 'until-date':
      return `UNTIL=${end.date.replaceAll('-', '')}`
    case 'until-local':
      return `UNTIL=${end.at.replaceAll(/[-:]/g, '')}00`
    case 'until-ms':
      return `UNTIL=${Temporal.Instant.fromEpochMilliseconds(end.ms).toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}`
  }
}
