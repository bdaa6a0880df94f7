/** What the audit's pages say: each act, how the chain stands, and what to do when it does not. */
import type { AuditAction, AuditFilter, AuditLine, AuditState, AuditVerdict } from '../state/admin-audit.ts'
import type { ApiFailure } from '../state/ports.ts'
import { type Advice, refusals } from './words.ts'

export const auditName = 'Audit'
export const reportsName = 'Reports'

export const actionWords: Readonly<Record<AuditAction, string>> = {
  'sign-in': 'Signed in',
  'sign-out': 'Signed out',
  lock: 'Locked',
  unlock: 'Unlocked',
  'ward-changed': 'Changed the ward',
  'staff-added': 'Added staff',
  'staff-changed': 'Changed staff',
  'glass-broken': 'Broke the glass',
  'glass-ended': 'Broken glass ended',
  'glass-reviewed': 'Reviewed broken glass',
  'tablet-code-made': 'Made a tablet code',
  'tablet-enrolled': 'Enrolled a tablet',
  'tablet-confirmed': 'Confirmed a tablet',
  'tablet-revoked': 'Revoked a tablet',
  'tablet-cloned': 'Tablet key used twice',
  'tablet-key-lost': 'Tablet lost its key',
  'station-key-registered': 'Registered a station',
  'certificate-signed': 'Signed a certificate',
  admitted: 'Admitted',
  moved: 'Moved',
  discharged: 'Discharged',
  'call-invited': 'Called',
  'call-answered': 'Answered',
  'call-ended': 'Ended a call',
  'call-knocked': 'Knocked',
  'audit-searched': 'Searched the audit',
  'audit-exported': 'Exported the audit',
  'report-made': 'Made a report',
  'plan-changed': 'Changed the plan',
  'plan-shared': 'Shared the plan',
  'plan-imported': 'Brought appointments in',
  forbidden: 'Tried what is not allowed',
}

/** Every act, by its words. */
export const actionChoices = Object.entries(actionWords).toSorted(([, a], [, b]) => a.localeCompare(b))

export function isAction(word: string): word is AuditAction {
  return word in actionWords
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' })

export function momentOf(ms: number): string {
  return moment.format(ms)
}

export function dayWord(ms: number): string {
  return day.format(ms)
}

export const lineHeads = ['Time', 'Act', 'By', 'With', 'Patient', 'About']
export const reportHeads = ['Time', 'Who', 'What', 'How it came out']

export function byWord({ who, role }: AuditLine): string {
  return role === null ? who : `${who}, ${role === 'admin' ? 'administrator' : role}`
}

/** `Called (refused)`. */
export function actWord({ action, outcome }: AuditLine): string {
  return outcome === 'refused' ? `${actionWords[action]} (refused)` : actionWords[action]
}

/** What it was about, in the program's own words and the person's. */
export function aboutWord({ detail, reason, entity }: AuditLine): string {
  // That a call is about a call, and a search about the audit, is said already.
  const isPlain = entity === null || entity.type === 'audit' || entity.type === 'call'
  const what = entity?.name ?? (isPlain ? null : entity.type)
  return [what, detail, reason].filter((part) => part !== null).join(' · ')
}

export const nothingFound: Advice = {
  said: 'No act was found.',
  todo: 'Take out a condition or choose a longer time.',
}
export const nothingAsked: Advice = {
  said: 'Nothing was searched for yet.',
  todo: 'Each search is written down.',
}
export const noStays = 'There is no admission yet.'

export function foundWord(count: number, filter: AuditFilter): string {
  const acts = count === 1 ? '1 act' : `${count} acts`
  return Object.values(filter).some((value) => value !== undefined) ? `${acts} found` : `The last ${acts}`
}

export const auditFailures: Readonly<Record<ApiFailure, Advice>> = {
  ...refusals,
  'unknown-code': refusals['not-found'],
  'used-code': refusals.conflict,
  'bad-request': { said: 'The search cannot be read.', todo: 'Check the times and search again.' },
  'not-found': { said: 'This admission is not known here.', todo: 'Choose another.' },
  'not-ready': { said: 'The ward’s server is still starting.', todo: 'Try again in a few seconds.' },
  unreachable: { said: 'The ward’s server did not answer.', todo: 'Check the network, then try again.' },
}

/** What is wrong with the chain, or null. */
export function chainProblem({ problem }: AuditState): string | null {
  switch (problem) {
    case null:
      return null
    case 'rows-missing':
      return 'Rows that were signed are missing. Nothing more is signed. Keep the data folder as it is and call your security officer.'
    case 'head-damaged':
      return 'The last signed head was changed. Nothing more is signed. Keep the data folder as it is and call your security officer.'
    case 'not-written':
      return 'The signed head could not be written. Check the disk of the server.'
  }
}

export function headWord({ head, rows }: AuditState): string {
  return head === null ? `none yet, ${rows} rows` : `${head.size} of ${rows} rows, ${momentOf(head.madeMs)}`
}

/** Whether heads leave the machine, and if not, what to do. */
export function collectorWord({ collector }: AuditState): string {
  if (collector.type === 'none') return 'not set up: heads stay on this machine (BEDSIDE_AUDIT_COLLECTOR)'
  const last =
    collector.lastDeliveredMs === null ? 'nothing sent yet' : `last ${momentOf(collector.lastDeliveredMs)}`
  return collector.waiting === 0 ? last : `${last}, ${collector.waiting} waiting`
}

export function collectorProblem({ collector }: AuditState): string | null {
  if (collector.type === 'none' || collector.problem === null) return null
  return `The collector does not take signed heads (${collector.problem}). They are kept and sent again.`
}

export function verdictWord(verdict: AuditVerdict | 'checking'): string {
  if (verdict === 'checking') return 'Checking every row …'
  if (verdict.type === 'whole')
    return `Whole: ${verdict.rows} rows, and ${verdict.heads} signed heads agree with them.`
  const where = verdict.seq === null ? '' : ` from row ${verdict.seq} on`
  return `Broken${where}: ${verdict.said}. Keep the data folder as it is and call your security officer.`
}

export const formWords = {
  from: 'From',
  to: 'Until',
  action: 'Act',
  who: 'Person or bed',
  patient: 'Patient',
  anyAction: 'Any act',
  anyone: 'Anyone',
  anyPatient: 'Anyone',
  search: 'Search',
  more: 'Show older acts',
  check: 'Check every row now',
  fhir: 'Download as FHIR',
  csv: 'Download as table',
  make: 'Make the report',
  print: 'Print',
  page: 'Download the page',
  table: 'Download as table',
  state: 'How the audit stands',
  signed: 'Signed',
  collector: 'Sent away',
  key: 'Key',
} as const

export const reportTitle = 'Who called, knocked, overrode and looked'
export const reportNote = 'Making a report is written down and appears in it.'
