/** A call whose air goes away and comes back. */
import type { Page } from 'playwright/test'
import { type Weather, weatherOf } from '../fakes/far.ts'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

/** The ICE name of this page's end of the link, and how many links it has had. */
function linkOf(page: Page): Promise<{ links: number; ufrag: string }> {
  return page.evaluate(() => {
    const { links } = window.witness
    const ufrag = /a=ice-ufrag:(\S+)/.exec(links.at(-1)?.localDescription?.sdp ?? '')?.[1] ?? ''
    return { links: links.length, ufrag }
  })
}

async function inCall(ward: Screens) {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const weathers: Weather[] = [await weatherOf(station), await weatherOf(bed)]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  const lose = (lossPercent: number) => Promise.all(weathers.map((change) => change({ lossPercent })))
  return { station, bed, lose }
}

const covered = (page: Page) => page.getByText(/Reconnecting/).first()

test('[CALL-18] the air is gone for a while: covered, then the same link finds another way, and both see each other (HZ-5)', async ({
  ward,
}) => {
  const { station, bed, lose } = await inCall(ward)
  const before = await Promise.all([linkOf(station), linkOf(bed)])
  await lose(100)
  await expect(covered(station)).toBeVisible()
  await expect(covered(bed)).toBeVisible()
  await lose(0)
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await expect(covered(station)).toBeHidden()
  const after = await Promise.all([linkOf(station), linkOf(bed)])
  expect(after.map(({ links }) => links)).toEqual(before.map(({ links }) => links))
  for (const [index, { ufrag }] of after.entries()) expect(ufrag).not.toBe(before[index]?.ufrag)
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  await expectCameraOff(station)
})

test('[CALL-18] another network is tried at once, and a call that goes on is not disturbed by it @whole', async ({
  ward,
}) => {
  const { station, bed } = await inCall(ward)
  const before = await linkOf(bed)
  const { framesDecoded } = await mediaOf(bed)
  await bed.evaluate(() => dispatchEvent(new Event('online')))
  await expect.poll(async () => (await linkOf(bed)).ufrag).not.toBe(before.ufrag)
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await expect(covered(station)).toBeHidden()
  expect((await linkOf(bed)).links).toBe(before.links)
  expect((await mediaOf(bed)).framesDecoded).toBeGreaterThan(framesDecoded)
})
