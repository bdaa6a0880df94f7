/** Minutes since midnight as a clock shows them. */

/** `07:05`. */
export function clockOfMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

const wall = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const clocks = new Map<string | null, Intl.DateTimeFormat>()

/** Minutes since midnight on the ward's wall. `zone`: its IANA name; null: this device's own. */
export function minuteAt(ms: number, zone: string | null): number {
  const timeZone = zone ?? undefined
  const made = clocks.get(zone) ?? new Intl.DateTimeFormat('en-GB', { ...wall, timeZone })
  clocks.set(zone, made)
  const [hours = 0, minutes = 0] = made.format(ms).split(':').map(Number)
  return hours * 60 + minutes
}
