/** What staff read of visits. */
import { expect, test } from 'vitest'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { mayBackWord, visitStateWord } from '../../src/ui/words-visits.ts'
import { visitOf } from '../fakes/visits.ts'

test('[VISIT-1] the link leads back until half an hour after the planned end, or after the call where that was later', async () => {
  await speak('en')
  const endMs = Date.UTC(2026, 10, 23, 10)
  const visit = visitOf({ endMs })
  const minuteMs = 60_000
  const told = (endedMs: number) => mayBackWord(visit, endedMs, 'Europe/Helsinki')
  expect(told(endMs - 20 * minuteMs)).toBe('The same link is good until 12:30.')
  expect(told(endMs + 20 * minuteMs)).toBe('The same link is good until 12:50.')
})

test('[VISIT-3] how long somebody waits is said of this wait, and not of their place in the queue', async () => {
  await speak('en')
  const visit = visitOf({ sinceMs: 0, waitsSinceMs: 50 * 60_000 })
  expect(visitStateWord(visit, 53 * 60_000)).toBe('Waiting for 3 minutes')
})
