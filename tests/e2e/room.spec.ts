/** A room of four at night: who else sleeps there is seen before a loud ring, and there is a softer one (HZ-15). */
import type { Page } from 'playwright/test'
import { expect, type Screens, test } from './ward.ts'
import { openBedPanel } from './wishes.ts'

async function shareRoom(ward: Screens, station: Page, labels: string, room: string): Promise<Page> {
  const browser = station.context().browser()
  if (!browser) throw new Error('no browser')
  const admin = await (await browser.newContext()).newPage()
  await admin.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  await admin.getByRole('button', { name: 'Ward', exact: true }).click()
  await admin.getByLabel('Beds that share a room').fill(labels)
  await admin.getByLabel('Room', { exact: true }).fill(room)
  await admin.getByRole('button', { name: 'Set room' }).click()
  await expect(admin.getByRole('list', { name: 'Rooms' })).toContainText(`Room ${room}:`)
  return admin
}

/** Quiet hours that begin and end so many hours from now, whenever the tests run. */
async function quiet(station: Page, label: string, fromHours: number, untilHours: number): Promise<void> {
  const panel = await openBedPanel(station, label)
  await panel.getByRole('button', { name: 'Change wishes' }).click()
  const dialog = station.getByRole('dialog', { name: /^Wishes of/ })
  const clock = (hours: number) =>
    new Date(Date.now() + hours * 60 * 60_000).toLocaleTimeString('en-GB', {
      hour: '2-digit',
      minute: '2-digit',
    })
  await dialog.getByLabel('Quiet from').fill(clock(fromHours))
  await dialog.getByLabel('until', { exact: true }).fill(clock(untilHours))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.waitFor({ state: 'detached' })
}

test('[HZ-15] before a loud ring at night the caller sees who else sleeps in the room, and may ring softly @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  const admin = await shareRoom(ward, station, '1-3', 'A')
  await admin.screenshot({ path: 'test-results/rooms-admin.png', fullPage: true })
  await quiet(station, '2', -2, 2)
  await quiet(station, '3', 5, 8)
  await (await openBedPanel(station, '1')).getByText('Room A: 2 others here.').waitFor()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  const dialog = station.getByRole('dialog', { name: 'Others sleep in this room' })
  await expect(dialog).toContainText('You are calling bed 1, Eero Salonen.')
  await expect(dialog.getByRole('listitem')).toHaveText('Bed 2, Helmi Virtanen')
  await expect(dialog).toContainText('They have not been told that calls are heard here.')
  await station.screenshot({ path: 'test-results/waking.png' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toHaveCount(0)
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await dialog.getByRole('button', { name: 'Softly' }).click()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expect(station.getByRole('button', { name: 'End call' })).toBeVisible()
})

test('[HZ-15] a bed that shares its room with nobody who sleeps is rung at once @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  await shareRoom(ward, station, '1-2', 'A')
  await quiet(station, '2', 5, 8)
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
})
