import { callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff, expectLivePicture } from './witness.ts'

test.use({ timeScale: 0.2, keepsApp: true })

test('a tablet that vanishes: the still picture is covered within 2.5 s (HZ-5) and the call ends as lost', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await bed.context().setOffline(true)
  await bed.evaluate(() => window.witness.links.at(-1)?.close())
  await expect(station.getByText(/Reconnecting/).first()).toBeVisible({ timeout: 2_500 })
  await bed.context().close()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended: connection lost' })).toBeVisible({
    timeout: 30_000,
  })
  await expectCameraOff(station)
})
