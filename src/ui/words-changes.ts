/** What is said while the plan is changed and repeated, when a round runs late, and on paper. */
import type { FormProblem, Scope } from '../state/plan-form.ts'
import type { StuckWhy } from '../state/plan-late.ts'
import type { Repeat, RepeatEnd } from '../state/plan-repeat.ts'
import { changes } from './texts/changes.ts'
import { dateFormat, listOf } from './texts/dates.ts'
import { weekdayWords, whyWords } from './words-plan.ts'

export const actWords = changes('acts')
export const printWords = changes('print')
export const lateWords = changes('late')
const stuckWords = changes('stuckWhys')
const rhythms = changes('rhythm')

export const scopeWords: Record<Scope, string> = changes('scopes')
export const repeatWords: Record<Repeat['type'], string> = changes('repeats')
export const endWords: Record<RepeatEnd['type'], string> = changes('ends')
export const formProblems: Record<FormProblem, string> = changes('formProblems')
export const stopStates = changes('stopStates')

const dayAndYear: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' }

/** `Every 2 weeks on Monday, Thursday, until 3 May 2027`. */
export function repeatSentence(repeat: Repeat): string {
  if (repeat.type === 'none') return repeatWords.none
  if (repeat.type === 'other') return rhythms.rule({ rule: repeat.rule })
  return `${rhythm(repeat)}${ending(repeat.end)}`
}

function rhythm(repeat: Exclude<Repeat, { type: 'none' | 'other' }>): string {
  if (repeat.type !== 'weekly') return repeatWords[repeat.type]
  const names = weekdayWords()
  const days = listOf(repeat.days.map((day) => names[day - 1] ?? ''))
  return rhythms.weekly({ every: repeat.every, days })
}

function ending(end: RepeatEnd): string {
  if (end.type === 'never') return ''
  if (end.type === 'count') return rhythms.times({ count: end.count })
  return rhythms.until({ date: dateFormat(dayAndYear, 'UTC').format(Date.parse(end.date)) })
}

/** Why this one cannot come later by itself. */
export function stuckWord(why: StuckWhy): string {
  return why === 'others' || why === 'promised' || why === 'under-way' ? stuckWords[why] : whyWords[why]
}

/** The month in letters, so that nobody swaps it with the day. */
export function patientWord(name: string, born: string, number: string): string {
  return printWords.patient({ name, born: dateFormat(dayAndYear, 'UTC').format(Date.parse(born)), number })
}
