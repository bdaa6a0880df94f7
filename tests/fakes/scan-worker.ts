/** A worker of scans in this very thread: what passes is copied or handed over as a browser would, and it may die or hang. */

import { done } from '../../src/core/scan/outcome.ts'
import type { ScanWorker } from '../../src/io/scan/desk.ts'
import { createObeyer } from '../../src/io/scan/obey.ts'
import type { ScanOrder, ScanReply } from '../../src/io/scan/orders.ts'
import type { PhotoDecoder } from '../../src/io/scan/photo.ts'
import type { PhotoMaker } from '../../src/io/scan/strip.ts'
import { binaryFromDisk } from './scans.ts'

/** A grey card of the size that was said: no browser is here to decode it. */
export const greyCard: PhotoDecoder = async (_content, _kind, { width, height }) =>
  done({
    rows: height,
    columns: width,
    samplesPerPixel: 3,
    samples: new Uint8Array(width * height * 3).fill(119),
  })

/** A photograph as its pixels alone. */
export const bareCard: PhotoMaker = async ({ samples }) => done(samples.slice().buffer)

export type FakeWorkers = {
  readonly make: () => ScanWorker
  /** Every order that any of them was given. */
  readonly orders: ScanOrder[]
  started: number
  ended: number
  /** What becomes of the orders from now on. */
  mood: 'obeys' | 'dies' | 'hangs' | 'has no codec'
  /** Orders wait until this is called; the newest worker alone answers. */
  readonly release: () => void
  holds: boolean
}

export function fakeWorkers(): FakeWorkers {
  let waiting: (() => void)[] = []
  const fake: FakeWorkers = {
    make,
    orders: [],
    started: 0,
    ended: 0,
    mood: 'obeys',
    holds: false,
    release() {
      const all = waiting
      waiting = []
      for (const go of all) go()
    },
  }

  function make(): ScanWorker {
    fake.started += 1
    const obey = createObeyer(binaryFromDisk, { decode: greyCard, make: bareCard })
    let isAlive = true
    const answer = async (order: ScanOrder) => {
      if (fake.mood === 'hangs') return
      if (fake.mood === 'dies') {
        worker.onerror?.(new ErrorEvent('error'))
        return
      }
      const reply: ScanReply =
        fake.mood === 'has no codec'
          ? { type: 'failed', failure: 'no-codec', detail: 'RLE' }
          : await obey(order)
      if (isAlive) worker.onmessage?.(new MessageEvent('message', { data: structuredClone(reply) }))
    }
    const worker: ScanWorker = {
      onmessage: null,
      onmessageerror: null,
      onerror: null,
      postMessage(order, transfer) {
        const copy = structuredClone(order, { transfer })
        fake.orders.push(copy)
        if (fake.holds) waiting.push(() => void answer(copy))
        else queueMicrotask(() => void answer(copy))
      },
      terminate() {
        isAlive = false
        fake.ended += 1
      },
    }
    return worker
  }
  return fake
}

/** A PNG of which only the header is true. */
export function pngHeader(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(64)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const view = new DataView(bytes.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return bytes
}
