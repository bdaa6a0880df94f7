/** What the worker does with an order. It holds one file, so that a film is not read anew for each of its frames. */
import { fail } from '../../core/scan/outcome.ts'
import { createDecoder } from './decode.ts'
import { type Held, hold, type PhotoWays } from './held.ts'
import type { Content, ScanOrder, ScanReply } from './orders.ts'
import type { BinaryAt } from './wasm.ts'

const failed = ({ failure, detail }: ReturnType<typeof fail>): ScanReply => ({
  type: 'failed',
  failure,
  detail,
})

/** [SCAN-1] Every order ends in a reply; nothing is thrown. */
export function createObeyer(
  binaryAt: BinaryAt,
  photos: PhotoWays,
): (order: ScanOrder) => Promise<ScanReply> {
  let decode = createDecoder(binaryAt)
  let held: { readonly fileId: string; readonly file: Held } | null = null

  function letGo(): void {
    held?.file.wipe()
    held = null
  }

  async function take(fileId: string, content: Content): Promise<Held | ReturnType<typeof fail>> {
    letGo()
    const file = await hold(content, decode, photos)
    if (!file.ok) return file
    held = { fileId, file: file.value }
    return file.value
  }

  async function open({ fileId, content }: Extract<ScanOrder, { type: 'open' }>): Promise<ScanReply> {
    const file = await take(fileId, content)
    if ('failure' in file) return failed(file)
    const first = file.frame(0)
    if (!first.ok) return failed(first)
    return { type: 'opened', kind: file.kind, scan: file.scan, first: first.value }
  }

  /** The file that is held, or the one that came. */
  async function takeUp(order: { readonly fileId: string; readonly content: Content | null }) {
    if (held?.fileId === order.fileId) return held.file
    return order.content ? await take(order.fileId, order.content) : fail('overtaken', 'closed')
  }

  async function strip(order: Extract<ScanOrder, { type: 'strip' }>): Promise<ScanReply> {
    const file = await takeUp(order)
    if ('failure' in file) return failed(file)
    const leaving = await file.strip(order.uids, order.boxes)
    return leaving.ok ? { type: 'stripped', bytes: leaving.value } : failed(leaving)
  }

  async function look(order: Extract<ScanOrder, { type: 'look' }>): Promise<ScanReply> {
    const file = await takeUp(order)
    if ('failure' in file) return failed(file)
    const frame = file.frame(order.frame)
    if (!frame.ok) return failed(frame)
    if (order.at === 'frame') return { type: 'looked', frame: frame.value, picture: null }
    const picture = await file.picture(order.frame)
    return picture.ok ? { type: 'looked', frame: frame.value, picture: picture.value } : failed(picture)
  }

  async function obey(order: ScanOrder): Promise<ScanReply> {
    switch (order.type) {
      case 'open':
        return await open(order)
      case 'look':
        return await look(order)
      case 'strip':
        return await strip(order)
      case 'forget':
        letGo()
        decode = createDecoder(binaryAt)
        return { type: 'forgotten' }
    }
  }

  return async (order) => {
    try {
      return await obey(order)
    } catch (reason) {
      // What was asked for does not fit into memory, which is the device's limit; anything else would be the file's doing.
      return failed(reason instanceof RangeError ? fail('no-codec', 'memory') : fail('corrupt', 'file'))
    }
  }
}
