/** A tablet that is carried away from its bed (HZ-14). Ten minutes last 18 seconds here. */
import type { Page } from 'playwright/test'
import { expect, type Screens, startBed, test } from './ward.ts'
import { openBedPanel } from './wishes.ts'

test.use({ timeScale: 0.03, keepsApp: true })

declare global {
  interface Window {
    charger: EventTarget & { charging: boolean }
  }
}

/** A tablet whose charger a test can pull. */
async function chargedBed(ward: Screens, label: string): Promise<Page> {
  const context = await ward.tablet()
  await context.addInitScript(() => {
    const charger = Object.assign(new EventTarget(), { charging: true })
    window.charger = charger
    Object.defineProperty(navigator, 'getBattery', { value: async () => charger })
  })
  return await startBed(await context.newPage(), ward.server, label)
}

async function charge(bed: Page, charging: boolean): Promise<void> {
  await bed.evaluate((charging) => {
    window.charger.charging = charging
    window.charger.dispatchEvent(new Event('chargingchange'))
  }, charging)
}

test('[HZ-14] unplugged and alone, a tablet hides names and asks staff, who confirm it at a station', async ({
  ward,
}) => {
  const [station, bed, other] = [
    await ward.station(),
    await chargedBed(ward, '1'),
    await chargedBed(ward, '2'),
  ]
  await station.getByRole('button', { name: /^My beds/ }).click()
  await station
    .getByRole('dialog')
    .getByRole('checkbox', { name: /^Bed 1/ })
    .check()
  await station.getByRole('button', { name: 'Care for this bed' }).click()
  await expect(bed.getByText('Anna Laine')).toBeVisible()
  await charge(bed, false)
  const said = bed.getByRole('region', { name: /^This tablet has been away/ })
  await expect(said).toContainText('Names are hidden.', { timeout: 40_000 })
  await expect(bed.getByText('Anna Laine')).toHaveCount(0)
  await expect(bed.getByRole('button', { name: 'Who called me' })).toHaveCount(0)
  await expect(bed.getByText('Emergency: use the red call button')).toBeVisible()
  await expect(other.getByRole('region', { name: /^This tablet has been away/ })).toHaveCount(0)
  await bed.screenshot({ path: 'test-results/astray-bed.png' })
  await bed.reload()
  await expect(said).toBeVisible()
  const panel = await openBedPanel(station, '1')
  await expect(panel).toContainText('May not be at its bed')
  await station.screenshot({ path: 'test-results/astray-station.png' })
  const digits = (await said.getByRole('status').textContent())?.replace(/\D/g, '') ?? ''
  await charge(bed, true)
  await panel.getByLabel('Six digits on the tablet of bed 1').fill(digits)
  await panel.getByRole('button', { name: 'Confirm tablet' }).click()
  await expect(said).toHaveCount(0)
  await expect(bed.getByText('Anna Laine')).toBeVisible()
})

test('[HZ-14] without the server and off its charger a tablet hides its names, and shows them again once it is back', async ({
  ward,
}) => {
  const bed = await chargedBed(ward, '1')
  await charge(bed, false)
  await ward.server.kill()
  const said = bed.getByRole('region', { name: /^This tablet has been away/ })
  await expect(said).toBeVisible({ timeout: 40_000 })
  await expect(bed.getByRole('button', { name: 'Who called me' })).toHaveCount(0)
  await ward.server.start()
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible({ timeout: 30_000 })
  await expect(said).toHaveCount(0)
})
