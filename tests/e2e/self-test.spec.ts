/** A tablet is tried on one page: green when all of it works, and nothing stays open when it ends. */
import type { BrowserContext, Page } from 'playwright/test'
import { atBed, expectReadable } from './reading.ts'
import { expect, type Screens, startBed, test } from './ward.ts'
import { expectCameraOff, mediaOf, motionIn } from './witness.ts'

test.describe.configure({ timeout: 120_000 })

/** A screen's lock and a store that a browser in a test does not give. Runs in the page. */
function grantTablet(): void {
  const request = async () => Object.assign(new EventTarget(), { release: async () => {} })
  Object.defineProperty(navigator, 'wakeLock', { value: { request } })
  Object.defineProperty(navigator.storage, 'persisted', { value: async () => true })
}

async function tabletOf(ward: Screens): Promise<{ context: BrowserContext; bed: Page }> {
  const context = await ward.tablet({ permissions: ['camera', 'microphone'] })
  await context.addInitScript(grantTablet)
  return { context, bed: await startBed(await context.newPage(), ward.server) }
}

const page = (bed: Page) => bed.getByRole('dialog', { name: 'Self-test' })
const yes = (bed: Page) => page(bed).getByRole('button', { name: 'Yes' })
const asked = (bed: Page, words: string) =>
  expect(page(bed).getByText(words)).toBeVisible({ timeout: 40_000 })

async function begin(bed: Page): Promise<void> {
  await bed.getByRole('button', { name: 'Test this tablet' }).click()
  await asked(bed, 'Do you see yourself?')
}

test('[SELF-1] [HZ-11] a tablet that was just started is tried line by line until its page is green', async ({
  ward,
}) => {
  const { bed } = await tabletOf(ward)
  await begin(bed)
  const moves = async () => (await bed.getByLabel('Your video').evaluate(motionIn)).changed
  await expect.poll(moves, { message: 'a moving picture' }).toBeGreaterThan(0)
  await expectReadable(bed, 'bed-self-test', atBed, async () => false)
  await yes(bed).click()
  await asked(bed, 'Did you hear your own words?')
  await expectCameraOff(bed)
  await yes(bed).click()
  await asked(bed, 'Did you hear the sound of a call?')
  await yes(bed).click()
  await expect(page(bed).getByRole('heading', { name: 'Ready' })).toBeVisible()
  await expect(page(bed).getByRole('listitem').filter({ hasText: 'Works' })).toHaveCount(8)
  await expectReadable(bed, 'bed-self-test-ready', atBed, async () => false)
  await page(bed).getByRole('button', { name: 'Close' }).click()
  await expect(page(bed)).toHaveCount(0)
  await expectCameraOff(bed)
})

test('[SELF-3] [HZ-2] a call that rings closes the self-test at once, with the camera stopped, and is answered as ever', async ({
  ward,
}) => {
  const [station, { bed }] = [await ward.station(), await tabletOf(ward)]
  await begin(bed)
  expect((await mediaOf(bed)).liveTracks).toBe(1)
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  const answer = bed.getByRole('button', { name: 'Answer' })
  await expect(answer).toBeVisible()
  await expect(page(bed)).toHaveCount(0)
  await expectCameraOff(bed)
  await answer.click()
  await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible()
})

test('[SELF-3] [HZ-2] out of sight, the self-test is closed and its camera is stopped @whole', async ({
  ward,
}) => {
  const { bed } = await tabletOf(ward)
  await begin(bed)
  await bed.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await expect(page(bed)).toHaveCount(0)
  await expectCameraOff(bed)
})
