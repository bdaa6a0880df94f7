/** What staff read when somebody comes into a bed, moves, or leaves, and what that patient wishes. */

import { clocksOf } from '../core/minutes.ts'
import type { AdmissionOutcome } from '../state/admission-desk.ts'
import type { AdmissionProblem } from '../state/admission-form.ts'
import type { BedView } from '../state/station.ts'
import { languageNames } from './parts/language.tsx'
import { admission } from './texts/admission.ts'
import { languageChoices, languageName } from './words-languages.ts'

export type Wishes = NonNullable<BedView['wishes']>

export const admissionWords = admission('admission')
export const wishWords = admission('wishes')
export const problemWords: Readonly<Record<AdmissionProblem, string>> = admission('problems')
export const hearingWords: Readonly<Record<Wishes['hearing'], string>> = admission('hearing')
export const sightWords: Readonly<Record<Wishes['sight'], string>> = admission('sight')
export const answerWords: Readonly<Record<Wishes['answer'], string>> = admission('answer')
export const roommateWords: Readonly<Record<Wishes['roommates'], string>> = admission('roommates')
export const consentWords: Readonly<Record<Wishes['consent']['type'], string>> = admission('consent')

/** Why nothing was done, or what to do about it. */
export const refusalWords: Readonly<Record<Exclude<AdmissionOutcome, 'done'>, string>> = admission('refusals')

/** A language by its own name; one that the tablet does not speak by the reader's name for it. */
export function languageWord(tag: string | null): string {
  if (tag === null) return wishWords.tabletsOwn
  return isSpoken(tag) ? languageNames[tag] : languageName(tag)
}

/** Those that the tablet does not speak, for an interpreter to be found. `chosen`: what is chosen already. */
export function otherLanguages(chosen: string): string[] {
  return languageChoices(chosen === '' ? [] : [chosen]).filter((tag) => !isSpoken(tag))
}

export function isSpoken(tag: string): tag is keyof typeof languageNames {
  return Object.hasOwn(languageNames, tag)
}

/** What is wished, line by line, without what goes without saying. */
export function wishLines(wishes: Wishes): readonly (readonly [string, string])[] {
  const { quiet, visits, consent } = wishes
  const agreed = consentWords[consent.type]
  return [
    [wishWords.answer, consent.type === 'none' ? wishWords.ringsOnly : answerWords[wishes.answer]],
    [wishWords.consent, 'name' in consent ? `${agreed}: ${consent.name}` : agreed],
    ...(quiet ? [[wishWords.quiet, wishWords.hours(clocksOf(quiet))] as const] : []),
    ...(visits ? [[wishWords.visits, wishWords.hours(clocksOf(visits))] as const] : []),
    [wishWords.language, languageWord(wishes.language)],
    ...(wishes.textSize === 100 ? [] : [[wishWords.textSize, sizeWord(wishes.textSize)] as const]),
    ...(wishes.hearing === 'well' ? [] : [[wishWords.hearing, hearingWords[wishes.hearing]] as const]),
    ...(wishes.sight === 'well' ? [] : [[wishWords.sight, sightWords[wishes.sight]] as const]),
    [wishWords.roommates, roommateWords[wishes.roommates]],
  ]
}

export function sizeWord(size: Wishes['textSize']): string {
  return wishWords.percent({ size })
}
