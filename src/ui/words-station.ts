/** What the station says to staff: short, exact, and always what to do next. */
import type { CallMode, EndReason, Party } from '../core/call.ts'
import type { ApiFailure, CameraFailure, SocketRefusal } from '../state/ports.ts'
import type { BedView } from '../state/station.ts'
import { type Advice, type By, cameraTroubles, nameOf, refusals, timeOf } from './words.ts'

export type Patient = NonNullable<BedView['patient']>

export const signInFirst: Advice = {
  said: 'Sign in with your link.',
  todo: 'In the demo ward it was printed where the ward was started.',
}

export const signInProblems: Record<ApiFailure, Advice> = {
  ...refusals,
  'unknown-code': { said: 'This sign-in link is not known here.', todo: 'Ask for a new one and open it.' },
  'used-code': {
    said: 'This sign-in link was already used.',
    todo: 'Each link works once. Ask for a new one and open it.',
  },
}

/** Why the server sent this page away; `unauthenticated` is the sign-in page's own business. */
export const dismissals: Record<SocketRefusal, Advice> = {
  unauthenticated: signInFirst,
  replaced: { said: 'This station is open in another tab.', todo: 'A call goes on there.' },
  cloned: signInFirst,
  outdated: { said: 'Bedside is fetching its newest version.', todo: 'This takes a moment.' },
}

/** A bed's state in the exact words of the board. */
export function bedStateWord({ state }: BedView): string {
  switch (state.type) {
    case 'ready':
      return 'Ready'
    case 'ringing':
      return 'Ringing'
    case 'in-call':
      return `In call with ${state.with}`
    case 'offline':
      return `Offline since ${timeOf(state.sinceMs)}`
  }
}

export function readyCount(beds: readonly BedView[]): string {
  const ready = beds.filter((bed) => bed.state.type === 'ready').length
  return `${ready} of ${beds.length} ready`
}

export function staleWord(sinceMs: number): string {
  return `Offline since ${timeOf(sinceMs)}. What you see is from then.`
}

const birthday = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** `born 2 March 1944`: the month in letters, so that nobody swaps it with the day. */
export function bornWord(patient: Patient): string {
  return `born ${birthday.format(Date.parse(patient.born))}`
}

export const noPatient = 'No patient'
export const cannotRing = 'Cannot ring aloud: touch the tablet once'

export const knockMeans = 'Rings a chime and comes in after 10 s; the patient can say Not now.'
export function knockPolicy(report: BedView['report']): string {
  return report?.knock ? 'This tablet lets staff knock.' : 'This tablet rings instead.'
}

/** `bed 1` within a sentence; staff go by name. */
export function peerWord(peer: Party): string {
  return peer.type === 'bed' ? `bed ${peer.label}` : nameOf(peer)
}

export function outgoingWord(peer: Party, mode: CallMode, heard: 'reaching' | 'ringing'): string {
  if (heard === 'reaching') return `Reaching ${peerWord(peer)}`
  return mode === 'knock' ? `Knocking at ${peerWord(peer)}` : `Ringing ${peerWord(peer)}`
}

/** `0:07`, `12:30`. */
export function durationWord(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The raw reason, readable: `Call ended: no answer`. */
export function endedWord(reason: EndReason): string {
  return `Call ended: ${reason.replaceAll('-', ' ')}`
}

/** `server`: the bed was not there to be rung. */
const unready: Record<By, (who: string) => string> = {
  me: () => 'Your camera did not open.',
  peer: (who) => `The camera of ${who} did not open. Go in person.`,
  server: (who) => `${who} cannot be reached. Go in person.`,
}

const endings: Record<EndReason, (who: string, by: By) => string> = {
  'hung-up': (who, by) => (by === 'me' ? 'You ended the call.' : `${who} ended the call.`),
  cancelled: (who, by) => (by === 'me' ? 'You stopped ringing.' : `${who} stopped ringing.`),
  declined: (who, by) =>
    by === 'me' ? `You said not now to ${who}.` : `${who} said not now. Try later or go in person.`,
  'no-answer': (who) => `${who} did not answer. Call again or go in person.`,
  'privacy-on': (who) => `${who} has drawn the privacy curtain. Knock on the real door.`,
  away: (who) => `${who} is away from the bed.`,
  'device-unready': (who, by) => unready[by](who),
  'permission-lost': (who, by) =>
    by === 'me' ? 'Your camera is not allowed.' : `${who} may not use its camera. Go and press Start there.`,
  busy: (who) => `${who} is already in a call, or you are on another screen. Call again when it is over.`,
  'rung-too-often': (who) => `You rang ${who} many times. Wait a minute, or go in person.`,
  'taken-elsewhere': () => 'It was answered on another screen.',
  'verification-failed': (who) => `It was not certain that this was ${who}. Tell your IT, go in person.`,
  overridden: (who) => `The call with ${who} was overridden. The reason is on record.`,
  'connection-lost': (who) => `The connection to ${who} was lost. Call again or go in person.`,
  left: (who, by) => {
    if (by === 'server') return `The patient at ${who} has changed. Look again.`
    return by === 'me' ? 'You left the call.' : `${who} left the call.`
  },
}

export function endingForStaff(reason: EndReason, by: By, peer: Party): string {
  return endings[reason](nameOf(peer), by)
}

/** What to do about one's own camera before calling again. */
export function cameraAdvice(failure: CameraFailure): string {
  const { said, steps } = cameraTroubles[failure]
  return [said, ...steps].join(' ')
}

export const keys: readonly (readonly [string, string])[] = [
  ['1 – 9', 'Go to the bed with that number. A key never rings a bed.'],
  ['Enter', 'Open the bed, or press the button that has the focus'],
  ['Tab', 'Go to the next button'],
  ['Esc', 'Close this list'],
  ['?', 'Show this list'],
]

export const trustWords = {
  title: 'Trust',
  station: 'This station',
  waiting: 'Waits for an administrator’s signature. Until then it cannot call.',
  unsigned: 'This station waits for an administrator’s signature. Until then its calls end unverified.',
  organisation: 'Signed by',
  root: 'Digits of the root it trusts',
  none: 'None yet: the first one it meets',
  demo: 'The demo ward keeps its root on the server and signs by itself. A real ward’s is kept elsewhere.',
  foreign: 'The server presents another root. Calls do not verify. Trust it only if these are its digits:',
  trustIt: 'Trust this root',
}

export const keysTitle = 'Keys'

export const startingWords: Record<'starting' | 'lost', Advice> = {
  starting: { said: 'Starting…', todo: 'Looking for the ward.' },
  lost: { said: 'The ward’s server does not answer.', todo: 'This page keeps trying. Check the network.' },
}

export function detailsWord(label: string): string {
  return `Details of bed ${label}`
}

export const boardWords = {
  empty: 'This ward has no beds yet.',
  choose: 'Choose a bed to see it here. Press ? for the keys.',
}

export const calendarsTitle = 'Calendars'

export const planOpening = {
  loading: 'Opening the plan…',
  failed: 'The plan could not be opened. Reload this page.',
}

export const callWords = {
  title: 'Call',
  ended: 'Ended call',
  larger: 'Larger',
  smaller: 'Smaller',
  elapsed: 'How long it has rung',
}

export const deviceWords = {
  title: 'Devices',
  camera: 'Camera',
  microphone: 'Microphone',
  speaker: 'Speaker',
  unchanged: 'As it is now',
  none: 'None to choose from',
  unnamed: 'No name',
}
