/** The only map from codes to language (English): what bed and station both say. Each side's own words lie beside it. */
import type { CallState, Party } from '../core/call.ts'
import type { DeviceCertificate, ProofFailure } from '../core/proof.ts'
import type { ApiFailure, CameraFailure, Tracks } from '../state/ports.ts'
import type { StaffParty } from '../state/station.ts'

/** Whose act the end of a call was. */
export type By = Extract<CallState, { type: 'ended' }>['by']

export const emergency = 'Emergency: use the red call button'
export const demoWard = 'Demo ward'
export const productName = 'Bedside'

const roles: Record<StaffParty['role'], string> = {
  nurse: 'nurse',
  doctor: 'doctor',
  interpreter: 'interpreter',
  admin: 'administrator',
}

export function nameOf(party: Party): string {
  return party.type === 'staff' ? party.name : `Bed ${party.label}`
}

export function roleWord(role: StaffParty['role']): string {
  return roles[role]
}

/** What stands beside the name: a role, or the ward of a bed. */
export function roleOf(party: Party): string {
  return party.type === 'staff' ? roles[party.role] : party.ward
}

export function placeOf(label: string, ward: string): string {
  return `Bed ${label} · ${ward}`
}

/** At most two letters for the round mark beside a name; a bed shows its label. */
export function initialsOf(party: Party): string {
  if (party.type === 'bed') return party.label
  const words = party.name.split(/\s+/).filter((word) => /\p{L}/u.test(word))
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined].map((word) =>
    firstLetter(word ?? ''),
  )
  return letters.join('').toUpperCase()
}

function firstLetter(word: string): string {
  return word.match(/\p{L}/u)?.[0] ?? ''
}

const hourMinute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })

/** `14:05`, by this device's clock and place. */
export function timeOf(ms: number): string {
  return hourMinute.format(ms)
}

/** `Sunday 22 November`. */
export function dayOf(ms: number): string {
  return longDay.format(ms).replace(',', '')
}

export function secondsWord(seconds: number): string {
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}

/** The name a screen reader hears first, and the one tests rely on. */
export function incomingName(peer: Party, how: 'ringing' | 'knocking'): string {
  return `${how === 'knocking' ? 'Knock' : 'Incoming call'} from ${nameOf(peer)}, ${roleOf(peer)}`
}

/** What leaves this device, as its own tracks tell it (HZ-2). */
export function tracksWord({ camera, microphone }: Tracks): string {
  if (camera && microphone) return 'Camera and microphone on'
  if (camera) return 'Camera on, microphone off'
  if (microphone) return 'Microphone on, camera off'
  return 'Camera and microphone off'
}

/** The same between calls, where off is the rule and said as a sentence. */
export function atRestWord(tracks: Tracks): string {
  return tracks.camera || tracks.microphone ? tracksWord(tracks) : 'Camera and microphone are off.'
}

export const covers = {
  connecting: (name: string) => `Connecting to ${name}…`,
  reconnecting: () => 'Reconnecting…',
  waiting: (name: string) => `Waiting for ${name}’s picture…`,
  stopped: () => 'The picture has stopped. You can still talk.',
  cameraOff: (name: string) => `${name}’s camera is off`,
}
export type CoverWord = keyof typeof covers

export function mutedWord(name: string): string {
  return `${name}’s microphone is off`
}

export type Trouble = { readonly said: string; readonly steps: readonly string[] }

/** Why a camera would not open, and what a person can do about it. */
export const cameraTroubles: Record<CameraFailure, Trouble> = {
  denied: {
    said: 'The browser does not let Bedside use the camera and microphone.',
    steps: [
      'Touch the sign to the left of the address, or open this app’s settings.',
      'Set Camera and Microphone to Allow.',
    ],
  },
  missing: {
    said: 'No camera or no microphone was found.',
    steps: ['Check that both are plugged in and switched on.', 'Restart the device if they are built in.'],
  },
  taken: {
    said: 'Another program is using the camera or the microphone.',
    steps: ['Close other apps and tabs that show a picture.'],
  },
}

