/** What the tablet says to the patient beside it: second person, no jargon, no blame. */
import type { EndReason } from '../core/call.ts'
import type { Readiness, Setup } from '../state/bed.ts'
import type { CameraFailure } from '../state/ports.ts'
import { type Advice, type By, refusals, timeOf } from './words.ts'

type Problem = NonNullable<Extract<Setup, { type: 'unbound' }>['problem']>

export const starting = 'Starting…'
export const unbound: Advice = {
  said: 'This tablet has no bed yet.',
  todo: 'Open the bed’s enrolment link on it, or type the bed’s code.',
}

export const bindingProblems: Record<Problem, Advice> = {
  ...refusals,
  'unknown-code': {
    said: 'This enrolment link or code is not known here, or its ten minutes are over.',
    todo: 'Ask for a new one for this bed and open it on this tablet.',
  },
  'used-code': {
    said: 'This enrolment link or code was already used.',
    todo: 'Each works once. Ask for a new one for this bed and open it on this tablet.',
  },
  over: {
    said: 'This tablet was not confirmed in time.',
    todo: 'Ask for a new code for this bed and type it here.',
  },
  'storage-lost': {
    said: 'This tablet’s memory was cleared, and its bed with it.',
    todo: 'Ask for a new link for this bed and open it on this tablet.',
  },
}

export const codeWords = {
  label: 'Code of the bed',
  hint: 'Eight letters and digits, from the administrator. They work for ten minutes.',
  send: 'Use this code',
  wrong: 'This is not a whole code: it has eight letters and digits.',
}

type WaitingWhy = Extract<Setup, { type: 'waiting' }>['why']

/** What a tablet says while it waits for its six digits to be typed. `todo` is for staff. */
export const waitingWords: Record<WaitingWhy, Advice> = {
  code: {
    said: 'Staff: confirm this tablet.',
    todo: 'Check that it lies at this bed. Then open the bed at a station and type these digits.',
  },
  lost: {
    said: 'This tablet has lost its key and cannot be called.',
    todo: 'Staff: open this bed at a station and type these digits.',
  },
  cloned: {
    said: 'Another tablet uses this tablet’s key. It cannot be called.',
    todo: 'Staff: open this bed at a station and type these digits. Tell your IT.',
  },
}
export const waitingForServer = 'Looking for the hospital network.'

/** `123 456`: read in two groups. */
export function digitsWord(digits: string): string {
  return `${digits.slice(0, 3)}\u00a0${digits.slice(3)}`
}

export function stillBound(label: string): string {
  return `It is still the tablet of Bed\u00a0${label}.`
}

export const stayWord = 'Go on as this bed'
export const useHereWord = 'Use it here'

export const startWhy =
  'Start asks once for the camera and the microphone. Nothing is on until you answer a call.'
export const startTrying = 'Allow the camera and the microphone when the browser asks.'
export const startAgain = 'Then press Start again.'

/** The idle screen's one line, and the sentence under it. `Ready` is exact: tests and screen readers rely on it. */
export function readinessWords(readiness: Readiness, label: string): { said: string; more: string } {
  switch (readiness.type) {
    case 'ready':
      return { said: 'Ready', more: 'A nurse can call you here.' }
    case 'connecting':
      return { said: 'Connecting', more: 'Looking for the hospital network.' }
    case 'uncertified':
      return {
        said: 'Cannot be called yet',
        more: 'This tablet waits for an administrator’s signature. Staff: ask for it under Keys.',
      }
    case 'unreachable':
      return {
        said: `Cannot be called since ${timeOf(readiness.sinceMs)}`,
        more: 'This tablet has lost the hospital network. It keeps trying.',
      }
    case 'replaced':
      return { said: 'Not in use here', more: 'Bedside is open in another window of this tablet.' }
    case 'revoked':
      return {
        said: 'Cannot be called',
        more: `This tablet is no longer bound to Bed\u00a0${label}. Staff: open the bed’s new link on it.`,
      }
    case 'updating':
      return { said: 'Updating', more: 'Bedside is fetching its newest version. This takes a moment.' }
  }
}

export const touchOnce = 'Touch the screen once so that Bedside can ring aloud.'

export const knockChoice = {
  legend: 'When a nurse calls:',
  ring: 'Ring and wait for my answer',
  knock: 'Knock, then come in after 10 seconds',
}

/** The end of a call in one sentence for the patient; `name` is the other person's. */
const endings: Record<EndReason, (name: string, by: By) => string> = {
  'hung-up': (name, by) => (by === 'me' ? 'You ended the call.' : `${name} ended the call.`),
  cancelled: (name, by) => (by === 'me' ? 'You stopped the call.' : `${name} stopped calling.`),
  declined: (name, by) => (by === 'me' ? `You said not now to ${name}.` : `${name} cannot talk now.`),
  'no-answer': (name) => `You missed a call from ${name}.`,
  'privacy-on': (name) => `${name} called and was told that you want to be alone.`,
  away: (name) => `${name} called and was told that you are away.`,
  'device-unready': (name, by) =>
    by === 'me' ? 'The camera did not start, so the call ended.' : `${name}’s camera did not start.`,
  'permission-lost': (name, by) =>
    by === 'me'
      ? 'This tablet may not use its camera, so the call ended.'
      : `${name}’s camera did not start.`,
  busy: (name) => `${name} is in another call.`,
  'rung-too-often': (name) => `You called ${name} many times. Please wait a minute.`,
  'taken-elsewhere': () => 'The call was answered on another screen.',
  'verification-failed': (name) =>
    `The call was stopped: it was not certain that it was ${name}. To get help, use the red call button.`,
  overridden: (name) => `${name} came in with an override. It is on record.`,
  'connection-lost': (name) => `The connection to ${name} was lost.`,
  left: (name, by) => {
    if (by === 'server') return 'The call ended: somebody else has this bed now.'
    return by === 'me' ? 'You left the call.' : `${name} left the call.`
  },
}

export function endingForPatient(reason: EndReason, by: By, name: string): string {
  return endings[reason](name, by)
}

/** Said under the ending when the tablet's own camera was the cause. */
export const cameraEndings: Record<CameraFailure, string> = {
  denied: 'Staff: allow the camera and the microphone for this page.',
  missing: 'Staff: no camera or microphone was found on this tablet.',
  taken: 'Staff: another app on this tablet is using the camera.',
}
