import type { Page } from 'playwright/test'
import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff } from './witness.ts'

/** What the browser throws: the person said no, no such device, or another program holds it. */
type Trouble = 'NotAllowedError' | 'NotFoundError' | 'NotReadableError'

/** From now on, opening the camera on this page fails as a browser fails it. */
async function breakCamera(page: Page, trouble: Trouble): Promise<void> {
  await page.evaluate((name) => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException('in this test', name)
    }
  }, trouble)
}

for (const [trouble, reason, tag] of [
  ['NotAllowedError', 'permission lost', ''],
  ['NotReadableError', 'device unready', ' @whole'],
  ['NotFoundError', 'device unready', ' @whole'],
] as const) {
  test(`the nurse’s camera fails with ${trouble}: the call ends with a sentence, and the bed stops ringing${tag}`, async ({
    ward,
  }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    await expect(bedStatus(station, '1')).toHaveText('Ready')
    await breakCamera(station, trouble)
    await station.getByRole('button', { name: 'Call bed 1' }).click()
    await expect(station.getByRole('status').filter({ hasText: `Call ended: ${reason}` })).toBeVisible()
    await expect(station.getByText(/camera/i).first()).toBeVisible()
    await expect(bed.getByRole('dialog')).toBeHidden()
    await expect(bedStatus(station, '1')).toHaveText('Ready')
  })

  test(`the tablet’s camera fails with ${trouble} at the answer: both are told, nothing stays on${tag}`, async ({
    ward,
  }) => {
    const [station, bed] = [await ward.station(), await ward.bed()]
    await station.getByRole('button', { name: 'Call bed 1' }).click()
    await expect(bed.getByRole('dialog')).toBeVisible()
    await breakCamera(bed, trouble)
    await bed.getByRole('button', { name: 'Answer' }).click()
    await expect(station.getByRole('status').filter({ hasText: `Call ended: ${reason}` })).toBeVisible()
    await expectCameraOff(station)
    await expect(bedStatus(station, '1')).toHaveText('Ready')
  })
}

test('a tablet that may not use its camera is not Ready, says what to do, and is Ready once it may', async ({
  ward,
}) => {
  const page = await (await ward.tablet()).newPage()
  await page.addInitScript(() => {
    const open = navigator.mediaDevices.getUserMedia
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      if (sessionStorage.getItem('allowed')) return open.call(navigator.mediaDevices, constraints)
      throw new DOMException('in this test', 'NotAllowedError')
    }
  })
  await page.goto(ward.server.demo().beds[2]?.url ?? '')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.locator('.trouble')).toContainText(/camera/i)
  await expect(page.getByText('Ready', { exact: true })).toHaveCount(0)
  await page.evaluate(() => sessionStorage.setItem('allowed', 'yes'))
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
})

test('turning the camera off stops it at once, and the other side sees no still picture of it (HZ-2, HZ-5)', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await bed.getByRole('button', { name: 'Turn camera off' }).click()
  await expect
    .poll(() =>
      bed.evaluate(
        () => window.witness.tracks.filter((t) => t.kind === 'video' && t.readyState === 'live').length,
      ),
    )
    .toBe(0)
  await expect(station.getByText(/camera is off/)).toBeVisible()
  await bed.getByRole('button', { name: 'Turn camera on' }).click()
  await expect(station.getByText(/camera is off/)).toBeHidden()
  await station.getByRole('button', { name: 'Mute microphone' }).click()
  await expect
    .poll(() =>
      station.evaluate(
        () => window.witness.tracks.filter((t) => t.kind === 'audio' && t.readyState === 'live').length,
      ),
    )
    .toBe(0)
  await expect(station.getByRole('button', { name: 'Unmute microphone' })).toBeVisible()
})
