/** What the page of somebody from outside says: until they are let in, in the call, and after it. */
import type { Invitation, OverWhy } from '../state/guest.ts'
import type { ApiFailure, CameraFailure } from '../state/ports.ts'
import { join } from './texts/join.ts'
import {
  type Advice,
  cameraTrouble,
  isCameraFailure,
  nameOf,
  refusals,
  roleOf,
  type Trouble,
} from './words.ts'

export const codeWords = join('code')
export const lookingWords = join('looking')
export const invitedWords = join('invited')
export const tryingWords = join('trying')
export const joiningWords = join('joining')
export const guestCallWords = join('call')
export const afterWords = join('after')
export const overWords: Record<OverWhy, Advice> = join('over')

const waiting = join('waiting')
export const waitingWords = waiting

export function invitesWord({ by }: Invitation): string {
  return invitedWords.title({ name: nameOf(by), role: roleOf(by) })
}

export function joinsAsWord({ guest }: Invitation): string {
  return invitedWords.you({ name: nameOf(guest), role: roleOf(guest) })
}

/** Who lets them in, as far as this page knows it. */
export function letsInWord(invitation: Invitation | null, ward: string): string {
  return invitation ? waiting.title({ name: nameOf(invitation.by) }) : waiting.titleWard({ ward })
}

/** What went wrong after *Join*, and what to do before it is pressed again. */
export function joinTrouble(problem: CameraFailure | ApiFailure): Trouble {
  if (isCameraFailure(problem)) {
    const { said, steps } = cameraTrouble(problem)
    return { said, steps: [...steps, invitedWords.again] }
  }
  const { said, todo } = failureWord(problem)
  return { said, steps: [todo] }
}

/** What the server did not answer, or would not yet. */
export function failureWord(failure: ApiFailure): Advice {
  if (failure === 'unknown-code' || failure === 'used-code') return overWords[failure]
  return refusals[failure]
}
