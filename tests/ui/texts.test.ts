import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { effect } from '@preact/signals'
import compile from 'icu-minify/compile'
import format, { type CompiledMessage } from 'icu-minify/format'
import { describe, expect, test } from 'vitest'
import { type Language, languageFrom, languages } from '../../src/core/languages.ts'
import { both } from '../../src/ui/texts/both.ts'
import { speak, type Written } from '../../src/ui/texts/catalogue.ts'
import { clockOf, listOf, longDayOf } from '../../src/ui/texts/dates.ts'
import { compileCatalogue, differences } from '../../vite-texts.ts'

const folder = new URL('../../src/ui/texts/', import.meta.url)
const parts = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/** As it is written: vitest would give what the build makes of it. */
async function written(part: string, language: Language): Promise<Written> {
  const { default: catalogue } = await import(
    /* @vite-ignore */ `${fileURLToPath(new URL(`${part}/${language}.ts`, folder))}?as-written`
  )
  return catalogue
}

function* messagesOf(catalogue: Written, path = ''): Generator<[string, string]> {
  for (const [name, text] of Object.entries(catalogue)) {
    if (typeof text === 'string') yield [path + name, text]
    else yield* messagesOf(text, `${path}${name}.`)
  }
}

const formatters = {
  getDateTimeFormat: () => new Intl.DateTimeFormat(),
  getNumberFormat: (...given: ConstructorParameters<typeof Intl.NumberFormat>) =>
    new Intl.NumberFormat(...given),
  getPluralRules: (...given: ConstructorParameters<typeof Intl.PluralRules>) =>
    new Intl.PluralRules(...given),
}

/** Counts are `count`, everything else is `word`. */
function filledWith(text: string, count: number, word: string): Record<string, string | number> {
  const isCounted = (name: PropertyKey) =>
    ['plural', 'number'].some((how) => text.includes(`{${String(name)}, ${how}`))
  return new Proxy({}, { get: (_, name) => (isCounted(name) ? count : word), has: () => true })
}

/** Whose act it was, where, which kind: every branch that there is. */
const wordsTried = ['me', 'server', 'bed', 'tablet', 'write', 'seconds', 'minutes', 'fast', 'X']

describe.each(parts)('the catalogue %s', (part) => {
  test.each(languages)('[TEXT-1] has every message in %s, with the same parameters', async (language) => {
    const english = compileCatalogue(await written(part, 'en'))
    expect(differences(english, compileCatalogue(await written(part, language)))).toEqual([])
  })

  test.each(languages)('[TEXT-2] is written in %s so that every message can be said', async (language) => {
    for (const [path, text] of messagesOf(await written(part, language))) {
      const message: CompiledMessage = compile(text)
      for (const [count, word] of wordsTried.entries()) {
        const said = String(format(message, language, filledWith(text, count, word), { formatters }))
        expect(said, path).not.toBe('')
        expect(said, path).not.toMatch(/[{}#]|undefined|^\s|\s$/)
      }
      // ICU takes a straight apostrophe for a sign of its own.
      expect(text, path).not.toContain("'")
    }
  })

  test.each(languages.filter((language) => language !== 'en'))(
    '[TEXT-3] leaves no sentence English in %s',
    async (language) => {
      const english = new Map(messagesOf(await written(part, 'en')))
      const wordsOf = (text: string) => text.replace(/\{\w+\}/g, '').match(/\p{L}{2,}/gu) ?? []
      const left = [...messagesOf(await written(part, language))]
        .filter(([path, text]) => english.get(path) === text && wordsOf(text).length > 2)
        .map(([path]) => path)
      expect(left).toEqual([])
    },
  )
})

test('[TEXT-4] a missing text, one too many and another parameter are each named', () => {
  const english = compileCatalogue({
    group: { first: 'One', second: 'Two {name}', third: 'Three {by, select, me {I} other {{name}}}' },
  })
  const other = compileCatalogue({
    group: { second: 'Zwei {who}', third: 'Drei {by, select, me {ich} other {{name}}}', fourth: 'Vier' },
  })
  expect(differences(english, other)).toEqual([
    'group.first is missing',
    "group.fourth is nobody's",
    'group.second takes (who), in English (name)',
  ])
})

test('[TEXT-5] a text that was kept is said in the language of the moment, and what reads it is told', async () => {
  const { answer } = await withEnglish()
  const heard: string[] = []
  const stop = effect(() => void heard.push(answer()))
  await speak('fi')
  expect(heard).toEqual(['Answer', 'Vastaa'])
  stop()
  await speak('en')
})

async function withEnglish() {
  const incoming = both('incoming')
  await speak('en')
  return { answer: () => incoming.answer }
}

test('[TEXT-6] counts, clocks, days and lists are those of the language', async () => {
  const at = Date.UTC(2026, 10, 22, 8, 5)
  const said = async (language: Language) => {
    await speak(language)
    const { comesIn } = both('incoming')
    return [
      comesIn({ count: 1 }),
      comesIn({ count: 7 }),
      clockOf(at, 'Europe/Helsinki'),
      longDayOf(at, 'UTC'),
      listOf(['1', '2']),
    ]
  }
  expect(await said('fi')).toEqual([
    'Puhelu alkaa 1 sekunnin kuluttua',
    'Puhelu alkaa 7 sekunnin kuluttua',
    '10.05',
    'sunnuntai 22. marraskuuta',
    expect.any(String),
  ])
  expect(await said('en')).toEqual([
    'The call starts in 1 second',
    'The call starts in 7 seconds',
    '10:05',
    'Sunday 22 November',
    '1, 2',
  ])
})

test.each([
  [['sv-FI', 'fi'], 'sv'],
  [['de', 'nl-BE'], 'nl'],
  [[null, 'IT'], 'it'],
  [['de', 'x'], 'en'],
  [[], 'en'],
] as const)('[TEXT-7] whoever reads %s is spoken to in %s', (wanted, language) => {
  expect(languageFrom(wanted)).toBe(language)
})

/** What stands on a button, and the longer name that says which of many it is. */
const namedButtons = [
  ['admin', 'staff.invite', 'staff.inviteWho'],
  ['admin', 'staff.disable', 'staff.disableWho'],
  ['admin', 'staff.enable', 'staff.enableWho'],
  ['admin', 'keys.sign', 'keys.signFor'],
  ['admin', 'tablets.make', 'tablets.makeFor'],
  ['admin', 'tablets.revoke', 'tablets.revokeFor'],
  ['share', 'share.revoke', 'share.revokeOne'],
  ['plan', 'plan.title', 'plan.open'],
  ['changes', 'acts.done1', 'acts.stopDone'],
  ['changes', 'acts.skip1', 'acts.stopSkip'],
  ['changes', 'acts.open1', 'acts.stopOpen'],
  ['staff', 'board.call', 'board.callBed'],
  ['table', 'table.takeBack', 'table.takeBackWho'],
] as const

test.each(languages)(
  '[A11Y-5] the name of a button holds the words that stand on it in %s, for who says them to press it',
  async (language) => {
    for (const [part, visible, name] of namedButtons) {
      const messages = new Map(messagesOf(await written(part, language)))
      const wordsOf = (path: string) => ` ${messages.get(path)?.toLowerCase().replace(/[:,]/g, '')} `
      expect(wordsOf(name), name).toContain(wordsOf(visible))
    }
  },
)
