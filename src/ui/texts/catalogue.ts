/**
 * The texts of the language in use: ICU messages, typed to their last parameter, compiled by the build
 * (`vite-texts.ts`) and loaded one language at a time. Whatever is drawn with them is drawn again in another language.
 */
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { GetICUArgs } from '@schummar/icu-type-parser'
import format, { type CompiledMessage, type FormatValues } from 'icu-minify/format'
import type { Language } from '../../core/languages.ts'

/** A catalogue as it is written: groups of messages, and groups of those. */
export interface Written {
  readonly [name: string]: string | Written
}
/** The same catalogue in another language. */
export type Like<T> = { readonly [K in keyof T]: T[K] extends string ? string : Like<T[K]> }

type Values = { ICUArgument: string | number; ICUNumberArgument: number }
/** A message with parameters is a function of them, any other is a string. */
type Text<M extends string> = M extends `${string}{${string}`
  ? (values: GetICUArgs<M, Values>) => string
  : string
export type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? Text<T[K]> : Texts<T[K]> }

interface Compiled {
  readonly [name: string]: CompiledMessage | Compiled
}
type Loaders<T> = Readonly<Record<Language, () => Promise<{ readonly default: T }>>>

/** How each language is written. A new one must say its direction. */
const scripts: Record<Language, { readonly locale: string; readonly dir: 'ltr' | 'rtl' }> = {
  en: { locale: 'en-GB', dir: 'ltr' },
  fi: { locale: 'fi-FI', dir: 'ltr' },
  sv: { locale: 'sv-SE', dir: 'ltr' },
  nl: { locale: 'nl-NL', dir: 'ltr' },
  it: { locale: 'it-IT', dir: 'ltr' },
}

const spoken = signal<Language>('en')
/** What is spoken as soon as it is loaded. */
let wanted: Language = 'en'
const catalogues = new Set<(language: Language) => Promise<void>>()

/** A language as `Intl` knows it. */
export function localeOf(language: Language): string {
  return scripts[language].locale
}

/** The language in use, for `Intl`. */
export function localeNow(): string {
  return localeOf(spoken.value)
}

export const formatters = {
  getDateTimeFormat: (locale?: Intl.LocalesArgument, options?: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, options),
  getNumberFormat: (locale?: Intl.LocalesArgument, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options),
  getPluralRules: (locale?: Intl.LocalesArgument, options?: Intl.PluralRulesOptions) =>
    new Intl.PluralRules(locale, options),
}

function said(node: CompiledMessage | Compiled | undefined): unknown {
  if (typeof node !== 'object') return node
  if (!isMessage(node)) return lazily(() => node)
  return (values: FormatValues) => format(node, localeNow(), values, { formatters })
}

function isMessage(node: CompiledMessage | Compiled): node is CompiledMessage {
  return Array.isArray(node)
}

function lazily(find: () => Compiled | undefined): object {
  return new Proxy({}, { get: (_, name) => said(typeof name === 'string' ? find()?.[name] : undefined) })
}

/**
 * The catalogue of one part of the app; `type` its English one. The answer gives a group of its texts, which may be
 * kept for ever: what is read from it is in the language of that moment.
 */
export function catalogue<T extends Written>(
  loaders: Loaders<Like<T>>,
): <G extends keyof T>(group: G) => Texts<T[G]>
export function catalogue(loaders: Loaders<Compiled>): (group: string) => object {
  const trees: Partial<Record<Language, Compiled>> = {}
  catalogues.add(async (language) => {
    trees[language] ??= (await loaders[language]()).default
  })
  return (group) =>
    lazily(() => {
      const node = trees[spoken.value]?.[group]
      return typeof node === 'object' && !isMessage(node) ? node : undefined
    })
}

/** Two groups as one; what the first does not have, the second says. */
export function either<A extends object, B extends object>(first: A, second: B): A & Omit<B, keyof A>
export function either(first: object, second: object): object {
  return new Proxy(first, { get: (_, name) => Reflect.get(first, name) ?? Reflect.get(second, name) })
}

/** Loads every catalogue that is in use by now in this language, then speaks it. */
export async function speak(language: Language): Promise<void> {
  wanted = language
  await Promise.all([...catalogues].map((load) => load(language)))
  if (wanted !== language) return
  spoken.value = language
}

/** Tells the browser, which hyphenates and reads aloud by it. */
function mark({ documentElement: page }: Document): void {
  page.lang = spoken.peek()
  page.dir = scripts[spoken.peek()].dir
}

/** For a part of the app that came later than the first: loads its texts. */
export function speakToo(): Promise<void> {
  return speak(wanted)
}

/** Speaks whatever language it is, now and later. Resolves when a screen can be drawn; null: not known yet. */
export function speakAs(language: ReadonlySignal<Language | null>): Promise<void> {
  return new Promise((resolve, reject) => {
    effect(() => {
      // A language that cannot be fetched later leaves the one that is there.
      if (language.value === null) return
      const spoke = speak(language.value)
      spoke.then(() => mark(document)).then(resolve, reject)
    })
  })
}
