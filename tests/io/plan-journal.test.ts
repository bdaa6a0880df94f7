import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { journalAt } from '../../src/io/plan-journal.ts'
import { deskOf } from '../../src/io/plan-journal-desk.ts'
import { lineOf, readLines } from '../../src/io/plan-journal-file.ts'

const text = fc.stringMatching(/^[A-Za-z0-9+/]{1,60}$/)

test('[SYNC-9] a journal that is torn anywhere gives every line that was whole, in order, and no other', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), fc.nat(2_000), (texts, cut) => {
      const file = texts.map(lineOf).join('')
      const torn = file.slice(0, cut)
      const whole = readLines(torn)
      expect(whole).toEqual(texts.slice(0, whole.length))
      // A line without its break was written in full all the same.
      expect(whole.length).toBeGreaterThanOrEqual(torn.split('\n').length - 1)
    }),
  )
})

test('[SYNC-9] what is written after a torn line is read', () => {
  const torn = lineOf('first').slice(0, -3)
  expect(readLines(`${torn}\n${lineOf('second')}`)).toEqual(['second'])
})

test('[SYNC-9] a line in which one letter changed is no line', () => {
  fc.assert(
    fc.property(text, fc.nat(), (one, where) => {
      const line = lineOf(one)
      const at = line.length - 2 - (where % one.length)
      const other = `${line.slice(0, at)}${line[at] === 'A' ? 'B' : 'A'}${line.slice(at + 1)}`
      expect(readLines(other)).toEqual([])
    }),
  )
})

function deadWorker() {
  const orders: unknown[] = []
  const worker = {
    onmessage: null,
    onerror: null as Worker['onerror'],
    postMessage: (order: unknown) => void orders.push(order),
    terminate() {},
  }
  return { worker, orders }
}

const seal = { keyId: 'k', isSpared: true, close: async () => new Uint8Array(1), open: async () => undefined }
const forgotten = { type: 'forgotten', actId: 'a' } as const
const notKept = { ok: false, failure: 'failed' }

test('[SYNC-9] a worker that never answers keeps nobody waiting, and no longer promises anything', async () => {
  vi.useFakeTimers()
  const { worker, orders } = deadWorker()
  const journal = journalAt(deskOf(worker), 'ann', { seal })
  expect(journal.safety()).toBe('crash-safe')
  const first = journal.append(forgotten)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await first).toEqual(notKept)
  expect(journal.safety()).toBe('tab-safe')
  expect(await journal.append(forgotten), 'at once').toEqual(notKept)
  expect(await journal.read()).toEqual([])
  await journal.wipe()
  expect(orders).toHaveLength(1)
  vi.useRealTimers()
})

test('[SYNC-9] a worker that dies fails what waits for it, and all that comes after', async () => {
  const { worker } = deadWorker()
  const desk = deskOf(worker)
  const asked = desk.ask({ type: 'read' })
  worker.onerror?.call(worker as unknown as Worker, new Event('error') as ErrorEvent)
  expect(await asked).toMatchObject({ type: 'failed' })
  expect(await desk.ask({ type: 'read' })).toMatchObject({ type: 'failed' })
  expect(desk.isAlive()).toBe(false)
})
