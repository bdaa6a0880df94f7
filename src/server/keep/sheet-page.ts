/** The downtime sheet as one page by itself: black on white for A4, beds in large figures, and from when it is above all else. */

import type { Language } from '../../core/languages.ts'
import { calendarWords } from '../../core/plan/calendar-words.ts'
import { escaped, filePolicy } from '../audit/report-file.ts'
import type { Sheet, SheetAppointment } from './sheet.ts'
import { type SheetWords, sheetWords } from './sheet-words.ts'

const style = `
@page { size: A4; margin: 12mm }
body { font: 11pt/1.35 system-ui, sans-serif; color: #000; background: #fff; max-width: 190mm; margin: 0 auto }
header { border: 2pt solid #000; padding: 3mm 4mm; margin-bottom: 5mm }
h1 { font-size: 15pt; margin: 0 } .asof { font-size: 24pt; font-weight: 800; margin: 1mm 0 }
h2 { font-size: 14pt; margin: 7mm 0 1.5mm; border-bottom: 1.5pt solid #000; break-after: avoid }
table { width: 100%; border-collapse: collapse } tr { break-inside: avoid } thead { display: table-header-group }
th, td { text-align: start; vertical-align: top; padding: 1.2mm 2mm; border-bottom: .5pt solid #000 }
.bed { font-size: 20pt; font-weight: 800; line-height: 1; white-space: nowrap } .none { font-style: italic }
.time { white-space: nowrap; font-variant-numeric: tabular-nums }
`

export function sheetPage(sheet: Sheet, language: Language): string {
  const words = sheetWords[language]
  const { time, day, full } = formats(language, sheet.zone)
  const sections = [
    section(words.requests, words.noRequests, words.requestHeads, requestRows(sheet, words, time)),
    section(words.beds, words.noBeds, words.bedHeads, bedRows(sheet, words)),
    section(words.duties, words.noDuties, words.dutyHeads, dutyRows(sheet, words)),
    ...sheet.days.map(({ dayMs, appointments }, index) => {
      const title = `${index === 0 ? words.today : words.tomorrow}, ${day(dayMs)}`
      return section(title, words.nothing, words.planHeads, planRows(appointments, language, time))
    }),
  ]
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${filePolicy}">
<meta name="robots" content="noindex">
<title>${escaped(`${words.title}, ${sheet.ward}`)}</title>
<style>${style}</style>
<header>
<h1>${escaped(`${words.title}: ${sheet.ward}`)}</h1>
<p class="asof">${escaped(`${words.asOf} ${full(sheet.madeMs)}`)}</p>
<p>${escaped(words.warning)}</p>
</header>
${sections.join('')}</html>
`
}

type Format = (atMs: number) => string

function formats(language: Language, zone: string): { time: Format; day: Format; full: Format } {
  const locale = language === 'en' ? 'en-GB' : language
  const of = (options: Intl.DateTimeFormatOptions): Format => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options })
    return (atMs) => format.format(atMs)
  }
  return {
    time: of({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    // Of noon, UTC, so that it is that day in no other zone.
    day: new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'full' }).format,
    full: of({ dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' }),
  }
}

function section(title: string, none: string, heads: readonly string[], rows: readonly string[]): string {
  if (rows.length === 0) return `<h2>${escaped(title)}</h2>\n<p class="none">${escaped(none)}</p>\n`
  const head = heads.map((one) => `<th scope="col">${escaped(one)}`).join('')
  return `<h2>${escaped(title)}</h2>\n<table>\n<thead><tr>${head}</thead>\n<tbody>${rows.join('\n')}</tbody>\n</table>\n`
}

function row(bed: string, ...cells: readonly string[]): string {
  return `<tr><td class="bed">${escaped(bed)}${cells.map((cell) => `<td>${escaped(cell)}`).join('')}`
}

function requestRows({ requests }: Sheet, words: SheetWords, time: Format): string[] {
  return requests.map(({ bed, reason, madeMs, seenBy }) =>
    row(bed, words.reasons[reason], time(madeMs), seenBy ?? words.unseen),
  )
}

function bedRows({ beds }: Sheet, words: SheetWords): string[] {
  return beds.map(({ label, patient, carers }) =>
    patient === null
      ? row(label, words.free, '', '', carers.join(', '))
      : row(label, patient.name, patient.born, patient.number, carers.join(', ')),
  )
}

function dutyRows({ duties }: Sheet, words: SheetWords): string[] {
  return duties.map(({ name, holders }) => {
    const who = holders.length > 0 ? holders.join(', ') : words.nobody
    return `<tr><td>${escaped(name)}<td>${escaped(who)}`
  })
}

function planRows(appointments: readonly SheetAppointment[], language: Language, time: Format): string[] {
  const words = sheetWords[language]
  return appointments.map((one) => {
    const what = [
      calendarWords[language].kinds[one.kind],
      one.title,
      one.outpatient ?? '',
      one.place ?? '',
      one.isCertain ? '' : `(${words.uncertain})`,
    ]
    const span = `<tr><td class="time">${escaped(`${time(one.startMs)}–${time(one.endMs)}`)}`
    const cells = [one.beds.join(', '), what.filter((text) => text !== '').join(' · '), one.who.join(', ')]
    return `${span}<td class="bed">${cells.map((cell) => escaped(cell)).join('<td>')}`
  })
}
