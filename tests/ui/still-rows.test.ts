/** The queue keeps its rows where they are while somebody may be about to press one. */
import { expect, test } from 'vitest'
import type { RequestView } from '../../src/state/requests.ts'
import { hold, letGo } from '../../src/ui/station/still-rows.ts'

const view = (requestId: string): RequestView => ({
  ...{ requestId, bedId: 'b1', label: '1', stay: 1, reason: 'water', madeMs: 0, alarm: 'none' },
  state: { type: 'sent' },
})

test('[QUEUE-1] a row that is over keeps its place for three seconds, and the others theirs', () => {
  const first = hold(new Map(), [view('a'), view('b')], 0)
  const over = hold(first, [view('b')], 1_000)
  expect([...over.keys()]).toEqual(['a', 'b'])
  expect([...hold(over, [view('b')], 2_000).values()].map(({ overMs }) => overMs)).toEqual([1_000, null])
  expect([...letGo(over, 3_999).keys()]).toEqual(['a', 'b'])
  expect([...letGo(over, 4_000).keys()]).toEqual(['b'])
})
