/** Compiles the catalogues of `src/ui/texts` for the runtime, and fails the build over a text that one language lacks. */
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import compile from 'icu-minify/compile'
import type { CompiledMessage } from 'icu-minify/format'
import type { Plugin } from 'vite'
import { languages } from './src/core/languages.ts'
import type { Written } from './src/ui/texts/catalogue.ts'

const catalogueFile = new RegExp(`/src/ui/texts/([a-z-]+)/(${languages.join('|')})\\.ts$`)

/** Which catalogue a module is; null: it is none. */
export function catalogueOf(module: string | null): { part: string; language: string } | null {
  const [, part, language] = module?.match(catalogueFile) ?? []
  return part && language ? { part, language } : null
}

export type CompiledCatalogue = { readonly [name: string]: CompiledMessage | CompiledCatalogue }

export function compileCatalogue(written: Written): CompiledCatalogue {
  return Object.fromEntries(
    Object.entries(written).map(([name, text]) => [
      name,
      typeof text === 'string' ? compile(text) : compileCatalogue(text),
    ]),
  )
}

/** Every message by its path, and what it takes, in order: `endings.left` → `by, name`. */
function parametersOf(catalogue: CompiledCatalogue, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [name, node] of Object.entries(catalogue)) {
    if (typeof node === 'string') found.set(path + name, '')
    else if (isMessage(node)) found.set(path + name, [...namesIn(node)].toSorted().join(', '))
    else for (const [inner, takes] of parametersOf(node, `${path}${name}.`)) found.set(inner, takes)
  }
  return found
}

function isMessage(node: CompiledMessage | CompiledCatalogue): node is CompiledMessage {
  return typeof node === 'string' || Array.isArray(node)
}

/** A compiled message is a list of texts and of `[name, type, branches]`. */
function namesIn(nodes: readonly unknown[]): Set<string> {
  const names = new Set<string>()
  for (const node of nodes) {
    if (!Array.isArray(node)) continue
    const [name, , branches] = node
    names.add(String(name))
    if (typeof branches !== 'object') continue
    for (const branch of Object.values(branches)) {
      if (Array.isArray(branch)) for (const inner of namesIn(branch)) names.add(inner)
    }
  }
  return names
}

/** In what a catalogue differs from the English one: texts that are missing, left over, or take something else. */
export function differences(english: CompiledCatalogue, other: CompiledCatalogue): string[] {
  const [wanted, found] = [parametersOf(english), parametersOf(other)]
  const missing = [...wanted.keys()].filter((path) => !found.has(path)).map((path) => `${path} is missing`)
  const strange = [...found.keys()].filter((path) => !wanted.has(path)).map((path) => `${path} is nobody's`)
  const otherwise = [...found]
    .filter(([path, takes]) => wanted.has(path) && wanted.get(path) !== takes)
    .map(([path, takes]) => `${path} takes (${takes}), in English (${wanted.get(path)})`)
  return [...missing, ...strange, ...otherwise]
}

async function read(file: string): Promise<CompiledCatalogue> {
  // Node keeps what it has once imported; a catalogue changes while it is worked on.
  const { default: written } = await import(`${pathToFileURL(file)}?${Date.now()}`)
  return compileCatalogue(written)
}

export function texts(): Plugin {
  return {
    name: 'bedside-texts',
    enforce: 'pre',
    async load(id) {
      const catalogue = catalogueOf(id)
      if (!catalogue) return null
      const [english, own] = [await read(join(dirname(id), 'en.ts')), await read(id)]
      const wrong = differences(english, own)
      if (wrong.length > 0) this.error(`${catalogue.part} in ${catalogue.language}: ${wrong.join('; ')}`)
      return `export default ${JSON.stringify(own)}`
    },
  }
}
