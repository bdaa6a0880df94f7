/** The step in which a person looks for names before pictures leave. */
import { expect, test } from 'vitest'
import type { Lookable } from '../../src/core/scan/looking.ts'
import { done, fail, type Outcome } from '../../src/core/scan/outcome.ts'
import type { Picture } from '../../src/core/scan/samples.ts'
import type { ScanFrame } from '../../src/core/scan/scan.ts'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { type OpenScan, openScan } from '../../src/io/scan/open.ts'
import { createStripStep, type Decided, hasToLook } from '../../src/state/scan-strip.ts'
import { binaryFromDisk, phantomSlices, readScan } from '../fakes/scans.ts'

const decode = createDecoder(binaryFromDisk)
const us = 'us_jpegbaseline_30frames.dcm'
const pattern = 'testpattern_rgb_evrle.dcm'

function opened(name: string): OpenScan {
  const scan = openScan(readScan(name), decode)
  if (!scan.ok) throw new Error(scan.detail)
  return scan.value
}

function frameOf(name: string, at: number): Outcome<ScanFrame> {
  return opened(name).frame(at)
}

function lookable(name: string): Lookable {
  const first = frameOf(name, 0)
  if (!first.ok) throw new Error(first.detail)
  return { fileId: name, kind: 'dicom', scan: first.value, first: first.value }
}

/** Pictures come when they are let: `let(name)` brings all that were asked for of it. */
function readerOf(broken: readonly string[] = []) {
  const waiting: (() => void)[] = []
  const asked: string[] = []
  return {
    asked,
    async settle() {
      for (let round = 0; round < 20; round++) {
        for (const bring of waiting.splice(0)) bring()
        await Promise.resolve()
      }
      await new Promise(setImmediate)
    },
    frame: async (fileId: string, frame: number) => frameOf(fileId, frame),
    picture: (fileId: string, frame: number): Promise<Outcome<Picture>> => {
      asked.push(`${fileId} ${frame}`)
      return new Promise((come) =>
        waiting.push(() => {
          if (broken.includes(fileId)) come(fail('corrupt', 'stream'))
          else come(done({ rows: 1, columns: 1, samplesPerPixel: 1, samples: new Uint8Array(1) }))
        }),
      )
    },
  }
}

function begun(names: readonly string[], broken: readonly string[] = []) {
  const reader = readerOf(broken)
  const told: (Decided | null)[] = []
  const step = createStripStep(reader, names.map(lookable), (decision) => void told.push(decision))
  return { reader, told, step }
}

test('[STRIP-7] nobody can say that they have looked before both ends of it are on the screen', async () => {
  const { reader, told, step } = begun([us])
  expect(step.seen.value.map(({ type }) => type)).toEqual(['coming', 'coming'])
  step.say()
  expect([step.at.value, told]).toEqual([0, []])
  await reader.settle()
  await reader.settle()
  expect(reader.asked).toEqual([`${us} 0`, `${us} 29`])
  expect(step.canSay.value).toBe(true)
  step.say()
  expect(told).toEqual([{ boxes: new Map([[us, []]]), leftOut: new Set() }])
  expect([step.at.value, step.seen.value, step.looking.value]).toEqual([null, [], null])
})

test('[STRIP-7] each is decided by itself; boxes of one are not those of the next', async () => {
  const { reader, told, step } = begun([us, pattern])
  expect(step.count).toBe(2)
  await reader.settle()
  await reader.settle()
  step.add({ x: 10, y: 5, width: 100, height: 20 })
  step.change(0, { x: -10, y: 5, width: 100, height: 20 })
  step.say()
  expect([step.at.value, step.boxes.value]).toEqual([1, []])
  await reader.settle()
  await reader.settle()
  step.add({ x: 0, y: 0, width: 8, height: 8 })
  step.remove(0)
  step.say()
  expect(told).toEqual([
    {
      boxes: new Map([
        [us, [{ x: 0, y: 5, width: 100, height: 20 }]],
        [pattern, []],
      ]),
      leftOut: new Set(),
    },
  ])
})

test('[STRIP-7] what cannot be shown can only be left out', async () => {
  const { reader, told, step } = begun([pattern, us], [pattern])
  await reader.settle()
  await reader.settle()
  expect(step.seen.value.map(({ type }) => type)).toEqual(['failed'])
  step.say()
  expect(step.at.value).toBe(0)
  step.leaveOut()
  await reader.settle()
  await reader.settle()
  step.say()
  expect(told).toEqual([{ boxes: new Map([[us, []]]), leftOut: new Set([pattern]) }])
})

test('[STRIP-7] giving up tells that nothing leaves, once, and a picture that comes late is not kept', async () => {
  const { reader, told, step } = begun([us])
  step.giveUp()
  step.giveUp()
  await reader.settle()
  step.say()
  step.leaveOut()
  expect([told, step.seen.value, step.at.value]).toEqual([[null], [], null])
})

test('[STRIP-7] a box over a series is one of all its slices', async () => {
  const { reader, told, step } = begun(phantomSlices)
  expect(step.count).toBe(1)
  await reader.settle()
  await reader.settle()
  const box = { x: 400, y: 0, width: 112, height: 30 }
  step.add(box)
  step.say()
  expect(told[0]?.boxes.size).toBe(60)
  expect([...(told[0]?.boxes.values() ?? [])].every((boxes) => boxes[0]?.x === 400)).toBe(true)
})

test('[STRIP-7] what nobody has to look at is decided at once, without a question', () => {
  const file = lookable('ct_rle_s16.dcm')
  const denied = { ...file, scan: { ...file.scan, burnedIn: { annotation: 'NO', conversionType: null } } }
  expect(hasToLook([denied])).toBe(false)
  const told: (Decided | null)[] = []
  createStripStep(readerOf(), [denied], (decision) => void told.push(decision))
  expect(told).toEqual([{ boxes: new Map(), leftOut: new Set() }])
})
