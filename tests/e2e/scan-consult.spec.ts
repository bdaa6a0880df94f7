/**
 * A consultation as it is meant: a doctor opens the CT of the patient she talks with out of the PACS and shows it; the tablet
 * follows, loses its links, comes back, and keeps nothing.
 */
import { eerosCt, openEerosCt, serverWithPacs } from './in-orthanc.ts'
import { expectOnlyMarkers, keepMarkers, recordHashes, test as searched, tracesOfSlice } from './searched.ts'
import {
  cutOff,
  drawLine,
  expectSamePicture,
  isShown,
  pixelsOf,
  placeOf,
  samePlace,
  show,
} from './shared-scan.ts'
import { openPictures } from './walk-pictures.ts'
import { callAndAnswer, expect } from './ward.ts'

const test = searched.extend({ server: ({ timeScale }, use) => serverWithPacs(timeScale, use) })

test('[LIVE-2] [LIVE-7] [LIVE-8] a CT out of the PACS is shown in a call, followed, lost, followed again, and is nowhere afterwards (HZ-1, HZ-9)', async ({
  ward,
  tablet,
}) => {
  test.setTimeout(600_000)
  const bed = tablet.page
  const station = await ward.station(2)
  const hashes = await recordHashes(station)
  await samePlace(station, bed)
  await callAndAnswer(station, bed)
  await openPictures(station)
  await openEerosCt(station)
  // [HZ-1] They are of whom she talks with.
  await show(station, null)
  await isShown(bed)
  await expectSamePicture(station, bed)

  const { x, y } = await placeOf(station, '.scan-surface')
  await test.step('slice and window', async () => {
    await station.mouse.move(x + 200, y + 200)
    for (let turn = 0; turn < 29; turn += 1) await station.mouse.wheel(0, 100)
    await expect(bed.locator('.scan-which')).toContainText('30 / 60', { timeout: 90_000 })
    await station.mouse.down({ button: 'right' })
    await station.mouse.move(x + 260, y + 230, { steps: 5 })
    await station.mouse.up({ button: 'right' })
    await expectSamePicture(station, bed)
  })
  await test.step('pointer and drawing', async () => {
    await station.getByRole('button', { name: 'Point', exact: true }).click()
    await station.mouse.move(x + 120, y + 90, { steps: 4 })
    await expect(bed.locator('.share-marks text')).toHaveText('Maria Oja')
    await station.getByRole('button', { name: 'Draw', exact: true }).click()
    await drawLine(station)
    await expect(bed.locator('.share-marks polyline.theirs')).toHaveCount(1)
  })
  await test.step('the links are cut, and come back', async () => {
    await cutOff(bed)
    await expect(bed.getByText('The pictures are hidden until it is back.')).toBeVisible({ timeout: 30_000 })
    expect((await pixelsOf(bed)).every((one) => one === 0)).toBe(true)
    await bed.context().setOffline(false)
    await isShown(bed)
    await expect(bed.locator('.scan-which')).toContainText('30 / 60', { timeout: 90_000 })
    await expectSamePicture(station, bed)
    await expect(station.locator('.share-bar progress'), 'all of it is there').toHaveCount(0, {
      timeout: 150_000,
    })
  })
  await test.step('the call ends, and nothing is left', async () => {
    await station.getByRole('button', { name: 'End call' }).click()
    await expect(bed.locator('.scan-surface')).toHaveCount(0)
    const slices = await Promise.all(eerosCt.map(({ name, file }) => tracesOfSlice(name, file)))
    const traces = [...slices.flat(), ...(await hashes())]
    const markers = await keepMarkers(bed)
    expectOnlyMarkers(markers, traces, tablet.folders)
    await tablet.context.close()
    expectOnlyMarkers(markers, traces, tablet.folders)
  })
})
