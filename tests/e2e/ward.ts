/** A ward for a test: a server, a browser for stations, a browser for beds, each with its own camera clip. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Browser, type BrowserContext, test as base, chromium, expect, type Page } from 'playwright/test'
import { chromiumFlags, ensureChromium, ensureChromiumShell } from '../browsers.ts'
import { cameraClip } from '../fakes/clip.ts'
import { newServer, type Server } from './server.ts'
import { describeMedia, installWitness } from './witness.ts'

export { expect }

export type Screens = {
  readonly server: Server
  /** A new browser profile at the station, signed in as this member of staff (0, 1: nurses, 2: doctor). */
  station(staff?: number): Promise<Page>
  /** A new browser profile as this bed's tablet, enrolled and Ready. */
  bed(label?: string): Promise<Page>
  /** A new, empty profile of the bed's browser. */
  tablet(options?: Parameters<Browser['newContext']>[0]): Promise<BrowserContext>
  /** Everything any of these pages complained of in its console, and every address it asked for. */
  readonly heard: { readonly complaints: string[]; readonly addresses: Set<string> }
}

type Options = {
  timeScale: number
  /** Whether pages keep the app, to start without a server; its worker fetches ten times what a page needs. */
  keepsApp: boolean
}
/** How well the cameras of all the browsers see. */
type Clip = 'whole' | 'light' | 'large'
/** The engine alone, which costs half as much; or the whole browser, where a test needs what is round a page. */
type Kind = 'engine' | 'browser'
/** `flags`: the browsers' own, beside those of every test. */
type Browsers = {
  clip: Clip
  kind: Kind
  flags: readonly string[]
  stationBrowser: Browser
  bedBrowser: Browser
}

export function launch(
  who: 'nurse' | 'patient',
  how: Clip,
  flags: readonly string[] = [],
  kind: Kind = 'engine',
): Promise<Browser> {
  const args = [...chromiumFlags(cameraClip(who, how)), ...flags]
  const executablePath = kind === 'engine' ? ensureChromiumShell() : ensureChromium()
  return chromium.launch({ executablePath, args })
}

export const test = base.extend<Options & { server: Server; ward: Screens }, Browsers>({
  timeScale: [1, { option: true }],
  keepsApp: [false, { option: true }],
  clip: ['light', { option: true, scope: 'worker' }],
  kind: ['engine', { option: true, scope: 'worker' }],
  flags: [[], { option: true, scope: 'worker' }],
  stationBrowser: [
    async ({ clip, flags, kind }, use) => {
      const browser = await launch('nurse', clip, flags, kind)
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  bedBrowser: [
    async ({ clip, flags, kind }, use) => {
      const browser = await launch('patient', clip, flags, kind)
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  server: async ({ timeScale }, use) => {
    const server = await newServer(timeScale)
    await server.start()
    await use(server)
    await server.remove()
  },
  ward: async ({ stationBrowser, bedBrowser, server, keepsApp }, use, info) => {
    const contexts: BrowserContext[] = []
    const heard: Screens['heard'] = { complaints: [], addresses: new Set() }

    function listenTo(context: BrowserContext): void {
      context.on('console', (said) => {
        if (['error', 'warning'].includes(said.type())) heard.complaints.push(said.text())
      })
      context.on('request', (asked) => heard.addresses.add(asked.url()))
    }

    async function profile(browser: Browser, options: Parameters<Browser['newContext']>[0]) {
      const context = await browser.newContext(options)
      contexts.push(context)
      listenTo(context)
      await context.addInitScript(installWitness)
      if (!keepsApp) await context.addInitScript(forgetWorkers)
      return context
    }

    const tablet: Screens['tablet'] = (options) =>
      profile(bedBrowser, { viewport: { width: 1280, height: 800 }, ...options })
    await use({
      server,
      tablet,
      heard,
      async station(staff = 0) {
        const context = await profile(stationBrowser, { viewport: { width: 1440, height: 900 } })
        const page = await context.newPage()
        await page.goto(server.demo().staff[staff]?.url ?? '')
        await expect(page.getByRole('list', { name: 'Beds' })).toBeVisible()
        return page
      },
      async bed(label = '1') {
        return await startBed(await (await tablet()).newPage(), server, label)
      },
    })
    if (info.status !== info.expectedStatus) await tellMedia(contexts)
    for (const context of contexts) await context.close()
  },
})

/** What all of a failed test's pages know of their media: why nothing was seen at one of them is known to another. */
async function tellMedia(contexts: readonly BrowserContext[]): Promise<void> {
  for (const page of contexts.flatMap((context) => context.pages()))
    console.log(`\n${page.url()}\n${await page.evaluate(describeMedia).catch(String)}`)
}

/** As in a browser that has none. Runs in the page. */
function forgetWorkers(): void {
  Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')
}

/** Makes this page the bed's tablet, enrolled and Ready. */
export async function startBed(page: Page, server: Server, label = '1'): Promise<Page> {
  await page.goto(server.demo().beds.find((bed) => bed.label === label)?.url ?? '')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  return page
}

/** The state of a bed as the board words it. */
export function bedStatus(station: Page, label: string) {
  return station
    .getByRole('list', { name: 'Beds' })
    .getByRole('listitem', { name: `Bed ${label}`, exact: true })
    .getByRole('status')
}

/** Rings the bed and answers there, until both are in the call. */
export async function callAndAnswer(station: Page, bed: Page, label = '1'): Promise<void> {
  await station.getByRole('button', { name: `Call bed ${label}` }).click()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expect(station.getByRole('button', { name: 'End call' })).toBeVisible()
  await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible()
}

/** They belong to no ward from now on, the others to this one. */
export async function makeForeign(server: Server, name = 'Ben Okafor'): Promise<void> {
  await server.kill()
  const database = new DatabaseSync(join(server.data, 'bedside.db'))
  database.prepare("update staff set wards = '[]' where name = ?").run(name)
  database.close()
  await server.start()
}
