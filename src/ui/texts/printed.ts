/** Texts for paper, in the language of whoever reads it, while the screen speaks another. */
import type { FormatValues } from 'icu-minify/format'
import format, { type CompiledMessage } from 'icu-minify/format'
import type { Language } from '../../core/languages.ts'
import { formatters, type Like, localeOf, type Texts, type Written } from './catalogue.ts'

interface Compiled {
  readonly [name: string]: CompiledMessage | Compiled
}

/** One group of a catalogue, in this language. */
export function printedIn<T extends Written, G extends keyof T>(
  load: () => Promise<{ readonly default: Like<T> }>,
  group: G,
  language: Language,
): Promise<Texts<T[G]>>
export async function printedIn(
  load: () => Promise<{ readonly default: Compiled }>,
  group: string,
  language: Language,
): Promise<object> {
  const node = (await load()).default[group]
  const said = typeof node === 'object' && !Array.isArray(node) ? Object.entries(node) : []
  return Object.fromEntries(said.map(([name, message]) => [name, spoken(message, localeOf(language))]))
}

function spoken(message: CompiledMessage | Compiled, locale: string): unknown {
  if (!Array.isArray(message)) return message
  return (values: FormatValues) => format(message, locale, values, { formatters })
}
