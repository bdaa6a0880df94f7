/**
 * Appointments as iCalendar (RFC 5545), written by ical.js, which escapes and folds. A calendar leaves this machine,
 * so it says what kind of appointment it is and where, and nothing of why or for whom.
 */
import ICAL from 'ical.js'
import type { Language } from '../../core/languages.ts'
import type { PlanReader } from '../../core/plan/book.ts'
import { type CalendarWords, calendarWords } from '../../core/plan/calendar-words.ts'
import type { Appointment, AppointmentStatus } from '../../protocol/plan.ts'
import { conferenceOf, oneLine, sequenceOf, uidOf, utc } from './ics-parts.ts'

/** How often a calendar program should ask again. */
const refreshMinutes = 15

/** RFC 5545 §3.8.1.11 knows three; what was entered in error is cancelled, so that calendars take it away. */
const statuses: Readonly<Record<AppointmentStatus, 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'>> = {
  proposed: 'TENTATIVE',
  pending: 'TENTATIVE',
  waitlist: 'TENTATIVE',
  booked: 'CONFIRMED',
  arrived: 'CONFIRMED',
  'checked-in': 'CONFIRMED',
  fulfilled: 'CONFIRMED',
  noshow: 'CONFIRMED',
  cancelled: 'CANCELLED',
  'entered-in-error': 'CANCELLED',
}

/** `conference`: where to join (RFC 7986 §5.11); null: nowhere yet. */
export type Listed = { readonly appointment: Appointment; readonly conference: string | null }

/** One calendar. Appointments that wait have no time, so they are left out; an occasion of a series is one of its own. */
export function calendarOf(
  name: string,
  plan: PlanReader,
  listed: readonly Listed[],
  language: Language,
): string {
  const calendar = new ICAL.Component(['vcalendar', [], []])
  calendar.updatePropertyWithValue('prodid', `-//Bedside//Plan//${language.toUpperCase()}`)
  calendar.updatePropertyWithValue('version', '2.0')
  calendar.updatePropertyWithValue('calscale', 'GREGORIAN')
  calendar.updatePropertyWithValue('name', oneLine(name))
  calendar.updatePropertyWithValue('x-wr-calname', oneLine(name))
  const refresh = new ICAL.Property('refresh-interval', calendar)
  refresh.resetType('duration')
  refresh.setValue(ICAL.Duration.fromSeconds(refreshMinutes * 60))
  calendar.addProperty(refresh)
  calendar.updatePropertyWithValue('x-published-ttl', `PT${refreshMinutes}M`)
  const end = 'END:VCALENDAR'
  const text = calendar.toString()
  const events = listed
    .map((one) => textOf(plan, one, calendarWords[language]))
    .filter((event) => event !== '')
  return [text.slice(0, -end.length) + events.join(''), end, '\r\n'].join('')
}

/** Rows are never changed, only replaced: each is written once, and a calendar that is asked for again costs little. */
const written = new WeakMap<Appointment, { readonly asked: string; readonly text: string }>()

function textOf(plan: PlanReader, one: Listed, words: CalendarWords): string {
  const asked = JSON.stringify([placeOf(plan, one.appointment, words), one.conference, words.join])
  const before = written.get(one.appointment)
  if (before?.asked === asked) return before.text
  const event = eventOf(plan, one, words)
  const text = event ? `${event.toString()}\r\n` : ''
  written.set(one.appointment, { asked, text })
  return text
}

function eventOf(
  plan: PlanReader,
  { appointment, conference }: Listed,
  words: CalendarWords,
): ICAL.Component | null {
  const { when, changedMs, rev, kind, status } = appointment
  if (when.type === 'waiting') return null
  const event = new ICAL.Component('vevent')
  const set = (property: string, value: unknown) => event.updatePropertyWithValue(property, value)
  set('uid', uidOf(appointment.id))
  set('dtstamp', utc(changedMs))
  set('last-modified', utc(changedMs))
  set('sequence', sequenceOf(rev))
  set('dtstart', utc(when.startMs))
  set('dtend', utc(when.endMs))
  set('summary', words.kinds[kind])
  const place = placeOf(plan, appointment, words)
  if (place !== null) set('location', oneLine(place))
  set('status', statuses[status])
  set('transp', kind === 'note' ? 'TRANSPARENT' : 'OPAQUE')
  set('class', 'PRIVATE')
  if (conference !== null) event.addProperty(conferenceOf(conference, words.join))
  return event
}

/** The room, or the beds by their labels. */
function placeOf(
  plan: PlanReader,
  { place, stops }: Appointment,
  { bed, beds }: CalendarWords,
): string | null {
  if (place !== null) return place
  const labels = stops.flatMap(({ bedId }) => plan.get('bed', bedId)?.label ?? [])
  if (labels.length === 0) return null
  return labels.length === 1 ? `${bed} ${labels[0]}` : `${beds} ${labels.join(', ')}`
}
