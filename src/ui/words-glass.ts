/** What is said about wards that are not one's own, about breaking the glass, and about looking at it afterwards. */
import type { Visitor } from '../state/glass.ts'
import type { Override } from '../state/overrides.ts'
import type { ApiFailure } from '../state/ports.ts'
import { type Advice, timeOf } from './words.ts'

export const notYourWard: Advice = {
  said: 'This is not your ward.',
  todo: 'You see no beds here. If a patient needs you now, break the glass: say why, and the ward is open to you for an hour. It is recorded, the ward is told, and it will be reviewed.',
}
export const noBreaking: Advice = {
  said: 'This is not your ward.',
  todo: 'You see no beds here. Ask whoever manages staff to add this ward to yours.',
}
export const noBoard: Advice = {
  said: 'There is no board for your role.',
  todo: 'Keep this page open: calls to you ring here.',
}

export const breakWords = {
  open: 'Break the glass',
  title: 'Why do you need this ward now?',
  label: 'Reason, in at least 10 characters',
  means: 'Your name, this reason and everything you do here are recorded and will be reviewed.',
  confirm: 'Open this ward for an hour',
  cancel: 'Cancel',
  leave: 'Leave now',
  seen: 'Seen',
}

export function brokenWord(untilMs: number): string {
  return `Access outside your ward until ${timeOf(untilMs)}. It is recorded and will be reviewed.`
}

export function visitorWord({ name, role, untilMs }: Visitor): string {
  return untilMs === null
    ? `${name}, ${role}, has left your ward, which is not theirs.`
    : `${name}, ${role}, broke the glass and sees your ward until ${timeOf(untilMs)}.`
}

export function glassProblem(failure: ApiFailure): string {
  if (failure === 'conflict') return 'Nothing was changed: it is so already.'
  if (failure === 'unreachable') return 'The ward’s server does not answer. Try again.'
  if (failure === 'too-many') return 'There were too many tries. Wait a minute.'
  return 'It was refused. Sign in again and try once more.'
}

export const overrideWords = {
  section: 'Overrides',
  none: 'Nobody has broken the glass.',
  loading: 'Loading…',
  reason: 'Reason',
  acts: 'What they did',
  noActs: 'Nothing.',
  note: 'Note of the review',
  review: 'Mark as reviewed',
  waits: 'Not reviewed',
}

const dayTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** `Ben Okafor, nurse, in Ward 4B, 22 Nov 2026, 14:05 to 15:05`. */
export function overrideTitle({ name, role, ward, brokenMs, untilMs }: Override): string {
  return `${name}, ${role}, in ${ward}, ${dayTime.format(brokenMs)} to ${timeOf(untilMs)}`
}

export function reviewedWord({ atMs, name, note }: NonNullable<Override['review']>): string {
  return `Reviewed by ${name}, ${dayTime.format(atMs)}: ${note}`
}

/** `14:07 call invited, bed 1`. */
export function actWord({ atMs, action, outcome, detail, about }: Override['acts'][number]): string {
  const whom = about === null ? null : about.type === 'bed' ? `bed ${about.label}` : about.name
  const parts = [action, whom, detail, outcome === 'refused' ? 'refused' : null]
  return `${timeOf(atMs)} ${parts
    .filter((part) => part !== null)
    .join(', ')
    .replaceAll('-', ' ')}`
}
