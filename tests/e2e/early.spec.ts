/** The caller's picture is under way while it rings; nobody sees or hears anybody before the recorded answer. */
import { nothing } from './liar.ts'
import { test } from './lied-to.ts'
import { bedStatus, expect } from './ward.ts'
import {
  arrivingAt,
  expectCameraOff,
  expectLivePicture,
  expectNobodyShown,
  leavingFrom,
  mediaOf,
} from './witness.ts'

test('[CALL-5] while it rings the nurse’s picture arrives without sound, and the tablet shows none before Answer (HZ-2)', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('dialog')).toBeVisible()
  await expect.poll(async () => (await arrivingAt(bed)).frames, { message: 'decoded' }).toBeGreaterThan(10)
  expect(await leavingFrom(station)).toEqual(['video'])
  expect((await arrivingAt(bed)).soundBytes, 'no sound leaves the caller').toBe(0)
  await expect(bed.getByRole('dialog')).toBeVisible()
  await expect(bed.getByLabel('Staff video')).toBeHidden()
  await expectNobodyShown(bed, 'Staff video')
  expect((await mediaOf(bed)).liveTracks, 'the tablet’s own camera is off').toBe(0)
  await expect.poll(() => leavingFrom(bed), { message: 'nothing leaves the tablet' }).toEqual([])

  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(bed, 'Staff video')
  await expectLivePicture(station, 'Patient video')
  expect(await leavingFrom(station)).toEqual(['audio', 'video'])
})

test('[CALL-5] a server that withholds the record of the answer lets neither screen show the other (HZ-2) @whole', async ({
  ward,
  liar,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  liar.lie({
    told: (message) =>
      message.type === 'call.changed' && message.call.phase === 'accepted' ? nothing(message.call) : message,
  })
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Answer' }).click()
  const arriving = async () => {
    const { frames, soundBytes } = await arrivingAt(station)
    return frames > 10 && soundBytes > 0
  }
  await expect.poll(arriving, { message: 'the patient’s picture and sound arrive at the station' }).toBe(true)
  expect(await leavingFrom(station), 'the caller is not heard').toEqual(['video'])
  await expectNobodyShown(station, 'Patient video')
  await expectNobodyShown(bed, 'Staff video')
  await expect(station.getByRole('button', { name: 'Cancel call' })).toBeVisible()
  await expect(station.getByLabel('Patient video')).toBeHidden()
  await expect(bed.locator('.cover.connecting')).toBeVisible()
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  await expectCameraOff(station)
})

test('[CALL-5] of a call that is cancelled while the picture is under way nothing stays on @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect.poll(async () => (await arrivingAt(bed)).frames).toBeGreaterThan(0)
  await station.getByRole('button', { name: 'Cancel call' }).click()
  await expect(bed.getByRole('dialog')).toBeHidden()
  await expectCameraOff(station)
  for (const page of [station, bed])
    expect(
      await page.evaluate(() => window.witness.links.every((link) => link.signalingState === 'closed')),
    ).toBe(true)
  await expect(bedStatus(station, '1')).toHaveText('Ready')
})
