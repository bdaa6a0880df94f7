/** One person's browser: real tabs over one profile, each with the plan's own part of the app, and every way to end them. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { KeptAct, Row } from '../../../src/protocol/plan.ts'
import type { RunningSync } from '../../../src/state/sync.ts'
import { type Chromium, launchChromium } from '../chromium.ts'
import type { Way } from './way.ts'

declare global {
  interface Window {
    sync: RunningSync
  }
}

/** What a tab shows and knows, as one moment of it. */
export type TabState = {
  readonly rows: Row[]
  readonly unconfirmed: [string, string][]
  readonly pending: string[]
  readonly isLive: boolean
  readonly held: string | null
  readonly safety: string
}
export type Tab = {
  readonly page: Page
  isAlive: boolean
  /** From now on nothing of it is waited for. */
  end(): void
  readonly ended: Promise<void>
}
export type Person = {
  readonly name: string
  readonly staffId: string
  /** As a `Cookie` header. */
  readonly cookie: string
}
export type LabBrowser = Awaited<ReturnType<typeof openBrowser>>

export type BrowserParts = {
  readonly name: string
  readonly person: Person
  readonly way: Way
  readonly origin: string
}

/** So long may a page take for anything, beside much else on a slow machine. One whose process went with another's answers nothing for ever. */
const answerMs = 90_000
const crashMs = 3_000

/** Each tab in a process of its own, as far as may be: one that crashes takes no other with it. */
const flags = ['--disable-background-timer-throttling', '--renderer-process-limit=64']

