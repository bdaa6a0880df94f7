/** A ward whose calls go through a relay: a real coturn, reached by one kind of way. */
import type { Page } from 'playwright/test'
import { ensureCoturn, startCoturn } from '../coturn.ts'
import { askRelay } from '../server/turn-client.ts'
import { freePort, newServer } from './server.ts'
import { test as base, expect } from './ward.ts'

const secret = 'the secret of the relay'

type Relay = { port: number; stop(): Promise<void> }
type Options = { transport: 'udp' | 'tcp' | 'tls'; ways: 'all' | 'relay'; besides: readonly string[] }

export const test = base.extend<Options & { relay: Relay }>({
  transport: ['udp', { option: true }],
  ways: ['relay', { option: true }],
  /** Other addresses of relays. */
  besides: [[], { option: true }],
  relay: async ({ transport }, use) => {
    ensureCoturn()
    const port = await freePort()
    const over = transport === 'tls' ? 'tls' : 'udp'
    const stop = startCoturn(port, secret, { carries: true, over })
    // It answers, though it knows nobody of that name; as soon as it has begun.
    await expect(async () =>
      expect(await askRelay(port, 'nobody', 'nothing', { over })).toMatchObject({ place: 401 }),
    ).toPass({ timeout: 15_000 })
    await use({ port, stop })
    await stop()
  },
  server: async ({ timeScale, transport, ways, besides, relay }, use) => {
    const environment = {
      BEDSIDE_TURN_URLS: [urlOf(relay.port, transport), ...besides].join(','),
      BEDSIDE_TURN_SECRET: secret,
      BEDSIDE_TURN_WAYS: ways,
    }
    const server = await newServer(timeScale, { environment })
    await server.start()
    await use(server)
    await server.remove()
  },
})

function urlOf(port: number, transport: Options['transport']): string {
  return transport === 'tls' ? `turns:localhost:${port}` : `turn:127.0.0.1:${port}?transport=${transport}`
}

/** By what the station says of it to IT. */
export async function expectWay(station: Page, way: string): Promise<void> {
  await station.getByText(/^Connection: /).click()
  await expect(station.locator('.numbers')).toContainText(way)
}
