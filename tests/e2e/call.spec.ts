import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

// Whatever else is only seen in its engine: a call is seen in the browser that people have.
test.use({ kind: 'browser' })

test('a nurse calls a bed: both pictures move, both are heard, and the end stops every camera (HZ-2)', async ({
  ward,
}) => {
  const station = await ward.station()
  const bed = await ward.bed()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  expect((await mediaOf(bed)).liveTracks).toBe(0)

  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })).toBeVisible()
  await expect(bedStatus(station, '1')).toHaveText('Ringing')
  await expect.poll(async () => (await mediaOf(bed)).links, { message: 'warmed while it rings' }).toBe(1)
  expect((await mediaOf(bed)).liveTracks, 'no camera before the answer (HZ-3)').toBe(0)

  await bed.getByRole('button', { name: 'Answer' }).click()
  await expect(bedStatus(station, '1')).toHaveText('In call with Anna Laine')
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await expect(station.getByLabel('Your video')).toBeVisible()
  await expect(bed.getByLabel('Your video')).toBeVisible()
  expect((await mediaOf(station)).liveTracks).toBe(2)
  expect((await mediaOf(bed)).liveTracks).toBe(2)

  await station.getByRole('button', { name: 'End call' }).click()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended: hung up' })).toBeVisible()
  await expectCameraOff(station)
  await expectCameraOff(bed)
  await expect(bedStatus(station, '1')).toHaveText('Ready')
})

test('the patient ends the call (HZ-13), and may be called again at once @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await bed.getByRole('button', { name: 'End call' }).click()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended:' })).toBeVisible()
  await expectCameraOff(station)
  await expectCameraOff(bed)
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
})
