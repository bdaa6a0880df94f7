/**
 * The plan on a slow device without its server: how soon a page opened anew shows today, and how soon after a tap what
 * was written stands on the screen. 2,000 appointments in store, the processor four times slower, the server killed.
 */
import { type Browser, type CDPSession, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { newServer, type Server } from '../e2e/server.ts'
import { cameraClip } from '../fakes/clip.ts'
import { bookAt, dayMs, minuteMs, newDevice } from '../server/plan.ts'
import { at95, atMost, type Figure, median } from './figure.ts'

declare global {
  interface Window {
    /** Milliseconds since the navigation began, when today's first entry had been drawn. */
    shown: Promise<number>
    /** Milliseconds from the next press of *Book* until this title stands drawn in the grid, and no form before it. */
    drawn: (title: string) => Promise<number>
  }
}

const inStore = 2_000
const slower = 4

const starts = 9
const taps = 41
/** How long a finger lies on *Book*. */
const pressMs = 60

/** Runs in the page before everything else. After a frame and a task what was changed has been painted. */
function installStopwatch(): void {
  const painted = () =>
    new Promise<number>((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))
  const when = (found: () => boolean) =>
    new Promise<number>((done) => {
      const look = () => {
        if (!found()) return
        observer.disconnect()
        painted().then(done)
      }
      const observer = new MutationObserver(look)
      observer.observe(document, { attributes: true, childList: true, subtree: true, characterData: true })
      look()
    })
  window.shown = when(() => document.querySelector('.today-plan .day-list li') !== null)
  window.drawn = (title) => {
    let tappedAt = 0
    const note = (event: Event) => {
      tappedAt = event.timeStamp
    }
    document.addEventListener('click', note, { capture: true, once: true })
    const isThere = () =>
      !document
        .querySelector('dialog')
        ?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      [...document.querySelectorAll('[data-entry]')].some((one) => one.textContent?.includes(title))
    return when(isThere).then((at) => at - tappedAt)
  }
}

async function signedIn(browser: Browser, server: Server): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, hasTouch: true })
  await context.addInitScript(installStopwatch)
  const page = await context.newPage()
  await page.goto(server.demo().staff[0]?.url ?? '')
  await page.getByRole('heading', { name: 'Today' }).waitFor()
  return page
}

/** A day like a clinic's, sixty times: from a week ago on, one appointment after the other, all of one person. */
async function fill(page: Page, origin: string): Promise<void> {
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const device = newDevice(origin, cookie)
  await device.syncAll()
  const me = device.all('person').find(({ name }) => name === 'Anna Laine')?.id ?? ''
  const everyMs = (58 * dayMs) / inStore
  const firstMs = Date.now() - dayMs
  for (let done = 0; done < inStore; done += 50) {
    const acts = Array.from({ length: 50 }, (_, index) => {
      const startMs = firstMs + Math.floor(((done + index) * everyMs) / minuteMs) * minuteMs
      return bookAt(startMs, {
        title: `Visit ${done + index}`,
        staff: [me],
        when: { type: 'at', startMs, endMs: startMs + 20 * minuteMs },
      })
    })
    const outcomes = await device.does(...acts)
    if (outcomes.some(({ type }) => type !== 'applied')) throw new Error('the plan did not take the bench')
  }
}

async function hasAll(page: Page): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelectorAll('.today-plan .day-list li').length >= wanted,
    20,
    { timeout: 120_000 },
  )
  await page.getByText('Up to date').first().waitFor()
}

async function startsOf(page: Page): Promise<number[]> {
  const took: number[] = []
  for (let start = 0; start < starts; start += 1) {
    await page.reload({ waitUntil: 'commit' })
    took.push(await page.evaluate(() => window.shown))
  }
  return took
}

/** The page is closed, and another one is opened each time: nothing of a page before is warm, and none is beside it. */
async function startsAnewOf(closing: Page): Promise<number[]> {
  const [context, address] = [closing.context(), closing.url()]
  await closing.close()
  const took: number[] = []
  for (let start = 0; start < starts; start += 1) {
    const page = await context.newPage()
    await slowDown(page)
    await page.goto(address, { waitUntil: 'commit' })
    took.push(await page.evaluate(() => window.shown))
    await page.close()
  }
  return took
}

async function slowDown(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
  return session
}

/**
 * A finger, and not `click()`, whose checks keep the browser busy for the very moment that is measured. It lies on the
 * glass for as long as a quick one does: lifted in the instant it came down, as `touchscreen.tap` does it, what the
 * browser does for its coming would be counted as time since it was lifted.
 */
async function touch(finger: CDPSession, x: number, y: number): Promise<void> {
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] })
  await new Promise((lift) => setTimeout(lift, pressMs))
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

/** `at`: `HH:MM`, another one each time, as a day fills. */
async function tapOnce(page: Page, finger: CDPSession, title: string, at: string): Promise<number> {
  await page.getByRole('button', { name: 'New appointment' }).click()
  await page.getByRole('radio', { name: 'Note' }).check({ force: true })
  await page.getByLabel('What for').fill(title)
  await page.getByLabel('From', { exact: true }).fill(at)
  const drawn = page.evaluate((wanted) => window.drawn(wanted), title)
  const box = await page.getByRole('button', { name: 'Book', exact: true }).boundingBox()
  if (!box) throw new Error('no Book')
  await touch(finger, box.x + box.width / 2, box.y + box.height / 2)
  return await drawn
}

async function tapsOf(page: Page, finger: CDPSession): Promise<number[]> {
  await page.getByRole('button', { name: 'Open the plan' }).click()
  await page.getByRole('button', { name: 'New appointment' }).waitFor()
  const took: number[] = []
  for (let tap = 0; tap < taps; tap += 1) {
    const [hour, minute] = [6 + Math.floor(tap / 3), (tap % 3) * 20]
    const at = [hour % 24, minute].map((part) => String(part).padStart(2, '0')).join(':')
    took.push(await tapOnce(page, finger, `Tap ${tap}.`, at))
  }
  // The first tap builds the dialog and the grid's forms: no other pays for it.
  return took.slice(1)
}

const rounded = (values: readonly number[]) => values.map((ms) => Math.round(ms)).join(' ')

export async function benchPlan(): Promise<Figure[]> {
  const server = await newServer()
  await server.start()
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: chromiumFlags(cameraClip('patient')),
  })
  try {
    const page = await signedIn(browser, server)
    await fill(page, server.origin)
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.reload()
    await hasAll(page)
    await server.kill()
    const session = await slowDown(page)
    const started = await startsOf(page)
    console.log(`  plan: loaded again in ${rounded(started)} ms`)
    const tapped = await tapsOf(page, session)
    console.log(`  plan: tap to drawn ${rounded(tapped)} ms`)
    const opened = await startsAnewOf(page)
    console.log(`  plan: opened in a page of its own in ${rounded(opened)} ms`)
    return [
      atMost('plan-offline-start', median(started), 1_000, 'ms, processor 4 × slower'),
      atMost('plan-offline-start-anew', median(opened), 1_000, 'ms, processor 4 × slower'),
      atMost('plan-tap-to-drawn-95', at95(tapped), 100, 'ms, processor 4 × slower'),
    ]
  } finally {
    await browser.close()
    await server.remove()
  }
}
