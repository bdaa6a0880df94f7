/** Who reads scans (SPEC.md, SCAN-15): whose turn it is, what dies with whom, and what is left behind. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createDesk, mostMs } from '../../src/io/scan/desk.ts'
import { createFrames } from '../../src/io/scan/kept-frames.ts'
import { createReader } from '../../src/io/scan/reader.ts'
import { createTurns, mostWaiting } from '../../src/io/scan/turns.ts'
import type { OpenedScan, Opening, ScanReader, ScanSource } from '../../src/state/scan-ports.ts'
import { fileOf, imageElements } from '../fakes/scan-files.ts'
import { type FakeWorkers, fakeWorkers, pngHeader } from '../fakes/scan-worker.ts'
import { readScan } from '../fakes/scans.ts'

let workers: FakeWorkers
let reader: ScanReader
let named = 0
const newReader = () => {
  workers = fakeWorkers()
  reader = createReader(createDesk(workers.make), () => `file ${++named}`)
}
newReader()
afterEach(() => {
  vi.useRealTimers()
  newReader()
})

/** Pixels of one value, so that it is seen whose they are. */
const card = (value: number): ScanSource => ({
  name: `card ${value}`,
  content: fileOf(imageElements({ pixels: new Uint8Array(4).fill(value) })).buffer,
})
const film = () => ({ name: 'film', content: readScan('us_jpegbaseline_30frames.dcm').buffer })

async function told(sources: readonly ScanSource[], signal?: AbortSignal): Promise<Opening[]> {
  const openings: Opening[] = []
  await reader.open(sources, (opening) => openings.push(opening), signal)
  return openings
}

async function opened(source: ScanSource): Promise<OpenedScan> {
  const [opening] = await told([source])
  if (opening?.type !== 'opened') throw new Error(JSON.stringify(opening))
  return opening.file
}

const looks = () => workers.orders.flatMap((order) => (order.type === 'look' ? [order.frame] : []))
const settled = () => new Promise((next) => setTimeout(next, 0))

describe('opening', () => {
  test('[SCAN-15] each source is told of once, in order, those that fail by their own name', async () => {
    const svg = new TextEncoder().encode('<svg onload="alert(1)">'.padEnd(200))
    const openings = await told([
      card(1),
      { name: 'logo.dcm', content: svg.buffer },
      { name: 'photo.dcm', content: new Blob([pngHeader(6, 4)]) },
      card(2),
    ])
    expect(openings).toMatchObject([
      { type: 'opened', file: { name: 'card 1', kind: 'dicom', first: { frame: 0 } } },
      { type: 'failed', name: 'logo.dcm', failure: 'not-dicom', detail: 'SVG' },
      { type: 'opened', file: { kind: 'photo', byteLength: 64, scan: { pixels: { columns: 6, rows: 4 } } } },
      { type: 'opened', file: { name: 'card 2' } },
    ])
  })

  test('[SCAN-2] [SCAN-15] a file that is too large is never read', async () => {
    const content = new Blob([])
    Object.defineProperty(content, 'size', { value: 2 ** 30 })
    expect(await told([{ name: 'huge', content }])).toMatchObject([{ type: 'failed', failure: 'too-large' }])
    expect(workers.orders).toEqual([])
  })

  test('[SCAN-15] whoever stops hears no more, and what was being opened is closed', async () => {
    const stop = new AbortController()
    const openings: Opening[] = []
    const stopAtOnce = (one: Opening) => {
      openings.push(one)
      stop.abort()
    }
    await reader.open([card(1), card(2), card(3)], stopAtOnce, stop.signal)
    expect(openings.length).toBe(1)
    expect(workers.orders.length).toBe(1)
  })

  test('[SCAN-15] (HZ-9) of what nobody waits for any more no byte stays, opened or not', async () => {
    const stop = new AbortController()
    const all = [card(1), { name: 'no scan', content: new Uint8Array(200).fill(7).buffer }, card(3)]
    workers.holds = true
    const opening = reader.open(all, () => {}, stop.signal)
    stop.abort()
    workers.holds = false
    workers.release()
    await opening
    for (const { content } of all)
      expect(content instanceof ArrayBuffer && new Uint8Array(content).every((one) => one === 0)).toBe(true)
  })

  test('[SCAN-15] a file that is gone from its stick is truncated', async () => {
    const content = new Blob(['x'])
    content.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'))
    vi.stubGlobal('structuredClone', (value: unknown) => value)
    expect(await told([{ name: 'stick', content }])).toMatchObject([{ failure: 'truncated' }])
    vi.unstubAllGlobals()
  })
})

