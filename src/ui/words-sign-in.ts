/** What is said to whoever is at the door: ways in, what went wrong with one, the lock, and the passkey. */
import type { PasskeyFailure } from '../state/ports.ts'
import type { EntryProblem, SignInProblem } from '../state/sign-in.ts'
import type { Advice } from './words.ts'
import { signInProblems } from './words-station.ts'

const providerProblems: Record<SignInProblem, Advice> = {
  'provider-down': {
    said: 'The hospital’s sign-in does not answer.',
    todo: 'Wait a minute and try again. If it stays so, tell IT; whoever is signed in already can go on.',
  },
  'provider-refused': {
    said: 'The hospital’s sign-in did not let you in.',
    todo: 'Try again. If it stays so, tell IT.',
  },
  expired: {
    said: 'That sign-in was begun too long ago, or was used already.',
    todo: 'Sign in again.',
  },
  foreign: {
    said: 'That sign-in was begun in another browser.',
    todo: 'Sign in again here.',
  },
  'no-access': {
    said: 'Your account has no role on this ward.',
    todo: 'Ask IT to give your account a role for Bedside, then sign in again.',
  },
  disabled: {
    said: 'Your account was closed here.',
    todo: 'Ask an administrator of Bedside if it should be open.',
  },
  clock: {
    said: 'The clocks of this ward and of the hospital’s sign-in are more than five minutes apart.',
    todo: 'Tell IT to set the clock of the server on which Bedside runs.',
  },
  'not-fresh': {
    said: 'The hospital’s sign-in did not ask again who you are.',
    todo: 'Sign in again and answer what it asks. If it asks nothing, tell IT: it must send auth_time.',
  },
  'other-person': {
    said: 'This browser is locked for somebody else.',
    todo: 'Let them unlock it, or sign them out and sign in yourself.',
  },
}

const passkeyProblems: Record<PasskeyFailure, Advice> = {
  'passkey-cancelled': { said: 'The passkey was not used.', todo: 'Try again, or take another way.' },
  'passkey-known': { said: 'This device has a passkey of yours already.', todo: 'Use that one.' },
  'passkey-failed': {
    said: 'This browser could not use a passkey.',
    todo: 'Take another way, or another browser.',
  },
}

export const entryProblems: Record<EntryProblem, Advice> = {
  ...signInProblems,
  ...providerProblems,
  ...passkeyProblems,
}

export const entryWords = {
  title: { said: 'Sign in to your ward.', todo: 'Whoever is signed in here can call its beds.' },
  demo: {
    said: 'Sign in to your ward.',
    todo: 'Or open your link: in the demo ward it was printed where the ward was started.',
  },
  provider: (name: string) => `Sign in with ${name}`,
  passkey: 'Sign in with a passkey',
  byName: 'Name and password',
  name: 'Your name',
  password: 'Password',
  go: 'Sign in',
  welcome: (name: string): Advice => ({
    said: `Welcome, ${name}.`,
    todo: 'Choose how you will sign in from now on. This link works once.',
  }),
  makePasskey: 'Make a passkey on this device',
  choosePassword: 'Or choose a password',
  rule: (least: number) => `At least ${least} characters. A short sentence is easy to remember.`,
  keepPassword: 'Use this password',
}

export const lockWords = {
  lock: 'Lock',
  title: 'Locked',
  whose: (name: string) => `Locked for ${name}`,
  meaning: 'Names are hidden. A call that is on goes on.',
  passkey: 'Unlock with your passkey',
  password: 'Password',
  unlock: 'Unlock',
  provider: (name: string) => `Unlock with ${name}`,
  leaves: 'This opens another page; a call that is on is taken up again after it.',
  somebodyElse: 'You are somebody else?',
  signOut: 'Sign out',
  hidden: 'Name hidden',
  rings: (name: string) => `${name} is calling you. Unlock to answer.`,
}

export const passkeyWords = {
  title: 'Your passkey',
  why: 'With a passkey on this device your finger, your face or its PIN unlocks this browser within a moment.',
  have: 'You have a passkey. Make another one for this device if it is new to you.',
  none: 'You have none yet. Until then you unlock by signing in again.',
  unlocked: 'You have none yet, so this browser is not locked when you walk away.',
  done: 'The passkey is ready. From now on this browser is locked after five minutes without a touch.',
  make: 'Make a passkey on this device',
  close: 'Close',
}
