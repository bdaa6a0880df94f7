/**
 * An outpatient's telephone that has never seen this hospital: how soon the page of their link shows something, and asks, with the
 * processor four times slower and 1.6 Mbit/s. How much JavaScript that may take is kept by the build.
 */
import { type Browser, chromium } from 'playwright'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { newServer, type Server } from '../e2e/server.ts'
import { cameraClip } from '../fakes/clip.ts'
import { post } from '../server/client.ts'
import { bookAt, minuteMs, newDevice } from '../server/plan.ts'
import { atMost, type Figure, median } from './figure.ts'

declare global {
  interface Window {
    /** Milliseconds since the navigation began, when the date of birth had been asked for on the screen. */
    bornAsked: Promise<number>
  }
}

const slower = 4
/** To the second: what a telephone has where the network is poor, with the time that a packet takes there. */
const network = { offline: false, downloadThroughput: 200_000, uploadThroughput: 93_750, latency: 150 }
const openings = 7
const outpatient = { name: 'Kaarina Lahti', born: '1948-11-04', email: null, phone: null }

/** Runs in the page before everything else. */
function installStopwatch(): void {
  window.bornAsked = new Promise((done) => {
    const look = () => {
      if (!document.querySelector('form input')) return
      observer.disconnect()
      requestAnimationFrame(() => setTimeout(() => done(performance.now())))
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { childList: true, subtree: true })
  })
}

/** A link by letter: where no mail is sent from here it is the same. */
async function linkOf(browser: Browser, server: Server): Promise<string> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(server.demo().staff[0]?.url ?? '')
  await page.getByRole('list', { name: 'Beds' }).waitFor()
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const device = newDevice(server.origin, cookie)
  const act = bookAt(Date.now() + 5 * minuteMs, { outpatient })
  await device.does(act)
  const asked = { appointmentId: act.id, by: 'letter', zone: null }
  const answer = await post(server.origin, '/api/visits/invite', asked, { cookie })
  await context.close()
  return (await answer.json()).link
}

async function openOnce(browser: Browser, link: string): Promise<{ shownMs: number; askedMs: number }> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true })
  await context.addInitScript(installStopwatch)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', network)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
  await page.goto(link, { waitUntil: 'commit' })
  const askedMs = await page.evaluate(() => window.bornAsked)
  const shownMs = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
  )
  await context.close()
  return { shownMs, askedMs }
}

export async function benchVisit(): Promise<Figure[]> {
  const server = await newServer()
  await server.start()
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: chromiumFlags(cameraClip('patient', 'light')),
  })
  try {
    const link = await linkOf(browser, server)
    const opened: { shownMs: number; askedMs: number }[] = []
    for (let opening = 0; opening < openings; opening += 1) opened.push(await openOnce(browser, link))
    const shown = opened.map(({ shownMs }) => shownMs)
    console.log(`  visit: shown after ${shown.map(Math.round).join(' ')} ms`)
    console.log(`  visit: asked after ${opened.map(({ askedMs }) => Math.round(askedMs)).join(' ')} ms`)
    const slow = 'ms, processor 4 × slower, 1.6 Mbit/s, 150 ms'
    return [atMost('visit-first-picture', median(shown), 2_500, slow)]
  } finally {
    await browser.close()
    await server.remove()
  }
}
