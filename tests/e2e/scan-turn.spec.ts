/** Three at a table look at one CT: the same slice for all, and the turn to show it passes from one to another and back. */
import type { Page } from 'playwright/test'
import { expectSamePicture, isShown, openCt, pixelsOf, placeOf, samePlace, show } from './shared-scan.ts'
import { phantom } from './walk-pictures.ts'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'

/** Three calls in three browsers, each coding for the others: a machine has time for one such table at once, and not for two. */
test.describe.configure({ mode: 'default', timeout: 600_000 })

/** A doctor in a call with a bed, and a nurse who came to it; the doctor shows the CT to both. */
async function atOneTable(ward: Screens) {
  const [maria, ben, bed] = [await ward.station(2), await ward.station(1), await ward.bed()]
  await samePlace(maria, ben, bed)
  await callAndAnswer(maria, bed)
  await maria.getByRole('button', { name: 'Bring in …' }).click()
  await maria
    .getByRole('dialog', { name: 'Bring somebody in' })
    .getByRole('button', { name: /^Ben Okafor,/ })
    .click()
  await ben
    .getByRole('dialog', { name: /^Incoming call/ })
    .getByRole('button', { name: 'Answer' })
    .click()
  const asked = bed.getByRole('alertdialog', { name: /^Maria Oja would like to bring in/ })
  await asked.getByRole('button', { name: 'Let them in' }).click()
  await expect(asked).toHaveCount(0)
  await expect(ben.getByLabel('Patient video')).toBeVisible({ timeout: 30_000 })
  // Three calls with pictures are what a slow machine has time for; it is the scan that is looked at here.
  for (const page of [maria, ben]) await page.getByRole('button', { name: 'Turn camera off' }).click()
  await openCt(maria, phantom.slice(0, 12))
  await show(maria)
  for (const page of [ben, bed]) await isShown(page)
  return { maria, ben, bed }
}

async function expectAllAt(slice: string, ...pages: readonly Page[]): Promise<void> {
  for (const page of pages)
    await expect(page.locator('.scan-which')).toContainText(`${slice} / 12`, { timeout: 90_000 })
}

test('[LIVE-2] three at one table see the same slice, pixel by pixel @whole', async ({ ward }) => {
  const { maria, ben, bed } = await atOneTable(ward)
  await expectSamePicture(maria, ben, bed)
  const { x, y } = await placeOf(maria, '.scan-surface')
  await maria.mouse.move(x + 200, y + 200)
  for (let turn = 0; turn < 8; turn += 1) await maria.mouse.wheel(0, 100)
  await expectAllAt('9', maria, ben, bed)
  await expectSamePicture(maria, ben, bed)
  await expect(maria.getByText('Ben Okafor sees the same picture')).toBeVisible()
  await expect(maria.getByText('Bed 1 sees the same picture')).toBeVisible()
})

test('[LIVE-4] [LIVE-12] whoever asks for the turn gets it with slice, window, zoom and place, and it is taken back at any time @whole', async ({
  ward,
}) => {
  const { maria, ben, bed } = await atOneTable(ward)
  await expectSamePicture(maria, ben, bed)
  await ben.getByRole('button', { name: 'I would like to show' }).click()
  await expect(maria.getByText('Ben Okafor would like to show')).toBeVisible()
  await maria.getByRole('button', { name: 'Let them show' }).click()
  await expect(ben.locator('.share-said')).toHaveText('You are showing Maria Oja’s pictures')
  await expect(maria.locator('.share-said')).toHaveText('Ben Okafor is showing you pictures')

  const held = ben.locator('.scan-surface.held')
  await expect(held).toBeVisible()
  const { x, y } = await placeOf(ben, '.scan-surface.held')
  await ben.mouse.move(x + 200, y + 200)
  for (let turn = 0; turn < 6; turn += 1) await ben.mouse.wheel(0, 100)
  await expectAllAt('7', ben, maria, bed)
  await expectSamePicture(ben, maria, bed)

  const through = await ben.locator('.scan-which').textContent()
  await ben.mouse.down({ button: 'right' })
  await ben.mouse.move(x + 260, y + 230, { steps: 5 })
  await ben.mouse.up({ button: 'right' })
  await expect(ben.locator('.scan-which')).not.toHaveText(through ?? '')
  await expect(async () => {
    const [now, ...theirs] = await Promise.all(
      [ben, maria, bed].map((page) => page.locator('.scan-which').textContent()),
    )
    expect(theirs).toEqual([now, now])
  }).toPass({ timeout: 30_000 })
  await expectSamePicture(ben, maria, bed)

  await held.focus()
  for (const key of ['+', 'Shift+ArrowRight', 'r']) {
    const before = await pixelsOf(ben)
    await ben.keyboard.press(key)
    await expect(async () => expect(await pixelsOf(ben), key).not.toEqual(before)).toPass()
  }
  await expectSamePicture(ben, maria, bed)
  await ben.getByRole('button', { name: 'Next slice' }).click()
  await expectAllAt('8', ben, maria, bed)

  await expect(ben.getByText('Bed 1 sees the same picture'), '[LIVE-10]').toBeVisible()

  await maria.getByRole('button', { name: 'Show myself again' }).click()
  await expect(ben.locator('.share-said')).toHaveText('Maria Oja is showing you pictures')
  await expect(held).toHaveCount(0)
  await expectAllAt('1', maria, ben, bed)
  await expectSamePicture(maria, ben, bed)
})
