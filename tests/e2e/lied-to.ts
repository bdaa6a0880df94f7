/** A ward whose server is spoken for by a liar; until it lies it repeats every word. */
import { type Liar, openLiar } from './liar.ts'
import { newServer } from './server.ts'
import { test as base } from './ward.ts'

export const test = base.extend<{ liar: Liar }>({
  liar: async ({ browserName: _ }, use) => {
    const liar = await openLiar()
    await use(liar)
    await liar.close()
  },
  server: async ({ timeScale, liar }, use) => {
    const server = await newServer(timeScale, { front: liar.origin })
    liar.standBefore(server.port)
    await server.start()
    await use(server)
    await server.remove()
  },
})
