/** One thing after another, whatever each of them takes. */
import { expect, test } from 'vitest'
import { createQueue } from '../../src/server/queue.ts'

test('[QUEUE-1] tasks run in order, each after the one before is done, at once when there is none', async () => {
  const done: string[] = []
  const queue = createQueue((error) => {
    throw error
  })
  let release = () => {}
  queue.run(() => void done.push('at once'))
  expect(done).toEqual(['at once'])
  expect(queue.isIdle()).toBe(true)
  queue.run(async () => {
    await new Promise<void>((resolve) => {
      release = resolve
    })
    done.push('slow')
    queue.run(() => void done.push('from within'))
  })
  queue.run(() => void done.push('after'))
  expect(queue.isIdle()).toBe(false)
  expect(done).toEqual(['at once'])
  release()
  await queue.settled()
  expect(done).toEqual(['at once', 'slow', 'after'])
  await queue.settled()
  expect(done).toEqual(['at once', 'slow', 'after', 'from within'])
  await expect.poll(() => queue.isIdle()).toBe(true)
})

test('[QUEUE-2] a task that fails is heard of, and the next one runs', async () => {
  const faults: unknown[] = []
  const done: string[] = []
  const queue = createQueue((error) => faults.push(error))
  queue.run(() => {
    throw new Error('at once')
  })
  queue.run(() => {
    queue.run(() => void done.push('within'))
  })
  queue.run(async () => {
    throw new Error('later')
  })
  queue.run(() => void done.push('next'))
  await queue.settled()
  expect(faults).toEqual([new Error('at once'), new Error('later')])
  expect(done).toEqual(['within', 'next'])
})
