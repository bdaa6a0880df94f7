/** Reads scans away from the page, which has to stay smooth: one order after the other, each codec loaded when it is needed. */
import { fail } from '../../core/scan/outcome.ts'
import { createObeyer } from './obey.ts'
import type { ScanOrder, ScanReply } from './orders.ts'
import { binaryByFetch } from './wasm.ts'

/** A part of its own: most scans are no photographs. Null: it could not be fetched. */
const photos = () => import('./photo.ts').catch(() => null)
const notFetched = fail('no-codec', 'photograph')
const obey = createObeyer(binaryByFetch, {
  decode: async (...said) => (await photos())?.decodePhoto(...said) ?? notFetched,
  make: async (picture) => (await photos())?.photoForSending(picture) ?? notFetched,
})

/** Pixels are handed over, not copied. */
function handedOver(reply: ScanReply): Transferable[] {
  if (reply.type === 'stripped') return [reply.bytes]
  return reply.type === 'looked' && reply.picture ? [reply.picture.samples.buffer] : []
}

let last: Promise<unknown> = Promise.resolve()
self.onmessage = ({ data }: MessageEvent<ScanOrder>) => {
  last = last.then(async () => {
    const reply = await obey(data)
    self.postMessage(reply, { transfer: handedOver(reply) })
  })
}
