/** What the plan's rules cost: an outbox of 1,000 acts laid over 2,000 appointments, and the search for a free start. */
import { type Book, createBook } from '../../src/core/plan/book.ts'
import { decide } from '../../src/core/plan/decide.ts'
import { freeStarts } from '../../src/core/plan/free.ts'
import { apply, replay } from '../../src/core/plan/replay.ts'
import type { Row } from '../../src/protocol/plan.ts'
import {
  at,
  bookAct,
  day,
  editOf,
  eight,
  fields,
  hour,
  hours,
  minute,
  person,
} from '../core/plan-fixtures.ts'
import { atMost, type Figure, median } from './figure.ts'

const author = { staffId: 'd0', atMs: 0 }
const people = Array.from({ length: 20 }, (_, index) => `d${index}`)
const shifts = [1, 2, 3, 4, 5, 6, 7].map((one) => ({ day: one, from: 6 * 60, to: 20 * 60 }))

function filled(): Book {
  const rows: Row[] = people.flatMap((id) => [person(id, 'doctor'), hours(id, { weekly: shifts })])
  const book = createBook(rows)
  for (let index = 0; index < 2_000; index++) {
    const startMs = eight + Math.floor(index / 100) * day + Math.floor((index % 100) / 20) * 2 * hour
    const staff = [people[index % 20] ?? 'd0']
    apply(book, bookAct(`x${index}`, { staff, when: at(startMs), place: `Room ${index % 20}` }), author)
  }
  return book
}

export async function benchPlanCore(): Promise<Figure[]> {
  const book = filled()
  const acts = Array.from({ length: 1_000 }, (_, index) => {
    const startMs = eight + Math.floor(index / 100) * day + Math.floor((index % 100) / 20) * 2 * hour
    const act =
      index % 2 === 0
        ? editOf(book, `x${index}`, { when: at(startMs + hour), title: 'Later' })
        : bookAct(`n${index}`, { staff: [people[index % 20] ?? 'd0'], when: at(startMs + 35 * minute, 20) })
    return { actId: `a${index}`, act, madeMs: 0 }
  })
  const wish = { id: 'w', kind: 'round' as const, ...fields({ staff: people.slice(0, 3), place: 'Room 4' }) }
  const taken = bookAct('t', { staff: ['d3'] })
  return [
    atMost(
      'plan-replay-1000',
      timed(20, () => replay(book, acts, 'd0')),
      20,
      'ms',
    ),
    atMost(
      'plan-refusal-offers',
      timed(1_000, () => decide(book, taken, author)),
      1,
      'ms',
    ),
    atMost(
      'plan-free-week',
      timed(1_000, () => freeStarts(book, wish, eight, eight + 7 * day, 10)),
      2,
      'ms',
    ),
  ]
}

/** The processor's own time for each, in milliseconds: other programs have no part in it, and its clock is coarse. */
function timed(times: number, act: () => void): number {
  const each = Array.from({ length: 5 }, () => {
    const began = process.threadCpuUsage()
    for (let index = 0; index < times; index++) act()
    const { user, system } = process.threadCpuUsage(began)
    return (user + system) / 1_000 / times
  })
  return median(each)
}
