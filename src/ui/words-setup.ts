/** What a tablet says to staff until it is at its bed. */
import type { Setup } from '../state/bed.ts'
import { either } from './texts/catalogue.ts'
import { setup } from './texts/setup.ts'
import { type Advice, refusals } from './words.ts'

type Problem = NonNullable<Extract<Setup, { type: 'unbound' }>['problem']>

export const setupWords = setup('setup')
export const unbound: Advice = setup('unbound')
export const bindingProblems: Record<Problem, Advice> = either(setup('binding'), refusals)
export const codeWords = setup('code')

type WaitingWhy = Extract<Setup, { type: 'waiting' }>['why']

/** What a tablet says while it waits for its six digits to be typed. `todo` is for staff. */
export const waitingWords: Record<WaitingWhy | 'astray', Advice> = setup('waiting')
