/** The languages that every text of the app exists in. */
export const languages = ['en', 'fi', 'sv', 'nl', 'it'] as const
export type Language = (typeof languages)[number]

/** The first of the wanted tags (BCP 47, `sv-FI`) that the app speaks, whatever its region; else English. */
export function languageFrom(wanted: readonly (string | null)[]): Language {
  for (const tag of wanted) {
    const found = languages.find((language) => language === tag?.toLowerCase().split('-')[0])
    if (found) return found
  }
  return 'en'
}
