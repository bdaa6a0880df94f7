/** The words of a patient's report: whole in every language. */
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { lasting, reportWords } from '../../src/server/audit/report-words.ts'

/** The same in both, by right. */
const alike = new Set(['Server', '{0} s', '{0} min {1} s', 'patient', '; {0}', 'Bed {0}'])

/** Every text by its place; what is put into one stands as `{0}`, `{1}` …, and a count as 7. */
function textsOf(node: unknown, place = ''): [string, string][] {
  if (typeof node === 'string') return [[place, node]]
  if (typeof node === 'function') return [[place, String(node(...[0, 1, 2, 3].map((at) => `{${at}}`)))]]
  return Object.entries(node ?? {}).flatMap(([name, part]) => textsOf(part, `${place}.${name}`))
}

const english = new Map(textsOf(reportWords.en))

test.each(languages.filter((one) => one !== 'en'))(
  '[AUDIT-11] no text of a report in %s is left in English, and each names what the English one names',
  (language) => {
    const texts = textsOf(reportWords[language])
    expect(texts.map(([place]) => place)).toEqual([...english.keys()])
    for (const [place, text] of texts) {
      const other = english.get(place) ?? ''
      if (!alike.has(text)) expect({ place, text }).not.toEqual({ place, text: other })
      const named = (one: string) => [...new Set(one.match(/\{\d\}/g))].sort()
      expect({ place, named: named(text) }).toEqual({ place, named: named(other) })
    }
  },
)

test('[AUDIT-11] what lasted is said in seconds, and from a minute on in minutes and seconds', () => {
  const said = (ms: number) => lasting(ms, reportWords.en)
  expect([0, 499, 59_400, 60_000, 3_725_000].map(said)).toEqual([
    ...['0 s', '0 s', '59 s', '1 min 0 s', '62 min 5 s'],
  ])
})
