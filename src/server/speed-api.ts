/** Bytes to and from a device that is tried before a visit, so that it knows how fast its way here is. */
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import * as v from 'valibot'
import { networkOf } from './address.ts'
import { createBuckets } from './buckets.ts'
import type { RouteBook } from './routes.ts'

/** Two seconds of a way that carries just enough. */
const downBytes = 262_144

/** Of one address: nobody's test needs more, and nobody draws the hospital's whole line. */
const rate = { perSecond: 0.2, burst: 20 }

export function addSpeed({ route }: RouteBook): void {
  // By chance, so that nothing between packs it.
  const filler = randomBytes(downBytes)
  const byAddress = createBuckets(rate)
  route('GET', '/visit/speed', { needs: 'nothing', takes: v.strictObject({}) }, async ({ address }) => {
    if (byAddress.take(networkOf(address), performance.now()) > 0) return { refusal: 'too-many' }
    return { stream: Readable.from([filler]), type: 'application/octet-stream' }
  })
  // As large as any body of whoever is not known: who measures sends several.
  route('POST', '/visit/speed', { needs: 'nothing', takes: v.instance(Uint8Array) }, async () => ({
    answer: {},
  }))
}
