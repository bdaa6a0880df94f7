import type { EndReason } from '../../../protocol/call.ts'
import type { CallOutcome } from '../../../protocol/call-outcome.ts'
import type { CallOverride } from '../../../protocol/call-override.ts'
import type { Role } from '../../../protocol/people.ts'
import type { RequestEnd, RequestReason } from '../../../protocol/request.ts'

/** In the order of the page. */
export const sections = [
  'calls',
  'rung',
  'requests',
  'overrides',
  'scans',
  'copies',
  'looks',
  'stay',
] as const
type Section = (typeof sections)[number]

/** Who has no name of their own. */
export type AgentWords = {
  readonly bed: (label: string) => string
  readonly unknown: string
  readonly server: string
  readonly operator: string
}

/** What a look or a change of the stay is called, by its act. */
export type LookWords = Readonly<
  Record<'scans-listed' | 'scan-fetched' | 'audit-searched' | 'audit-exported' | 'report-made', string>
>
export type ChangeWords = Readonly<
  Record<
    | 'admitted'
    | 'moved'
    | 'swapped'
    | 'wishes-changed'
    | 'away-changed'
    | 'discharged'
    | 'identifiers-corrected',
    string
  >
>

/** A patient's report in the third person, for somebody who was there. Names are never bent: they come as they are. */
export type ReportWords = {
  /** For `Intl`. */
  readonly locale: string
  readonly title: string
  readonly born: (day: string) => string
  readonly number: (number: string) => string
  /** Without `to`: the stay goes on. */
  readonly period: (ward: string, bed: string, from: string, to: string | null) => string
  readonly made: (moment: string) => string
  readonly section: string
  /** When, who, what, and how it came out. */
  readonly heads: readonly [string, string, string, string]
  readonly sections: Readonly<Record<Section, { readonly title: string; readonly none: string }>>
  readonly agents: AgentWords
  readonly roles: Readonly<Record<Role, string>>
  readonly and: string
  readonly seconds: (count: number) => string
  readonly minutes: (count: number, seconds: number) => string
  readonly refused: string
  readonly called: (whom: string | null) => string
  readonly knocked: string
  readonly ends: Readonly<Record<EndReason, string>>
  readonly ended: string
  readonly endedBy: (end: string, who: string) => string
  readonly talked: (after: string, lasted: string, end: string) => string
  readonly goesOn: string
  readonly rings: string
  readonly noted: (outcome: string) => string
  readonly outcomes: Readonly<Record<CallOutcome, string>>
  readonly needs: Readonly<Record<RequestReason, string>>
  readonly tooLate: string
  readonly requestEnds: Readonly<Record<RequestEnd, string>>
  readonly stillOpen: string
  readonly answeredBy: (who: string, after: string, end: string) => string
  readonly brokeGlass: string
  readonly overrode: Readonly<Record<CallOverride['over'], string>>
  readonly whys: Readonly<Record<CallOverride['why'], string>>
  /** `why` was chosen, `typed` written besides; null: there was none. */
  readonly reason: (why: string | null, typed: string | null) => string
  readonly didNotCall: string
  readonly showed: (what: string) => string
  readonly sent: (what: string) => string
  readonly files: (count: number) => string
  readonly people: (count: number) => string
  readonly until: (moment: string) => string
  readonly shownFor: (lasted: string) => string
  readonly shownStill: string
  readonly seenBy: (who: string | null) => string
  readonly openedBy: (who: string | null) => string
  readonly copyEnds: Readonly<Record<'withdrawn' | 'expired' | 'there', string>>
  readonly looks: LookWords
  readonly changes: ChangeWords
}

