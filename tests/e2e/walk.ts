/** A way through every screen there is, for those who look at each of them. */
import type { Page } from 'playwright/test'
import { makePasskey } from './authenticator.ts'
import { callAndAnswer, expect, type Screens } from './ward.ts'

/** Looks at the screen that stands there now. */
export type Look = (page: Page, name: string) => Promise<void>

async function empty(ward: Screens, path: string): Promise<Page> {
  const page = await (await ward.tablet()).newPage()
  await page.goto(`${ward.server.origin}${path}`)
  return page
}

/** A zone in which it is early morning now: the day's appointments lie ahead at any hour of the test, the next hour free. */
export function morningZone(): string {
  const late = (new Date().getUTCHours() - 6 + 24) % 24
  return late > 12 ? `Etc/GMT-${24 - late}` : late === 0 ? 'Etc/GMT' : `Etc/GMT+${late}`
}

/** The board, its dialogs, and a call from the ring to its end, on both sides of it. */
export async function walkCall(ward: Screens, see: { station: Look; bed: Look }): Promise<void> {
  const tablet = await empty(ward, '/bed')
  await expect(tablet.getByText(/no bed/)).toBeVisible()
  await see.bed(tablet, 'bed-without-bed')
  await tablet.goto(ward.server.demo().beds[0]?.url ?? '')
  await expect(tablet.getByRole('button', { name: 'Start' })).toBeVisible()
  await see.bed(tablet, 'bed-start')
  await tablet.getByRole('button', { name: 'Start' }).click()
  const mine = tablet.getByRole('region', { name: 'My plan today' })
  await expect(mine.getByRole('button')).toBeVisible()
  await see.bed(tablet, 'bed-idle')
  await mine.getByRole('button').click()
  await see.bed(tablet, 'bed-my-plan')
  await tablet.getByRole('button', { name: 'Close' }).click()
  await tablet.getByRole('button', { name: 'Ask my nurse' }).click()
  await expect(tablet.getByRole('dialog')).toBeVisible()
  await see.bed(tablet, 'bed-ask')
  await tablet.getByRole('dialog').getByRole('button', { name: 'Pain', exact: true }).click()
  // Everything takes five times as long here, so that each screen can be looked at.
  await expect(tablet.getByText('Not sent')).toBeVisible({ timeout: 60_000 })
  await see.bed(tablet, 'bed-not-sent')
  await tablet.getByRole('button', { name: 'OK' }).click()

  const station = await ward.station()
  await expect(station.getByText('Up to date').first()).toBeVisible()
  await see.station(station, 'station-board')
  await makePasskey(station)
  await see.station(station, 'station-passkey')
  await station.getByRole('button', { name: 'Close' }).click()
  const door = await empty(ward, '/station')
  await expect(door.getByLabel('Your name')).toBeVisible()
  await see.station(door, 'sign-in')
  for (const [button, name] of [
    ['Trust', 'station-trust'],
    ['Keys', 'station-keys'],
    ['Calendars', 'station-calendars'],
  ] as const) {
    await station.getByRole('button', { name: button, exact: true }).click()
    await expect(station.getByRole('dialog')).toBeVisible()
    await see.station(station, name)
    await station.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  }
  await tablet.getByRole('button', { name: 'Ask my nurse' }).click()
  await tablet.getByRole('dialog').getByRole('button', { name: 'Toilet', exact: true }).click()
  await expect(tablet.getByText('Sent.', { exact: false })).toBeVisible()
  await see.bed(tablet, 'bed-asked')
  await see.station(station, 'station-request')
  await station.getByRole('button', { name: 'Done, bed 1: Toilet' }).click()
  await station.getByRole('button', { name: 'Open bed 1' }).click()
  await see.station(station, 'station-panel')
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(tablet.getByRole('button', { name: 'Answer' })).toBeVisible()
  await expect(station.getByText('Ringing', { exact: false }).first()).toBeVisible()
  await see.bed(tablet, 'bed-ringing')
  await see.station(station, 'station-ringing')
  await station.getByRole('button', { name: 'Cancel' }).click()
  await callAndAnswer(station, tablet)
  await see.bed(tablet, 'bed-live')
  await see.station(station, 'station-live')
  await station.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(station.getByRole('region', { name: 'Locked' })).toBeVisible()
  await see.station(station, 'station-locked-in-call')
  await station.getByRole('button', { name: 'Unlock with your passkey' }).click()
  await expect(station.getByRole('region', { name: 'Locked' })).toBeHidden()
  await tablet.getByRole('button', { name: 'End call' }).click()
  await expect(station.getByText('Call ended').first()).toBeVisible()
  await see.bed(tablet, 'bed-ended')
  await see.station(station, 'station-ended')
  await ward.server.kill()
  await expect(tablet.getByText('Cannot be called').first()).toBeVisible()
  await see.bed(tablet, 'bed-offline')
  await expect(station.getByRole('alert').first()).toBeVisible()
  await see.station(station, 'station-offline')
}

/** Fills the form for tomorrow, and leaves it open. */
async function ask(page: Page, title: string, clock: string): Promise<void> {
  await page.getByRole('button', { name: 'New appointment' }).click()
  await page.getByRole('textbox', { name: 'What for' }).fill(title)
  await page.getByRole('combobox', { name: 'Bed', exact: true }).selectOption({ index: 3 })
  await page.getByLabel('From', { exact: true }).fill(clock)
}

