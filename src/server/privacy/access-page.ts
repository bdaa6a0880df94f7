/** What is kept about somebody, as a page to print: other people's names first, for whoever hands it out. */
import type { Language } from '../../core/languages.ts'
import { escaped, filePolicy } from '../audit/report-file.ts'
import type { Access } from './access.ts'
import { type AccessWords, accessWords, actWords, wordOfField } from './access-words.ts'

const style = `
@page { size: A4; margin: 14mm }
body { font: 11pt/1.45 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #111; background: #fff }
h1 { font-size: 1.5em; margin-bottom: .2em } h2 { font-size: 1.2em; margin-top: 2em; border-bottom: 1.5pt solid #111 }
h3 { font-size: 1em; margin: 1.4em 0 .3em } .first { border: 2pt solid #111; padding: 0 1em .6em; break-after: page }
table { width: 100%; border-collapse: collapse } tr { break-inside: avoid }
th, td { text-align: start; vertical-align: top; padding: .3em .6em; border-bottom: .5pt solid #999 }
th { width: 12em; font-weight: 600 } td { overflow-wrap: anywhere } time { font-variant-numeric: tabular-nums }
`

export type PageParts = {
  readonly access: Access
  readonly language: Language
  readonly zone: string
  /** Other files beside it. */
  readonly beside: readonly string[]
}

export function accessPage({ access, language, zone, beside }: PageParts): string {
  const words = accessWords[language]
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  })
  const show = (ms: number) => format.format(ms)
  const tables = Object.entries(access.tables).flatMap(([table, rows]) =>
    rows.map((row) => card(table, linesOf(row, words, show))),
  )
  const planned = access.plan.map((row) =>
    card(words.kinds[kindIn(row.type)] ?? row.type, linesOf(row, words, show)),
  )
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${filePolicy}">
<meta name="robots" content="noindex">
<title>${escaped(words.title)}</title>
<style>${style}</style>
<section class="first">
<h2>${escaped(words.others)}</h2>
<p>${escaped(words.beforeHanding)}</p>
${othersHtml(access.others, words)}
</section>
<h1>${escaped(words.title)}</h1>
<p>${escaped(access.ward)}. ${escaped(`${words.made} ${show(access.madeMs)}`)}</p>
<p>${access.about.map(({ kind, id }) => `${escaped(words.kinds[kind])} <code>${escaped(id)}</code>`).join('<br>')}</p>
${beside.length > 0 ? `<p>${escaped(words.alsoIn)} ${beside.map((file) => `<code>${escaped(file)}</code>`).join(', ')}</p>` : ''}
<h2>${escaped(words.kept)}</h2>
${tables.join('')}
<h2>${escaped(words.planned)}</h2>
${planned.join('')}
<h2>${escaped(words.acts)}</h2>
${actsHtml(access.acts, words, actWords[language], show)}
</html>
`
}

function kindIn(type: string): 'appointment' | 'series' | 'attention' {
  return type === 'series' || type === 'attention' ? type : 'appointment'
}

function othersHtml(others: Access['others'], words: AccessWords): string {
  if (others.length === 0) return `<p>${escaped(words.othersNone)}</p>`
  const named: Readonly<Record<string, string>> = words.kinds
  const rows = others.map(
    ({ kind, name }) => `<tr><th scope="row">${escaped(named[kind] ?? kind)}<td>${escaped(name)}`,
  )
  return `<table>${rows.join('\n')}</table>`
}

function card(title: string, lines: readonly (readonly [string, string])[]): string {
  const rows = lines.map(([what, value]) => `<tr><th scope="row">${escaped(what)}<td>${escaped(value)}`)
  return `<h3>${escaped(title)}</h3>\n<table>${rows.join('\n')}</table>\n`
}

/** What says something: fields within fields by their last name, moments by the ward's clock. */
function linesOf(
  value: unknown,
  words: AccessWords,
  show: (ms: number) => string,
  path = '',
): (readonly [string, string])[] {
  const said = read(value)
  if (said === null || said === undefined || said === '') return []
  if (typeof said === 'object')
    return Object.entries(said).flatMap(([key, part]) =>
      linesOf(part, words, show, Array.isArray(said) ? path : key),
    )
  const field = wordOfField[path]
  const isMoment = typeof said === 'number' && /(?:_ms|Ms)$/.test(path) && said > 86_400_000
  return [[field ? words.fields[field] : path, isMoment ? show(said) : String(said)]]
}

/** JSON in a column is what it says. */
function read(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function actsHtml(
  acts: Access['acts'],
  { actHeads, refused }: AccessWords,
  named: Readonly<Record<string, string>>,
  show: (ms: number) => string,
): string {
  const rows = acts.map(({ atMs, act, by }) => {
    const did = named[act.action] ?? act.action
    const what = [did, act.outcome === 'refused' ? refused : null, act.detail, act.reason]
    const said = what.filter((one) => one !== null).join(', ')
    return `<tr><td><time>${escaped(show(atMs))}</time><td>${escaped(by)}<td>${escaped(said)}`
  })
  const head = actHeads.map((one) => `<th scope="col">${escaped(one)}`).join('')
  return `<table><thead><tr>${head}</thead><tbody>${rows.join('\n')}</tbody></table>`
}
