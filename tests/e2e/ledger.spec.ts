import { expect, test } from './ward.ts'

test('[HZ-3] the patient reads who called and what came of it; another bed has its own list (HZ-6)', async ({
  ward,
}) => {
  const [station, bed, other] = [await ward.station(), await ward.bed('1'), await ward.bed('2')]
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Not now' }).click()
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible({ timeout: 15_000 })
  await bed.getByRole('button', { name: 'Who called me' }).click()
  const list = bed.getByRole('dialog', { name: 'Who called me' })
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(list).toContainText('Anna Laine, nurse')
  await expect(list).toContainText('You said not now.')
  await expect(list).toContainText('Emergency: use the red call button')
  await bed.screenshot({ path: 'test-results/who-called.png' })
  await other.getByRole('button', { name: 'Who called me' }).click()
  await expect(other.getByText('Nobody has called you here.')).toBeVisible()
})

test('[HZ-6] it is hidden when somebody calls @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  await bed.getByRole('button', { name: 'Who called me' }).click()
  await expect(bed.getByText('Nobody has called you here.')).toBeVisible()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Not now' }).click()
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible({ timeout: 15_000 })
  await expect(bed.getByRole('dialog')).toHaveCount(0)
})
