/** Who and where of an entry in words, from rows that hold ids. */
import type { Appointment, PlanScreens } from '../../state/plan.ts'
import { localeNow } from '../texts/catalogue.ts'
import { bedsWord, bedWord, dayWord, minutesWord, planWords, spanWord } from '../words-plan.ts'

export function nameOfPerson({ names, me }: PlanScreens, id: string): string {
  if (id === me.staffId || id === '') return me.name
  return names.value.get(id) ?? planWords.somebody
}

export function whoOf(plan: PlanScreens, { staff, roles }: Pick<Appointment, 'staff' | 'roles'>): string {
  return [...staff.map((id) => nameOfPerson(plan, id)), ...roles].join(', ')
}

/** Without oneself, who knows. */
export function whoElse(plan: PlanScreens, { staff, roles }: Pick<Appointment, 'staff' | 'roles'>): string {
  return whoOf(plan, { staff: staff.filter((id) => id !== plan.me.staffId), roles })
}

/** `Somali` for `so`, in the language that is spoken here; what is no language as it is. */
export function languageWord(code: string | null): string {
  if (code === null) return ''
  try {
    return new Intl.DisplayNames(localeNow(), { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

export function bedLabel({ bedLabels }: PlanScreens, bedId: string): string {
  return bedLabels.value.get(bedId) ?? '?'
}

/** The day, from when to when, and how long; or the window in which it waits. */
export function whenSentence({ when }: Appointment, zone: string): string {
  if (when.type === 'at')
    return `${dayWord(when.startMs, zone)}, ${spanWord(when.startMs, when.endMs, zone)} · ${minutesWord((when.endMs - when.startMs) / 60_000)}`
  return `${minutesWord(when.minutes)} · ${dayWord(when.notBeforeMs, zone)} – ${dayWord(when.notAfterMs - 1, zone)}`
}

/** Beds, then the room, then who comes from outside. */
export function whereOf(plan: PlanScreens, row: Pick<Appointment, 'stops' | 'place' | 'outpatient'>): string {
  const labels = row.stops.map(({ bedId }) => bedLabel(plan, bedId))
  const beds = labels.length === 0 ? null : shortBeds(labels)
  return [beds, row.place, row.outpatient?.name].filter((part) => part).join(' · ')
}

/** `Beds 1–8` for eight that follow one another; a list otherwise. */
function shortBeds(labels: readonly string[]): string {
  const isRun = labels.length > 2 && labels.every((label, at) => Number(label) === Number(labels[0]) + at)
  return isRun ? planWords.bedRun({ from: labels[0] ?? '', to: labels.at(-1) ?? '' }) : bedsWord(labels)
}

/** `staff:ID`, `bed:ID` or `room:NAME` for a person's eyes. */
export function resourceWord(plan: PlanScreens, resource: string): string {
  const [type, ...rest] = resource.split(':')
  const id = rest.join(':')
  if (type === 'staff') return nameOfPerson(plan, id)
  return type === 'bed' ? bedWord(bedLabel(plan, id)) : id
}
