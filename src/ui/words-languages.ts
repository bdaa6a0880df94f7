/** Languages by their names in the language that is spoken here. */
import { interpretedLanguages, type SignLanguage, signLanguages } from '../core/interpreted-languages.ts'
import { localeNow } from './texts/catalogue.ts'
import { languageTexts } from './texts/languages.ts'

const signWords: Readonly<Record<SignLanguage, string>> = languageTexts('sign')

/** `Somali` for `so`; what has no name as it is. */
export function languageName(tag: string): string {
  const sign = signLanguages.find((one) => one === tag)
  if (sign) return signWords[sign]
  try {
    return namesIn(localeNow()).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** A list of languages is drawn with every key press in its form. */
const namesByLocale = new Map<string, Intl.DisplayNames>()
function namesIn(locale: string): Intl.DisplayNames {
  const names = namesByLocale.get(locale) ?? new Intl.DisplayNames(locale, { type: 'language' })
  namesByLocale.set(locale, names)
  return names
}

/** In the order of their names. */
export function byLanguageName<T>(entries: readonly T[], tagOf: (entry: T) => string): T[] {
  const { compare } = new Intl.Collator(localeNow())
  return entries.toSorted((a, b) => compare(languageName(tagOf(a)), languageName(tagOf(b))))
}

/** Every language to choose from, with those that are in use already, by name. */
export function languageChoices(inUse: readonly string[]): string[] {
  return byLanguageName([...new Set([...interpretedLanguages, ...inUse])], (tag) => tag)
}
