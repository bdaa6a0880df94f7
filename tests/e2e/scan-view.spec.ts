/** A doctor opens pictures at the station: by picker, by keyboard alone, with fingers; two patients, broken files, the camera. */
import type { Page } from 'playwright/test'
import { openPictures, phantom, pick, pickNoPicture, scanFile, which } from './walk-pictures.ts'
import { callAndAnswer, expect, test } from './ward.ts'

const line = 'Communication aid. Not for diagnosis. View originals in PACS.'

/** The canvas as it is on the screen: the darkest, the brightest and the middle grey, and how many pixels are not black. */
async function greys(station: Page): Promise<{ least: number; most: number; lit: number; sum: number }> {
  return await station.locator('.scan-surface canvas').evaluate(async (canvas) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas')
    const still = await createImageBitmap(canvas)
    const flat = new OffscreenCanvas(still.width, still.height)
    const context = flat.getContext('2d')
    context?.drawImage(still, 0, 0)
    const { data } = context?.getImageData(0, 0, still.width, still.height) ?? {
      data: new Uint8ClampedArray(),
    }
    const reds = data.filter((_, at) => at % 4 === 0)
    return {
      least: reds.reduce((least, one) => Math.min(least, one), 255),
      most: reds.reduce((most, one) => Math.max(most, one), 0),
      lit: reds.filter((one) => one > 16).length / Math.max(1, reds.length),
      sum: reds.reduce((sum, one) => sum + one, 0),
    }
  })
}

test('a doctor opens a CT, scrolls it, changes its window, and always reads whose it is and what it is not for', async ({
  ward,
}) => {
  const station = await ward.station(2)
  await openPictures(station)
  await pick(station, phantom)
  await expect(which(station)).toContainText('1 / 60')
  await expect(station.locator('.scan-who b')).not.toBeEmpty()
  await expect(station.getByText(line)).toBeVisible()
  await expect.poll(async () => (await greys(station)).most).toBeGreaterThan(60)

  const before = await greys(station)
  const box = await station.locator('.scan-surface').boundingBox()
  if (!box) throw new Error('no picture')
  await station.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (let turn = 0; turn < 29; turn++) await station.mouse.wheel(0, 100)
  await expect(which(station)).toContainText('30 / 60')
  await expect.poll(async () => (await greys(station)).sum).not.toBe(before.sum)

  await station.getByLabel('Window').selectOption({ label: 'Bone' })
  await expect(which(station)).toContainText('W 2500 L 480')
  await station.mouse.down({ button: 'right' })
  await station.mouse.move(box.x + box.width / 2 + 160, box.y + box.height / 2)
  await station.mouse.up({ button: 'right' })
  await expect(which(station)).toContainText('W 5000 L 480')
  await expect(station.locator('.scan-presets option:checked')).toHaveText('Set by hand')
  await station.getByLabel('Window').selectOption({ label: 'As the file says' })
  await expect(which(station)).not.toContainText('W 5000')
  await expect(station.getByText(line)).toBeVisible()

  await station.getByRole('button', { name: 'Close pictures' }).click()
  await expect(station.getByRole('list', { name: 'Beds' })).toBeVisible()
  await expect(station.locator('canvas')).toHaveCount(0)
})

test('all of it by keyboard @whole', async ({ ward }) => {
  const station = await ward.station(2)
  await openPictures(station)
  await pick(station, phantom.slice(0, 20))
  await expect(which(station)).toContainText('1 / 20')
  const stage = station.getByRole('application')
  await expect(stage).toBeFocused()
  const keys = station.keyboard
  await keys.press('ArrowDown')
  await expect(which(station)).toContainText('2 / 20')
  await keys.press('PageDown')
  await expect(which(station)).toContainText('12 / 20')
  await keys.press('End')
  await expect(which(station)).toContainText('20 / 20')
  await keys.press('ArrowDown')
  await expect(which(station)).toContainText('20 / 20')
  await keys.press('Home')
  await expect(which(station)).toContainText('1 / 20')
  await keys.press('2')
  await expect(which(station)).toContainText('W 80 L 40')
  await keys.press('i')
  await expect(station.getByRole('button', { name: 'Invert' })).toHaveAttribute('aria-pressed', 'true')
  await keys.press('f')
  await expect(station.getByRole('button', { name: 'Flip' })).toHaveAttribute('aria-pressed', 'true')
  await keys.press('o')
  await expect(station.getByRole('button', { name: 'Flip' })).toHaveAttribute('aria-pressed', 'false')
  await keys.press('?')
  await expect(station.getByRole('dialog', { name: 'Keys for pictures' })).toBeVisible()
  await keys.press('Escape')
  await expect(stage).toBeFocused()
})

