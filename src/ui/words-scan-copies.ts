/** What is said of sealed copies of scans. */
import type { CopyEnd } from '../core/scan/copying.ts'
import type { ReceivedCopy, Resealed, SentCopy } from '../state/scan-copies.ts'
import type { CopyProgress } from '../state/scan-copies-outbox.ts'
import type { CopyStop, CopyTrouble } from '../state/scan-copies-ports.ts'
import type { SendCopyFailure } from '../state/scan-copies-send.ts'
import { localeNow } from './texts/catalogue.ts'
import { plainDay } from './texts/dates.ts'
import { scanCopies } from './texts/scan-copies.ts'
import { whoIs } from './words-table.ts'

export const copiesWords = scanCopies('list')
export const receivedWords = scanCopies('received')
export const sentWords = scanCopies('sent')
export const waitingWords = scanCopies('waiting')
export const shownWords = scanCopies('shown')
export const sendWords = scanCopies('send')
export const copyStates: Record<SentCopy['state'], string> = scanCopies('states')
export const stopWords: Record<CopyStop, string> = scanCopies('stops')
const troubles = scanCopies('troubles')
const failures: Record<Exclude<SendCopyFailure, 'given-up'>, string> = scanCopies('failures')

const moment: Intl.DateTimeFormatOptions = {
  ...{ weekday: 'short', day: 'numeric', month: 'short' },
  ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
}

/** `Thu 3 Dec, 14:05`. */
export function momentWord(ms: number): string {
  return plainDay(moment, ms)
}

/** `7.4 MB`. */
export function bytesWord(bytes: number): string {
  const unit = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(localeNow(), unit).format(bytes / 1_000_000)
}

/** `Patient 4711 · 60 picture files, 7.4 MB · until Thu 3 Dec, 14:05`. */
export function copyParts({
  patientNumber,
  files,
  bytes,
  expiresMs,
}: Pick<ReceivedCopy, 'patientNumber' | 'files' | 'bytes' | 'expiresMs'>): readonly string[] {
  return [
    copiesWords.of({ number: patientNumber }),
    copiesWords.about({ files, bytes: bytesWord(bytes) }),
    copiesWords.until({ time: momentWord(expiresMs) }),
  ]
}

export function receivedWord({ state, openedMs }: ReceivedCopy): string {
  if (state !== 'there') return copyStates[state]
  return openedMs === null ? receivedWords.new : receivedWords.opened({ time: momentWord(openedMs) })
}

export function readerWord({ who, openedMs }: SentCopy['readers'][number]): string {
  const name = whoIs(who)
  return openedMs === null
    ? sentWords.unread({ who: name })
    : sentWords.read({ who: name, time: momentWord(openedMs) })
}

/** Whom it was sealed to besides, or that it was not. */
export function resealedWord({ name, to, outcome }: Resealed): string {
  if (outcome === 'sealed')
    return name === null ? sentWords.resealedDuty({ name: to }) : sentWords.resealed({ name })
  return name === null ? sentWords.untrustedDuty : sentWords.untrusted({ name })
}

/** Null: whoever reads it stopped it. */
export function copyTroubleWord(why: CopyTrouble, { patientNumber }: ReceivedCopy): string | null {
  if (why === 'stopped') return null
  return why === 'wrong-patient' ? troubles[why]({ number: patientNumber }) : troubles[why]
}

export function endedWord(why: CopyEnd, { from }: ReceivedCopy): string {
  return shownWords[why]({ name: from.name })
}

export function progressWord({ bytes, ofBytes, bytesPerSecond, leftMs }: CopyProgress): string {
  const said = waitingWords.progress({
    ...{ done: bytesWord(bytes), all: bytesWord(ofBytes), rate: bytesWord(bytesPerSecond) },
  })
  return leftMs === null ? said : `${said}, ${waitingWords.left({ count: Math.ceil(leftMs / 1_000) })}`
}

export function sendFailureWord(failure: SendCopyFailure): string | null {
  return failure === 'given-up' ? null : failures[failure]
}

const hourMs = 3_600_000

/** `24 hours`, `14 days`. */
export function lastsWord(ms: number): string {
  const hours = ms / hourMs
  return hours <= 72 ? sendWords.hours({ count: hours }) : sendWords.days({ count: hours / 24 })
}
