/** The plan's pictures: a demo ward's day, a clash that needs somebody, a phone, the bed, and paper. */
import type { Browser, Page } from 'playwright'
import { newServer } from './e2e/server.ts'

type Shoot = (page: Page, name: string) => Promise<void>

async function open(browser: Browser, url: string | undefined, width: number, height: number): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height } })).newPage()
  await page.goto(url ?? '')
  return page
}

async function openTomorrow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the plan' }).click()
  await page.getByRole('button', { name: 'Later' }).click()
}

/** Fills the form, and leaves it open. */
async function ask(page: Page, title: string, bed: number, clock: string): Promise<void> {
  await page.getByRole('button', { name: 'New appointment' }).click()
  await page.getByRole('textbox', { name: 'What for' }).fill(title)
  await page.getByRole('combobox', { name: 'Bed', exact: true }).selectOption({ index: bed })
  await page.getByLabel('From', { exact: true }).fill(clock)
}

async function book(page: Page, title: string, bed: number, clock: string): Promise<void> {
  await ask(page, title, bed, clock)
  await page.getByRole('button', { name: 'Book', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** `browser`: one without a call; nothing of it is closed. */
export async function shootPlan(browser: Browser, shoot: Shoot): Promise<void> {
  const environment = { BEDSIDE_DEMO_PLAN: 'made', BEDSIDE_ZONE: 'Europe/Helsinki' }
  const server = await newServer(1, { environment })
  await server.start()
  const { staff, beds } = server.demo()
  const anna = await open(browser, staff[0]?.url, 1440, 900)
  const ben = await open(browser, staff[1]?.url, 1440, 900)
  await anna.getByText('Up to date').first().waitFor()
  await shoot(anna, 'plan-today')
  await openTomorrow(ben)
  await openTomorrow(anna)
  await ben.context().setOffline(true)
  await book(anna, 'Wound care', 3, '10:00')
  await book(ben, 'Physiotherapy', 3, '10:05')
  await ben.getByText('Saved on this device').waitFor()
  await shoot(ben, 'plan-day-offline')
  await ben.context().setOffline(false)
  await ben.getByText('Up to date').first().waitFor()
  await ben.getByRole('tab', { name: 'Attention' }).click()
  await ben.getByRole('listitem').filter({ hasText: 'Physiotherapy' }).first().waitFor()
  await shoot(ben, 'plan-attention')
  await ask(anna, 'Pain talk', 3, '10:00')
  await shoot(anna, 'plan-form')
  await anna.getByRole('button', { name: 'Close' }).click()
  await anna.getByRole('tab', { name: 'Week' }).click()
  await shoot(anna, 'plan-week')
  await anna.getByRole('tab', { name: 'Ward' }).click()
  await shoot(anna, 'plan-ward')
  await anna.setViewportSize({ width: 1024, height: 768 })
  await shoot(anna, 'plan-ward-1024')
  const phone = await open(browser, staff[2]?.url, 390, 844)
  await phone.getByText('Up to date').first().waitFor()
  await shoot(phone, 'plan-phone')
  const bed = await open(browser, beds[0]?.url, 1280, 800)
  await bed.getByRole('button', { name: 'Start' }).click()
  await bed.getByText('Ready', { exact: true }).waitFor()
  await shoot(bed, 'bed-my-plan')
  await anna.setViewportSize({ width: 1440, height: 900 })
  await anna.getByRole('button', { name: 'Print the plan' }).click()
  await anna.emulateMedia({ media: 'print' })
  await shoot(anna, 'plan-print')
  await server.remove()
}
