/** Minutes since midnight as a clock on a wall shows them. */
import { dayMinutes, type QuietHours } from '../protocol/wishes.ts'

/** From a minute to the same minute is no time at all. */
export function isWithin({ fromMinute, untilMinute }: QuietHours, minute: number): boolean {
  const length = (untilMinute - fromMinute + dayMinutes) % dayMinutes
  return (minute - fromMinute + dayMinutes) % dayMinutes < length
}

/** `07:05`. */
export function clockOfMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** Both ends of hours, as a clock shows them. */
export function clocksOf({ fromMinute, untilMinute }: QuietHours): {
  readonly from: string
  readonly until: string
} {
  return { from: clockOfMinute(fromMinute), until: clockOfMinute(untilMinute) }
}

/** Of `07:05`, as a field for a time gives it; null: nothing was typed. */
export function minuteOfClock(clock: string): number | null {
  const [, hours, minutes] = clock.match(/^(\d{2}):(\d{2})/) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

const wall = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const clocks = new Map<string | null, Intl.DateTimeFormat>()

/** What that zone's clocks show then, summer time and all; null: this device's zone. */
export function minuteAt(ms: number, zone: string | null): number {
  const timeZone = zone ?? undefined
  const made = clocks.get(zone) ?? new Intl.DateTimeFormat('en-GB', { ...wall, timeZone })
  clocks.set(zone, made)
  const [hours = 0, minutes = 0] = made.format(ms).split(':').map(Number)
  return hours * 60 + minutes
}
