/** A tablet that is carried away from its bed (HZ-14). Ten minutes last 18 seconds here. */
import { charge, chargedBed } from './charger.ts'
import { expect, test } from './ward.ts'
import { openBedPanel } from './wishes.ts'

test.use({ timeScale: 0.03, keepsApp: true })

test('[HZ-14] unplugged and alone, a tablet hides names and asks staff, who confirm it at a station', async ({
  ward,
}) => {
  const [station, bed, other] = [
    await ward.station(),
    await chargedBed(ward, '1'),
    await chargedBed(ward, '2'),
  ]
  await station.getByRole('button', { name: 'Start shift', exact: true }).click()
  await station
    .getByRole('dialog')
    .getByRole('checkbox', { name: /^Bed 1/ })
    .check()
  await station.getByRole('dialog').getByRole('button', { name: 'Start shift', exact: true }).click()
  await expect(bed.getByText('Anna Laine')).toBeVisible()
  await charge(bed, false)
  const said = bed.getByRole('region', { name: /^This tablet has been away/ })
  await expect(said).toContainText('Names are hidden.', { timeout: 40_000 })
  await expect(bed.getByText('Anna Laine')).toHaveCount(0)
  await expect(bed.getByRole('button', { name: 'Who called me' })).toHaveCount(0)
  await expect(bed.getByText('Emergency: use the red call button')).toBeVisible()
  await expect(other.getByRole('region', { name: /^This tablet has been away/ })).toHaveCount(0)
  await bed.reload()
  await expect(said).toBeVisible()
  const panel = await openBedPanel(station, '1')
  await expect(panel).toContainText('May not be at its bed')
  const digits = (await said.getByRole('status').textContent())?.replace(/\D/g, '') ?? ''
  await charge(bed, true)
  await panel.getByLabel('Six digits on the tablet of bed 1').fill(digits)
  await panel.getByRole('button', { name: 'Confirm tablet' }).click()
  await expect(said).toHaveCount(0)
  await expect(bed.getByText('Anna Laine')).toBeVisible()
})

test('[HZ-14] without the server and off its charger a tablet hides its names, and shows them again once it is back @whole', async ({
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
