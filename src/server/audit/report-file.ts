/** A patient's report as a page to print and as a table. */
import type { AuditReport } from '../../protocol/audit.ts'
import { csvRecord } from './csv.ts'

export const reportFormats = ['html', 'csv'] as const
export type ReportFormat = (typeof reportFormats)[number]

export const reportKind: Readonly<Record<ReportFormat, { readonly type: string; readonly file: string }>> = {
  html: { type: 'text/html; charset=utf-8', file: 'report.html' },
  csv: { type: 'text/csv; charset=utf-8; header=present', file: 'report.csv' },
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

const style = `
body { font: 12pt/1.45 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #111 }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em }
table { width: 100%; border-collapse: collapse } tr { break-inside: avoid }
th, td { text-align: start; vertical-align: top; padding: .35em .6em; border-bottom: 1px solid #bbb }
`

export function reportText(report: AuditReport, format: ReportFormat): string {
  return format === 'html' ? reportPage(report) : reportTable(report)
}

function reportTable({ sections }: AuditReport): string {
  const lines = sections.flatMap(({ title, lines }) =>
    lines.map(({ atMs, who, did, cameOut }) => [new Date(atMs).toISOString(), title, who, did, cameOut]),
  )
  return [['time', 'section', 'who', 'did', 'how it came out'], ...lines].map(csvRecord).join('')
}

function reportPage({ ward, patient, startedMs, endedMs, madeMs, sections }: AuditReport): string {
  const until = endedMs === null ? 'today' : day.format(endedMs)
  const body = sections.map(sectionHtml).join('')
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Report for ${escaped(patient.name)}</title>
<style>${style}</style>
<h1>Who called, knocked, overrode and looked</h1>
<p><strong>${escaped(patient.name)}</strong>, born ${escaped(patient.born)}, number ${escaped(patient.number)}<br>
${escaped(ward)}, bed ${escaped(patient.bed)}, from ${day.format(startedMs)} to ${until}<br>
Made on ${day.format(madeMs)}</p>
${body}</html>
`
}

function sectionHtml({ title, none, lines }: AuditReport['sections'][number]): string {
  if (lines.length === 0) return `<h2>${escaped(title)}</h2>\n<p>${escaped(none)}</p>\n`
  const rows = lines.map(
    ({ atMs, who, did, cameOut }) =>
      `<tr><td>${moment.format(atMs)}<td>${escaped(who)}<td>${escaped(did)}<td>${escaped(cameOut)}`,
  )
  const head =
    '<tr><th scope="col">Time<th scope="col">Who<th scope="col">What<th scope="col">How it came out'
  return `<h2>${escaped(title)}</h2>\n<table>\n<thead>${head}</thead>\n<tbody>${rows.join('\n')}</tbody>\n</table>\n`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For text between tags and within quoted attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
