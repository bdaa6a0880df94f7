/** Days and clocks of the plan's own zone: a day that has 23 or 25 hours is drawn as long as it is. */

/** From its midnight up to, not including, the next one (milliseconds since 1970); `date` is `YYYY-MM-DD`. */
export type Day = { readonly date: string; readonly startMs: number; readonly endMs: number }

/** `again`: this clock time was there before on the same day, when the clocks went back. */
export type Slot = {
  readonly startMs: number
  readonly minutes: number
  readonly clock: string
  readonly again: boolean
}

const minuteMs = 60_000

function zoned(ms: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(ms)).toZonedDateTimeISO(zone)
}

/** The day of that date; a zone whose midnight is skipped begins where its clocks do. */
export function dayOfDate(date: string, zone: string): Day {
  const day = Temporal.PlainDate.from(date)
  const startMs = day.toZonedDateTime(zone).epochMilliseconds
  const endMs = day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
  return { date: day.toString(), startMs, endMs }
}

export function dateAt(ms: number, zone: string): string {
  return zoned(ms, zone).toPlainDate().toString()
}

export function stepDate(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}

/** Monday to Sunday (ISO 8601) of the week that has this date. */
export function weekOf(date: string, zone: string): Day[] {
  const monday = stepDate(date, 1 - Temporal.PlainDate.from(date).dayOfWeek)
  return [0, 1, 2, 3, 4, 5, 6].map((step) => dayOfDate(stepDate(monday, step), zone))
}

/** `HH:MM` on the wall. */
export function clockAt(ms: number, zone: string): string {
  const { hour, minute } = zoned(ms, zone)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** Whether a form's field is filled in with a wall clock, `HH:MM`. */
export function isClock(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

/** Whether a form's field is filled in with a date, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
}

/** No thirtieth of February. */
export function isRealDate(text: string): boolean {
  const ms = isDate(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text)
}

/** The clock of a whole day's begin and end is not said. */
export function isWhole({ startMs, endMs }: { startMs: number; endMs: number }, zone: string): boolean {
  return clockAt(startMs, zone) === '00:00' && clockAt(endMs, zone) === '00:00'
}

/** When a wall clock shows this; one that is skipped is an hour later, one that comes twice is the first. */
export function msAt(date: string, clock: string, zone: string): number | null {
  try {
    return Temporal.PlainDateTime.from(`${date}T${clock}`).toZonedDateTime(zone).epochMilliseconds
  } catch {
    return null
  }
}

const known = new Map<string, readonly Slot[]>()
const mostKnown = 60

/** Slots of `minutes` from midnight to midnight: 46 half hours on the shortest day, 50 on the longest. */
export function slotsOf(day: Day, minutes: number, zone: string): readonly Slot[] {
  const key = `${day.date} ${minutes} ${zone}`
  const slots = known.get(key) ?? cutDay(day, minutes, zone)
  if (known.size > mostKnown) known.clear()
  known.set(key, slots)
  return slots
}

function cutDay(day: Day, minutes: number, zone: string): Slot[] {
  const seen = new Set<string>()
  const slots: Slot[] = []
  for (let startMs = day.startMs; startMs < day.endMs; startMs += minutes * minuteMs) {
    const clock = clockAt(startMs, zone)
    const length = Math.min(minutes, (day.endMs - startMs) / minuteMs)
    slots.push({ startMs, minutes: length, clock, again: seen.has(clock) })
    seen.add(clock)
  }
  return slots
}

/** To the nearest `minutes`, counted from the day's own midnight. */
export function snap(ms: number, day: Day, minutes: number): number {
  const step = minutes * minuteMs
  return day.startMs + Math.round((ms - day.startMs) / step) * step
}
