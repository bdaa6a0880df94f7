/** HL7 times (v2.5.1 chapter 2A.3.76) as moments: by their own offset, or by the clocks on the ward's walls. */
import type { Moment } from '../../core/adt-event.ts'

const shape =
  /^(\d{4})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:(\d{2})(?:\.(\d{1,4}))?)?)?)?)?)?(?:([+-])(\d{2})(\d{2}))?$/

/** Null: nothing, or no time that there is. A time is as exact as it was written. */
export function momentOf(text: string, zone: string): Moment | null {
  const found = shape.exec(text)
  if (!found) return null
  const [, year, month, day, hour, minute, second, fraction, sign, offsetHours, offsetMinutes] = found
  if (day === undefined) return null
  const [h, m, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)]
  if (dateOf(text.slice(0, 8)) === null || h > 23 || m > 59 || s > 59) return null
  const ms = Number((fraction ?? '').padEnd(3, '0').slice(0, 3) || 0)
  const wallMs = Date.UTC(Number(year), Number(month) - 1, Number(day), h, m, s, ms)
  const exactMs =
    hour === undefined
      ? 86_400_000
      : minute === undefined
        ? 3_600_000
        : second === undefined
          ? 60_000
          : fraction === undefined
            ? 1_000
            : 1
  const offsetMs = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000 * (sign === '-' ? -1 : 1)
  const instants = sign === undefined ? instantsOf(wallMs, zone) : [wallMs - offsetMs]
  return { earliestMs: Math.min(...instants), latestMs: Math.max(...instants) + exactMs - 1 }
}

/** `YYYYMMDD…` as ISO 8601, or null where that is no whole day that there is. */
export function dateOf(text: string): string | null {
  const found = /^(\d{4})(\d{2})(\d{2})/.exec(text)
  if (!found) return null
  const iso = `${found[1]}-${found[2]}-${found[3]}`
  const ms = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(iso) ? iso : null
}

/** Two in the hour that the clocks repeat; in the one that they skip what they would have shown. */
function instantsOf(wallMs: number, zone: string): readonly number[] {
  const offsets = [offsetMs(wallMs - 86_400_000, zone), offsetMs(wallMs + 86_400_000, zone)]
  const fitting = offsets.map((offset) => wallMs - offset).filter((at) => at + offsetMs(at, zone) === wallMs)
  return fitting.length > 0 ? fitting : [wallMs - (offsets[0] ?? 0)]
}

const formats = new Map<string, Intl.DateTimeFormat>()

function offsetMs(atMs: number, zone: string): number {
  const part = formatOf(zone).formatToParts(atMs)
  const value = (type: string) => Number(part.find((one) => one.type === type)?.value)
  const wall = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  )
  return wall - Math.floor(atMs / 1_000) * 1_000
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const two = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const made = new Intl.DateTimeFormat('en-US', {
    ...two,
    ...{ timeZone: zone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  })
  formats.set(zone, made)
  return made
}
