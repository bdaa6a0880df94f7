/** What the administrator's pages say. */
import type { KeysProblem } from '../state/admin-keys.ts'
import type { WardProblem } from '../state/admin-ward.ts'
import { refusals } from './words.ts'

export const adminTitle = 'Administration'
export const noSections = {
  said: 'There is nothing here for your role.',
  todo: 'The ward’s board is at the station.',
}

export const keysWords = {
  title: 'Keys',
  demo: 'This is a demo ward: its server keeps a root of its own and signs every device at once. A real ward’s does not.',
  own: 'This browser’s key',
  root: 'Root that signed it',
  organisation: 'Organisation',
  until: 'until',
  foreign:
    'The server presents another root than the one this browser was handed. Sign nothing, and tell your IT.',
  endsSoon:
    'The root’s signature ends soon, and with it every call that rests on this browser. Ask for it again now.',
  askWhy:
    'To sign for tablets and stations this browser needs the root’s signature. Save the request, take it to the machine that keeps the root, and bring its answer back.',
  label: 'A name for this browser',
  save: 'Save the request',
  take: 'The root’s answer (a file)',
  nobody: 'No tablet and no station waits for a signature.',
  waiting: 'Waiting for a signature',
  compare: 'Sign only for devices whose digits you compared, or whose enrolment you made yourself.',
  stationLabel: 'Name of the station',
  sign: (label: string) => `Sign for ${label}`,
  all: (count: number) => (count === 1 ? 'Sign for it' : `Sign for all ${count}`),
  busy: (left: number) => `Signing, ${left} left`,
}

export function keysProblemWords(problem: KeysProblem): string {
  if (problem === 'no-grant')
    return 'This file is not the root’s answer to this browser. Choose the file that npm run root wrote.'
  if (problem === 'unknown-code' || problem === 'used-code') return refusals['not-found'].said
  if (problem === 'conflict') return 'This organisation has another root already. Tell your IT.'
  if (problem === 'bad-request')
    return 'The server refused the signature. Look at what waits now, and try again.'
  const { said, todo } = refusals[problem]
  return `${said} ${todo}`
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' })

export function dateWord(ms: number): string {
  return day.format(ms)
}

export const staffWords = {
  title: 'Staff',
  name: 'Name',
  role: 'Role',
  roleOf: (name: string) => `Role of ${name}`,
  account: 'Signs in',
  acts: 'Change',
  me: 'This is you.',
  add: 'Invite',
  invite: 'New link',
  inviteWho: (name: string) => `New link for ${name}`,
  disable: 'Close account',
  enable: 'Open account',
  switchWho: (name: string, way: 'on' | 'off') => `${way === 'on' ? 'Open' : 'Close'} the account of ${name}`,
  linkFor: (name: string) => `Link for ${name}`,
  linkMeans: (time: string) =>
    `It works once, until ${time} the day after tomorrow, and is not shown again. The way they signed in before stops working when it is used.`,
  linkDone: 'I have passed it on',
  qr: 'The link as a QR code',
  accounts: {
    passkey: 'With a passkey',
    password: 'With a password',
    invited: 'Invited',
    none: 'By a printed link only',
    provider: 'With the hospital account',
    disabled: 'Account closed',
  },
  conflict: {
    said: 'That cannot be done.',
    todo: 'The name is taken, or the hospital’s sign-in decides about this person, or it is yourself.',
  },
}

export const wardWords = {
  title: 'Ward',
  name: 'Name of the ward',
  rename: 'Rename',
  nameStays: 'The name is part of what tablets and stations were signed for, so it stays.',
  noBeds: 'No beds yet. Add them as they are labelled on the ward.',
  beds: (labels: readonly string[]) => `${labels.length === 1 ? 'Bed' : 'Beds'} ${labels.join(', ')}`,
  labels: 'Beds to add',
  add: 'Add beds',
}

export function wardProblemWords(problem: WardProblem): string {
  if (problem === 'not-labels')
    return 'Write labels such as 12A, or ranges such as 1-8, with commas between them.'
  if (problem === 'bed-known')
    return 'One of these beds is there already, or there would be more than 96. Nothing was added.'
  const { said, todo } =
    refusals[problem === 'unknown-code' || problem === 'used-code' ? 'not-found' : problem]
  return `${said} ${todo}`
}
