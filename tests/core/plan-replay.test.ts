/** What a device does with each stroke of a finger: its outbox over the confirmed plan. */
import { expect, test } from 'vitest'
import { type Book, draftOver } from '../../src/core/plan/book.ts'
import { apply, replay } from '../../src/core/plan/replay.ts'
import {
  appointment,
  at,
  bookAct,
  day,
  editOf,
  eight,
  hour,
  makeAct,
  nina,
  perform,
  ward,
} from './plan-fixtures.ts'

const waiting = (actId: string, act: Parameters<typeof perform>[1]) => ({ actId, act, madeMs: eight - hour })

/** How much is asked of the confirmed plan. */
function counted(book: Book): { readonly book: Book; reads: number } {
  const count = { reads: 0 }
  const reader: Book = {
    ...book,
    get(type, id) {
      count.reads += 1
      return book.get(type, id)
    },
    *all(type) {
      for (const row of book.all(type)) {
        count.reads += 1
        yield row
      }
    },
    bookings(resource, startMs, endMs) {
      const found = book.bookings(resource, startMs, endMs)
      count.reads += 1 + found.length
      return found
    },
    draft: () => draftOver(reader),
  }
  return Object.assign(count, { book: reader })
}

test('[PLAN-8] one act more costs what it costs, not a replay', () => {
  const book = ward()
  for (let index = 0; index < 200; index++)
    perform(book, bookAct(`x${index}`, { when: at(eight + index * day) }))
  const count = counted(book)
  const acts = Array.from({ length: 200 }, (_, index) =>
    waiting(`a${index}`, editOf(book, `x${index}`, { when: at(eight + index * day + hour) })),
  )
  const all = replay(count.book, acts, 'nina')
  expect(count.reads).toBeGreaterThan(400)
  count.reads = 0
  expect(all.add(waiting('more', bookAct('more', { when: at(eight + 3 * day) })))).toEqual([])
  expect(count.reads).toBeLessThan(12)
})

test('[PLAN-8] the confirmed plan stays as it is, and a trouble names its act', () => {
  const book = perform(ward(), bookAct('one'))
  const acts = [
    waiting('first', bookAct('two')),
    waiting('second', editOf(book, 'one', { when: at(eight + hour) })),
    waiting('third', bookAct('three')),
  ]
  const { draft, troubles, touched } = replay(book, acts, 'nina')
  expect([...troubles.keys()]).toEqual(['first'])
  expect(troubles.get('first')).toMatchObject([{ why: 'taken', free: [] }])
  expect([...touched]).toEqual([
    ['appointment/one', 'second'],
    ['appointment/three', 'third'],
  ])
  expect(appointment(draft, 'one').when).toEqual(at(eight + hour))
  expect(appointment(book, 'one').when).toEqual(at(eight))
  expect(book.get('appointment', 'three')).toBeUndefined()
})

test('[PLAN-8] a refused act leaves the book as it is, an act that removes removes', () => {
  const book = perform(ward(), makeAct('s'))
  const before = [...book.all('appointment')]
  expect(apply(book, makeAct('t'), nina).type).toBe('refused')
  expect([...book.all('appointment')]).toEqual(before)
  const draft = book.draft()
  apply(
    draft,
    { type: 'series.edit', id: 's', from: null, nextId: 'n', rule: null, time: '10:00', pattern: null },
    nina,
  )
  expect(draft.changed().get('appointment/s_20270302T0900')).toBeNull()
  expect(draft.get('appointment', 's_20270302T0900')).toBeUndefined()
  expect(draft.bookings('staff:anna', eight + day + hour, eight + day + 2 * hour)).toEqual([])
  expect(book.get('appointment', 's_20270302T0900')).toBeDefined()
})

test('[PLAN-8] an act at which a rule throws is the trouble of that act alone', () => {
  const book = ward()
  const poisoned: Book = {
    ...book,
    get(type, id) {
      if (id === 'two') throw new RangeError('poison')
      return book.get(type, id)
    },
    draft: () => draftOver(poisoned),
  }
  const acts = [
    waiting('first', bookAct('one')),
    waiting('second', bookAct('two', { when: at(eight + 3 * hour) })),
    waiting('third', bookAct('three', { when: at(eight + 6 * hour) })),
  ]
  const { draft, troubles, touched } = replay(poisoned, acts, 'nina')
  expect([...troubles].map(([actId, [found]]) => [actId, found?.why])).toEqual([['second', 'unreadable']])
  expect([...touched.values()]).toEqual(['first', 'third'])
  expect(appointment(draft, 'three').when).toEqual(at(eight + 6 * hour))
})
