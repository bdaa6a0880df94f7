/** A patient's report as a page to print and as a table. */
import type { AuditReport } from '../../protocol/audit.ts'
import { csvRecord } from './csv.ts'

export const reportFormats = ['html', 'csv'] as const
export type ReportFormat = (typeof reportFormats)[number]

export const reportKind: Readonly<Record<ReportFormat, { readonly type: string; readonly file: string }>> = {
  html: { type: 'text/html; charset=utf-8', file: 'report.html' },
  csv: { type: 'text/csv; charset=utf-8; header=present', file: 'report.csv' },
}

/** Opened from a disk by whoever finds it: nothing in it can run or fetch. */
export const filePolicy = "default-src 'none'; style-src 'unsafe-inline'"

const style = `
@page { size: A4; margin: 14mm }
body { font: 11pt/1.45 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff }
h1 { font-size: 1.5em } h2 { font-size: 1.15em; margin-top: 2em; break-after: avoid }
table { width: 100%; border-collapse: collapse; table-layout: fixed } tr { break-inside: avoid }
th, td { text-align: start; vertical-align: top; padding: .35em .6em; border-bottom: .5pt solid #999; overflow-wrap: anywhere }
th:nth-child(-n + 2) { width: 24% } th:nth-child(3) { width: 22% } td { font-variant-numeric: tabular-nums }
`

export function reportText(report: AuditReport, format: ReportFormat): string {
  return format === 'html' ? reportPage(report) : reportTable(report)
}

function reportTable({ sections, heads, section }: AuditReport): string {
  const [time, ...rest] = heads
  const lines = sections.flatMap(({ title, lines }) =>
    lines.map(({ atMs, who, did, cameOut }) => [new Date(atMs).toISOString(), title, who, did, cameOut]),
  )
  return [[time, section, ...rest], ...lines].map(csvRecord).join('')
}

function reportPage({ language, title, name, about, heads, sections }: AuditReport): string {
  const [identity, ...others] = about
  const body = sections.map((one) => sectionHtml(one, heads)).join('')
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${filePolicy}">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${style}</style>
<h1>${escaped(title)}</h1>
<p><strong>${escaped(name)}</strong>, ${[identity ?? '', ...others].map(escaped).join('<br>\n')}</p>
${body}</html>
`
}

function sectionHtml(
  { title, none, lines }: AuditReport['sections'][number],
  heads: AuditReport['heads'],
): string {
  if (lines.length === 0) return `<h2>${escaped(title)}</h2>\n<p>${escaped(none)}</p>\n`
  const rows = lines.map(
    ({ at, who, did, cameOut }) =>
      `<tr><td>${escaped(at)}<td>${escaped(who)}<td>${escaped(did)}<td>${escaped(cameOut)}`,
  )
  const head = `<tr>${heads.map((one) => `<th scope="col">${escaped(one)}`).join('')}`
  return `<h2>${escaped(title)}</h2>\n<table>\n<thead>${head}</thead>\n<tbody>${rows.join('\n')}</tbody>\n</table>\n`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For text between tags and within quoted attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
