import type { Page } from 'playwright/test'
import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

/** Another one of every search for another way. */
function ufragOf(page: Page): Promise<string> {
  return page.evaluate(
    () => /a=ice-ufrag:(\S+)/.exec(window.witness.links.at(-1)?.localDescription?.sdp ?? '')?.[1] ?? '',
  )
}

test('a Ready bed that is reloaded is Ready again without a touch @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await bed.reload()
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expect(bed.getByRole('button', { name: 'Start' })).toHaveCount(0)
  await expect(bedStatus(station, '1')).toHaveText('Ready')
})

test('a bed reloaded while it rings rings again, and can be answered @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })).toBeVisible()
  await bed.reload()
  await expect(bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })).toBeVisible()
  expect((await mediaOf(bed)).liveTracks).toBe(0)
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
})

test('a station reloaded while it rings goes on ringing @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('dialog')).toBeVisible()
  await station.reload()
  await expect(station.getByRole('button', { name: 'Cancel call' })).toBeVisible()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
})

test('a station reloaded in a call is back in it by itself, with both pictures', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(bed, 'Staff video')
  await station.reload()
  await expect(station.getByRole('button', { name: 'End call' })).toBeVisible()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await expect(bedStatus(station, '1')).toHaveText('In call with Anna Laine')
  await station.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(station)
  await expectCameraOff(bed)
})

test('a bed reloaded in a call asks before its camera starts again (HZ-3)', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await bed.reload()
  await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
  expect((await mediaOf(bed)).liveTracks).toBe(0)
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
})

test('a bed whose browser died in a call is asked again, and not taken for somebody else (HZ-3) @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  const context = bed.context()
  // Its link says no goodbye, so the station looks for another way to a page that is gone.
  await Promise.all([bed.waitForEvent('crash'), bed.goto('chrome://crash').catch(() => {})])
  await bed.close()
  const back = await context.newPage()
  await back.goto(`${ward.server.origin}/bed`)
  await expect(back.getByRole('button', { name: 'Answer' })).toBeVisible()
  const before = await ufragOf(station)
  await station.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(() => ufragOf(station)).not.toBe(before)
  await back.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(back, 'Staff video')
})

test('a nurse who sends neither picture nor sound is there all the same, also by a fresh link (HZ-5) @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await station.getByRole('button', { name: 'Turn camera off' }).click()
  await station.getByRole('button', { name: 'Mute microphone' }).click()
  await expectCameraOff(station)
  await bed.reload()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expect(bed.getByRole('button', { name: 'Turn camera off' })).toBeVisible()
  await expectLivePicture(station, 'Patient video')
})
