/** What the plan says: times as people say them, what waits and why, and what to do about what was refused. */

import type { Concern, Deed, Entry, PersonRow, PlanStatus, Reminder, Tab } from '../state/plan.ts'
import type { Look } from '../state/plan-entries.ts'
import type { Form } from '../state/plan-form.ts'
import type { KeepingWarning } from '../state/plan-status.ts'
import { localeNow } from './texts/catalogue.ts'
import { clockOf, dateFormat, longDayOf, plainDay } from './texts/dates.ts'
import { plan } from './texts/plan.ts'
import { bedsWord as bedsOf, roleOfCode } from './words.ts'

export { bedWord } from './words.ts'

export const planWords = plan('plan')
export const dialogWords = plan('dialog')
export const concernWords = plan('concerns')
export const toastWords = plan('toast')
export const gridWords = plan('grid')
const times = plan('times')
const statuses = plan('status')
const held = plan('held')

export const tabWords: Record<Tab, string> = plan('tabs')
export const kindWords: Record<Form['kind'], string> = plan('kinds')
export const lookWords: Record<Look, string> = plan('looks')
/** Why the plan does not take it, as a sentence; who or what is in the way follows. */
export const whyWords: Record<Concern['why'], string> = plan('whys')
export const fieldWords: Readonly<Record<string, string>> = plan('fields')
export const deedWords: Record<Deed, string> = plan('deeds')
export const failureWords: Record<'not-kept' | 'full' | 'nobody' | 'senseless', string> = plan('failures')
export const keepingWords: Record<KeepingWarning, string> = plan('keeping')

const shortDay: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric' }
const middleDay: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'short' }
const weekday: Intl.DateTimeFormatOptions = { weekday: 'long' }

/** A grid says the same few hundred times at each change. */
const clocks = new Map<string, string>()
const mostClocks = 5_000

/** `09:30`, by the plan's clock. */
export function clockWord(ms: number, zone: string): string {
  const key = `${localeNow()} ${ms} ${zone}`
  const word = clocks.get(key) ?? clockOf(ms, zone)
  if (clocks.size > mostClocks) clocks.clear()
  clocks.set(key, word)
  return word
}

/** The same of a wall clock that says `09:30`, of no day and no zone. */
export function wallClockWord(clock: string): string {
  return clockWord(Date.parse(`1970-01-01T${clock}Z`), 'UTC')
}

export function spanWord(startMs: number, endMs: number, zone: string): string {
  return `${clockWord(startMs, zone)}–${clockWord(endMs, zone)}`
}

/** `Sunday 22 November`. */
export function dayWord(ms: number, zone: string): string {
  return longDayOf(ms, zone)
}

/** `Sun 22`. */
export function shortDayWord(ms: number, zone: string): string {
  return plainDay(shortDay, ms, zone)
}

/** `Mon 23 Nov, 09:30`. */
export function momentWord(ms: number, zone: string): string {
  return `${plainDay(middleDay, ms, zone)}, ${clockWord(ms, zone)}`
}

/** `Mon 23 Nov`, of a date that is of no zone. */
export function dateWord(date: string): string {
  return plainDay(middleDay, Date.parse(date), 'UTC')
}

export function minutesWord(minutes: number): string {
  if (minutes < 60) return times.minutes({ count: minutes })
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  return rest === 0 ? times.hours({ hours }) : times.hoursMinutes({ hours, minutes: rest })
}

export function bedsWord(labels: readonly string[]): string {
  return labels.length === 0 ? planWords.noBed : bedsOf(labels)
}

export function personWord({ name, role }: PersonRow): string {
  return `${name}, ${roleOfCode(role)}`
}

/** What a screen reader hears of an entry, and a test finds it by. */
export function entryName(entry: Entry, zone: string, where: string, who: string): string {
  const { row, startMs, endMs, look } = entry
  const parts = [row.title, who, spanWord(startMs, endMs, zone), where, lookWords[look]]
  return parts.filter((part) => part).join(', ')
}

/** 1 January 2024 was a Monday. */
const mondayMs = Date.UTC(2024, 0, 1)
const dayMs = 24 * 3_600_000

/** Monday first. */
export function weekdayWords(): readonly string[] {
  return Array.from({ length: 7 }, (_, day) => dateFormat(weekday, 'UTC').format(mondayMs + day * dayMs))
}

export function offerWord(title: string, time: string): string {
  return planWords.offer({ title, time })
}

/** What this device found against a time, when it found nothing: no more than it knows (HZ-7, HZ-8). */
export function freeWord(age: PlanStatus['age'], zone: string): string {
  if (age.type === 'never') return dialogWords.noClashNever
  return age.type === 'live'
    ? dialogWords.noClash
    : dialogWords.noClashOffline({ time: clockWord(age.asOfMs, zone) })
}

/** The line that is always in sight (HZ-7). */
export function statusWord({ age, here, sending, held }: PlanStatus, zone: string): string {
  const waits = here > 0 && !held ? statuses.waits({ count: here }) : null
  const goes = sending > 0 ? statuses.sending({ count: sending }) : null
  return [ageWord(age, zone), waits, goes].filter((part) => part !== null).join(' · ')
}

function ageWord(age: PlanStatus['age'], zone: string): string {
  if (age.type === 'never') return statuses.never
  return age.type === 'live' ? statuses.live : statuses.offline({ time: asOfWord(age.asOfMs, zone) })
}

/** The time when it is of today's plan, the day with it otherwise. */
function asOfWord(ms: number, zone: string): string {
  return Date.now() - ms < 12 * 3_600_000 ? clockWord(ms, zone) : momentWord(ms, zone)
}

export function heldWord({ why, count }: NonNullable<PlanStatus['held']>): string {
  return held[why]({ count })
}

export function clockWrongWord(seconds: number): string {
  return statuses.clockWrong({ ...lengthOf(Math.abs(seconds)), way: seconds > 0 ? 'fast' : 'slow' })
}

function lengthOf(seconds: number): { count: number; unit: 'seconds' | 'minutes' | 'hours' } {
  if (seconds < 120) return { count: seconds, unit: 'seconds' }
  if (seconds < 7200) return { count: Math.round(seconds / 60), unit: 'minutes' }
  return { count: Math.round(seconds / 3600), unit: 'hours' }
}

export function reminderWord({ type, entry }: Reminder, zone: string): string {
  const { title } = entry.row
  return type === 'soon'
    ? toastWords.soon({ time: clockWord(entry.startMs, zone), title })
    : toastWords.now({ title })
}
