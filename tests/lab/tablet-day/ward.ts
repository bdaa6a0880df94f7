/** A ward whose clocks can all be set ahead together: a server, a tablet with a network of its own, and a station. */
import { setTimeout as pass } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromiumShell } from '../../browsers.ts'
import { freePort, newServer, type Server } from '../../e2e/server.ts'
import { installWitness } from '../../e2e/witness.ts'
import { cameraClip } from '../../fakes/clip.ts'
import { farServer, type Way, type Weather, weatherOf } from '../../fakes/far.ts'
import { installLeaps } from './leaps.ts'
import { type Pings, watchPings } from './pings.ts'

/** This one's patient lets staff knock. */
export const label = '3'
/**
 * Every leap is shorter than the 5 s for which a page waits for an answer: what it asks as one begins is answered after it, in
 * what is left of them.
 */
const stepMs = 2_500

type App = { readonly folder: string; readonly updates: 'by-hand' | 'at-once' }

export type Ward = {
  readonly server: Server
  readonly browser: Browser
  readonly bed: Page
  /** The tablet's way to its server, and its air to everybody else. */
  readonly way: Way
  readonly air: Weather
  readonly pings: Pings
  station(): Page
  /** Whoever is at work goes, and somebody else opens a browser of their own. */
  newShift(): Promise<void>
  /** SIGKILL; until it is started again. */
  killServer(): Promise<void>
  startServer(app?: App): Promise<void>
  /** Since the day began. */
  nowMs(): number
  /** At once, at all three clocks. */
  passes(ms: number): Promise<void>
  /** How far the tablet's clock and the station's are from the server's. */
  driftMs(): Promise<readonly [bed: number, station: number]>
  /** Time goes on, real and simulated, until this is so; throws when it is not after minutes of both. */
  comes(what: string, is: () => Promise<boolean>, pace?: Pace): Promise<void>
  close(): Promise<void>
}

/** `as it goes`: no clock is set ahead, as in a call. */
export type Pace = 'ahead' | 'as it goes'

const sounds = '--autoplay-policy=no-user-gesture-required'

async function launch(who: 'nurse' | 'patient', more: readonly string[] = []): Promise<Browser> {
  const args = [...chromiumFlags(cameraClip(who, 'light')), sounds, ...more]
  return await chromium.launch({ executablePath: ensureChromiumShell(), args })
}

async function openPage(browser: Browser, aheadMs: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await context.addInitScript(installLeaps, aheadMs)
  await context.addInitScript(installWitness)
  return await context.newPage()
}

/** Whether the tablet says that it can be called. */
export const isReady = (bed: Page) =>
  bed
    .getByRole('status')
    .filter({ hasText: /^Ready$/ })
    .isVisible()

export async function openWard(): Promise<Ward> {
  const clockPort = await freePort()
  const preload = pathToFileURL(`${import.meta.dirname}/server-clock.ts`)
  const environment: Record<string, string> = {
    NODE_OPTIONS: `--import=${preload}`,
    LAB_CLOCK_PORT: String(clockPort),
    LAB_AHEAD_MS: '0',
  }
  const server = await newServer(1, { environment })
  await server.start()
  const way = await farServer(server.port, 0)
  const tabletsOwn = `--host-resolver-rules=MAP localhost:${server.port} 127.0.0.1:${way.port}`
  const [browser, desk] = [await launch('patient', [tabletsOwn]), await launch('nurse')]
  const bed = await openPage(browser, 0)
  const pings = watchPings(bed)
  await bed.goto(server.demo().beds.find((one) => one.label === label)?.url ?? '')
  await bed.getByRole('button', { name: 'Start' }).click()
  const air = await weatherOf(bed)
  const beganMs = Date.now()
  let [aheadMs, shifts] = [0, 0]
  let isUp = true
  let current: App | undefined
  let station = await startShift()
  let stationPings = watchPings(station)

  async function startShift(): Promise<Page> {
    const page = await openPage(desk, aheadMs)
    const nurses = server.demo().staff.filter(({ role }) => role === 'nurse')
    const nurse = nurses[shifts % nurses.length]
    shifts += 1
    await page.goto(nurse?.url ?? '')
    await page.getByRole('list', { name: 'Beds' }).waitFor()
    return page
  }

  async function leap(ms: number): Promise<void> {
    aheadMs += ms
    environment.LAB_AHEAD_MS = String(aheadMs)
    // One that is being loaded is set right with the next leap.
    const set = (page: Page) => page.evaluate((to) => leaps.leapTo(to), aheadMs).catch(() => {})
    await Promise.all([set(bed), set(station), isUp && setServer()])
    if (isUp) await Promise.all([pings.answered(!way.isStopped()), stationPings.answered(true)])
  }

  /** Answers the server's time. */
  async function setServer(): Promise<number> {
    return Number(await (await fetch(`http://127.0.0.1:${clockPort}/${aheadMs}`)).text())
  }

  return {
    ...{ server, browser, bed, way, air, pings },
    station: () => station,
    async newShift() {
      await station.context().close()
      station = await startShift()
      stationPings = watchPings(station)
    },
    async killServer() {
      isUp = false
      await server.kill()
    },
    async startServer(app = current) {
      current = app
      await server.start(app)
      isUp = true
    },
    nowMs: () => Date.now() - beganMs + aheadMs,
    async passes(ms) {
      for (let left = ms; left > 0; left -= stepMs) await leap(Math.min(left, stepMs))
    },
    async driftMs() {
      const [own, stations] = await Promise.all([bed, station].map((page) => page.evaluate(() => Date.now())))
      const servers = await setServer()
      return [(own ?? 0) - servers, (stations ?? 0) - servers]
    },
    async comes(what, is, pace = 'ahead') {
      for (let tries = 0; !(await is()); tries += 1) {
        if (tries > 1_200) throw new Error(`${what} did not come`)
        await pass(100)
        if (pace === 'ahead') await leap(400)
      }
    },
    async close() {
      await Promise.all([browser.close(), desk.close()])
      way.close()
      await server.remove()
    },
  }
}
