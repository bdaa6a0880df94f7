/** What the viewer says of files that it does not show. */
import { expect, test } from 'vitest'
import { type Language, languages } from '../../src/core/languages.ts'
import type { ScanFailure } from '../../src/core/scan/outcome.ts'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { failureWord } from '../../src/ui/words-scan.ts'

/** Everything that stands in a sentence and is no name, as core and io say it. */
const details: readonly (readonly [ScanFailure['failure'], string])[] = [
  ['not-dicom', 'program'],
  ['too-large', '20001 frames'],
  ['too-large', '600000000 bytes'],
  ['too-large', '4000 files'],
  ['too-large', 'deflated'],
  ['too-large', 'time'],
  ['unsupported-pixels', 'no colour'],
  ['unsupported-pixels', 'no bits'],
  ['unsupported-pixels', 'palette'],
  ['unsupported-pixels', 'grey'],
  ['unsupported-pixels', '32 bits'],
  ['unsupported-pixels', '16 bits of colour'],
  ['unsupported-pixels', '8 signed bits of colour'],
]

async function saidIn(language: Language): Promise<string[]> {
  await speak(language)
  return details.map(([failure, detail]) => failureWord({ failure, detail }))
}

/** What follows the colon. */
const metIn = (said: string) => said.slice(said.lastIndexOf(': ') + 2)

test.each(languages.filter((language) => language !== 'en'))(
  'what was met in a file is said in %s, all of it',
  async (language) => {
    const english = (await saidIn('en')).map(metIn)
    for (const [at, said] of (await saidIn(language)).entries()) {
      const [, detail = ''] = details[at] ?? []
      // Megabytes and bits are written alike in some of them.
      if (!/^\d+ (bytes|bits)$/.test(detail)) expect(metIn(said), detail).not.toBe(english[at])
    }
  },
)

test('names and sizes are the same in all languages', async () => {
  for (const language of languages) {
    await speak(language)
    for (const [failure, detail] of [
      ['not-dicom', 'HEIC'],
      ['too-large', '40000 × 40000'],
      ['unsupported-syntax', 'H.264 video'],
      ['unsupported-syntax', '1.2.3.4'],
      ['unsupported-pixels', 'ARGB'],
    ] as const)
      expect(failureWord({ failure, detail })).toContain(`: ${detail}.`)
  }
})

test('numbers are said with their units', async () => {
  await speak('fi')
  expect(failureWord({ failure: 'too-large', detail: '600000000 bytes' })).toMatch(/600\sMt\./)
  expect(failureWord({ failure: 'too-large', detail: '20001 frames' })).toMatch(/20\s?001 kuvaa\./)
})

test('what is too large in no way that has words ends without a colon', async () => {
  await speak('en')
  expect(failureWord({ failure: 'too-large', detail: '' })).toBe('It is too large.')
})

test('a device without memory is not told to check its network', async () => {
  await speak('en')
  for (const detail of ['memory', 'canvas']) {
    const said = failureWord({ failure: 'no-codec', detail })
    expect(said).toContain('memory')
    expect(said).not.toContain('network')
  }
  expect(failureWord({ failure: 'no-codec', detail: 'HTJ2K' })).toContain('network')
})
