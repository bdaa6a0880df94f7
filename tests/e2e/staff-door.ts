/** How staff come to a tablet's settings: the code is read at a station and typed at the tablet. */
import { expect, type Page } from 'playwright/test'
import { openBedPanel } from './wishes.ts'

export const staffDoor = (bed: Page) => bed.getByRole('button', { name: 'For staff' })
export const pad = (bed: Page) => bed.getByRole('dialog', { name: 'Staff code' })
export const settings = (bed: Page) => bed.getByRole('dialog', { name: 'Settings of this tablet' })

/** As a nurse reads it at the station, in the details of a bed. */
export async function readStaffCode(station: Page): Promise<string> {
  const panel = await openBedPanel(station, '1')
  await panel.getByRole('button', { name: 'Show the staff code' }).click()
  const digits = panel.getByText(/^\d{3}\s\d{3}$/)
  const code = (await digits.innerText()).replaceAll(/\s/g, '')
  await panel.getByRole('button', { name: 'Hide the staff code' }).click()
  await expect(digits).toHaveCount(0)
  await panel.getByRole('button', { name: 'Close' }).click()
  return code
}

/** By the keys of the pad. */
export async function typeCode(bed: Page, code: string): Promise<void> {
  for (const digit of code) await pad(bed).getByRole('button', { name: digit, exact: true }).click()
}

export async function openSettings(bed: Page, code: string): Promise<void> {
  await staffDoor(bed).click()
  await typeCode(bed, code)
  await expect(settings(bed)).toBeVisible()
}
