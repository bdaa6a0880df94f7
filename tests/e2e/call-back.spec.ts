/** Calling back after a slip of the finger: an ordinary ring, now or not at all. */
import type { Page } from 'playwright/test'
import { atBed, expectReadable } from './reading.ts'
import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

test.use({ keepsApp: true })

const back = (bed: Page) => bed.getByRole('button', { name: 'Call Anna Laine back' })
const answer = (station: Page) =>
  station
    .getByRole('dialog', { name: 'Incoming call from Bed 1, Ward 4B' })
    .getByRole('button', { name: 'Answer' })

test('[HZ-2] a patient who ended a call by mistake calls back, is answered, and every camera is off again after it', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await expect(back(bed)).toHaveCount(0)
  await callAndAnswer(station, bed)
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  await back(bed).click()
  await expectReadable(bed, 'calling back', atBed)
  await expect(bed.getByRole('status').filter({ hasText: 'Ringing Anna Laine' })).toBeVisible()
  const dialog = station.getByRole('dialog', { name: /^Incoming call from Bed 1/ })
  await expect(dialog.locator('.patient'), 'who lies there (HZ-1)').toContainText('born')
  expect((await mediaOf(station)).liveTracks, 'no camera of the station before its answer').toBe(0)
  await answer(station).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  await expectCameraOff(station)
})

test('[HZ-4] calling back whoever does not answer, is busy or has gone is told as it is @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Not now' }).click()

  await test.step('declined', async () => {
    await back(bed).click()
    // Beside the board stands another, of the offer to start a shift.
    await station.getByRole('dialog').getByRole('button', { name: 'Not now' }).click()
    await expect(bed.getByText('Anna Laine cannot talk now.')).toBeVisible()
    await expect(bed.getByText('To reach another nurse, touch Ask my nurse.')).toBeVisible()
    await expectCameraOff(bed)
  })

  await test.step('busy', async () => {
    const other = await ward.bed('2')
    await callAndAnswer(station, other, '2')
    await back(bed).click()
    await expect(bed.getByText('Anna Laine is in another call.')).toBeVisible()
    await station.getByRole('button', { name: 'End call' }).click()
    await expectCameraOff(bed)
  })

  await test.step('gone', async () => {
    await station.close()
    await expect
      .poll(async () => {
        await back(bed).click()
        const gone = bed.getByText('Anna Laine cannot be reached now.')
        await Promise.race([gone.waitFor(), bed.getByRole('button', { name: 'Stop calling' }).click()]).catch(
          () => {},
        )
        return await gone.isVisible()
      })
      .toBe(true)
    await expect(bed.getByText('Emergency: use the red call button')).toBeVisible()
    await expectCameraOff(bed)
  })
})

test('[HZ-2] stopped, reloaded or without the server, calling back leaves nothing open and nothing waiting @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Not now' }).click()
  await back(bed).click()
  await bed.getByRole('button', { name: 'Stop calling' }).click()
  await expect(bed.getByText('You stopped the call.')).toBeVisible()
  await expectCameraOff(bed)
  await expect(answer(station)).toHaveCount(0)

  await test.step('a reload ends it at the other end, too', async () => {
    await back(bed).click()
    await expect(answer(station)).toBeVisible()
    await bed.reload()
    await expect(answer(station)).toHaveCount(0)
    await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
    await expectCameraOff(bed)
    await expect(bedStatus(station, '1')).toHaveText('Ready')
  })

  await test.step('without the server it is not offered', async () => {
    await station.getByRole('button', { name: 'Call bed 1' }).click()
    await bed.getByRole('button', { name: 'Not now' }).click()
    await expect(back(bed)).toBeVisible()
    await ward.server.kill()
    await expect(back(bed)).toHaveCount(0)
  })
})
