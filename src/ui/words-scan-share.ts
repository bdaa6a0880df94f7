/** What is said of a scan that is shown in a call. */
import type { Party } from '../core/call-state.ts'
import type { CarryFailure } from '../core/scan/carry.ts'
import type { CarryProgress } from '../core/scan/carry-progress.ts'
import type { ScanIdentity } from '../core/scan/scan.ts'
import { isInStep } from '../core/scan/share.ts'
import type { Share, ShareEndWhy, ShareState } from '../core/scan/share-state.ts'
import type { CallsPatient, Outpatient } from '../core/scan/whose.ts'
import type { Missing } from '../state/scan-incoming.ts'
import type { ScanShare, ShareTrouble } from '../state/scan-share.ts'
import { localeNow } from './texts/catalogue.ts'
import { listOf } from './texts/dates.ts'
import { scanShare } from './texts/scan-share.ts'
import { nameOf } from './words.ts'
import { dayWord } from './words-scan.ts'
import { whoIs } from './words-table.ts'

export const askWords = scanShare('ask')
export const barWords = scanShare('bar')
export const followWords = scanShare('follow')
export const endWords = scanShare('ends')
const unservedWords = scanShare('unserved')
const missingWords = scanShare('missing')
const troubles: Record<Exclude<ShareTrouble, 'given-up'>, string> = scanShare('troubles')

export function toWord(people: readonly Party[]): string {
  return askWords.to({ people: listOf(people.map(whoIs)) })
}

/** Whose pictures, and whose call; a number, or a date of birth, tells people of one name apart. */
export function otherWord(
  of: Pick<ScanIdentity, 'patientName' | 'patientId' | 'patientBirthDate'>,
  patient: CallsPatient | Outpatient,
): string {
  const isAtBed = 'number' in patient
  const theirs = isAtBed ? of.patientId : of.patientBirthDate && dayWord(of.patientBirthDate)
  const own = isAtBed ? patient.number : dayWord(patient.born.replaceAll('-', ''))
  const whose = [of.patientName, theirs].filter((one) => one !== null).join(', ')
  return askWords.other({ whose, patient: `${patient.name}, ${own}` })
}

export function troubleWord(trouble: ShareTrouble): string | null {
  return trouble === 'given-up' ? null : troubles[trouble]
}

export const nameIn = (share: ScanShare, endId: string): string => {
  const party = share.partyOf(endId)
  return party ? nameOf(party) : '?'
}

/** What one viewer sees, as they last said. */
export function seesWord(share: Share, endId: string, name: string): string {
  const report = share.reports.get(endId)
  if (report?.manner === 'missing') return barWords.notGot({ name })
  if (!report?.shows) return barWords[report?.manner === 'lacking' ? 'waitingFor' : 'notYet']({ name })
  if (isInStep(share, endId)) return barWords.inStep({ name })
  return barWords[report.manner === 'lacking' ? 'waitingFor' : 'looksElsewhere']({ name })
}

/** What went wrong there, in three kinds: more than that nobody can do anything about. */
const unserved: Record<CarryFailure, keyof typeof unservedWords> = {
  'no-way': 'way',
  'no-memory': 'stopped',
  stopped: 'stopped',
  lacking: 'stopped',
  'wrong-hash': 'odd',
  malformed: 'odd',
  'not-offered': 'odd',
  'out-of-place': 'odd',
  'has-unsent': 'odd',
  'took-back': 'odd',
  'asked-too-often': 'odd',
}

/** Who gets nothing more, why, and what to do. */
export const unservedWord = (why: CarryFailure, name: string): string =>
  barWords.unserved({ name, why: unservedWords[unserved[why]] })

const missing: Record<CarryFailure, Exclude<keyof typeof missingWords, 'said' | 'again'>> = {
  'no-way': 'way',
  'no-memory': 'full',
  stopped: 'stopped',
  lacking: 'lacking',
  'wrong-hash': 'damaged',
  malformed: 'damaged',
  'not-offered': 'damaged',
  'out-of-place': 'damaged',
  'has-unsent': 'stopped',
  'took-back': 'stopped',
  'asked-too-often': 'stopped',
}

/** In the place of a picture that is not there: why, and whom to ask. */
export function missingWord(why: Missing, name: string): string {
  const reason = missingWords[typeof why === 'string' ? missing[why] : 'unreadable']
  return `${missingWords.said} ${reason} ${missingWords.again({ name })}`
}

/** `12.4 MB`. */
export function bytesWord(bytes: number): string {
  const form = new Intl.NumberFormat(localeNow(), {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  })
  return form.format(bytes / 1_000_000)
}

export function progressWord(progress: CarryProgress, name: string): string {
  const { bytes, ofBytes, bytesPerSecond, leftMs } = progress
  if (bytes >= ofBytes) return barWords.there({ name })
  const said = barWords.progress({
    name,
    done: bytesWord(bytes),
    all: bytesWord(ofBytes),
    rate: bytesWord(bytesPerSecond),
  })
  return leftMs === null ? said : `${said}, ${barWords.left({ count: Math.ceil(leftMs / 1_000) })}`
}

const ends: Record<ShareEndWhy, keyof typeof endWords> = {
  stopped: 'stopped',
  displaced: 'displaced',
  failed: 'failed',
  left: 'left',
  lost: 'lost',
}

/** Null: nothing ended, or whoever reads it ended it. */
export function endedWord({ ended, me }: ShareState, name: string): string | null {
  if (!ended || (ended.by === me.id && ended.why !== 'failed' && ended.why !== 'displaced')) return null
  const text = endWords[ends[ended.why]]
  return typeof text === 'string' ? text : text({ name })
}