/** What happened to a link, and what to do. */
export type Advice = { readonly said: string; readonly todo: string }

/** Refusals that mean the same wherever they are met. */
export const refusals: Record<Exclude<ApiFailure, 'unknown-code' | 'used-code'>, Advice> = {
  'bad-request': {
    said: 'This link is not complete.',
    todo: 'Scan or copy the whole link and open it again.',
  },
  'foreign-origin': {
    said: 'This page was opened under a wrong address.',
    todo: 'Open the link exactly as it was printed.',
  },
  'too-many': {
    said: 'There were too many tries from here.',
    todo: 'Wait one minute, then open the link again.',
  },
  'not-ready': {
    said: 'The ward’s server is still starting.',
    todo: 'Open the link again in a few seconds.',
  },
  'wrong-credentials': { said: 'That was not right.', todo: 'Try again, or use another way to sign in.' },
  'signed-out': { said: 'You are not signed in.', todo: 'Sign in again.' },
  locked: { said: 'This browser is locked.', todo: 'Unlock it, then try again.' },
  forbidden: { said: 'Your role does not allow this.', todo: 'Ask an administrator if it should.' },
  'not-found': { said: 'There is nothing here by that name.', todo: 'It may have been changed. Look again.' },
  conflict: { said: 'Something stands against this now.', todo: 'Look at how it is now, then decide again.' },
  outdated: {
    said: 'This page is an older version than the server speaks.',
    todo: 'Reload it. What you wrote is kept.',
  },
  unavailable: {
    said: 'Another of the hospital’s servers does not answer.',
    todo: 'Wait a minute, then try again.',
  },
  unreachable: {
    said: 'The ward’s server did not answer.',
    todo: 'Check the network, then open the link again.',
  },
}

/** What the signature says, and whom the sign-in names. */
export function verifiedWord(device: DeviceCertificate, peer: Party): string {
  if (device.kind === 'bed') return `Verified device: ${device.label}, ${device.ward}`
  return `Verified station: ${device.label} · signed in as ${nameOf(peer)}`
}

/** Which of it is vouched for by what. */
export function verifiedMeans(device: DeviceCertificate, peer: Party): string {
  const signed = `${device.organisation} signed this device and its name; the server cannot listen in.`
  if (peer.type === 'bed') return `${signed} Who is beside it is not part of the signature.`
  return `${signed} The person’s name is vouched for by the sign-in.`
}

/** Why a call did not verify, as far as this device found out, and what to do. `here` is what this device is. */
export const doubts: Record<ProofFailure, (here: 'tablet' | 'station') => string> = {
  uncertified: (here) =>
    `This ${here} waits for an administrator’s signature. Until then its calls end here; go in person.`,
  'no-proof': () => 'The other device sent no signature. It may need an update; tell your IT.',
  malformed: () => 'The other device’s signature could not be read. Tell your IT at once.',
  'bad-fingerprint': () => 'What the other device sent was changed on its way. Tell your IT at once.',
  'bad-signature': () => 'The other device’s signature is not its own. Tell your IT at once.',
  untrusted: (here) =>
    `The other device was signed by somebody this ${here} does not trust. Compare the root’s digits on both.`,
  'expired-certificate': () => 'The signature of the other device has ended. An administrator can renew it.',
  'wrong-call': () => 'What arrived belongs to another call. Tell your IT at once.',
  replayed: () => 'What arrived was said at another time. Tell your IT at once.',
  stale: () => 'What arrived is too old. If it happens again, tell your IT.',
  'wrong-peer': () => 'Another device answered than the one that was called. Tell your IT at once.',
  'wrong-fingerprint': () => 'What the other device sent was changed on its way. Tell your IT at once.',
}

/** The dialog of a ring or a knock. */
export const incomingWords = {
  wish: 'would like to see you',
  continued: 'is still on the call. Continue?',
  offUntilAnswer: 'Your camera is off until you answer.',
  offUntilEntry: 'Your camera is off until then.',
  comesIn: (time: string) => `The call starts in ${time}`,
  enters: (name: string, time: string) => `${name} comes in after ${time}`,
}
