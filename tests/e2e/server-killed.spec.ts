import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

test.use({ keepsApp: true })

test('the server is killed in a call and started again: the call never stops, and ends as usual', async ({
  ward,
}) => {
  const [station, bed, second] = [await ward.station(0), await ward.bed(), await ward.station(1)]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await ward.server.kill()
  await expect(station.getByText(/Offline since/).first()).toBeVisible()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  const links = (await mediaOf(station)).links

  await ward.server.start()
  await expect(bedStatus(second, '1')).toHaveText('In call with Anna Laine')
  await expectLivePicture(station, 'Patient video')
  expect((await mediaOf(station)).links, 'the same link carried it through').toBe(links)
  await bed.getByRole('button', { name: 'End call' }).click()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended:' })).toBeVisible()
  await expectCameraOff(station)
  await expectCameraOff(bed)
  await expect(bedStatus(second, '1')).toHaveText('Ready')
})

test('hanging up while the server is down is not forgotten: the other end hears of it when it is back @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await ward.server.kill()
  await station.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(station)
  await ward.server.start()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await expectCameraOff(bed)
})

test('a ring outlives the server: it is killed while a bed rings, and the call is answered after @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('dialog')).toBeVisible()
  await ward.server.kill()
  await ward.server.start()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
})
