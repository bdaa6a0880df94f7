/** VEVENTs of a calendar file as plain values, read by ical.js; what its times mean is found here, not there. */
import ICAL from 'ical.js'
import { isZone } from '../../core/plan/recurrence.ts'
import type { EventText } from './ics-scan.ts'
import { windowsZones } from './windows-zones.ts'

/** `zone`: an IANA name; null: none was said, so it is the ward's clock. `unknown`: a zone that nobody knows. */
export type IcsTime =
  | { readonly type: 'date'; readonly date: string }
  | { readonly type: 'at'; readonly at: string; readonly zone: string | null }
  | { readonly type: 'unknown' }

export type IcsEvent = {
  readonly line: number
  readonly uid: string
  /** Which revision it is (RFC 5545 §3.8.7.4), and when it was written down. */
  readonly sequence: number
  readonly modifiedMs: number | null
  readonly title: string
  readonly place: string | null
  readonly status: string
  readonly isFree: boolean
  readonly start: IcsTime
  /** Null: it says a length, or nothing. */
  readonly end: IcsTime | null
  readonly lengthMs: number | null
  readonly rule: string | null
  /** More rules than one, exclusion rules, or a change of all that follows. */
  readonly isOdd: boolean
  readonly except: readonly IcsTime[]
  readonly extra: readonly IcsTime[]
  /** Which occasion of its series this changes. */
  readonly instead: IcsTime | null
}

/** Null: ical.js cannot read it, or what every VEVENT must have is missing (RFC 5545 §3.6.1). */
export function readEvent({ line, text }: EventText): IcsEvent | null {
  try {
    const calendar = new ICAL.Component(ICAL.parse(`BEGIN:VCALENDAR\r\n${text}\r\nEND:VCALENDAR`))
    const event = calendar.getFirstSubcomponent('vevent')
    return event && eventOf(line, event)
  } catch {
    return null
  }
}

function eventOf(line: number, event: ICAL.Component): IcsEvent | null {
  const uid = textOf(event, 'uid')
  const start = timeOf(event.getFirstProperty('dtstart'))
  if (uid === '' || !start) return null
  const [rule, ...others] = event.getAllProperties('rrule')
  const instead = event.getFirstProperty('recurrence-id')
  return {
    line,
    uid,
    start,
    sequence: sequenceOf(event),
    modifiedMs: modifiedOf(event),
    title: textOf(event, 'summary').slice(0, 120) || 'Imported',
    place: textOf(event, 'location').slice(0, 80) || null,
    status: textOf(event, 'status').toUpperCase(),
    isFree: textOf(event, 'transp').toUpperCase() === 'TRANSPARENT',
    end: timeOf(event.getFirstProperty('dtend')),
    lengthMs: lengthOf(event.getFirstPropertyValue('duration')),
    rule: rule ? String(rule.getFirstValue()) : null,
    isOdd: others.length > 0 || event.hasProperty('exrule') || instead?.getParameter('range') !== undefined,
    except: event.getAllProperties('exdate').flatMap(timesOf),
    extra: event.getAllProperties('rdate').flatMap(timesOf),
    instead: timeOf(instead),
  }
}

function sequenceOf(event: ICAL.Component): number {
  const value = Number(event.getFirstPropertyValue('sequence') ?? 0)
  return Number.isSafeInteger(value) && value >= 0 ? value : 0
}

/** LAST-MODIFIED, else DTSTAMP, which without a METHOD is the same (RFC 5545 §3.8.7.2). */
function modifiedOf(event: ICAL.Component): number | null {
  const property = event.getFirstProperty('last-modified') ?? event.getFirstProperty('dtstamp')
  const time = timeOf(property)
  return time?.type === 'at' ? Temporal.Instant.from(`${time.at}:00Z`).epochMilliseconds : null
}

/** One line, trimmed; a calendar's text may hold line breaks. */
function textOf(event: ICAL.Component, property: string): string {
  const value = event.getFirstPropertyValue(property)
  return typeof value === 'string' ? value.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim() : ''
}

function lengthOf(value: unknown): number | null {
  return value instanceof ICAL.Duration ? value.toSeconds() * 1_000 : null
}

function timeOf(property: ICAL.Property | null | undefined): IcsTime | null {
  return property ? (timesOf(property)[0] ?? { type: 'unknown' }) : null
}

/** As they are written: ical.js would make the 2nd of March of a 30th of February. */
function timesOf(property: ICAL.Property): IcsTime[] {
  const tzid = property.getParameter('tzid')
  const zone = typeof tzid === 'string' ? zoneOf(tzid) : null
  return property
    .toJSON()
    .slice(3)
    .map((value: unknown): IcsTime => {
      const [, date, time, utc] = /^([\d-]{10})(?:T([\d:]{5}):\d\d(Z)?)?$/.exec(String(value)) ?? []
      if (property.type === 'period') return { type: 'unknown' }
      if (date === undefined) throw new RangeError('no time')
      Temporal.PlainDate.from(date)
      if (time === undefined) return { type: 'date', date }
      Temporal.PlainTime.from(time)
      const at = `${date}T${time}`
      if (utc !== undefined) return { type: 'at', at, zone: 'UTC' }
      return zone === 'unknown' ? { type: 'unknown' } : { type: 'at', at, zone }
    })
}

/** Some programs write a path before the IANA name, some Windows' names; what only their VTIMEZONE explains is unknown. */
function zoneOf(tzid: string): string {
  const parts = tzid.split('/').slice(-8)
  const tails = parts.map((_, index) => parts.slice(index).join('/'))
  return tails.find(isZone) ?? windowsZones.get(tzid) ?? 'unknown'
}
