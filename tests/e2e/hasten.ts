/** Lets some of a page's waits pass faster than all the others: a person still has time to answer. */
import type { Page } from 'playwright/test'
import type { Timings } from '../../src/protocol/wire.ts'

/** What the server's next welcome says of these times is changed on its way; the page is loaded anew for it. */
export async function hasten(page: Page, timings: Partial<Timings>): Promise<void> {
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      const said = String(message)
      socket.send(said.startsWith('{"type":"welcome"') ? withTimings(said, timings) : message)
    })
  })
  await page.reload()
}

function withTimings(welcome: string, timings: Partial<Timings>): string {
  const read = JSON.parse(welcome)
  return JSON.stringify({ ...read, timings: { ...read.timings, ...timings } })
}
