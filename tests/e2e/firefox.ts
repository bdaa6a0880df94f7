/** A stock Firefox among the browsers of a ward, driven by WebDriver BiDi: Playwright drives only one of its own make. */
import puppeteer, { type Browser, type BrowserContext, type ElementHandle, type Page } from 'puppeteer-core'
import { ensureFirefox } from '../browsers.ts'
import { test as base, expect } from './ward.ts'
import { expectLive, installWitness, motionIn } from './witness.ts'

export { expect }

export type Fox = {
  /** A new profile at the station, signed in as this member of staff. */
  station(staff?: number): Promise<Page>
  /** A new profile as this bed's tablet, enrolled and Ready. */
  bed(label?: string): Promise<Page>
  /** A new profile at this address. */
  open(address: string): Promise<Page>
  /** What any of these pages threw or complained of. */
  readonly complaints: string[]
}

/** Its camera is a moving test picture, its microphone a tone; nobody is there to be asked for them. */
const preferences = { 'media.navigator.streams.fake': true, 'media.navigator.permission.disabled': true }
const size = { width: 1440, height: 900 }

export const test = base.extend<{ fox: Fox }, { firefox: Browser }>({
  firefox: [
    async ({ browserName: _ }, use) => {
      const executablePath = ensureFirefox()
      const browser = await puppeteer.launch({
        browser: 'firefox',
        executablePath,
        extraPrefsFirefox: preferences,
        defaultViewport: size,
        timeout: 100_000,
      })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  fox: async ({ firefox, server }, use) => {
    const contexts: BrowserContext[] = []
    const complaints: string[] = []

    async function open(address: string): Promise<Page> {
      const context = await firefox.createBrowserContext()
      contexts.push(context)
      const page = await context.newPage()
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('console', (said) => {
        if (said.type() === 'error') complaints.push(said.text())
      })
      await page.evaluateOnNewDocument(installWitness)
      await page.goto(address)
      return page
    }

    await use({
      complaints,
      open,
      async station(staff = 0) {
        const page = await open(server.demo().staff[staff]?.url ?? '')
        await find(page, 'labelled', 'Beds')
        return page
      },
      async bed(label = '1') {
        const page = await open(server.demo().beds.find((bed) => bed.label === label)?.url ?? '')
        await press(page, 'Start')
        await read(page, 'Ready')
        return page
      },
    })
    for (const context of contexts) await context.close()
  },
})

/** By name as a screen shows it. Firefox's own search by role and name does not return while a modal dialog is open. */
const paths = {
  button: (name: string) => `//button[@aria-label="${name}" or normalize-space()="${name}"]`,
  tab: (name: string) => `//*[@role="tab"][normalize-space()="${name}"]`,
  field: (name: string) => `//label[span="${name}"]/*[self::input or self::select]`,
  labelled: (name: string) => `//*[@aria-label="${name}"]`,
}
type Kind = keyof typeof paths

function locate(page: Page, kind: Kind, name: string) {
  return page.locator(`::-p-xpath(${paths[kind](name)})`).setTimeout(15_000)
}

/** The element of this name, once there is one. */
export async function find(page: Page, kind: Kind, name: string): Promise<ElementHandle> {
  return (await locate(page, kind, name).waitHandle()) as ElementHandle
}

/** Once it stands still and may be pressed. */
export async function press(page: Page, name: string, kind: Kind = 'button'): Promise<void> {
  await locate(page, kind, name).click()
}

/** Waits until the page says this, whole, somewhere that can be seen. */
export async function read(page: Page, text: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => document.body.innerText.split('\n').map((line) => line.trim())), {
      message: `says ${text}`,
    })
    .toContain(text)
}

/** An entry of the plan by its title; what is read out says its time, place and state. */
export const entry = (title: string) => `::-p-xpath(//*[@data-entry][span[starts-with(., "${title},")]])`

export async function expectEntry(page: Page, title: string, name: RegExp): Promise<void> {
  const names = () =>
    page.$$eval(entry(title), (all) =>
      all.map((one) => one.querySelector('.unseen')?.textContent ?? '').join(),
    )
  await expect.poll(names, { message: title }).toMatch(name)
}

/** Tomorrow by the plan's clock: a test near midnight stays on one day. */
export async function openTomorrow(page: Page): Promise<void> {
  await press(page, 'Open the plan')
  await press(page, 'Day', 'tab')
  await press(page, 'Today')
  await press(page, 'Later')
}

/** Books bed 1. */
export async function book(page: Page, title: string, clock: string): Promise<void> {
  await press(page, 'New appointment')
  await locate(page, 'field', 'What for').fill(title)
  const bed = await find(page, 'field', 'Bed')
  const first = await bed.evaluate((select) => (select as HTMLSelectElement).options[1]?.value ?? '')
  await bed.select(first)
  await locate(page, 'field', 'From').fill(clock)
  await press(page, 'Book')
  await expect.poll(() => page.$$eval('dialog', (all) => all.length)).toBe(0)
}

export function expectLiveFox(page: Page, label: string): Promise<void> {
  return expectLive(page, label, () => page.$eval(`[aria-label="${label}"]`, motionIn))
}
