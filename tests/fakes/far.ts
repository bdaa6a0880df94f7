/** Distance, without a kernel that can delay packets: Chromium delays media, a proxy in front of the server the rest. */
import { connect, createServer, type Socket } from 'node:net'
import type { Page } from 'playwright'

/** `lossPercent` of the packets that a page sends, and of those that come to it, are lost. */
export type Air = { rttMs?: number; lossPercent?: number; kbps?: number }

/** Changes the air between this page and its peers from now on. */
export type Weather = (air: Air) => Promise<void>

/**
 * What the packets of the page's peer connections go through. It holds for those that are made later, and may be changed
 * while they live. Chromium adds `latency` to what a page sends and to what it receives: four times on a round trip.
 */
export async function weatherOf(page: Page): Promise<Weather> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  const change: Weather = async ({ rttMs = 0, lossPercent = 0, kbps = 100_000 }) => {
    const bytesPerSecond = (kbps * 1_000) / 8
    const conditions = {
      urlPattern: '',
      latency: rttMs / 4,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond,
      packetLoss: lossPercent,
      packetQueueLength: 0,
      packetReordering: false,
      connectionType: 'wifi',
    }
    await cdp.send(
      'Network.emulateNetworkConditionsByRule' as never,
      { offline: false, matchedNetworkConditions: [conditions] } as never,
    )
  }
  await change({})
  return change
}

/** Two such pages are `rttMs` apart. */
export async function moveApart(page: Page, rttMs: number): Promise<void> {
  await (await weatherOf(page))({ rttMs })
}

export type Way = {
  readonly port: number
  /** Nothing passes, and nobody is told so, as when a radio is out of reach. */
  stop(): void
  /** What was under way arrives. */
  goOn(): void
  isStopped(): boolean
  /** Whoever is on it is off it, and may come again. */
  cut(): void
  close(): void
}

/** A way to `port` of this machine on which every byte travels `oneWayMs`; answers the port to use instead, at `address`. */
export async function farServer(port: number, oneWayMs: number, address = '127.0.0.1'): Promise<Way> {
  const sockets = new Set<Socket>()
  let waiting: (() => void)[] | null = null
  const later = (work: () => void) =>
    setTimeout(() => (waiting === null ? work() : waiting.push(work)), oneWayMs)
  const carry = (from: Socket, to: Socket) => {
    sockets.add(from)
    from.setNoDelay(true)
    from.on('data', (bytes) => later(() => to.writable && to.write(bytes)))
    from.on('close', () => later(() => to.destroy()))
    from.on('error', () => {})
  }
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    carry(near, far)
    carry(far, near)
  })
  await new Promise<void>((listening) => server.listen(0, address, listening))
  const taken = server.address()
  if (taken === null || typeof taken === 'string') throw new Error('no port')
  return {
    port: taken.port,
    stop() {
      waiting ??= []
    },
    goOn() {
      const works = waiting ?? []
      waiting = null
      for (const work of works) work()
    },
    isStopped: () => waiting !== null,
    cut() {
      for (const socket of sockets) socket.destroy()
      sockets.clear()
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
