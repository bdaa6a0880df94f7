/** What counts as a touch, without a browser: two pages over one store, and a clock the test sets. */
import { expect, test } from 'vitest'
import { createTouches } from '../../src/io/touches.ts'

const minute = 60_000

function browser() {
  const kept = new Map<string, string>()
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  const world = { nowMs: 1_000 * minute, page: () => createTouches(store, () => world.nowMs) }
  return world
}

test('[IDLE-10] the first touch after a sleep of more than five minutes lets the lock fall and counts for nothing', () => {
  const world = browser()
  const page = world.page()
  let late = 0
  page.onLate(() => {
    late += 1
  })
  world.nowMs += 4 * minute
  page.touched()
  const lastMs = world.nowMs
  expect(late).toBe(0)
  world.nowMs += 5 * minute
  page.touched()
  page.seen()
  expect(late).toBe(2)
  expect(page.lastMs()).toBe(lastMs)
  page.anew()
  page.touched()
  expect(late).toBe(2)
  expect(page.lastMs()).toBe(world.nowMs)
})

test('[IDLE-11] to open a page is no touch: it begins with the last one of its browser', () => {
  const world = browser()
  const first = world.page()
  world.nowMs += minute
  first.touched()
  const lastMs = world.nowMs
  world.nowMs += 120 * minute
  expect(world.page().lastMs()).toBe(lastMs)
})

test('[IDLE-12] a touch in one tab counts in all, and a clock that was set back keeps none open', () => {
  const world = browser()
  const [one, other] = [world.page(), world.page()]
  world.nowMs += minute
  one.touched()
  expect(other.lastMs()).toBe(world.nowMs)
  world.nowMs -= 30 * minute
  expect(one.lastMs()).toBe(0)
})