async function book(page: Page, title: string, clock: string): Promise<void> {
  await ask(page, title, clock)
  await page.getByRole('button', { name: 'Book', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
}

/** Every tab of the plan, its dialogs, a clash that needs a person, and the plan on paper. */
export async function walkPlan(ward: Screens, see: Look): Promise<void> {
  const [anna, ben] = [await ward.station(0), await ward.station(1)]
  for (const page of [anna, ben]) {
    await page.getByRole('button', { name: 'Open the plan' }).click()
    await page.getByRole('button', { name: 'Later' }).click()
  }
  await ben.context().setOffline(true)
  await book(anna, 'Wound care', '10:00')
  await book(ben, 'Physiotherapy', '10:05')
  await expect(ben.getByText('Saved on this device')).toBeVisible()
  await see(ben, 'plan-offline')
  await ben.context().setOffline(false)
  await ben.getByRole('tab', { name: /^Attention/ }).click()
  await expect(ben.getByRole('listitem').filter({ hasText: 'Physiotherapy' }).first()).toBeVisible()
  await see(ben, 'plan-attention')
  await see(anna, 'plan-day')
  await ask(anna, 'Pain talk', '10:00')
  await anna.getByText('More: buffers, language, notes').click()
  await see(anna, 'plan-form')
  await anna.getByRole('radio', { name: 'Round' }).check({ force: true })
  await see(anna, 'plan-form-round')
  await anna.getByRole('button', { name: 'Close' }).click()
  await anna.getByRole('button', { name: /^Wound care,/ }).click()
  await expect(anna.getByRole('dialog', { name: 'Wound care' })).toBeVisible()
  await see(anna, 'plan-entry')
  await anna.getByRole('button', { name: 'Close' }).click()
  await anna.getByRole('tab', { name: 'Week' }).click()
  await see(anna, 'plan-week')
  await anna.getByRole('tab', { name: 'Ward' }).click()
  await see(anna, 'plan-ward')
  await anna
    .getByRole('button', { name: /^Ward round,/ })
    .first()
    .click()
  await expect(anna.getByRole('dialog', { name: 'Ward round' })).toBeVisible()
  await see(anna, 'plan-round')
  await anna.getByRole('button', { name: 'Close' }).click()
  await anna.getByRole('tab', { name: /^Waiting/ }).click()
  await see(anna, 'plan-waiting')
  await anna.evaluate(() => {
    window.print = () => {}
  })
  await anna.getByRole('button', { name: 'Print the plan' }).click()
  await anna.emulateMedia({ media: 'print' })
  await see(anna, 'plan-print')
}

/** The door, all of the administrator's pages, and an invitation. */
export async function walkAdmin(ward: Screens, see: Look): Promise<void> {
  const door = await empty(ward, '/station')
  await expect(door.getByRole('heading', { level: 1 })).toBeVisible()
  await see(door, 'door')
  const admin = await (await ward.tablet()).newPage()
  await admin.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  const nav = admin.getByRole('navigation')
  await expect(nav.getByRole('button').first()).toBeVisible()
  for (const section of await nav.getByRole('button').allTextContents()) {
    await nav.getByRole('button', { name: section, exact: true }).click()
    await expect(admin.getByRole('heading', { name: section, exact: true }).first()).toBeVisible()
    await fillSection(admin, section)
    await see(admin, `admin-${section.toLowerCase().replaceAll(' ', '-')}`)
  }
  await nav.getByRole('button', { name: 'Tablets', exact: true }).click()
  await admin.getByRole('button', { name: 'Make a code for bed 6' }).click()
  await expect(admin.getByRole('article', { name: 'Code for bed 6' })).toBeVisible()
  await see(admin, 'admin-code')
  await nav.getByRole('button', { name: 'Staff', exact: true }).click()
  await admin.getByRole('button', { name: 'New link for Iris Virta' }).click()
  await door.goto((await admin.locator('code').textContent()) ?? '')
  await expect(door.getByRole('heading', { name: 'Welcome, Iris Virta.' })).toBeVisible()
  await see(door, 'invitation')
}

async function fillSection(admin: Page, section: string): Promise<void> {
  if (section === 'Staff') {
    await admin.getByLabel('Name', { exact: true }).fill('Iris Virta')
    await admin.getByRole('button', { name: 'Invite', exact: true }).click()
    await expect(admin.getByRole('img', { name: 'The link as a QR code' })).toBeVisible()
  }
  if (section === 'Tablets') await expect(admin.getByRole('table')).toBeVisible()
  if (section === 'Audit') {
    await admin.getByRole('button', { name: 'Check every row now' }).click()
    await expect(admin.getByText(/^Whole: /)).toBeVisible()
    await admin.getByRole('button', { name: 'Search' }).click()
    await expect(admin.getByRole('table')).toBeVisible()
  }
  if (section === 'Reports') {
    await admin.getByLabel('Patient').selectOption({ index: 1 })
    await admin.getByRole('button', { name: 'Make the report' }).click()
    await expect(admin.getByRole('article').first()).toBeVisible()
  }
}
