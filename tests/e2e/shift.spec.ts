/** A shift from its start to its end: nothing that a nurse had taken is lost when they go (HZ-4). */
import type { Page } from 'playwright/test'
import { expect, test } from './ward.ts'

function dialog(page: Page) {
  return page.getByRole('dialog')
}

async function startShift(page: Page, ...labels: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Start shift', exact: true }).click()
  for (const label of labels)
    await dialog(page)
      .getByRole('checkbox', { name: `Bed ${label}`, exact: true })
      .check()
  await dialog(page).getByRole('button', { name: 'Start shift', exact: true }).click()
  await expect(dialog(page)).toHaveCount(0)
}

async function ask(bed: Page, reason: string): Promise<void> {
  await bed.getByRole('button', { name: 'Ask my nurse' }).click()
  await dialog(bed).getByRole('button', { name: reason, exact: true }).click()
  await expect(bed.getByText('Sent.', { exact: false })).toBeVisible()
}

test('[SHIFT-4] [SHIFT-6] [HZ-4] a shift is started, handed over with a request in work, and what is left at a sign-out calls again', async ({
  ward,
}) => {
  const [anna, ben, bed] = [await ward.station(0), await ward.station(1), await ward.bed('1')]
  // A page that nobody has touched makes no sound.
  for (const page of [anna, ben]) await page.getByRole('heading', { level: 1 }).click()
  await startShift(anna, '1', '2')
  await expect(bed.getByText('With you today')).toBeVisible()
  await expect(anna.getByRole('button', { name: /^Shift to/ })).toBeVisible()
  await ask(bed, 'Water')
  await anna.getByRole('button', { name: 'Seen, bed 1: Water' }).click()
  await expect(bed.getByText('Seen by Anna Laine')).toBeVisible()

  await test.step('it is offered, and stays where it is until it is taken over', async () => {
    await anna.getByRole('button', { name: /^Shift to/ }).click()
    await dialog(anna).getByRole('button', { name: 'Hand over …' }).click()
    await expect(dialog(anna)).toContainText('1 request that was seen')
    await dialog(anna)
      .getByRole('button', { name: /^Ben Okafor/ })
      .click()
    await expect(dialog(anna)).toContainText('Ben Okafor has been asked')
    const offer = ben.getByRole('listitem', { name: 'Anna Laine hands over to you' })
    await expect(offer).toContainText('Beds 1, 2 · 1 request that was seen')
    await expect(bed.getByText('Seen by Anna Laine')).toBeVisible()
    await ben.getByRole('button', { name: 'Take over from Anna Laine' }).click()
    await expect(dialog(anna)).toContainText('Your shift is over')
    await expect(bed.getByText('Seen by Ben Okafor')).toBeVisible()
    await dialog(anna).getByRole('button', { name: 'Close' }).click()
  })

  await test.step('who signs out is waited for no longer, and it sounds again at the others', async () => {
    const row = anna.getByRole('listitem', { name: 'Bed 1: Water' })
    await expect(row).toContainText('Seen by Ben Okafor')
    await ben.getByRole('button', { name: 'Sign out' }).click()
    await expect(row).toHaveClass(/alarm-again/)
    await expect(bed.getByText('Sent.', { exact: false })).toBeVisible()
  })

  await test.step('what was had last is chosen, and one press starts it', async () => {
    await startShift(anna)
    await expect(anna.getByRole('button', { name: 'Only my beds' })).toBeVisible()
  })
})
