/** Who cares for me today: the patient reads names that are so, also when the network is gone. */
import { expect, test } from './ward.ts'
import { agreeToKnock } from './wishes.ts'

test.use({ keepsApp: true })

test('[CARE-3] a nurse takes beds by keyboard, their patients read the name, and her board can show them alone @whole', async ({
  ward,
}) => {
  const [station, other, bed] = [await ward.station(0), await ward.station(1), await ward.bed('1')]
  await expect(bed.getByText('With you today')).toBeHidden()
  await station.getByRole('button', { name: 'Start shift', exact: true }).focus()
  await station.keyboard.press('Enter')
  const dialog = station.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'Bed 1' }).focus()
  await station.keyboard.press('Space')
  await station.keyboard.press('Tab')
  await station.keyboard.press('Space')
  await dialog.getByRole('button', { name: 'Start shift', exact: true }).focus()
  await station.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(bed.getByText('With you today')).toBeVisible()
  await expect(bed.getByText('Anna Laine')).toBeVisible()

  await test.step('the board shows only those beds, and all of them again', async () => {
    const cards = station.getByRole('list', { name: 'Beds' }).getByRole('listitem')
    await station.getByRole('button', { name: 'Only my beds' }).click()
    await expect(cards).toHaveCount(2)
    await station.getByRole('button', { name: 'Only my beds' }).click()
    await expect(cards).toHaveCount(8)
    await expect(other.getByRole('button', { name: 'Only my beds' })).toBeHidden()
  })

  await test.step('a colleague sees whose bed it is', async () => {
    await other.getByRole('button', { name: 'Open bed 1' }).click()
    await expect(other.getByLabel('Details of bed 1').getByText('Anna Laine')).toBeVisible()
  })

  await test.step('without a server the tablet still says it, and no station can take a bed', async () => {
    await bed.evaluate(async () => void (await navigator.serviceWorker.ready))
    await ward.server.kill()
    await bed.reload()
    await expect(bed.getByText('Anna Laine')).toBeVisible()
    await station.getByRole('button', { name: /^Shift to/ }).click()
    await expect(dialog.getByText('The server is needed for this')).toBeVisible()
    await expect(dialog.getByRole('button', { name: /^Save, until/ })).toBeDisabled()
  })
})

test('who cares today, the plan and the choice of knock fit a tablet that lies, staff’s doors as well @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(0), await ward.bed('1')]
  await bed.setViewportSize({ width: 1280, height: 800 })
  await agreeToKnock(station, bed)
  await station.getByRole('button', { name: 'Start shift', exact: true }).click()
  const dialog = station.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: 'Bed 1' }).focus()
  await station.keyboard.press('Space')
  await dialog.getByRole('button', { name: 'Start shift', exact: true }).click()
  await expect(bed.getByText('With you today')).toBeVisible()
  await expect(bed.getByRole('region', { name: 'My plan today' })).toBeVisible()
  for (const name of ['Test this tablet', 'Cleaning', 'For staff'])
    await expect(bed.getByRole('button', { name })).toBeInViewport({ ratio: 1 })
})
