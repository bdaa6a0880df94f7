/** A doctor shows a CT in a call with a bed: the tablet follows, goes blank without its link, and keeps nothing (HZ-9). */
import type { Page } from 'playwright/test'
import {
  cutOff,
  drawLine,
  expectSamePicture,
  isShown,
  keptIn,
  pixelsOf,
  placeOf,
  show,
  talkingOverCt,
} from './shared-scan.ts'
import { expect, test } from './ward.ts'

test('[LIVE-2] the tablet follows slice, window, pointer and drawing, and keeps nothing when the call ends (HZ-9) @whole', async ({
  ward,
}) => {
  test.setTimeout(240_000)
  const { station, bed } = await talkingOverCt(ward)
  await show(station)
  await isShown(bed)
  await expect(bed.getByText('Communication aid. Not for diagnosis.')).toBeVisible()
  await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible()
  await expectSamePicture(station, bed)

  const box = await placeOf(station, '.scan-surface')
  await station.mouse.move(box.x + 200, box.y + 200)
  for (let turn = 0; turn < 29; turn += 1) await station.mouse.wheel(0, 100)
  await expect(station.locator('.scan-which')).toContainText('30 / 60')
  await expect(bed.locator('.scan-which')).toContainText('30 / 60', { timeout: 60_000 })
  await expectSamePicture(station, bed)

  await station.mouse.down({ button: 'right' })
  await station.mouse.move(box.x + 260, box.y + 230, { steps: 5 })
  await station.mouse.up({ button: 'right' })
  await expectSamePicture(station, bed)
  await expect(station.getByText('Bed 1 sees the same picture')).toBeVisible()

  await bed.getByRole('button', { name: 'Draw' }).click()
  await drawLine(bed)
  await expect(station.locator('.share-marks polyline.theirs')).toHaveCount(1)

  await station.getByRole('button', { name: 'End call' }).click()
  await expect(bed.locator('.scan-surface')).toHaveCount(0)
  expect(await keptIn(bed)).toEqual([])
})

test('[LIVE-7] a tablet whose links are cut is blank within six seconds and follows again when it is back (HZ-9) @whole', async ({
  ward,
}) => {
  test.setTimeout(240_000)
  const { station, bed } = await talkingOverCt(ward)
  await show(station)
  await isShown(bed)
  await cutOff(bed)
  await expect(bed.getByText('The pictures are hidden until it is back.')).toBeVisible({ timeout: 6_500 })
  expect((await pixelsOf(bed)).every((one) => one === 0)).toBe(true)
  await bed.context().setOffline(false)
  await isShown(bed)
  await expectSamePicture(station, bed)
})

/** Where somebody points, in CSS pixels of the picture. */
async function pointedAt(page: Page): Promise<number[]> {
  return await page
    .locator('.share-marks circle')
    .evaluate((circle) => ['cx', 'cy'].map((name) => Number(circle.getAttribute(name))))
}

test('[LIVE-5] who points and what is drawn is seen at the other side, and is gone when it is erased and at the end (HZ-9) @whole', async ({
  ward,
}) => {
  test.setTimeout(240_000)
  const { station, bed } = await talkingOverCt(ward)
  await show(station)
  await isShown(bed)
  await expectSamePicture(station, bed)

  await station.getByRole('button', { name: 'Point', exact: true }).click()
  const place = await placeOf(station, '.share-marks')
  await station.mouse.move(place.x + 120, place.y + 90, { steps: 4 })
  await expect(bed.locator('.share-marks text')).toHaveText('Maria Oja')
  await expect(async () => {
    const [x = 0, y = 0] = await pointedAt(bed)
    expect(Math.abs(x - 120)).toBeLessThanOrEqual(1)
    expect(Math.abs(y - 90)).toBeLessThanOrEqual(1)
  }).toPass()
  await station.mouse.move(place.x + 120, place.y + 460)
  await expect(bed.locator('.share-marks circle')).toHaveCount(0)

  await station.getByRole('button', { name: 'Draw', exact: true }).click()
  await drawLine(station)
  await bed.getByRole('button', { name: 'Draw', exact: true }).click()
  await drawLine(bed)
  for (const page of [station, bed])
    for (const whose of ['mine', 'theirs'])
      await expect(page.locator(`.share-marks polyline.${whose}`)).toHaveCount(1)
  await station.getByRole('button', { name: 'Erase all drawings' }).click()
  for (const page of [station, bed]) await expect(page.locator('.share-marks polyline')).toHaveCount(0)

  await drawLine(station)
  await expect(bed.locator('.share-marks polyline.theirs')).toHaveCount(1)
  await station.getByRole('button', { name: 'Stop showing' }).click()
  await expect(bed.locator('.share-marks')).toHaveCount(0)
  await expect(station.locator('.share-marks polyline')).toHaveCount(0)
  await show(station)
  await isShown(bed)
  await expectSamePicture(station, bed)
  for (const page of [station, bed]) await expect(page.locator('.share-marks polyline')).toHaveCount(0)
})
