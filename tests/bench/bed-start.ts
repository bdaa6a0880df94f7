/**
 * How soon a tablet stands after its page was opened, the processor four times slower: *Ready* with the server up, and
 * *Cannot be called* without it. It was opened before, so that the app is kept on it, as on every tablet after its first
 * minute.
 */
import { type Browser, type CDPSession, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { newServer, type Server } from '../e2e/server.ts'
import { cameraClip } from '../fakes/clip.ts'
import { atMost, type Figure, median } from './figure.ts'

declare global {
  interface Window {
    /** Milliseconds since the navigation began, when the bed's one line had been drawn with these words. */
    stood: (words: string) => Promise<number>
  }
}

const slower = 4
const starts = 11

/** Runs in the page before everything else. After a frame and a task what was changed has been painted. */
function installStopwatch(): void {
  const at = new Map<string, number>()
  const waiting = new Map<string, (ms: number) => void>()
  const look = () => {
    const line = document.querySelector('.idle .status')?.textContent ?? ''
    for (const words of ['Ready', 'Cannot be called']) {
      if (at.has(words) || !line.startsWith(words)) continue
      at.set(words, 0)
      requestAnimationFrame(() =>
        setTimeout(() => {
          at.set(words, performance.now())
          waiting.get(words)?.(performance.now())
        }),
      )
    }
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
  window.stood = (words) =>
    new Promise((done) => {
      const already = at.get(words)
      if (already) done(already)
      else waiting.set(words, done)
    })
}

async function enrolled(browser: Browser, server: Server): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true })
  await context.addInitScript(installStopwatch)
  const page = await context.newPage()
  await page.goto(server.demo().beds[0]?.url ?? '')
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByText('Ready', { exact: true }).waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  // The first start from what the worker keeps fills the browser's own caches of code.
  await page.reload()
  await page.getByText('Ready', { exact: true }).waitFor()
  return page
}

async function startsOf(page: Page, session: CDPSession, words: string): Promise<number[]> {
  const took: number[] = []
  for (let start = 0; start < starts; start += 1) {
    // What the start before left to do is not this one's.
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await page.waitForTimeout(1_000)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
    await page.reload({ waitUntil: 'commit' })
    took.push(await page.evaluate((line) => window.stood(line), words))
  }
  console.log(`  bed-start: ${words} after ${took.map(Math.round).join(' ')} ms`)
  return took
}

export async function benchBedStart(): Promise<Figure[]> {
  const server = await newServer()
  await server.start()
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: chromiumFlags(cameraClip('patient')),
  })
  try {
    const page = await enrolled(browser, server)
    const session = await page.context().newCDPSession(page)
    const ready = await startsOf(page, session, 'Ready')
    await server.kill()
    const alone = await startsOf(page, session, 'Cannot be called')
    return [
      atMost('bed-ready', median(ready), 1_500, 'ms, processor 4 × slower'),
      atMost('bed-idle-offline', median(alone), 1_000, 'ms, processor 4 × slower'),
    ]
  } finally {
    await browser.close()
    await server.remove()
  }
}
