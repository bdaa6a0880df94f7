/** The rules of a visit: what its link is good for, who is before whom, who is missing. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  beforeIn,
  checkInMs,
  inOrder,
  isMissing,
  isTime,
  linkStateOf,
  missingMs,
  rejoinMs,
  type VisitFacts,
  type Waiter,
} from '../../src/core/visit.ts'
import { appointmentStatuses } from '../../src/protocol/appointment.ts'

const startMs = Date.UTC(2026, 11, 1, 9)
const endMs = startMs + 20 * 60_000
const planned: VisitFacts = { startMs, endMs, status: 'booked', lastCallMs: null, closedMs: null }

test.each([
  ['a day before', startMs - 86_400_000, 'ahead'],
  ['a moment before it opens', startMs - checkInMs - 1, 'ahead'],
  ['ten minutes before', startMs - checkInMs, 'open'],
  ['in the middle of it', startMs + 60_000, 'open'],
  ['thirty minutes after it', endMs + rejoinMs, 'open'],
  ['a moment later', endMs + rejoinMs + 1, 'over'],
] as const)('[VISIT-1] %s', (_when, nowMs, state) => {
  expect(linkStateOf(planned, true, nowMs)).toBe(state)
})

test('[VISIT-1] a call that went on for longer leads back for thirty minutes after it', () => {
  const lastCallMs = endMs + 40 * 60_000
  expect(linkStateOf({ ...planned, lastCallMs }, true, lastCallMs + rejoinMs)).toBe('open')
  expect(linkStateOf({ ...planned, lastCallMs }, true, lastCallMs + rejoinMs + 1)).toBe('over')
})

test('[VISIT-1] whatever else is so, a cancelled visit says that; once staff closed it, or its status did, it is over', () => {
  const facts = fc.record({
    startMs: fc.constant(startMs),
    endMs: fc.constant(endMs),
    status: fc.constantFrom(...appointmentStatuses),
    lastCallMs: fc.option(fc.integer({ min: startMs, max: endMs })),
    closedMs: fc.option(fc.integer({ min: startMs, max: endMs })),
  })
  fc.assert(
    fc.property(facts, fc.boolean(), fc.integer({ min: -1e8, max: 1e8 }), (facts, isNewest, offMs) => {
      const state = linkStateOf(facts, isNewest, startMs + offMs)
      const isGone = facts.status === 'cancelled' || facts.status === 'entered-in-error'
      expect(state === 'cancelled').toBe(isGone)
      if (isGone) return
      const isClosed = facts.closedMs !== null || facts.status === 'fulfilled' || facts.status === 'noshow'
      if (isClosed) expect(state).toBe('over')
      if (!isNewest) expect(state).not.toBe('open')
    }),
  )
})

const waiter = (visitId: string, startsIn: number, cameAt: number, ...staff: string[]): Waiter => ({
  visitId,
  startMs: startMs + startsIn * 60_000,
  sinceMs: startMs + cameAt * 60_000,
  staff,
})

test('[VISIT-3] the queue is by the agreed time, then by who came first', () => {
  const queue = [waiter('late', 20, -10), waiter('second', 0, -2), waiter('first', 0, -5)]
  expect(inOrder(queue).map(({ visitId }) => visitId)).toEqual(['first', 'second', 'late'])
})

test('[VISIT-3] only those count who wait for somebody who is to see both', () => {
  const queue = [
    waiter('anna', 0, -5, 'doctor-1'),
    waiter('ben', 5, -5, 'doctor-2'),
    waiter('carla', 10, -5, 'doctor-1'),
    waiter('anybody', 15, -5),
  ]
  expect(beforeIn(queue, 'anna')).toBe(0)
  expect(beforeIn(queue, 'ben')).toBe(0)
  expect(beforeIn(queue, 'carla')).toBe(1)
  expect(beforeIn(queue, 'anybody')).toBe(3)
  expect(beforeIn(queue, 'nobody of them')).toBe(0)
})

test('[VISIT-4] whoever has not come in fifteen minutes is missing; whoever came once is not', () => {
  const invited = { state: 'invited', hasWaited: false } as const
  expect(isMissing(planned, invited, startMs + missingMs - 1)).toBe(false)
  expect(isMissing(planned, invited, startMs + missingMs)).toBe(true)
  const tested = { state: 'away', hasWaited: false } as const
  expect(isMissing(planned, tested, startMs + missingMs), 'who only tried it days before').toBe(true)
  for (const state of ['waiting', 'away', 'again', 'called'] as const)
    expect(isMissing(planned, { state, hasWaited: true }, startMs + 10 * missingMs)).toBe(false)
})

test('[VISIT-2] from ten minutes before the time whoever is there waits', () => {
  expect(
    [startMs - checkInMs - 1, startMs - checkInMs, startMs].map((nowMs) => isTime(startMs, nowMs)),
  ).toEqual([false, true, true])
})
