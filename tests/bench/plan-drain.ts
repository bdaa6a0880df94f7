/**
 * A thousand things written at a station with no network, and how long it takes from the network's return until the
 * screen says that all are confirmed: the real page with its own sync, its store and its journal.
 */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Browser, chromium, type Page } from 'playwright'
import type { KeptAct } from '../../src/protocol/plan.ts'
import type { RunningSync } from '../../src/state/sync.ts'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { newServer, type Server } from '../e2e/server.ts'
import { cameraClip } from '../fakes/clip.ts'
import { operations, written } from './drain.ts'
import { atMost, type Figure, median } from './figure.ts'

declare global {
  interface Window {
    sync: RunningSync
    /** Milliseconds from the browser's word that there is a network until the screen says that nothing waits. */
    drained: Promise<number>
  }
}

const rounds = 3
/** Written between two touches: a station that nobody touches locks itself. */
const atOnce = 100
const mostMs = 300_000

async function signedIn(browser: Browser, server: Server): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  page.setDefaultTimeout(mostMs)
  await page.goto(server.demo().staff[0]?.url ?? '')
  await page.getByText('Up to date', { exact: true }).first().waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready)
  return page
}

type Inside = { openPlan(staffId: string): Promise<RunningSync> }

/** The same chunk that the page uses opens the plan once more, as a second tab does. */
async function openWriter(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const { me } = await (await fetch('/api/me', { headers: { 'x-bedside': '1' } })).json()
    const addresses = performance.getEntriesByType('resource').map(({ name }) => name)
    for (const address of addresses.filter((name) => /\/plan-(?!journal)[\w-]+\.js$/.test(name))) {
      // It may share its file with others, and is one thing among what the file hands out then.
      const file: Record<string, unknown> = await import(address)
      for (const one of [file, ...Object.values(file)] as Partial<Inside>[])
        if (one?.openPlan) window.sync = await one.openPlan(me.staffId)
    }
    await window.sync.ready
    return me.staffId
  })
}

/** What each takes until it is kept, with a second tab listening. */
async function write(page: Page, acts: readonly KeptAct[]): Promise<number[]> {
  const took: number[] = []
  for (let first = 0; first < acts.length; first += atOnce) {
    await page.mouse.click(2, 2)
    const some = acts.slice(first, first + atOnce)
    took.push(
      ...(await page.evaluate(async (given) => {
        const tookMs: number[] = []
        for (const act of given) {
          const begunMs = performance.now()
          const done = await window.sync.perform(act)
          if (!done.ok) throw new Error(`not kept: ${done.failure}`)
          tookMs.push(performance.now() - begunMs)
        }
        return tookMs
      }, some)),
    )
  }
  return took
}

/** What was written is the page's own from here on: no second tab shares the work, or adds to it. */
async function leaveToPage(page: Page): Promise<void> {
  await page.evaluate(() => window.sync.stop())
  await page
    .getByText(/1,?000 changes wait on this device/)
    .first()
    .waitFor()
}

function watch(): void {
  window.drained = new Promise((done) => {
    addEventListener(
      'online',
      () => {
        const begunMs = performance.now()
        const look = () => {
          const said = [...document.querySelectorAll('.plan-status')].map((line) => line.textContent ?? '')
          if (said.length === 0 || !said.every((line) => line.trim() === 'Up to date')) return
          observer.disconnect()
          done(performance.now() - begunMs)
        }
        const observer = new MutationObserver(look)
        observer.observe(document, { childList: true, subtree: true, characterData: true })
      },
      { once: true },
    )
  })
}

function acceptedBy(server: Server): number {
  const db = new DatabaseSync(join(server.data, 'bedside.db'), { readOnly: true })
  const query = `select count(*) as many from plan_acts where outcome = '{"type":"applied"}'`
  const { many } = db.prepare(query).get() ?? {}
  db.close()
  return Number(many)
}

/** Nothing is lost by an error: what was begun is ended, and the error is the one that is seen. */
async function round(number: number): Promise<number> {
  const server = await newServer()
  await server.start()
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: chromiumFlags(cameraClip('patient')),
  })
  try {
    const page = await signedIn(browser, server)
    const staffId = await openWriter(page)
    await page.context().setOffline(true)
    const kept = (await write(page, written(staffId))).sort((one, other) => one - other)
    await leaveToPage(page)
    await page.evaluate(watch)
    await page.context().setOffline(false)
    const tookMs = await page.evaluate(() => window.drained)
    await server.kill()
    const accepted = acceptedBy(server)
    if (accepted !== operations) throw new Error(`only ${accepted} of ${operations} were accepted`)
    const at = (part: number) => (kept[Math.floor(part * (kept.length - 1))] ?? 0).toFixed(0)
    console.log(
      `  plan-drain ${number}: ${tookMs.toFixed(0)} ms for ${operations} operations; each was kept in ${at(0.5)} ms (95 %: ${at(0.95)})`,
    )
    return tookMs
  } finally {
    await browser.close()
    await server.remove()
  }
}

export async function benchPlanDrain(): Promise<Figure[]> {
  const seconds: number[] = []
  for (let number = 1; number <= rounds; number += 1) seconds.push((await round(number)) / 1_000)
  return [atMost('drain-1000-browser', median(seconds), 3, 's')]
}
