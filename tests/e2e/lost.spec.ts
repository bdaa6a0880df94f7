import { callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff, expectLivePicture } from './witness.ts'

// No shorter: on a slow machine a link needs a few seconds.
test.use({ timeScale: 0.4 })

test('a tablet that vanishes: the still picture is covered (HZ-5), and the call ends as lost @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await bed.context().setOffline(true)
  await bed.evaluate(() => window.witness.links.at(-1)?.close())
  await expect(station.getByText(/Reconnecting/).first()).toBeVisible()
  await bed.context().close()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended: connection lost' })).toBeVisible({
    timeout: 60_000,
  })
  await expectCameraOff(station)
})
