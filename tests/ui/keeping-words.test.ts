/** Each thing that there may be to do about the server is said in each language, with what to do. */
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import type { Alert } from '../../src/protocol/keeping.ts'
import { alertTypes, certificateKinds, keptPlaces } from '../../src/protocol/keeping.ts'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { alertWords, keepingLines } from '../../src/ui/words-keeping.ts'

const whys = ['full', 'gone', 'refused', 'damaged', 'failed'] as const

const alerts: readonly Alert[] = [
  { type: 'backup-off' },
  ...whys.map((why) => ({ type: 'backup-failed' as const, why, sinceMs: 1 })),
  { type: 'backup-old', lastMs: null },
  { type: 'backup-old', lastMs: 1 },
  ...whys.map((why) => ({ type: 'sheet-failed' as const, why, sinceMs: 1 })),
  ...keptPlaces.map((place) => ({ type: 'disk-low' as const, place, freeBytes: 5_242_880 })),
  ...certificateKinds.flatMap((of) => [
    { type: 'certificate-ends' as const, of, endsMs: 1, count: 2 },
    { type: 'certificate-ended' as const, of, endsMs: 1, count: 2 },
  ]),
  { type: 'clock-wrong', than: 'source', byMs: -61_000 },
  { type: 'clock-wrong', than: 'record', byMs: -61_000 },
  { type: 'clock-set', byMs: 3_600_000, atMs: 1 },
  { type: 'record-broken', what: 'rows-missing' },
]

test.each(languages)('[KEEP-19] what is so, and what to do, for each alert, in %s', async (language) => {
  await speak(language)
  expect(new Set(alerts.map(({ type }) => type))).toEqual(new Set(alertTypes))
  for (const alert of alerts) {
    const { said, todo } = alertWords(alert)
    expect(`${said} ${todo}`).not.toMatch(/\{|undefined|NaN/)
    expect([alert, said.length > 10, todo.length > 10]).toEqual([alert, true, true])
  }
  expect(alertWords({ type: 'disk-low', place: 'data', freeBytes: 5_242_880 }).said).toContain('5')
  const never = { stays: null, outpatients: null, guests: null, staff: null, calls: null }
  const all = { stays: 365, outpatients: 90, guests: 30, staff: 400, calls: 700 }
  const answer = { alerts: [], checkedMs: 1 }
  const made = { backup: { lastMs: null }, sheet: { lastMs: 1 }, retention: all }
  const none = keepingLines({ ...answer, ...made })
  const off = keepingLines({ ...answer, backup: null, sheet: null, retention: never })
  expect(new Set([...none, ...off]).size).toBe(7)
})

test.each(languages)(
  '[ERASE-7] the page says what goes by itself, and what is kept for ever, in %s',
  async (language) => {
    await speak(language)
    const retention = { stays: 365, outpatients: null, guests: null, staff: null, calls: null }
    const lines = keepingLines({ alerts: [], backup: null, sheet: null, checkedMs: 1, retention })
    const goes = lines.filter((line) => line.includes('365'))
    expect(goes).toHaveLength(1)
    expect(lines).toHaveLength(5)
    expect(lines.join()).not.toMatch(/\{|undefined|NaN/)
  },
)
