import { signal } from '@preact/signals'
import { beforeAll, expect, test } from 'vitest'
import { createCalendarFile, createLinks, createPrograms } from '../../src/state/plan-share.ts'
import { speak } from '../../src/ui/texts/catalogue.ts'
import { bookWord, changeWords, countWord, refusedFile, skippedWords } from '../../src/ui/words-share.ts'
import { fakeWorld } from '../fakes/ports.ts'

beforeAll(() => speak('en'))

const feed = {
  feedId: 'feed-1',
  of: 'person',
  name: 'My phone',
  madeBy: 'anna',
  madeMs: 1,
  expiresMs: 2,
  readMs: null,
}

test('[SHARE-1] a link is shown once, after it was made, and no more once one was revoked', async () => {
  const { world, ports } = fakeWorld()
  world.answers['/plan/feeds'] = [
    { feeds: [] },
    { feed, url: 'https://x/feeds/a.ics' },
    { feeds: [feed] },
    { feeds: [] },
  ]
  world.answers['/plan/feeds/revoke'] = {}
  const links = createLinks(ports.api, 'own', signal('sv'))
  await links.load()
  expect([links.list.value, links.made.value]).toEqual([[], null])
  await links.make('My phone')
  expect([links.list.value, links.made.value]).toEqual([[feed], 'https://x/feeds/a.ics'])
  await links.revoke('feed-1')
  expect([links.list.value, links.made.value]).toEqual([[], null])
})

test('[SHARE-2] a file is booked only after it was looked at, once, and as it was looked at', async () => {
  const { world, ports } = fakeWorld()
  const items = [
    { line: 4, title: 'Teaching', startMs: 1, endMs: 2, does: 'book', fromMs: null, why: null },
    { line: 9, title: 'Surgery', startMs: 1, endMs: 2, does: 'book', fromMs: null, why: 'taken' },
    { line: 14, title: '', startMs: null, endMs: null, does: 'book', fromMs: null, why: 'unreadable' },
    {
      line: 19,
      title: 'Meeting',
      startMs: Date.UTC(2027, 0, 15, 14),
      endMs: null,
      does: 'move',
      fromMs: Date.UTC(2027, 0, 15, 9),
      why: null,
    },
    { line: 24, title: 'Lunch', startMs: 1, endMs: null, does: 'cancel', fromMs: null, why: null },
  ] as const
  world.answers['/plan/import/preview'] = { type: 'read', items, booked: 0, changed: 0 }
  world.answers['/plan/import'] = { type: 'read', items, booked: 1, changed: 2 }
  const file = createCalendarFile(ports.api)
  await file.book('gone')
  expect(world.asked).toEqual([])
  await file.look('BEGIN:VCALENDAR')
  expect(file.state.value).toEqual({ type: 'looked', items })
  await Promise.all([file.book('gone'), file.book('gone')])
  expect(world.asked).toEqual([
    { path: '/plan/import/preview', said: { text: 'BEGIN:VCALENDAR' } },
    { path: '/plan/import', said: { text: 'BEGIN:VCALENDAR', reason: 'gone' } },
  ])
  expect(file.state.value).toEqual({ type: 'booked', items })
  expect(countWord('booked', items)).toBe('1 appointment booked.')
  expect(changeWords(items)).toEqual([
    expect.stringMatching(/^Meeting \(15 Jan 2027, .*\) moves to 15 Jan 2027, /),
    'Lunch is cancelled there.',
  ])
  expect(bookWord(items)).toBe('Book 1, change 2')
  expect(skippedWords(items)).toEqual([
    'Surgery is when something else is planned.',
    'the entry in line 14 cannot be read.',
  ])
})

test('[SHARE-3] a file that is refused says why and where, and there is nothing to book', async () => {
  const { world, ports } = fakeWorld()
  world.answers['/plan/import/preview'] = { type: 'refused', why: 'badly-nested', line: 7 }
  const file = createCalendarFile(ports.api)
  await file.look('BEGIN:VCALENDAR')
  const { value } = file.state
  if (value.type !== 'refused') throw new Error(value.type)
  expect(refusedFile(value)).toBe('The file is damaged: its parts do not end where they should (line 7).')
  await file.book('gone')
  expect(world.asked).toHaveLength(1)
})

test('[SHARE-4] what the server does not do is said, and a key is shown once', async () => {
  const { world, ports } = fakeWorld()
  const links = createLinks(ports.api, 'ward', signal('sv'))
  await links.load()
  expect(links.problem.value).toBe('unreachable')
  const program = {
    integrationId: 'i-1',
    name: 'Clinic',
    scope: 'read',
    madeBy: 'a',
    madeMs: 1,
    usedMs: null,
  }
  world.answers['/plan/integrations'] = [
    { integration: program, token: 'secret' },
    { integrations: [program] },
    { integrations: [] },
  ]
  world.answers['/plan/integrations/revoke'] = {}
  const programs = createPrograms(ports.api)
  await programs.make('Clinic', 'read')
  expect([programs.list.value, programs.made.value]).toEqual([[program], 'secret'])
  await programs.revoke('i-1')
  expect([programs.list.value, programs.made.value]).toEqual([[], null])
})
