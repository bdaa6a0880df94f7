/** What is said of the server to whoever keeps it: what is so, and what to do. */
import type { Alert, KeepingAnswer } from '../state/admin-keeping.ts'
import { admin } from './texts/admin.ts'
import { localeNow } from './texts/catalogue.ts'
import { dateFormat } from './texts/dates.ts'
import type { Advice } from './words.ts'

export const keepingWords = admin('keeping')
const said = admin('keepingSaid')
const todo = admin('keepingTodo')
const whys: Readonly<Record<Extract<Alert, { type: 'backup-failed' }>['why'], string>> = admin('keepingWhy')
const places: Readonly<Record<Extract<Alert, { type: 'disk-low' }>['place'], string>> = admin('keepingPlaces')
const certificates: Readonly<
  Record<Extract<Alert, { type: 'certificate-ends' | 'certificate-ended' }>['of'], string>
> = admin('keepingCertificates')

const moment: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' }
const timeOf = (ms: number) => dateFormat(moment).format(ms)
const number = (value: number) =>
  new Intl.NumberFormat(localeNow(), { maximumFractionDigits: 0 }).format(value)
const secondsOf = (byMs: number) => number(Math.abs(byMs) / 1_000)

export function alertWords(alert: Alert): Advice {
  switch (alert.type) {
    case 'backup-off':
      return { said: said.backupOff, todo: todo.backupOff }
    case 'backup-failed': {
      const { sinceMs, why } = alert
      const words = said.backupFailed({ time: timeOf(sinceMs), why: whys[why] })
      return { said: words, todo: why === 'damaged' ? todo.damaged : todo.backup }
    }
    case 'backup-old': {
      const words = alert.lastMs === null ? said.backupNone : said.backupOld({ time: timeOf(alert.lastMs) })
      return { said: words, todo: todo.backup }
    }
    case 'sheet-failed': {
      const { sinceMs, why } = alert
      return { said: said.sheetFailed({ time: timeOf(sinceMs), why: whys[why] }), todo: todo.sheet }
    }
    case 'disk-low': {
      const free = number(alert.freeBytes / 1_048_576)
      return { said: said.diskLow({ place: places[alert.place], free }), todo: todo.disk }
    }
    case 'certificate-ends':
    case 'certificate-ended':
      return certificateWords(alert)
    case 'clock-wrong': {
      const seconds = secondsOf(alert.byMs)
      const words = alert.than === 'source' ? said.clockWrong({ seconds }) : said.clockRecord({ seconds })
      return { said: words, todo: todo.clock }
    }
    case 'clock-set': {
      const words = said.clockSet({ seconds: secondsOf(alert.byMs), time: timeOf(alert.atMs) })
      return { said: words, todo: todo.clockSet }
    }
    case 'record-broken':
      return { said: said.recordBroken, todo: todo.record }
  }
}

function certificateWords({
  type,
  of,
  endsMs,
  count,
}: Extract<Alert, { type: 'certificate-ends' | 'certificate-ended' }>): Advice {
  const values = { of: certificates[of], time: timeOf(endsMs) }
  const words = type === 'certificate-ends' ? said.certificateEnds(values) : said.certificateEnded(values)
  switch (of) {
    case 'https':
      return { said: words, todo: todo.https }
    case 'root':
      return { said: words, todo: todo.root }
    case 'admin':
      return { said: words, todo: todo.admin }
    case 'bed':
    case 'station':
      return { said: words, todo: todo.device({ count: number(count) }) }
  }
}

/** When backup and sheet were made last, and when the server looked. */
const retained = admin('keepingRetention')
const kinds: Readonly<Record<keyof KeepingAnswer['retention'], string>> = admin('keepingKinds')

/** What goes by itself and after how long, and what does not. */
function retentionLines({ stays, outpatients, guests, staff, calls }: KeepingAnswer['retention']): string[] {
  const all = [
    { kind: kinds.stays, days: stays },
    { kind: kinds.outpatients, days: outpatients },
    { kind: kinds.guests, days: guests },
    { kind: kinds.staff, days: staff },
    { kind: kinds.calls, days: calls },
  ]
  const list = new Intl.ListFormat(localeNow())
  const goes = all.flatMap(({ kind, days }) =>
    days === null ? [] : retained.one({ kind, days: number(days) }),
  )
  const stay = all.flatMap(({ kind, days }) => (days === null ? kind : []))
  return [
    ...(goes.length > 0 ? [retained.goes({ kinds: list.format(goes) })] : []),
    ...(stay.length > 0 ? [retained.never({ kinds: list.format(stay) })] : []),
  ]
}

export function keepingLines({ backup, sheet, retention, checkedMs }: KeepingAnswer): readonly string[] {
  return [
    backup === null
      ? keepingWords.backupOff
      : backup.lastMs === null
        ? keepingWords.backupNone
        : keepingWords.backup({ time: timeOf(backup.lastMs) }),
    sheet === null
      ? keepingWords.sheetOff
      : sheet.lastMs === null
        ? keepingWords.sheetNone
        : keepingWords.sheet({ time: timeOf(sheet.lastMs) }),
    ...retentionLines(retention),
    keepingWords.looked({ time: timeOf(checkedMs) }),
  ]
}
