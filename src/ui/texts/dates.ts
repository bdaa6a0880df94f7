/** Times, days and lists as the language in use writes them: by the clock of 24 hours, in the ward's zone where there is one. */
import { localeNow } from './catalogue.ts'

/** Making one takes longer than all a screen says with it. */
const formats = new Map<Intl.DateTimeFormatOptions, Map<string, Intl.DateTimeFormat>>()

/** `options` is a constant: each is kept. Without a `zone` it is this device's own. */
export function dateFormat(options: Intl.DateTimeFormatOptions, zone?: string): Intl.DateTimeFormat {
  const locale = localeNow()
  const key = `${locale} ${zone}`
  const known = formats.get(options) ?? new Map<string, Intl.DateTimeFormat>()
  const zoned = zone === undefined ? options : { ...options, timeZone: zone }
  const one = known.get(key) ?? new Intl.DateTimeFormat(locale, zoned)
  formats.set(options, known.set(key, one))
  return one
}

const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const longDay: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' }

/** `14:05`. */
export function clockOf(ms: number, zone?: string): string {
  return dateFormat(clock, zone).format(ms)
}

/** `Sunday 22 November`. */
export function longDayOf(ms: number, zone?: string): string {
  return plainDay(longDay, ms, zone)
}

/** British English puts a comma after the day of the week, which nobody says. */
export function plainDay(options: Intl.DateTimeFormatOptions, ms: number, zone?: string): string {
  return dateFormat(options, zone).format(ms).replace(',', '')
}

/** `1, 2, 3`: things side by side, in their order. */
export function listOf(things: readonly string[]): string {
  return new Intl.ListFormat(localeNow(), { type: 'unit', style: 'short' }).format(things)
}