export default {
  locale: 'en-GB',
  title: 'Who called, knocked, overrode and looked',
  born: (day) => `born ${day}`,
  number: (number) => `number ${number}`,
  period: (ward, bed, from, to) => `${ward}, bed ${bed}, from ${from} to ${to ?? 'today'}`,
  made: (moment) => `Made on ${moment}`,
  section: 'Section',
  heads: ['Time', 'Who', 'What', 'How it came out'],
  sections: {
    calls: { title: 'Who called or knocked', none: 'Nobody called or knocked.' },
    rung: { title: 'Whom the tablet at the bed called', none: 'The tablet at the bed called nobody.' },
    requests: { title: 'What the patient asked for', none: 'The patient asked for nothing at the tablet.' },
    overrides: {
      title: 'Who overrode the ward’s limits',
      none: 'Nobody overrode the limits of the ward during this stay.',
    },
    scans: { title: 'Who showed a scan', none: 'No scan was shown.' },
    copies: { title: 'Who sent a copy of a scan', none: 'No copy of a scan was sent.' },
    looks: { title: 'Who looked into this record', none: 'Nobody looked into this record.' },
    stay: { title: 'What was changed about the stay', none: 'Nothing was changed.' },
  },
  agents: { bed: (label) => `Bed ${label}`, unknown: 'Unknown', server: 'Server', operator: 'Operator' },
  roles: {
    ...{ nurse: 'nurse', doctor: 'doctor', interpreter: 'interpreter', admin: 'administrator' },
    ...{ 'patient-device': 'patient', guest: 'guest' },
  },
  and: ' and ',
  seconds: (count) => `${count} s`,
  minutes: (count, seconds) => `${count} min ${seconds} s`,
  refused: 'refused',
  called: (whom) => (whom === null ? 'called' : `called ${whom}`),
  knocked: 'knocked',
  ends: {
    'hung-up': 'ended by hanging up',
    cancelled: 'cancelled before it was answered',
    declined: 'declined',
    'no-answer': 'not answered',
    'privacy-on': 'not put through: privacy was on',
    away: 'not put through: nobody was there',
    'in-person': 'not put through: to be spoken to in person only',
    'device-unready': 'not put through: the device was not ready',
    'permission-lost': 'ended: the camera was not allowed',
    'rung-too-often': 'not put through: rung too often',
    busy: 'not put through: there was another call',
    'taken-elsewhere': 'answered at another screen',
    'verification-failed': 'ended: the other side could not be verified',
    overridden: 'overridden',
    'connection-lost': 'ended: the connection was lost',
    'table-full': 'could not be: four were in it',
    forgotten: 'ended: nobody said that it went on',
    left: 'ended: the screen was left',
  },
  ended: 'ended',
  endedBy: (end, who) => `${end} by ${who}`,
  talked: (after, lasted, end) => `answered after ${after}, ${lasted} long, ${end}`,
  goesOn: 'answered; still going on',
  rings: 'still ringing',
  noted: (outcome) => `; noted: ${outcome}`,
  outcomes: {
    ...{ done: 'done', visit: 'somebody goes to the bed' },
    ...{ later: 'to be called again later', nothing: 'nothing needed' },
  },
  needs: {
    water: 'asked for water',
    pain: 'asked for help with pain',
    toilet: 'asked to go to the toilet',
    question: 'had a question',
    other: 'asked for a nurse',
  },
  tooLate: 'not sent: it came too late',
  requestEnds: {
    here: 'the nurse was there',
    done: 'done',
    'taken-back': 'taken back',
    unheard: 'not sent: no station sounded',
    'stay-over': 'ended with the stay',
  },
  stillOpen: 'still open',
  answeredBy: (who, after, end) => `answered by ${who} after ${after}; ${end}`,
  brokeGlass: 'overrode the limits of the ward',
  overrode: { privacy: 'overrode the wish to be alone', quiet: 'overrode the quiet hours' },
  whys: {
    worried: 'worried about the patient',
    treatment: 'a treatment could not wait',
    asked: 'the patient or family asked for it',
    other: 'another reason',
  },
  reason: (why, typed) =>
    `reason given: ${[why, typed ?? 'none'].filter((part) => part !== null).join(': ')}`,
  didNotCall: 'did not call this bed',
  showed: (what) => `showed a scan (${what})`,
  sent: (what) => `sent a sealed copy of a scan (${what})`,
  files: (count) => (count === 1 ? '1 file' : `${count} files`),
  people: (count) => (count === 1 ? 'for 1 person' : `for ${count} people`),
  until: (moment) => `until ${moment}`,
  shownFor: (lasted) => `for ${lasted}`,
  shownStill: 'still going on',
  seenBy: (who) => `seen by ${who ?? 'nobody'}`,
  openedBy: (who) => `opened by ${who ?? 'nobody'}`,
  copyEnds: { withdrawn: 'taken back', expired: 'removed at its time', there: 'still there' },
  looks: {
    'scans-listed': 'looked at which scans there are',
    'scan-fetched': 'fetched a scan from the hospital’s archive',
    'audit-searched': 'searched the audit for this stay',
    'audit-exported': 'exported the audit of this stay',
    'report-made': 'made this report',
  },
  changes: {
    admitted: 'admitted',
    moved: 'moved to another bed',
    swapped: 'exchanged beds with another patient',
    'wishes-changed': 'changed what the patient wishes',
    'away-changed': 'said that the patient left their bed for a while, or is in it again',
    discharged: 'discharged',
    'identifiers-corrected': 'corrected name, birth or number by the hospital’s record',
  },
} satisfies ReportWords
