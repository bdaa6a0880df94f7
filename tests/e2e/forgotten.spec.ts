import type { Page } from 'playwright/test'
import { hasten } from './hasten.ts'
import { bedStatus, callAndAnswer, expect, type Screens, test } from './ward.ts'
import { expectCameraOff, mediaOf } from './witness.ts'

/** Fifteen minutes in six seconds, the minute to reply in three. */
async function callInHaste(ward: Screens) {
  const [station, bed] = [await ward.station(), await ward.bed()]
  for (const page of [station, bed]) await hasten(page, { untouchedMs: 6_000, stillMs: 3_000 })
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await callAndAnswer(station, bed)
  return { station, bed }
}

const question = (page: Page) => page.getByRole('dialog', { name: 'Still talking?' })

async function expectAsked(...pages: Page[]): Promise<void> {
  for (const page of pages) await expect(question(page)).toBeVisible({ timeout: 30_000 })
}

test('[HZ-13] a call that its station forgot: both sides are asked, and without a reply camera and microphone stop', async ({
  ward,
}) => {
  const { station, bed } = await callInHaste(ward)
  const ended = expect(bed.getByText('The call ended because nobody said that it goes on.')).toBeVisible({
    timeout: 40_000,
  })
  await Promise.all([expectAsked(station), expectAsked(bed)])
  await ended
  await expect(station.getByRole('status').filter({ hasText: 'Call ended: forgotten' })).toBeVisible()
  await expectCameraOff(station)
  await expectCameraOff(bed)
  await expect(bedStatus(station, '1')).toHaveText('Ready')
})

test('[HZ-13] Yes at the bed goes on for both; the next time nobody replies @whole', async ({ ward }) => {
  const { station, bed } = await callInHaste(ward)
  await expectAsked(bed)
  await bed.getByRole('button', { name: 'Yes' }).click()
  await expect(question(station)).toHaveCount(0)
  await expect(question(bed)).toHaveCount(0)
  expect((await mediaOf(bed)).liveTracks).toBe(2)
  await expect(bedStatus(station, '1')).toHaveText('In call with Anna Laine')
  await station.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
})
