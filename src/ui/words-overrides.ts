/** What is said of broken glass to whoever looks at it afterwards. */
import type { Override } from '../state/overrides.ts'
import { admin } from './texts/admin.ts'
import { dateFormat } from './texts/dates.ts'
import { roleWord, timeOf } from './words.ts'

export const overrideWords = admin('overrides')
const acts: Record<Override['acts'][number]['action'], string> = admin('acts')

const dayTime: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }

/** `Ben Okafor, nurse, in Ward 4B, 22 Nov 2026, 14:05 to 15:05`. */
export function overrideTitle({ name, role, ward, brokenMs, untilMs }: Override): string {
  const from = dateFormat(dayTime).format(brokenMs)
  return overrideWords.heading({ name, role: roleWord(role), ward, from, until: timeOf(untilMs) })
}

export function reviewedWord({ atMs, name, note }: NonNullable<Override['review']>): string {
  return overrideWords.reviewed({ name, time: dateFormat(dayTime).format(atMs), note })
}

/** `14:07 call invited, bed 1`. What it came to is in the program's own words. */
export function actWord({ atMs, action, outcome, detail, about }: Override['acts'][number]): string {
  const parts = [
    acts[action],
    about && (about.type === 'bed' ? overrideWords.bed({ label: about.label }) : about.name),
    detail?.replaceAll('-', ' '),
    outcome === 'refused' ? overrideWords.refused : null,
  ]
  return `${timeOf(atMs)} ${parts.filter((part) => part).join(', ')}`
}
