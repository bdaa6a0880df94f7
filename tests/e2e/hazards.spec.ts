import type { Page } from 'playwright/test'
import { bedStatus, callAndAnswer, expect, test } from './ward.ts'

test.use({ keepsApp: true })

const emergency = 'Emergency: use the red call button'

test('[HZ-1] the board, the panel and the call show bed, name, birth and number; the tablet shows its bed and who calls', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  const shown = [/Eero Salonen/, /born 2 March 1948/, /DEMO-1048/]
  const card = station.getByRole('listitem', { name: 'Bed 1', exact: true })
  for (const identifier of shown) await expect(card).toContainText(identifier)
  await station.getByRole('button', { name: 'Open bed 1' }).click()
  const panel = station.getByRole('region', { name: 'Details of bed 1' })
  await expect(panel).toContainText('Bed 1 · Ward 4B')
  for (const identifier of shown) await expect(panel).toContainText(identifier)
  await expect(bed.getByText('Bed 1 · Ward 4B')).toBeVisible()

  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })).toBeVisible()
  const call = station.getByRole('region', { name: 'Call', exact: true })
  for (const identifier of shown) await expect(call).toContainText(identifier)
})

test('[HZ-1] a key never rings a bed', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  await station.keyboard.press('1')
  await expect(station.getByRole('button', { name: 'Open bed 1' })).toBeFocused()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await expect(bed.getByRole('dialog')).toHaveCount(0)
})

test('[HZ-7] a station without the server says since when, and calls nobody', async ({ ward }) => {
  const station = await ward.station()
  await ward.bed('1')
  await expect(station.getByRole('button', { name: 'Call bed 1' })).toBeEnabled()
  await ward.server.kill()
  await expect(station.getByText(/^Offline since \d\d:\d\d\. What you see is from then\.$/)).toBeVisible()
  await expect(station.getByRole('button', { name: 'Call bed 1' })).toBeDisabled()
})

async function expectEmergencyLine(bed: Page, screen: string): Promise<void> {
  await expect(bed.getByText(emergency).first(), screen).toBeVisible()
}

test('[HZ-12] every screen of the tablet says to use the red call button in an emergency', async ({
  ward,
}) => {
  const empty = await (await ward.tablet()).newPage()
  await empty.goto(`${ward.server.origin}/bed`)
  await expectEmergencyLine(empty, 'without a bed')
  const bed = await (await ward.tablet()).newPage()
  await bed.goto(ward.server.demo().beds[0]?.url ?? '')
  await expectEmergencyLine(bed, 'before Start')
  await bed.getByRole('button', { name: 'Start' }).click()
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expectEmergencyLine(bed, 'Ready')
  const station = await ward.station()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
  await expectEmergencyLine(bed, 'ringing')
  await station
    .getByRole('button', { name: /^(Cancel|Stop|End)/ })
    .first()
    .click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toHaveCount(0)
  await callAndAnswer(station, bed)
  await expectEmergencyLine(bed, 'in a call')
  await station.getByRole('button', { name: 'End call' }).click()
  await expect(bed.getByRole('button', { name: 'End call' })).toHaveCount(0)
  await expectEmergencyLine(bed, 'after a call')
  await ward.server.kill()
  await expect(bed.getByText(/^Cannot be called since/)).toBeVisible()
  await expectEmergencyLine(bed, 'without the server')
})
