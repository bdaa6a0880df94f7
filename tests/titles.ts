/** The titles of the tests in a file, so that a document that names one cannot outlive it. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const home = fileURLToPath(new URL('../', import.meta.url))

/** After `test(`, `test.each(…)(` and `test.describe(`; one that is skipped or to be done is none. */
const title =
  /(?:\b(?:test|describe)(?:\.(?:describe|each))?|[)\]`])\(\s*(?:'([^'\n]*)'|"([^"\n]*)"|`([^`\n]*)`),/g

export function titlesIn(path: string): string[] {
  if (!existsSync(home + path)) return []
  return [...readFileSync(home + path, 'utf8').matchAll(title)].map(
    ([, one, two, three]) => one ?? two ?? three ?? '',
  )
}
