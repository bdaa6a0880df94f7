/** Writes down which pictures there are, in the order of the screens' names. */
import { readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const chapters: readonly (readonly [string, RegExp])[] = [
  ['The bed', /^bed-(?!.*-fi-200)/],
  ['The bed in Finnish, letters of twice the size', /^bed-.*-fi-200/],
  ['The station', /^(call|station|admission|glass|sign-in|door|invitation)/],
  ['The plan', /^plan-/],
  ['The administration', /^admin-/],
  ['A guest', /^join-/],
  ['An outpatient', /^visit-/],
]

export default function list(): void {
  const folder = fileURLToPath(new URL('../docs/screens/', import.meta.url))
  const pictures = readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .toSorted()
  const chapter = ([title, belongs]: (typeof chapters)[number]) => {
    const lines = pictures
      .filter((name) => belongs.test(name))
      .map((name) => `**${name.replace('.png', '').replaceAll('-', ' ')}**\n\n![](${name})`)
    return `## ${title}\n\n${lines.join('\n\n')}`
  }
  const text = `# Screens\n\nMade from the real app by \`npm run screens\`.\n\n${chapters.map(chapter).join('\n\n')}\n`
  writeFileSync(`${folder}README.md`, text)
}
