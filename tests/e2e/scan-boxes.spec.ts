/** Ultrasound has names written into its pictures: whoever shows it blacks them first, with the mouse and with keys. */
import type { Page } from 'playwright/test'
import { isShown, pixelsOf, placeOf, samePlace } from './shared-scan.ts'
import { openPictures, pick, scanFile, which } from './walk-pictures.ts'
import { callAndAnswer, expect, test } from './ward.ts'

/** The side of the square that the picture is shown in, and the part of it, from the left, that is looked at. */
const [sidePx, shownPart] = [400, 0.55]

/** How many pixels are lit, left of there and right of there. A picture of 320 × 240 is as wide as the square. */
async function lit(page: Page): Promise<{ left: number; right: number }> {
  const pixels = await pixelsOf(page)
  const lit = { left: 0, right: 0 }
  for (const [at, level] of pixels.entries())
    if (level > 40) lit[at % sidePx < sidePx * shownPart ? 'left' : 'right'] += 1
  return lit
}

test('[STRIP-5] [STRIP-7] what a doctor blacks in an ultrasound is black at the bed, in its first picture and in its last @whole', async ({
  ward,
}) => {
  test.setTimeout(240_000)
  const [station, bed] = [await ward.station(2), await ward.bed()]
  await samePlace(station, bed)
  await callAndAnswer(station, bed)
  await openPictures(station)
  await pick(station, [scanFile('us_jpegbaseline_30frames.dcm')])
  await expect(which(station)).toContainText('1 / 30', { timeout: 60_000 })
  await expect.poll(async () => (await lit(station)).left, 'there is something to black').toBeGreaterThan(100)

  await station.getByRole('button', { name: 'Show in this call' }).click()
  await station
    .getByRole('dialog', { name: 'Show pictures in this call' })
    .getByRole('button', { name: 'Show now' })
    .click()
  const step = station.getByRole('dialog', { name: 'Is a name in the picture?' })
  await expect(step.getByRole('img', { name: 'First picture' })).toBeVisible()
  await expect(step.getByRole('img', { name: 'Last picture' })).toBeVisible()
  await expect(step).toContainText('A box is black in all 30 pictures.')

  const area = step.locator('.strip-boxes').first()
  await area.scrollIntoViewIfNeeded()
  const { x = 0, y = 0, width = 0, height = 0 } = (await area.boundingBox()) ?? {}
  await station.mouse.move(x + 1, y + 1)
  await station.mouse.down()
  await station.mouse.move(x + width * 0.6, y + height - 1, { steps: 6 })
  await station.mouse.up()
  // The same box stands in both pictures.
  await expect(step.getByRole('button', { name: /^(First|Last) picture\. Box 1:/ })).toHaveCount(2)

  await step.getByRole('button', { name: 'Add a box' }).click()
  const second = step.getByRole('button', { name: /^First picture\. Box 2:/ })
  await expect(second).toBeFocused()
  const before = await second.getAttribute('aria-label')
  await station.keyboard.press('ArrowLeft')
  await expect(second).not.toHaveAttribute('aria-label', before ?? '')
  await station.keyboard.press('Delete')
  await expect(second).toHaveCount(0)
  await step.getByRole('button', { name: 'I have looked: no name beside the boxes' }).click()

  await isShown(bed)
  const blacked = () => expect.poll(() => lit(bed), { timeout: 60_000 })
  await blacked().toEqual({ left: 0, right: expect.any(Number) })
  expect((await lit(bed)).right, 'the rest is there').toBeGreaterThan(100)
  const place = await placeOf(station, '.scan-surface')
  await station.mouse.move(place.x + 200, place.y + 200)
  await station.locator('.scan-surface').focus()
  await station.keyboard.press('End')
  await expect(which(bed)).toContainText('30 / 30', { timeout: 60_000 })
  await blacked().toEqual({ left: 0, right: expect.any(Number) })
  expect((await lit(bed)).right).toBeGreaterThan(100)
})
