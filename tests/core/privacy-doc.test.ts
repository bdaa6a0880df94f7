/** docs/privacy.md forgets no table of the database, and promises nothing that no test keeps. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { titlesIn } from '../titles.ts'

const root = new URL('../../', import.meta.url).pathname
const textOf = (path: string) => readFileSync(root + path, 'utf8')
const page = textOf('docs/privacy.md')

/** What stands between this heading and the next of its rank or above. */
function partOf(heading: string): string {
  const rank = heading.indexOf(' ')
  const [, after = ''] = page.split(`\n${heading}\n`)
  return after.split(new RegExp(`^#{1,${rank}} `, 'm'))[0] ?? ''
}

/** The rows of its tables, without their heads. */
function rowsOf(part: string): string[][] {
  const cells = (line: string) => line.slice(2, -2).split(' | ')
  const lines = part.split('\n')
  const isRow = (line: string, index: number) =>
    line.startsWith('| ') && !line.startsWith('| ---') && !lines[index + 1]?.startsWith('| ---')
  return lines.filter(isRow).map(cells)
}

const typed = /export type Tables = \{\n([\s\S]*?)\n\}/.exec(textOf('src/server/store/tables.ts'))?.[1] ?? ''
const tables = [...typed.matchAll(/^ {2}(\w+):/gm)].map(([, name = '']) => name)
const described = rowsOf(partOf('### The database'))
const required = rowsOf(partOf('## GDPR, HIPAA, DTAC: requirement, control, test'))
const risks = rowsOf(partOf('## Outline of an impact assessment (GDPR Art. 35)'))

test('[PRIVDOC-1] every table of the database is named once, and none that is not there', () => {
  expect(tables.length).toBeGreaterThan(50)
  expect(described.map(([name = '']) => name.replaceAll('`', '')).toSorted()).toEqual(tables.toSorted())
})

test.each(described)('[PRIVDOC-2] of %s it says what, how long, and which file keeps it', (...cells) => {
  expect(cells.length).toBe(4)
  for (const cell of cells) expect(cell.trim()).not.toBe('')
  expect(cells[3]).toMatch(/^`src\/server\/[\w/-]+\.ts`$/)
})

test('[PRIVDOC-3] every file that is named is there', () => {
  const named = page.match(/`(?:src|tests|sw|deploy)\/[\w./-]+`/g) ?? []
  expect(named.length).toBeGreaterThan(100)
  for (const path of named) expect([path, existsSync(root + path.replaceAll('`', ''))]).toEqual([path, true])
  for (const [, link = ''] of page.matchAll(/\]\(([\w./-]+)\)/g))
    expect([link, existsSync(`${root}docs/${link}`)]).toEqual([link, true])
})

test('[PRIVDOC-3] every place of the page that a link leads to is there', () => {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) => words.toLowerCase())
  const anchors = headings.map((words) => words.replace(/[^\w -]/g, '').replaceAll(' ', '-'))
  for (const [, anchor = ''] of page.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(anchor)
})

test.each(required)('[PRIVDOC-4] "%s" names a test that is there, or says whose it is', (...cells) => {
  expect(cells.length).toBe(3)
  for (const shown of cells[2]?.split('; ') ?? []) {
    if (/^\*(?:not there|the hospital's own|nothing to show)/.test(shown)) continue
    const [, path = '', title = ''] = /^`([^`]+)` (.+)$/.exec(shown) ?? []
    expect(path, `write \`path\` and a part of a title, or whose it is, not: ${shown}`).not.toBe('')
    expect(
      titlesIn(path).some((one) => one.includes(title)),
      `${path} has no test "${title}"`,
    ).toBe(true)
  }
})

test('[PRIVDOC-5] the risks name hazards and rows of the threat model that are there', () => {
  const [hazards, abuses] = [textOf('docs/hazards.md'), textOf('SECURITY.md')]
  const logs = risks.map(([, logged = '']) => logged).join('\n')
  expect(risks.length).toBeGreaterThan(10)
  for (const id of logs.match(/HZ-\d+/g) ?? []) expect(hazards).toContain(`\n## ${id} `)
  for (const [, abuse = ''] of logs.matchAll(/"([^"]+)"/g)) expect(abuses).toContain(`\n| ${abuse} | `)
})

test('[PRIVDOC-6] each number of the picture is said in words', () => {
  const drawn = [...textOf('docs/data-flow.svg').matchAll(/class="number"[^>]*>(\d+)</g)].map(
    ([, n = '']) => n,
  )
  const said = rowsOf(partOf('## The picture')).map(([n = '']) => n.trim())
  expect(said).toEqual([...new Set(drawn)])
})