describe('looking', () => {
  test('[SCAN-15] a picture is its file’s, and is not decoded again while it is kept', async () => {
    const [one, two] = [await opened(card(1)), await opened(card(2))]
    const first = await reader.picture(one.fileId, 0)
    expect(first).toMatchObject({ ok: true, value: { samples: Uint8Array.of(1, 1, 1, 1) } })
    expect(await reader.picture(two.fileId, 0)).toMatchObject({
      value: { samples: Uint8Array.of(2, 2, 2, 2) },
    })
    const before = workers.orders.length
    expect(await reader.picture(one.fileId, 0)).toEqual(first)
    expect(workers.orders.length).toBe(before)
  })

  test('[SCAN-15] a film is handed to the worker once and not for each of its frames', async () => {
    const { fileId } = await opened(film())
    for (const frame of [0, 1, 29]) expect((await reader.picture(fileId, frame)).ok).toBe(true)
    expect(workers.orders.map((order) => order.type === 'look' && order.content)).toEqual([
      false,
      null,
      null,
      null,
    ])
    expect(await reader.frame(fileId, 29)).toMatchObject({ ok: true, value: { frame: 29 } })
    expect(await reader.picture(fileId, 30)).toMatchObject({ ok: false, failure: 'no-such-frame' })
  })

  test('[SCAN-15] a disk that stumbles once costs one picture, and not those after it', async () => {
    vi.stubGlobal('structuredClone', (value: unknown) => value)
    const content = new Blob([film().content])
    const { fileId } = await opened({ name: 'film', content })
    await opened(card(1))
    const read = content.arrayBuffer.bind(content)
    content.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'))
    expect(await reader.picture(fileId, 3)).toMatchObject({ ok: false, failure: 'truncated' })
    content.arrayBuffer = read
    for (const frame of [3, 4]) expect((await reader.picture(fileId, frame)).ok).toBe(true)
    vi.unstubAllGlobals()
  })

  test('[SCAN-15] the newest ask comes first, one that is asked for again is the newest, none is decoded twice', async () => {
    const { fileId } = await opened(film())
    workers.holds = true
    const asks = [3, 4, 5, 6, 4].map((frame) => reader.picture(fileId, frame))
    while (looks().length < 4) {
      workers.release()
      await settled()
    }
    workers.release()
    expect((await Promise.all(asks)).every(({ ok }) => ok)).toBe(true)
    expect(looks(), 'the first was under way').toEqual([3, 4, 6, 5])
  })

  test('[SCAN-15] a picture does not wait for files that are being opened', async () => {
    const { fileId } = await opened(film())
    workers.holds = true
    const opening = told([card(1), card(2), card(3)])
    await settled()
    const picture = reader.picture(fileId, 7)
    workers.release()
    await settled()
    workers.release()
    expect((await picture).ok).toBe(true)
    expect(workers.orders.map(({ type }) => type)).toEqual(['open', 'open', 'look', 'open'])
    workers.holds = false
    workers.release()
    expect((await opening).length).toBe(3)
  })

  test('[SCAN-15] what too many others were asked for after is overtaken, and was never decoded', async () => {
    const turns = createTurns<number>()
    const givenUp = Array.from({ length: mostWaiting + 3 }, (_, at) => turns.look(`${at}`, at)).flat()
    expect(givenUp).toEqual([0, 1, 2])
    turns.raise('3')
    expect(turns.next()).toBe(3)
    expect(turns.next()).toBe(mostWaiting + 2)
  })
})

