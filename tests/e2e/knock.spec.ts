import type { Page } from 'playwright/test'
import { expect, test } from './ward.ts'
import { agreeToKnock } from './wishes.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

async function knock(station: Page): Promise<void> {
  await station.getByRole('button', { name: 'Open bed 1' }).click()
  await station.getByRole('button', { name: 'Knock bed 1' }).click()
}

test('a knock at a bed that did not allow it rings and waits (HZ-3) @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await knock(station)
  await expect(bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })).toBeVisible()
})

test.describe('where the patient allows it', () => {
  test.use({ timeScale: 0.3 })

  test('a knock counts down with the camera off, then comes in', async ({ ward }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    await agreeToKnock(station, bed)
    await knock(station)
    await expect(bed.getByRole('dialog', { name: 'Knock from Anna Laine, nurse' })).toBeVisible()
    expect((await mediaOf(bed)).liveTracks, 'camera off while it counts').toBe(0)
    await expectLivePicture(station, 'Patient video')
    await expectLivePicture(bed, 'Staff video')
  })

  test('Not now during the countdown keeps the camera off @whole', async ({ ward }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    await agreeToKnock(station, bed)
    const opened = (await mediaOf(bed)).opened
    await knock(station)
    await bed.getByRole('button', { name: 'Not now' }).click()
    await expect(station.getByRole('status').filter({ hasText: 'Call ended: declined' })).toBeVisible()
    await expectCameraOff(station)
    expect((await mediaOf(bed)).opened).toBe(opened)
  })
})
