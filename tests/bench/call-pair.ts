/** A station and a bed in one call, in two browsers, with air between them that can be made worse. */
import { type Browser, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { newServer, type Server } from '../e2e/server.ts'
import { installWitness } from '../e2e/witness.ts'
import { cameraClip } from '../fakes/clip.ts'
import { type Air, farServer, type Way, weatherOf } from '../fakes/far.ts'

export type CallPair = {
  readonly station: Page
  readonly bed: Page
  readonly server: Server
  /** Rings and answers once more, until both hear each other. */
  call(): Promise<void>
  /** The way from both pages to their server. */
  readonly way: Way
  /** Of each page's own air, from now on. */
  stationAir(air: Air): Promise<void>
  bedAir(air: Air): Promise<void>
  close(): Promise<void>
}

/** Where the bed stands if not here: the server's way is open at `address`, and `browser` is the path of its Chromium. */
export type Elsewhere = { readonly address: string; browser(port: number): Promise<string> }

export type PairOptions = { readonly elsewhere?: Elsewhere; readonly timeScale?: number }

/** They are in a call once this resolves, and hear each other. */
export async function openCallPair({ elsewhere, timeScale = 1 }: PairOptions = {}): Promise<CallPair> {
  const environment: Record<string, string> = {}
  const server = await newServer(timeScale, { environment })
  const way = await farServer(server.port, 0, elsewhere?.address)
  environment.BEDSIDE_ORIGIN = `http://localhost:${way.port}`
  await server.start()
  const { staff, beds } = server.demo()
  const open = async (who: 'nurse' | 'patient', url = ''): Promise<{ browser: Browser; page: Page }> => {
    const args = chromiumFlags(cameraClip(who))
    const isAway = who === 'patient' ? elsewhere : undefined
    const executablePath = isAway ? await isAway.browser(way.port) : ensureChromium()
    const browser = await chromium.launch({ executablePath, args })
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addInitScript(installWitness)
    const page = await context.newPage()
    await page.goto(url)
    return { browser, page }
  }
  const { browser: stationBrowser, page: station } = await open('nurse', staff[0]?.url)
  const { browser: bedBrowser, page: bed } = await open('patient', beds[0]?.url)
  await bed.getByRole('button', { name: 'Start' }).click()
  await bed.getByText('Ready', { exact: true }).waitFor()
  const [stationAir, bedAir] = [await weatherOf(station), await weatherOf(bed)]
  async function ring(): Promise<void> {
    await station.getByRole('button', { name: 'Call bed 1' }).click()
    await bed.getByRole('button', { name: 'Answer' }).click()
    await station.getByRole('button', { name: 'End call' }).waitFor()
    await Promise.all([station, bed].map((page) => soundAgain(page, 0, heardMs)))
  }

  /** Where times last a tenth, a slow machine may not be in time to connect; the call has ended then, and is made again. */
  async function call(): Promise<void> {
    for (let left = timeScale < 1 ? 2 : 0; ; left -= 1) {
      const problem = await ring().catch((error: unknown) => error)
      if (problem === undefined) return
      if (left === 0) throw problem
    }
  }

  await call()
  return {
    server,
    call,
    station,
    bed,
    way,
    stationAir,
    bedAir,
    async close() {
      await Promise.all([stationBrowser, bedBrowser].map((browser) => browser.close()))
      way.close()
      await server.remove()
    },
  }
}

/** A sum over all links of this page, of one field of what it receives of this kind. */
export function receivedBy(page: Page, kind: 'audio' | 'video', field: string): Promise<number> {
  return page.evaluate(
    async ([kind, field]) => {
      const open = window.witness.links.filter(({ signalingState }) => signalingState !== 'closed')
      let total = 0
      for (const stats of await Promise.all(open.map((link) => link.getStats())))
        for (const report of stats.values())
          if (report.type === 'inbound-rtp' && report.kind === kind) total += report[field] ?? 0
      return total
    },
    [kind, field] as const,
  )
}

/** So long a call that was just answered may take until both hear each other. */
const heardMs = 20_000

/** Milliseconds until sound has come to this page; a link that is fresh begins to count anew. Throws after `limitMs`. */
export async function soundAgain(
  page: Page,
  beganAtMs: number,
  limitMs = Number.POSITIVE_INFINITY,
): Promise<number> {
  const untilMs = performance.now() + limitMs
  const packets = () => receivedBy(page, 'audio', 'packetsReceived')
  let before = await packets()
  for (;;) {
    const now = await packets()
    // Three packets, 60 ms of sound: one alone may be a straggler.
    if (now >= before + 3) return performance.now() - beganAtMs
    before = Math.min(before, now)
    if (performance.now() > untilMs) throw new Error('nothing is heard')
    await page.waitForTimeout(20)
  }
}
