/** Stripping where files are read: in the worker, with the UIDs that the page remembers (SPEC.md, STRIP). */
import { expect, test } from 'vitest'
import { createDecoder } from '../../src/io/scan/decode.ts'
import { createDesk } from '../../src/io/scan/desk.ts'
import { openScan } from '../../src/io/scan/open.ts'
import { createReader } from '../../src/io/scan/reader.ts'
import { createScanStripper } from '../../src/io/scan/stripper.ts'
import type { OpenedScan } from '../../src/state/scan-ports.ts'
import { fakeWorkers, pngHeader } from '../fakes/scan-worker.ts'
import { binaryFromDisk, phantomSlices, readScan } from '../fakes/scans.ts'

const decode = createDecoder(binaryFromDisk)

async function openAll(contents: readonly ArrayBuffer[]) {
  const workers = fakeWorkers()
  let count = 0
  const reader = createReader(createDesk(workers.make), () => `file-${++count}`)
  const files: OpenedScan[] = []
  await reader.open(
    contents.map((content) => ({ name: 'a', content })),
    (opening) => void (opening.type === 'opened' && files.push(opening.file)),
  )
  return { workers, reader, files, stripper: createScanStripper(reader) }
}

async function leaving(stripping: ReturnType<ReturnType<typeof createScanStripper>['strip']>) {
  const outcome = await stripping
  if (!outcome.ok) throw new Error(`${outcome.failure}, ${outcome.detail}`)
  return new Uint8Array(outcome.value)
}

function identityIn(file: Uint8Array) {
  const scan = openScan(file, decode)
  const first = scan.ok ? scan.value.frame(0) : scan
  if (!first.ok) throw new Error(first.detail)
  return { ...first.value.identity, frame: first.value.geometry.frameOfReference }
}

test('[STRIP-3] a worker that dies in the middle of a share leaves the slices of one series one series', async () => {
  const slices = phantomSlices.slice(0, 3).map((name) => readScan(name).buffer)
  const { workers, files, stripper } = await openAll(slices)
  const [one, two, three] = files.map(({ fileId }) => fileId)
  const first = identityIn(await leaving(stripper.strip('s', one ?? '', [])))
  workers.mood = 'dies'
  expect(await stripper.strip('s', two ?? '', [])).toMatchObject({ ok: false, failure: 'no-codec' })
  workers.mood = 'obeys'
  const second = identityIn(await leaving(stripper.strip('s', two ?? '', [])))
  const third = identityIn(await leaving(stripper.strip('s', three ?? '', [])))
  for (const key of ['study', 'series', 'frame'] as const)
    expect([second[key], third[key]]).toEqual([first[key], first[key]])
  expect(new Set([first.sopInstance, second.sopInstance, third.sopInstance]).size).toBe(3)
  expect(first.series).toMatch(/^2\.25\./)
  stripper.forget('s')
  expect(identityIn(await leaving(stripper.strip('s', one ?? '', []))).series).not.toBe(first.series)
})

test('[STRIP-5] a photograph is blacked before it is made anew; the picture that is shown here is not', async () => {
  const { files, reader, stripper } = await openAll([pngHeader(6, 4).buffer])
  const fileId = files[0]?.fileId ?? ''
  const samples = await leaving(stripper.strip('s', fileId, [{ x: 2, y: 1, width: 2, height: 2 }]))
  const black = Array.from({ length: 24 }, (_, at) => (samples[at * 3] === 0 ? at : -1)).filter(
    (at) => at >= 0,
  )
  expect(black).toEqual([8, 9, 14, 15])
  const here = await reader.picture(fileId, 0)
  expect(here.ok && here.value.samples.every((value) => value === 119)).toBe(true)
})

test('[STRIP-4] what is opened here stays as it was, and a file that was closed leaves nothing', async () => {
  const source = readScan('us_jpegbaseline_30frames.dcm')
  const { files, reader, stripper } = await openAll([source.slice().buffer])
  const fileId = files[0]?.fileId ?? ''
  await leaving(stripper.strip('s', fileId, [{ x: 0, y: 0, width: 50, height: 50 }]))
  expect(new Uint8Array((await reader.bytes(fileId)) ?? new ArrayBuffer(0))).toEqual(source)
  reader.close([fileId])
  expect(await stripper.strip('s', fileId, [])).toMatchObject({ ok: false, failure: 'overtaken' })
})
