/** Distance, without a kernel that can delay packets: Chromium delays media, a proxy in front of the server the rest. */
import { connect, createServer, type Socket } from 'node:net'
import type { Page } from 'playwright'

/**
 * Delays every packet of the page's peer connections, made from now on, so that two such pages are `rttMs` apart.
 * Chromium adds `latency` to what a page sends and to what it receives: four times on a round trip.
 */
export async function moveApart(page: Page, rttMs: number): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  const conditions = {
    urlPattern: '',
    latency: rttMs / 4,
    downloadThroughput: 12_500_000,
    uploadThroughput: 12_500_000,
    packetLoss: 0,
    packetQueueLength: 0,
    packetReordering: false,
    connectionType: 'wifi',
  }
  await cdp.send('Network.enable')
  await cdp.send(
    'Network.emulateNetworkConditionsByRule' as never,
    { offline: false, matchedNetworkConditions: [conditions] } as never,
  )
}

/** A way to `port` of this machine on which every byte travels `oneWayMs`; answers the port to use instead. */
export async function farServer(
  port: number,
  oneWayMs: number,
): Promise<{ port: number; close: () => void }> {
  const sockets = new Set<Socket>()
  const carry = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.setNoDelay(true)
    from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), oneWayMs))
    from.on('close', () => setTimeout(() => to.destroy(), oneWayMs))
    from.on('error', () => {})
  }
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    carry(near, far)
    carry(far, near)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const close = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: address.port, close }
}