test('a film plays and stops; a photograph has no window @whole', async ({ ward }) => {
  const station = await ward.station(2)
  await openPictures(station)
  await pick(station, [scanFile('us_jpegbaseline_30frames.dcm')])
  await expect(which(station)).toContainText('1 / 30')
  await expect(station.locator('.scan-lossy')).toHaveText(/^LOSSY/)
  await station.getByRole('button', { name: 'Play' }).click()
  await expect(which(station)).not.toContainText('1 / 30')
  await station.getByRole('button', { name: 'Stop' }).click()
  await expect(station.getByRole('button', { name: 'Play' })).toBeVisible()
  await expect(station.getByLabel('Window')).toHaveCount(0)
})

test('with fingers: one scrolls, two zoom, and what lies under them stays there @whole', async ({ ward }) => {
  const station = await ward.station(2)
  await openPictures(station)
  await pick(station, phantom.slice(0, 10))
  await expect(which(station)).toContainText('1 / 10')
  const box = await station.locator('.scan-surface').boundingBox()
  if (!box) throw new Error('no picture')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const hand = await station.context().newCDPSession(station)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: readonly [number, number][]) =>
    hand.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([across, down], id) => ({ x: across, y: down, id })),
    })
  await touch('touchStart', [x, y])
  await touch('touchMove', [x, y + 24 * 3])
  await touch('touchEnd')
  await expect(which(station)).toContainText('4 / 10')

  await expect.poll(async () => (await greys(station)).most).toBeGreaterThan(60)
  const before = await greys(station)
  await touch('touchStart', [x - 40, y])
  await touch('touchStart', [x - 40, y], [x + 40, y])
  await touch('touchMove', [x - 120, y], [x + 120, y])
  await touch('touchEnd')
  await expect(which(station)).toContainText('4 / 10')
  await expect.poll(async () => (await greys(station)).sum).not.toBe(before.sum)
})

test('[HZ-1] pictures of two patients in one hand are not shown until somebody has chosen', async ({
  ward,
}) => {
  const station = await ward.station(2)
  await openPictures(station)
  await pick(station, [...phantom.slice(0, 3), scanFile('mr_small_implicit.dcm')])
  await expect(station.getByText('These are pictures of 2 patients')).toBeVisible()
  await expect(station.locator('.scan-surface')).toHaveCount(0)
  await station
    .getByRole('button', { name: /^Show these/ })
    .first()
    .click()
  await expect(which(station)).toContainText('1 / 3')
})

test('files that are none say so by their names, and the rest is shown @whole', async ({ ward }) => {
  const station = await ward.station(2)
  await openPictures(station)
  await pickNoPicture(station)
  await expect(station.getByText('2 files were not opened:')).toBeVisible()
  await expect(station.getByText('song.dcm')).toBeVisible()
  await expect(station.getByText(/but: SVG/)).toBeVisible()
  await station.getByRole('button', { name: 'OK' }).click()
  await expect(station.getByText('2 files were not opened:')).toHaveCount(0)
})

test('[HZ-2] a photo is taken straight into the page, and the camera is off at once', async ({ ward }) => {
  const station = await ward.station(2)
  await openPictures(station)
  await station.getByRole('button', { name: 'Take a photo' }).click()
  const dialog = station.getByRole('dialog', { name: 'Take a photo' })
  await expect(dialog.getByText('The camera is on until the photo is taken.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Take the photo' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(station.locator('.scan-who')).toContainText('Photograph')
  const live = () => window.witness.tracks.filter(({ readyState }) => readyState === 'live').length
  expect(await station.evaluate(live)).toBe(0)
  expect(await station.evaluate(() => window.witness.tracks.length)).toBe(1)
})

test('[HZ-2] a photo whose camera is not allowed says what to do, and is taken when it is tried again @whole', async ({
  ward,
}) => {
  const station = await ward.station(2)
  await openPictures(station)
  await station.evaluate(() => {
    const { mediaDevices } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = () => {
      mediaDevices.getUserMedia = open
      return Promise.reject(new DOMException('not now', 'NotAllowedError'))
    }
  })
  await station.getByRole('button', { name: 'Take a photo' }).click()
  const dialog = station.getByRole('dialog', { name: 'Take a photo' })
  await expect(dialog.getByText('Allow it beside the address')).toBeVisible()
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(dialog.getByText('The camera is on until the photo is taken.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Take the photo' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(station.locator('.scan-who')).toContainText('Photograph')
})

test('in a call the pictures stand beside whom one talks with, and the call’s camera goes on @whole', async ({
  ward,
}) => {
  const station = await ward.station(2)
  const bed = await ward.bed()
  await callAndAnswer(station, bed)
  await openPictures(station)
  await pick(station, phantom.slice(0, 5))
  await expect(which(station)).toContainText('1 / 5')
  await expect(station.getByRole('button', { name: 'End call' })).toBeInViewport()
  await station.getByRole('button', { name: 'Take a photo' }).click()
  const dialog = station.getByRole('dialog', { name: 'Take a photo' })
  await expect(dialog.getByText('This is the picture of your call. Its camera stays on.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Take the photo' }).click()
  await expect(station.locator('.scan-who')).toContainText('Photograph')
  await expect(station.getByText('Camera and microphone on')).toBeVisible()
})
