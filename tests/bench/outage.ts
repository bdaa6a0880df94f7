/**
 * The air is gone for a while, for pictures, sound and the server alike, and comes back: how long until both ends hear
 * each other again. Both pages are in one call all the time; each round cuts it once.
 */
import { type Browser, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { newServer } from '../e2e/server.ts'
import { installWitness } from '../e2e/witness.ts'
import { cameraClip } from '../fakes/clip.ts'
import { farServer, type Weather, weatherOf } from '../fakes/far.ts'
import { at95, atMost, type Figure } from './figure.ts'

/** Packets of sound that this page has received over all its links. */
function soundOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const open = window.witness.links.filter(({ signalingState }) => signalingState !== 'closed')
    let packets = 0
    for (const stats of await Promise.all(open.map((link) => link.getStats())))
      for (const report of stats.values())
        if (report.type === 'inbound-rtp' && report.kind === 'audio') packets += report.packetsReceived ?? 0
    return packets
  })
}

/** Milliseconds until sound has come to this page; a link that is fresh begins to count anew. */
async function soundAgain(page: Page, beganAtMs: number): Promise<number> {
  let before = await soundOf(page)
  for (;;) {
    const now = await soundOf(page)
    // Three packets, 60 ms of sound: one alone may be a straggler.
    if (now >= before + 3) return performance.now() - beganAtMs
    before = Math.min(before, now)
    await page.waitForTimeout(20)
  }
}

export async function benchOutage(rounds = 20): Promise<Figure[]> {
  const environment: Record<string, string> = {}
  const server = await newServer(1, { environment })
  const way = await farServer(server.port, 0)
  environment.BEDSIDE_ORIGIN = `http://localhost:${way.port}`
  await server.start()
  const launch = (who: 'nurse' | 'patient') =>
    chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags(cameraClip(who)) })
  const browsers: [Browser, Browser] = [await launch('nurse'), await launch('patient')]
  const { staff, beds } = server.demo()
  const pages: Page[] = []
  for (const [index, browser] of browsers.entries()) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addInitScript(installWitness)
    const page = await context.newPage()
    await page.goto([staff[0]?.url, beds[0]?.url][index] ?? '')
    pages.push(page)
  }
  const [station, bed] = pages
  if (!station || !bed) throw new Error('no pages')
  await bed.getByRole('button', { name: 'Start' }).click()
  await bed.getByText('Ready', { exact: true }).waitFor()
  const weathers: Weather[] = [await weatherOf(station), await weatherOf(bed)]
  const blow = (lossPercent: number) => Promise.all(weathers.map((change) => change({ lossPercent })))

  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await station.getByRole('button', { name: 'End call' }).waitFor()
  await Promise.all(pages.map((page) => soundAgain(page, 0)))

  const figures: Figure[] = []
  for (const seconds of [5, 20]) {
    const backMs: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      way.stop()
      await blow(100)
      await station.waitForTimeout(seconds * 1_000)
      way.goOn()
      await blow(0)
      const beganAtMs = performance.now()
      backMs.push(Math.max(...(await Promise.all(pages.map((page) => soundAgain(page, beganAtMs))))))
      await station.waitForTimeout(3_000)
    }
    console.log(`  after ${seconds} s: ${backMs.map(Math.round).join(' ')} ms`)
    figures.push(atMost(`sound-back-after-${seconds}-s-95`, at95(backMs), 2_000, 'ms'))
  }
  await Promise.all(browsers.map((browser) => browser.close()))
  way.close()
  await server.remove()
  return figures
}
