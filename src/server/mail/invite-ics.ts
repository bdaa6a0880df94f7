/** A video visit as an invitation for a calendar (RFC 5545, RFC 5546): the ward, the time and the link, and nothing of why. */
import ICAL from 'ical.js'
import type { Language } from '../../core/languages.ts'
import { calendarWords } from '../../core/plan/calendar-words.ts'
import { conferenceOf, oneLine, uidOf, utc } from '../plan/ics-parts.ts'
import { letterWords } from './words.ts'

/** The reminder that a calendar gives by itself. */
const alarm = '-PT10M'

export type Invite = {
  readonly method: 'REQUEST' | 'CANCEL'
  readonly entryId: string
  readonly sequence: number
  readonly stampMs: number
  readonly startMs: number
  readonly endMs: number
  readonly ward: string
  /** Addresses without names. */
  readonly from: string
  readonly to: string
  readonly link: string
  readonly language: Language
}

export function inviteOf(invite: Invite): string {
  return calendarOf(invite.method, invite.language, eventOf(invite))
}

function calendarOf(method: Invite['method'], of: Language, event: ICAL.Component): string {
  const calendar = new ICAL.Component(['vcalendar', [], []])
  const language = of.toUpperCase()
  calendar.updatePropertyWithValue('prodid', `-//Bedside//Visit//${language}`)
  calendar.updatePropertyWithValue('version', '2.0')
  calendar.updatePropertyWithValue('calscale', 'GREGORIAN')
  calendar.updatePropertyWithValue('method', method)
  calendar.addSubcomponent(event)
  return `${calendar.toString()}\r\n`
}

/** [MAIL-30] Takes the entry out of one calendar: by its number and the time that stands in it, without a place or what it was (RFC 5546 §3.2.5). */
export function withdrawnEntryOf(entry: Omit<Invite, 'method' | 'ward' | 'link'>): string {
  const event = bareEventOf(entry, letterWords[entry.language].withdrawn.entry)
  const organizer = new ICAL.Property('organizer')
  organizer.setValue(`mailto:${entry.from}`)
  event.addProperty(organizer)
  event.addProperty(attendeeOf(entry))
  // The event itself goes on, for another address: so it has no STATUS.
  return calendarOf('CANCEL', entry.language, event)
}

function bareEventOf(entry: Omit<Invite, 'method' | 'ward' | 'link'>, summary: string): ICAL.Component {
  const event = new ICAL.Component('vevent')
  const set = (property: string, value: unknown) => event.updatePropertyWithValue(property, value)
  set('uid', uidOf(entry.entryId))
  set('dtstamp', utc(entry.stampMs))
  set('sequence', entry.sequence)
  set('dtstart', utc(entry.startMs))
  set('dtend', utc(entry.endMs))
  set('summary', summary)
  set('class', 'PRIVATE')
  return event
}

function eventOf(invite: Invite): ICAL.Component {
  const event = bareEventOf(invite, summaryOf(invite))
  event.addProperty(organizerOf(invite))
  event.addProperty(attendeeOf(invite))
  if (invite.method === 'CANCEL') event.updatePropertyWithValue('status', 'CANCELLED')
  else addJoining(event, invite)
  return event
}

function addJoining(event: ICAL.Component, invite: Invite): void {
  event.updatePropertyWithValue('status', 'CONFIRMED')
  event.updatePropertyWithValue('transp', 'OPAQUE')
  event.addProperty(conferenceOf(invite.link, calendarWords[invite.language].join))
  event.updatePropertyWithValue('url', invite.link)
  const reminder = new ICAL.Component('valarm')
  reminder.updatePropertyWithValue('action', 'DISPLAY')
  reminder.updatePropertyWithValue('description', summaryOf(invite))
  reminder.updatePropertyWithValue('trigger', ICAL.Duration.fromString(alarm))
  event.addSubcomponent(reminder)
}

function summaryOf({ ward, language }: Invite): string {
  return oneLine(letterWords[language].entry(ward))
}

function organizerOf({ from, ward }: Invite): ICAL.Property {
  const property = new ICAL.Property('organizer')
  // RFC 5545 §3.2: a parameter has no quotation mark in it, and programs stumble over the rest even when it is quoted.
  property.setParameter('cn', oneLine(ward).replaceAll(/[":;,^]/g, ' '))
  property.setValue(`mailto:${from}`)
  return property
}

/** Nobody is asked to answer: answers to it would be read by no program here. */
function attendeeOf({ to }: Pick<Invite, 'to'>): ICAL.Property {
  const property = new ICAL.Property('attendee')
  property.setParameter('role', 'REQ-PARTICIPANT')
  property.setParameter('partstat', 'NEEDS-ACTION')
  property.setParameter('rsvp', 'FALSE')
  property.setValue(`mailto:${to}`)
  return property
}
