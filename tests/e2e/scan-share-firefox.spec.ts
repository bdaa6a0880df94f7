/** A tablet in Firefox is shown a CT: the same pixels as at the Chromium that shows it, and nothing when it is over. */
import { expect, find, press, test } from './firefox.ts'
import { byText } from './scan-page.ts'
import { drawLine, expectSamePicture, openCt, placeOf, samePlaceOf, show } from './shared-scan.ts'

test('[LIVE-2] a bed in Firefox follows slice, window and drawing of a Chromium, within a grey level, and is empty at the end (HZ-9) @whole', async ({
  ward,
  fox,
}) => {
  test.setTimeout(300_000)
  const [station, bed] = [await ward.station(2), await fox.bed()]
  const tablet = byText(bed)
  // One pixel of the picture is one of the screen: no two browsers enlarge alike.
  await samePlaceOf(512, station, tablet)
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await find(bed, 'labelled', 'Incoming call from Maria Oja, doctor')
  await press(bed, 'Answer')
  await expect(station.getByRole('button', { name: 'End call' })).toBeVisible()
  await openCt(station)
  await show(station)
  const said = (selector: string) => bed.$$eval(selector, (all) => all.map((one) => one.textContent).join())
  await expect
    .poll(() => said('.share-said'), { timeout: 90_000 })
    .toContain('Maria Oja is showing you pictures')
  await expectSamePicture(station, tablet)

  const { x, y } = await placeOf(station, '.scan-surface')
  await station.mouse.move(x + 200, y + 200)
  for (let turn = 0; turn < 9; turn += 1) await station.mouse.wheel(0, 100)
  await station.mouse.down({ button: 'right' })
  await station.mouse.move(x + 260, y + 230, { steps: 5 })
  await station.mouse.up({ button: 'right' })
  await expect.poll(() => said('.scan-which'), { timeout: 90_000 }).toContain('10 / 60')
  await expectSamePicture(station, tablet)
  await expect(station.getByText('Bed 1 sees the same picture')).toBeVisible()

  await station.getByRole('button', { name: 'Draw', exact: true }).click()
  await drawLine(station)
  const lines = () => bed.$$eval('.share-marks polyline.theirs', (all) => all.length)
  await expect.poll(lines).toBe(1)
  await station.getByRole('button', { name: 'Stop showing' }).click()
  await expect.poll(() => bed.$$eval('.scan-surface, .share-marks', (all) => all.length)).toBe(0)
  await press(bed, 'End call')
  expect(fox.complaints).toEqual([])
})
