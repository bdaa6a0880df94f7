/** The days of a rule, period by period: which days of a week, a month or a year RFC 5545 §3.3.10 means. */
import { type Day, dayFromNumber, dayNumberOf, daysInMonth, weekdayOf } from './civil.ts'
import type { Rule, RuleDay } from './recurrence-rule.ts'

/** Which period of the rule holds this day, counted from the one that holds the start; may be negative. */
export function periodOf(rule: Rule, start: Day, number: number): number {
  const { year, month } = dayFromNumber(number)
  switch (rule.frequency) {
    case 'DAILY':
      return Math.floor((number - start.number) / rule.interval)
    case 'WEEKLY':
      return Math.floor((weekOf(rule, number) - weekOf(rule, start.number)) / 7 / rule.interval)
    case 'MONTHLY':
      return Math.floor(((year - start.year) * 12 + month - start.month) / rule.interval)
    case 'YEARLY':
      return Math.floor((year - start.year) / rule.interval)
  }
}

/** The first day of a period, whether the rule means it or not. */
export function firstOf(rule: Rule, start: Day, period: number): number {
  const steps = period * rule.interval
  switch (rule.frequency) {
    case 'DAILY':
      return start.number + steps
    case 'WEEKLY':
      return weekOf(rule, start.number) + 7 * steps
    case 'MONTHLY': {
      const months = start.year * 12 + start.month - 1 + steps
      return dayNumberOf(Math.floor(months / 12), (months % 12) + 1, 1)
    }
    case 'YEARLY':
      return dayNumberOf(start.year + steps, 1, 1)
  }
}

/** The days that the rule means in the period that begins with `first`, as day numbers in order. */
export function daysOf(rule: Rule, start: Day, first: number): readonly number[] {
  const days = all(rule, start, first)
  if (rule.bySetPosition.length === 0) return days
  return days.filter(
    (_, index) => rule.bySetPosition.includes(index + 1) || rule.bySetPosition.includes(index - days.length),
  )
}

function all(rule: Rule, start: Day, first: number): number[] {
  switch (rule.frequency) {
    case 'DAILY':
      return isWithin(rule, first) ? [first] : []
    case 'WEEKLY':
      return ofWeek(rule, start, first)
    case 'MONTHLY': {
      const { year, month } = dayFromNumber(first)
      return isMonth(rule, month) ? ofMonth(rule, start, year, month) : []
    }
    case 'YEARLY':
      return ofYear(rule, start, dayFromNumber(first).year)
  }
}

function weekOf({ weekStart }: Rule, number: number): number {
  return number - ((weekdayOf(number) - weekStart + 7) % 7)
}

function isMonth({ byMonth }: Rule, month: number): boolean {
  return byMonth.length === 0 || byMonth.includes(month)
}

/** A rule by day only limits what each day is. */
function isWithin(rule: Rule, number: number): boolean {
  const { year, month, day, weekday } = dayFromNumber(number)
  const fromEnd = day - daysInMonth(year, month) - 1
  return (
    isMonth(rule, month) &&
    (rule.byMonthDay.length === 0 || rule.byMonthDay.includes(day) || rule.byMonthDay.includes(fromEnd)) &&
    (rule.byDay.length === 0 || rule.byDay.some((one) => one.day === weekday))
  )
}

function ofWeek(rule: Rule, start: Day, first: number): number[] {
  const wanted = rule.byDay.length === 0 ? [start.weekday] : rule.byDay.map(({ day }) => day)
  return [0, 1, 2, 3, 4, 5, 6]
    .map((offset) => first + offset)
    .filter((number) => wanted.includes(weekdayOf(number)) && isMonth(rule, dayFromNumber(number).month))
}

/** A month that lacks the day is left out, never moved into the next (RFC 5545 §3.3.10, "invalid date"). */
function ofMonth(rule: Rule, start: Day, year: number, month: number): number[] {
  const first = dayNumberOf(year, month, 1)
  const length = daysInMonth(year, month)
  if (rule.byMonthDay.length === 0 && rule.byDay.length > 0) return weekdays(rule.byDay, first, length)
  const wanted = rule.byMonthDay.length === 0 ? [start.day] : rule.byMonthDay
  const days = wanted.map((day) => (day > 0 ? day : length + 1 + day))
  const numbers = days.filter((day) => day >= 1 && day <= length).map((day) => first + day - 1)
  return limited(numbers, rule.byDay, first, length)
}

function ofYear(rule: Rule, start: Day, year: number): number[] {
  const { byMonth, byMonthDay, byDay } = rule
  if (byMonth.length > 0) return byMonth.flatMap((month) => ofMonth(rule, start, year, month))
  if (byMonthDay.length === 0 && byDay.length === 0) return ofMonth(rule, start, year, start.month)
  const first = dayNumberOf(year, 1, 1)
  const length = dayNumberOf(year + 1, 1, 1) - first
  if (byMonthDay.length === 0) return weekdays(byDay, first, length)
  const everyMonth = Array.from({ length: 12 }, (_, index) => index + 1)
  const numbers = everyMonth.flatMap((month) => ofMonth({ ...rule, byDay: [] }, start, year, month))
  return limited(numbers, byDay, first, length)
}

/** With days of the month beside it, BYDAY limits; alone it expands (RFC 5545 §3.3.10, notes 1 and 2 of the table). */
function limited(
  numbers: readonly number[],
  byDay: readonly RuleDay[],
  first: number,
  length: number,
): number[] {
  const unique = [...new Set(numbers)].sort((one, other) => one - other)
  if (byDay.length === 0) return unique
  const allowed = new Set(weekdays(byDay, first, length))
  return unique.filter((number) => allowed.has(number))
}

/** Those weekdays among `length` days from `first`; an ordinal counts within them, from the end when negative. */
function weekdays(byDay: readonly RuleDay[], first: number, length: number): number[] {
  const numbers = byDay.flatMap(({ ordinal, day }) => {
    const one = first + ((day - weekdayOf(first) + 7) % 7)
    const count = Math.floor((first + length - 1 - one) / 7) + 1
    if (ordinal === null) return Array.from({ length: count }, (_, index) => one + 7 * index)
    const index = ordinal > 0 ? ordinal - 1 : count + ordinal
    return index >= 0 && index < count ? [one + 7 * index] : []
  })
  return [...new Set(numbers)].sort((one, other) => one - other)
}
