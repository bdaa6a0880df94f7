/** What every calendar that is written here has alike: names, numbers, times and lines (RFC 5545). */
import ICAL from 'ical.js'

/** UIDs are for ever and of no machine's name, so that a ward that moves keeps them (RFC 7986 §5.3). */
const uidSuffix = '@bedside.invalid'
const mostSequence = 2_147_483_647
// ical.js 2.2.1 does not count the blank that begins a folded line; with it a line has 75 octets at most.
ICAL.foldLength = 74

export function uidOf(appointmentId: string): string {
  return `${appointmentId}${uidSuffix}`
}

export function sequenceOf(rev: number): number {
  return Math.min(rev, mostSequence)
}

/** Where to join by video (RFC 7986 §5.11). */
export function conferenceOf(url: string, label: string): ICAL.Property {
  const property = new ICAL.Property('conference')
  property.resetType('uri')
  property.setParameter('feature', 'VIDEO')
  property.setParameter('label', label)
  property.setValue(url)
  return property
}

/** Control characters are no text of a calendar (RFC 5545 §3.1), and a line break could begin a property of its own. */
export function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ')
}

/** Whole seconds are all that iCalendar has (RFC 5545 §3.3.12). */
export function utc(ms: number): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(Math.floor(ms / 1_000) * 1_000), true)
}