describe('dying', () => {
  test('[SCAN-15] a worker that dies ends this order by a name, and the next one is served by another', async () => {
    const [one, two] = [await opened(card(1)), await opened(card(2))]
    workers.mood = 'dies'
    expect(await reader.picture(one.fileId, 0)).toMatchObject({
      ok: false,
      failure: 'no-codec',
      detail: 'worker',
    })
    workers.mood = 'obeys'
    expect(await reader.picture(two.fileId, 0)).toMatchObject({
      value: { samples: Uint8Array.of(2, 2, 2, 2) },
    })
    expect(await reader.picture(one.fileId, 0), 'its bytes were here').toMatchObject({ ok: true })
    expect([workers.started, workers.ended]).toEqual([2, 1])
  })

  test('[SCAN-15] a file that it hangs on ends by a name after its time, and others are opened', async () => {
    vi.useFakeTimers()
    workers.mood = 'hangs'
    const hung = told([card(1)])
    await vi.advanceTimersByTimeAsync(mostMs)
    expect(await hung).toMatchObject([{ type: 'failed', failure: 'too-large', detail: 'time' }])
    workers.mood = 'obeys'
    expect(await told([card(2)])).toMatchObject([{ type: 'opened' }])
    expect([workers.started, workers.ended]).toEqual([2, 1])
  })

  test('[SCAN-15] a codec that could not be had is asked for by a fresh worker', async () => {
    const { fileId } = await opened(card(1))
    workers.mood = 'has no codec'
    expect(await reader.picture(fileId, 0)).toMatchObject({ ok: false, failure: 'no-codec', detail: 'RLE' })
    workers.mood = 'obeys'
    expect(await reader.picture(fileId, 0)).toMatchObject({ ok: true })
    expect([workers.started, workers.ended]).toEqual([2, 1])
  })

  test('[SCAN-15] where there is no worker at all, that is said', async () => {
    const none = createDesk(() => {
      throw new TypeError('no worker')
    })
    reader = createReader(none, () => 'file')
    expect(await told([card(1)])).toMatchObject([{ type: 'failed', failure: 'no-codec' }])
  })
})

describe('closing', () => {
  test('[SCAN-15] bytes and pixels are overwritten, and the last file ends the worker', async () => {
    const [source, other] = [card(7), card(8)]
    const [file, rest] = [await opened(source), await opened(other)]
    const picture = await reader.picture(file.fileId, 0)
    const copy = await reader.bytes(file.fileId)
    reader.close([file.fileId])
    if (!picture.ok || !(source.content instanceof ArrayBuffer)) throw new Error()
    expect(picture.value.samples).toEqual(new Uint8Array(4))
    expect(new Uint8Array(source.content).every((one) => one === 0)).toBe(true)
    expect(
      new Uint8Array(copy ?? new ArrayBuffer(0)).some((one) => one !== 0),
      'a copy is its owner’s',
    ).toBe(true)
    await settled()
    expect(workers.orders.at(-1), 'and the worker forgets its codecs').toEqual({ type: 'forget' })
    expect(await reader.picture(file.fileId, 0)).toMatchObject({ ok: false, failure: 'overtaken' })
    expect(await reader.bytes(file.fileId)).toBeNull()
    expect(await reader.picture(rest.fileId, 0)).toMatchObject({ ok: true })
    expect(workers.ended).toBe(0)
    reader.close([rest.fileId])
    expect(workers.ended).toBe(1)
  })

  test('[SCAN-15] what comes for a file that was closed meanwhile is shown to nobody', async () => {
    const [file, rest] = [await opened(card(7)), await opened(card(8))]
    workers.holds = true
    const underWay = reader.picture(file.fileId, 0)
    const waiting = reader.frame(rest.fileId, 1)
    reader.close([file.fileId])
    workers.holds = false
    workers.release()
    expect(await underWay).toMatchObject({ ok: false, failure: 'overtaken' })
    expect(await waiting).toMatchObject({ ok: false, failure: 'no-such-frame' })
    reader.close([rest.fileId])
    expect(await reader.frame(rest.fileId, 0)).toMatchObject({ ok: false, failure: 'overtaken' })
  })
})

test('[SCAN-15] decoded frames are kept within their bound, the one just looked at in any case', async () => {
  const frames = createFrames(100)
  const looked = (frame: number, length: number) =>
    ({ frame: { frame }, picture: { samples: new Uint8Array(length) } }) as Parameters<typeof frames.put>[1]
  for (const frame of [0, 1, 2]) frames.put('a', looked(frame, 40))
  expect([0, 1, 2].map((frame) => frames.get('a', frame) !== null)).toEqual([false, true, true])
  frames.get('a', 1)
  frames.put('b', looked(0, 40))
  expect(
    [1, 2].map((frame) => frames.get('a', frame) !== null),
    'the longest unseen goes',
  ).toEqual([true, false])
  frames.put('c', looked(0, 400))
  expect(frames.get('c', 0)).not.toBeNull()
  expect(frames.get('b', 0)).toBeNull()
})
