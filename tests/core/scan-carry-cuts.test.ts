/** The real ends of a carrying, cut wherever it may be: each file whole once, or failed by name. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { blockBytes } from '../../src/core/scan/carry.ts'
import { createCarrying, type Death, fileOf, sha256Of } from '../fakes/carry-world.ts'

const seed = 20_261_201

/** Hashed at once, so that the time of these tests is all there is. */
beforeEach(() => {
  vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (_, bytes) => {
    const view = ArrayBuffer.isView(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : bytes
    return Uint8Array.from(createHash('sha256').update(new Uint8Array(view)).digest()).buffer
  })
})
afterEach(() => vi.restoreAllMocks())

type Fault =
  | { readonly type: 'bulk'; readonly death: Death }
  | { readonly type: 'link'; readonly forMs: number }
  | { readonly type: 'look'; readonly file: number }
  | { readonly type: 'want'; readonly file: number }
  | { readonly type: 'spoil' }
type Timed = Fault & { readonly afterMs: number }

const size = fc.oneof(
  fc.nat(40_000),
  fc.constantFrom(0, 1, blockBytes - 1, blockBytes, blockBytes + 1, 2 * blockBytes),
)
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ type: fc.constant('bulk' as const), death: fc.constantFrom<Death>('told', 'silent') }),
  fc.record({ type: fc.constant('link' as const), forMs: fc.nat(9_000) }),
  fc.record({ type: fc.constantFrom('look' as const, 'want' as const), file: fc.nat(7) }),
  fc.constant<Fault>({ type: 'spoil' }),
)
const story = fc.record({
  sizes: fc.array(size, { minLength: 1, maxLength: 7 }),
  missing: fc.array(fc.nat(6), { maxLength: 1 }),
  faults: fc.array(
    fc.tuple(fault, fc.nat(3_000)).map(([one, afterMs]): Timed => ({ ...one, afterMs })),
    { maxLength: 8 },
  ),
})

test('[CARRY-10] over any cuts, looks and spoilt bytes, each file arrives whole once or fails by name', async () => {
  const ends = { came: 0, failed: 0, again: 0, connections: 0 }
  await fc.assert(
    fc.asyncProperty(story, async ({ sizes, missing, faults }) => {
      const files = sizes.map((bytes, number) => fileOf(number, bytes))
      let spoilt = 0
      const bytesOf = async (file: number) =>
        missing.includes(file) ? null : Uint8Array.from(files[file] ?? []).buffer
      const carrying = createCarrying(files, bytesOf, (message) => {
        if (spoilt === 0 || message.length <= 8) return
        spoilt -= 1
        message[message.length - 1] = (message[message.length - 1] ?? 0) ^ 1
      })
      const { call, peers, sending, receiving, pass, clock, came, failed, isDone } = carrying
      call.open()
      for (const one of faults) {
        await pass(clock.upMs() + one.afterMs, isDone)
        if (one.type === 'bulk') peers.cut(one.death)
        if (one.type === 'look') sending.lookAt(one.file % files.length)
        if (one.type === 'want') receiving.lookAt(one.file % files.length)
        if (one.type === 'spoil') spoilt += 1
        if (one.type === 'link') {
          call.close()
          peers.cut('silent')
          await pass(clock.upMs() + one.forMs)
          call.open()
        }
      }
      await pass(clock.upMs() + 600_000, isDone)
      const told = [...came, ...failed].map(({ index }) => index).sort((a, b) => a - b)
      expect(told).toEqual([...files.keys()])
      for (const { index, bytes } of came)
        expect(sha256Of(new Uint8Array(bytes))).toBe(carrying.manifest.files[index]?.sha256)
      const spoils = faults.filter(({ type }) => type === 'spoil').length
      for (const { index, failure } of failed) {
        if (failure === 'lacking') expect(missing).toContain(index)
        else if (failure === 'wrong-hash') expect(spoils).toBeGreaterThan(1)
        else expect(carrying.failures).toEqual(['no-way'])
      }
      await pass(clock.upMs() + 60_000)
      expect(peers.open(), 'a connection that is of no more use').toBe(0)
      ends.came += came.length
      ends.failed += failed.length
      ends.again += call.said.filter(({ type }) => type === 'carry.again').length
      ends.connections += call.said.filter(({ type }) => type === 'carry.offer').length
    }),
    { seed, numRuns: 60 },
  )
  expect(ends.came).toBeGreaterThan(ends.failed)
  for (const count of Object.values(ends)) expect(count).toBeGreaterThan(5)
}, 120_000)

test('[CARRY-4] cut at every block, the next connection goes on behind it', async () => {
  const files = [fileOf(1, 5 * blockBytes + 7), fileOf(2, 100)]
  const carrying = createCarrying(files)
  const { call, peers, pass, clock, came, failed, receiving } = carrying
  call.open()
  for (let block = 1; block <= 5; block += 1) {
    await pass(clock.upMs() + 60_000, () => receiving.progress().bytes >= block * blockBytes)
    expect(receiving.progress().bytes).toBeLessThan((block + 1) * blockBytes + 101)
    peers.cut(block % 2 ? 'told' : 'silent')
  }
  await pass(clock.upMs() + 60_000, carrying.isDone)
  expect([came.length, failed.length]).toEqual([2, 0])
  const offers = call.said.filter(({ type }) => type === 'carry.offer')
  expect(offers.length).toBe(6)
})
