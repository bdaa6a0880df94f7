/** What is typed at an admission, and what it says: who it is, and what they wish. */
import { usualVisits } from '../core/family.ts'
import { clocksOf, minuteOfClock } from '../core/minutes.ts'
import type { Patient } from '../protocol/people.ts'
import { type Consent, consent, type QuietHours, unspoken, type Wishes } from '../protocol/wishes.ts'

export const consentTypes = consent.options.map(({ entries }) => entries.type.literal)

/** As it stands in the fields: texts, `HH:MM` where it is a clock, empty where nothing was said. */
export type WishForm = {
  readonly language: string
  readonly textSize: Wishes['textSize']
  readonly hearing: Wishes['hearing']
  readonly sight: Wishes['sight']
  readonly answer: Wishes['answer']
  readonly quietFrom: string
  readonly quietUntil: string
  readonly visitsFrom: string
  readonly visitsUntil: string
  readonly roommates: Wishes['roommates']
  readonly consent: Consent['type']
  readonly consentName: string
}

export type PatientForm = { readonly name: string; readonly born: string; readonly number: string }

export type AdmissionProblem = 'name' | 'born' | 'number' | 'consent-name' | 'quiet' | 'visits'
export type ReadForm<T> = { readonly value: T } | { readonly problem: AdmissionProblem }

export const emptyPatient: PatientForm = { name: '', born: '', number: '' }

/** Who can speak has agreed themselves: that is the rule, and everything else is chosen. */
export const usualWishes: Wishes = { ...unspoken, visits: usualVisits, consent: { type: 'patient' } }

export function formOf({ quiet, visits, consent: agreed, language, ...rest }: Wishes): WishForm {
  const [quietClocks, visitClocks] = [quiet && clocksOf(quiet), visits && clocksOf(visits)]
  return {
    ...rest,
    language: language ?? '',
    quietFrom: quietClocks?.from ?? '',
    quietUntil: quietClocks?.until ?? '',
    visitsFrom: visitClocks?.from ?? '',
    visitsUntil: visitClocks?.until ?? '',
    consent: agreed.type,
    consentName: 'name' in agreed ? agreed.name : '',
  }
}

export function readPatient({ name, born, number }: PatientForm, todayIso: string): ReadForm<Patient> {
  if (name.trim() === '') return { problem: 'name' }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(born) || born > todayIso || born < '1880') return { problem: 'born' }
  if (number.trim() === '') return { problem: 'number' }
  return { value: { name: name.trim(), born, number: number.trim() } }
}

export function readWishes({
  language,
  quietFrom,
  quietUntil,
  visitsFrom,
  visitsUntil,
  consentName,
  ...rest
}: WishForm): ReadForm<Wishes> {
  const agreed = readConsent(rest.consent, consentName.trim())
  if (!agreed) return { problem: 'consent-name' }
  const quiet = readHours(quietFrom, quietUntil)
  if (quiet === undefined) return { problem: 'quiet' }
  const visits = readHours(visitsFrom, visitsUntil)
  if (visits === undefined) return { problem: 'visits' }
  return { value: { ...rest, language: language === '' ? null : language, quiet, visits, consent: agreed } }
}

/** Null: none. Undefined: only one of the two was said. */
function readHours(from: string, until: string): QuietHours | null | undefined {
  const [fromMinute, untilMinute] = [minuteOfClock(from), minuteOfClock(until)]
  if (fromMinute === null && untilMinute === null) return null
  return fromMinute === null || untilMinute === null ? undefined : { fromMinute, untilMinute }
}

function readConsent(type: Consent['type'], name: string): Consent | null {
  if (type === 'patient' || type === 'none') return { type }
  return name === '' ? null : { type, name }
}
