/** What the hospital says against what the ward says, in words; each refusal that staff are shown has some. */
import { expect, test } from 'vitest'
import { adtRefusals } from '../../src/core/adt-event.ts'
import type { FeedDifference } from '../../src/state/admin-feed.ts'
import en from '../../src/ui/texts/admin/en.ts'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { oursWord, theirsWord, whoWord } from '../../src/ui/words-feed.ts'

const one: FeedDifference = {
  ...{ saysId: 'says', name: 'Anna Öberg', born: '1950-01-02', number: 'M-1', location: '4B 12 A' },
  ...{ place: 'bed', theirs: '12A', takenBy: null, ours: '12B', why: null, atMs: 1, mayTake: true },
}

test('[ADT-10] both words stand there, as far as they are known', async () => {
  await speak('en')
  expect(whoWord(one)).toBe('Anna Öberg, 1950-01-02, M-1')
  expect(theirsWord(one)).toBe('The hospital says: bed 12A.')
  expect(oursWord(one)).toBe('You say: bed 12B.')
  expect(theirsWord({ ...one, takenBy: 'Eero' })).toBe('The hospital says: bed 12A. Eero lies there.')
  expect(theirsWord({ ...one, place: 'unknown', theirs: null })).toBe(
    'The hospital says: 4B 12 A, which is no bed here.',
  )
  expect(theirsWord({ ...one, place: 'elsewhere', theirs: null })).toBe(
    'The hospital says: not in this ward.',
  )
  expect(oursWord({ ...one, ours: null })).toBe('You say: not in this ward.')
})

test('[ADT-10] each refusal that staff are shown has words', () => {
  const untold = [
    'unreadable',
    'too-large',
    'not-adt',
    'unsupported-event',
    'not-production',
    'missing-control-id',
  ]
  const told = adtRefusals.filter((why) => !untold.includes(why))
  expect(Object.keys(en.feedWhys).toSorted()).toEqual([...told].toSorted())
})