export async function openBrowser({ name, person, way, origin }: BrowserParts) {
  const profile = mkdtempSync(join(tmpdir(), 'bedside-browsers-'))
  let chromium: Chromium | null = null
  let tabs: Tab[] = []
  let part = ''
  let isRemoved = false
  /** How wrong its clock is. */
  let aheadMs = 0

  async function launch(): Promise<void> {
    if (isRemoved) throw new Error('it is all over')
    const rules = `--host-resolver-rules=MAP localhost 127.0.0.1:${way.port}`
    const launched = await launchChromium(profile, [rules, ...flags])
    const { context } = launched
    // Cookies are written after half a minute: a killed browser may have lost them, and the person signs in again.
    const [key = '', value = ''] = person.cookie.split('=')
    await context.addCookies([{ name: key, value, url: origin, httpOnly: true, sameSite: 'Strict' }])
    await context.addInitScript((ms) => {
      const right = Date.now
      Date.now = () => right() + ms
    }, aheadMs)
    chromium = launched
    if (isRemoved) await launched.kill()
  }

  /** `station`: with the app's own sync beside it and its socket; `bare`: nothing else asks in it. */
  async function openTab(kind: 'station' | 'bare'): Promise<Tab> {
    if (!chromium) throw new Error('no browser')
    const page = await reached(chromium.context.newPage())
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    const tab: Tab = {
      page,
      isAlive: true,
      end() {
        tab.isAlive = false
        tabs = tabs.filter((other) => other !== tab)
        resolve()
      },
      ended,
    }
    page.on('crash', tab.end)
    page.on('close', tab.end)
    await answered(tab, begin(page, kind))
    if (tab.isAlive) tabs.push(tab)
    return tab
  }

  async function begin(page: Page, kind: 'station' | 'bare'): Promise<void> {
    await page.goto(`${origin}/${kind === 'station' ? 'station' : 'bed'}`, { waitUntil: 'commit' })
    if (part === '') part = await page.evaluate(findPart)
    await page.evaluate(
      async ([address, who]) => {
        const file = await import(address)
        const inside = [file, ...Object.values(file)].find((one) => one?.openPlan)
        window.sync = await inside.openPlan(who)
        await window.sync.ready
      },
      [part, person.staffId] as const,
    )
  }

  async function close(tab: Tab): Promise<void> {
    tab.end()
    await inTime(tab.page.close())
  }

  /** `emptied`: it finds its database gone when it starts again, as after some kills it does by itself. */
  async function kill(how: 'killed' | 'emptied'): Promise<void> {
    const ended = chromium
    chromium = null
    for (const tab of tabs) tab.end()
    await ended?.kill()
    if (how === 'emptied') rmSync(join(profile, 'Default', 'IndexedDB'), { recursive: true, force: true })
  }

  /** A browser of which nothing is heard any more is ended, as its user would; `silent` counts it. */
  async function reached<T>(work: Promise<T>): Promise<T> {
    try {
      return await inTime(work)
    } catch (error) {
      if (!(error instanceof Silence)) throw error
      silent += 1
      await kill('killed')
      throw error
    }
  }

  return {
    name,
    person,
    way,
    tabs: () => tabs,
    isUp: () => chromium !== null,
    setClock: (ms: number) => {
      aheadMs = ms
    },
    launch,
    openTab,
    async setOffline(isOffline: boolean): Promise<void> {
      if (chromium) await reached(chromium.context.setOffline(isOffline))
    },
    close,
    async crash(tab: Tab): Promise<void> {
      tab.end()
      const { page } = tab
      const cdp = await inTime(page.context().newCDPSession(page))
      const gone = new Promise((done) => {
        page.once('crash', done)
        page.once('close', done)
        setTimeout(done, crashMs)
      })
      // A page that crashed answers nothing, not even this.
      void cdp.send('Page.crash').catch(() => {})
      await gone
      await close(tab)
    },
    kill,
    remove(): void {
      isRemoved = true
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** The plan's own part of the app, in the browser's own copy of it. */
async function findPart(): Promise<string> {
  await navigator.serviceWorker.ready
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) {
      if (!/\/plan-(?!journal|part)[\w-]+\.js/.test(url)) continue
      const address = url.split('?')[0] ?? ''
      // It may share its file with others, and is one thing among what the file hands out then.
      const file: Record<string, { openPlan?: unknown } | undefined> = await import(address)
      if ([file, ...Object.values(file)].some((one) => one?.openPlan)) return address
    }
  throw new Error('the plan is not in this app')
}

/** A tab that answers nothing is closed, and `silent` counts it. */
async function answered<T>(tab: Tab, work: Promise<T>): Promise<T> {
  const over = tab.ended.then(() => {
    throw new Error('the tab has ended')
  })
  try {
    return await inTime(Promise.race([work, over]))
  } catch (error) {
    if (!(error instanceof Silence)) throw error
    silent += 1
    tab.end()
    void tab.page.close().catch(() => {})
    throw error
  }
}

class Silence extends Error {}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  // Made here, so that it says who waited.
  const silence = new Silence('nothing is answered')
  const timer = setTimeout(() => reject(silence), answerMs)
  return await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

let silent = 0
/** How many tabs ended so. */
export const silentTabs = () => silent

export async function look(tab: Tab): Promise<TabState> {
  const state = tab.page.evaluate(() => {
    const { view, unconfirmed, pending, freshness, held, keeping } = window.sync
    const types = ['appointment', 'series', 'hours', 'bed', 'person', 'plan', 'attention'] as const
    return {
      rows: types.flatMap((type): Row[] => [...view.value.all(type)]),
      unconfirmed: [...unconfirmed.value],
      pending: pending.value.map(({ outboxAct }) => outboxAct.actId),
      isLive: freshness.value.type === 'live',
      held: held.value,
      safety: keeping.value.safety,
    }
  })
  return await answered(tab, state)
}

/** The act's id once it is kept; null: it was not. */
export async function perform(tab: Tab, act: KeptAct): Promise<string | null> {
  const kept = tab.page.evaluate(async (asked) => {
    const done = await window.sync.perform(asked)
    return done.ok ? done.value : null
  }, act)
  return await answered(tab, kept)
}

export async function takeBack(tab: Tab, actId: string): Promise<boolean> {
  return await answered(
    tab,
    tab.page.evaluate((id) => window.sync.takeBack(id), actId),
  )
}

export async function refresh(tab: Tab): Promise<void> {
  await answered(
    tab,
    tab.page.evaluate(() => window.sync.refresh()),
  )
}
