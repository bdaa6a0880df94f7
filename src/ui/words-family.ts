/** What the page of family who visit a bed says, from their link to the end of a visit. */
import { clocksOf } from '../core/minutes.ts'
import type { FamilyEnd, FamilyPage, FamilyVisit, NoLink } from '../state/family.ts'
import { family } from './texts/family.ts'
import { type Advice, cameraTrouble, isCameraFailure, nameOf, refusals, type Trouble } from './words.ts'

export const pageWords = family('page')
export const openWords = family('open')
export const restingWords = family('resting')
export const tryingWords = family('trying')
export const ringingWords = family('ringing')
export const afterWords = family('after')
export const noLinkWords: Record<NoLink, Advice> = family('noLink')
export const endWords: Record<FamilyEnd, Advice> = family('over')

/** `You ring as Maria Korhonen, at Ward 3.` */
export function ringsAsWord({ me, ward }: Pick<FamilyVisit, 'me' | 'ward'>): string {
  return me.value ? openWords.you({ name: nameOf(me.value), ward: ward.value }) : ''
}

/** `Visits 10:00–20:00` */
export function hoursWord(
  hours: { readonly fromMinute: number; readonly untilMinute: number } | null,
): string {
  if (!hours) return restingWords.none
  return restingWords.hours(clocksOf(hours))
}

/** What went wrong after *Ring*, and what to do before it is pressed again. */
export function ringTrouble(problem: NonNullable<Extract<FamilyPage, { type: 'open' }>['problem']>): Trouble {
  if (isCameraFailure(problem)) {
    const { said, steps } = cameraTrouble(problem)
    return { said, steps: [...steps, openWords.again] }
  }
  const { said, todo } = refusals[problem]
  return { said, steps: [todo] }
}
