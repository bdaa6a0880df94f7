/** The letter is in the language of whoever reads it, whatever the screen speaks. */
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { letterIn } from '../../src/ui/texts/visits.ts'
import { admitWords } from '../../src/ui/words-visits.ts'

test('[VISIT-1] a Finnish letter is printed at a screen that goes on speaking Swedish', async () => {
  await speak('sv')
  const words = await letterIn('fi')
  expect(words.dear({ name: 'Kaarina' })).toBe('Hyvä Kaarina,')
  expect(words.how).toBe('Toimikaa näin')
  expect(admitWords.ring).toBe('Ring')
})

test.each(languages)(
  '[VISIT-1] in %s it says when by which clock, and what to do, in four steps',
  async (language) => {
    const words = await letterIn(language)
    expect(words.when({ day: 'D', from: '10:00', to: '10:30' })).toContain('10:00–10:30')
    expect(words.zone({ zone: 'Europe/Helsinki' })).toContain('Europe/Helsinki')
    expect(new Set([words.step1, words.step2, words.step3, words.step4]).size).toBe(4)
    expect(words.phone({ phone: '+358 9 471' })).toContain('+358 9 471')
  },
)
