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
  readonly appointmentId: string
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
  const calendar = new ICAL.Component(['vcalendar', [], []])
  const language = invite.language.toUpperCase()
  calendar.updatePropertyWithValue('prodid', `-//Bedside//Visit//${language}`)
  calendar.updatePropertyWithValue('version', '2.0')
  calendar.updatePropertyWithValue('calscale', 'GREGORIAN')
  calendar.updatePropertyWithValue('method', invite.method)
  calendar.addSubcomponent(eventOf(invite))
  return `${calendar.toString()}\r\n`
}

function eventOf(invite: Invite): ICAL.Component {
  const event = new ICAL.Component('vevent')
  const set = (property: string, value: unknown) => event.updatePropertyWithValue(property, value)
  set('uid', uidOf(invite.appointmentId))
  set('dtstamp', utc(invite.stampMs))
  set('sequence', invite.sequence)
  set('dtstart', utc(invite.startMs))
  set('dtend', utc(invite.endMs))
  set('summary', summaryOf(invite))
  set('class', 'PRIVATE')
  event.addProperty(organizerOf(invite))
  event.addProperty(attendeeOf(invite))
  if (invite.method === 'CANCEL') set('status', 'CANCELLED')
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
function attendeeOf({ to }: Invite): ICAL.Property {
  const property = new ICAL.Property('attendee')
  property.setParameter('role', 'REQ-PARTICIPANT')
  property.setParameter('partstat', 'NEEDS-ACTION')
  property.setParameter('rsvp', 'FALSE')
  property.setValue(`mailto:${to}`)
  return property
}
