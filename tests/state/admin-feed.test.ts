/** The page of the hospital's record: what is shown, what is decided, and what is said where that failed. */
import { expect, test } from 'vitest'
import type { FeedAnswer } from '../../src/protocol/adt.ts'
import { createAdminFeed } from '../../src/state/admin-feed.ts'
import { fakeWorld } from '../fakes/ports.ts'

const one: FeedAnswer['differences'][number] = {
  ...{ saysId: 'says', name: 'Anna Öberg', born: '1950-01-02', number: 'M-1', location: '4B 12 A' },
  ...{ place: 'bed', theirs: '12A', takenBy: null, ours: '12B', why: null, atMs: 1, mayTake: true },
}
const live = { type: 'live', heardMs: 1 } as const

test('[ADT-10] one press decides, and the list is asked for anew', async () => {
  const { world, ports } = fakeWorld()
  world.answers['/adt'] = [
    { state: live, differences: [one] },
    { state: live, differences: [] },
  ]
  world.answers['/adt/decide'] = { refusal: null }
  const state = createAdminFeed(ports)
  await state.load()
  expect(state.feed.value?.differences).toEqual([one])
  await state.decide('says', 'hospital')
  expect(world.asked).toContainEqual({ path: '/adt/decide', said: { saysId: 'says', take: 'hospital' } })
  expect([state.feed.value?.differences, state.failure.value]).toEqual([[], null])
})

test('[ADT-10] what could not be done says so, and stands in the list until it is looked at again', async () => {
  const { world, ports } = fakeWorld()
  world.answers['/adt'] = { state: live, differences: [one] }
  world.answers['/adt/decide'] = [{ refusal: 'bed-taken' }, 'not-found']
  const state = createAdminFeed(ports)
  await state.decide('says', 'hospital')
  expect([state.feed.value?.differences, state.failure.value]).toEqual([[one], 'bed-taken'])
  await state.decide('says', 'ours')
  expect(state.failure.value).toBe('not-found')
  await state.load()
  expect(state.failure.value).toBeNull()
})
