/** A presenter and a viewer in two browsers, with the product's carrier beside a link of a call, and air between them. */
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright'
import { build } from 'vite'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { cameraClip } from '../fakes/clip.ts'
import { type Air, weatherOf } from '../fakes/far.ts'

const phantom = fileURLToPath(new URL('../dicom/ct-phantom/', import.meta.url))
export const phantomPaths = readdirSync(phantom)
  .sort()
  .map((name) => `/phantom/${name}`)

/** The page's script, of the product's sources as they are. */
export async function bundled(): Promise<string> {
  const entry = fileURLToPath(new URL('./carry-page.ts', import.meta.url))
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'es2022', rolldownOptions: { input: entry } },
  })
  const [one] = [built].flat()
  const [chunk] = one && 'output' in one ? one.output : []
  if (!chunk) throw new Error('nothing was built')
  return chunk.code
}

function serve(script: string) {
  const server = createServer(({ url = '' }, response) => {
    if (url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script)
    else if (phantomPaths.includes(url)) response.end(readFileSync(phantom + url.slice('/phantom/'.length)))
    else
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><script type="module" src="/page.js"></script>')
  })
  return new Promise<{ port: number; close(): void }>((listening) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      listening({ port, close: () => void server.close() })
    }),
  )
}

export type CarryPair = { readonly presenter: Page; readonly viewer: Page; close(): Promise<void> }

/** In a call once this resolves. What is said of the link itself goes by no air. */
export async function openCarryPair(air: Air | null): Promise<CarryPair> {
  const server = await serve(await bundled())
  const open = async (who: 'nurse' | 'patient') => {
    const browser = await chromium.launch({
      executablePath: ensureChromium(),
      args: chromiumFlags(cameraClip(who)),
    })
    const page = await browser.newPage()
    // Before any connection: what is there already stays without.
    if (air) await (await weatherOf(page))(air)
    await page.goto(`http://localhost:${server.port}/`)
    await page.waitForFunction(() => 'carryPage' in window)
    return { browser, page }
  }
  const [near, far] = [await open('nurse'), await open('patient')]
  const offer = await near.page.evaluate(() => window.carryPage.offer())
  const answer = await far.page.evaluate((sdp) => window.carryPage.answer(sdp), offer)
  await near.page.evaluate((sdp) => window.carryPage.accept(sdp), answer)
  for (const { page } of [near, far]) await page.evaluate(() => window.carryPage.opened())
  return {
    presenter: near.page,
    viewer: far.page,
    async close() {
      await Promise.all([near, far].map(({ browser }) => browser.close()))
      server.close()
    },
  }
}
