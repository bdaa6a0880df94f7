/** A call on a network that loses much, or carries little: sound first, and the truth about it on both screens. */
import type { Page } from 'playwright/test'
import { weatherOf } from '../fakes/far.ts'
import { callAndAnswer, expect, launch, type Screens, startBed, test } from './ward.ts'
import { arrivingAt, expectCameraOff, expectLivePicture, installWitness, mediaOf } from './witness.ts'

async function inCall(ward: Screens) {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const bedAir = await weatherOf(bed)
  await weatherOf(station)
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  return { station, bed, bedAir }
}

/** How many packets of sound came, and in which formats both ends agreed to send them, the first one first. */
function soundAt(page: Page): Promise<{ packets: number; formats: string[] }> {
  return page.evaluate(async () => {
    const link = window.witness.links.at(-1)
    const sound = { packets: 0, formats: [] as string[] }
    for (const report of (await link?.getStats())?.values() ?? [])
      if (report.type === 'inbound-rtp' && report.kind === 'audio') sound.packets = report.packetsReceived
    for (const { sdp } of [link?.localDescription, link?.remoteDescription].flatMap((one) => one ?? [])) {
      const [first] = /^m=audio \d+ \S+ (\d+)/m.exec(sdp)?.slice(1) ?? []
      sound.formats.push(new RegExp(`^a=rtpmap:${first} (\\S+)`, 'm').exec(sdp)?.[1] ?? '')
    }
    return sound
  })
}

test('[QUALITY-2] sound travels redundantly, in both directions @whole', async ({ ward }) => {
  const { station, bed } = await inCall(ward)
  for (const page of [station, bed])
    expect((await soundAt(page)).formats).toEqual(['red/48000/2', 'red/48000/2'])
})

test('[QUALITY-1] [QUALITY-2] much is lost: weak is said, pictures give way to the sound, and come back (HZ-5) @whole', async ({
  ward,
}) => {
  const { station, bed, bedAir } = await inCall(ward)
  await expect(station.getByText('Connection: good')).toBeVisible({ timeout: 60_000 })
  await bedAir({ lossPercent: 35 })
  await expect(bed.getByText('Weak connection')).toBeVisible({ timeout: 30_000 })
  await expect(station.getByText('Connection: weak')).toBeVisible({ timeout: 30_000 })
  await expect(station.getByText('The picture is paused.', { exact: false })).toBeVisible({
    timeout: 30_000,
  })
  await expect(bed.getByText('Your picture is paused.')).toBeVisible()
  // The camera stays as the patient set it, and its light says so (HZ-2).
  expect((await mediaOf(bed)).liveTracks).toBe(2)
  // What was lost before is sent once more for a while.
  await expect(async () => {
    const { frames } = await arrivingAt(station)
    const { packets } = await soundAt(station)
    await expect.poll(async () => (await soundAt(station)).packets).toBeGreaterThan(packets + 25)
    expect((await arrivingAt(station)).frames).toBe(frames)
  }).toPass()
  await bedAir({})
  await expect(station.getByText('The picture is paused', { exact: false })).toBeHidden({ timeout: 60_000 })
  await expectLivePicture(station, 'Patient video')
  await expect(bed.getByText('Your picture is paused', { exact: false })).toBeHidden()
  await expect(station.getByText('Connection: good')).toBeVisible({ timeout: 60_000 })
})

test('[QUALITY-2] a way that carries little carries sound @whole', async ({ ward }) => {
  const { station, bed, bedAir } = await inCall(ward)
  await bedAir({ kbps: 120 })
  await expect(bed.getByText('Your picture is paused.')).toBeVisible({
    timeout: 60_000,
  })
  const { packets } = await soundAt(station)
  await expect.poll(async () => (await soundAt(station)).packets).toBeGreaterThan(packets + 50)
})

test('a closer look: the picture is sharper on request, its owner is told, and it ends with the call @whole', async ({
  ward,
}) => {
  const camera = await launch('patient', 'large')
  const context = await camera.newContext({ viewport: { width: 1280, height: 800 } })
  await context.addInitScript(installWitness)
  const [station, bed] = [await ward.station(), await startBed(await context.newPage(), ward.server)]
  const width = () =>
    station.getByLabel('Patient video').evaluate((video) => (video as HTMLVideoElement).videoWidth)
  await callAndAnswer(station, bed)
  await expect.poll(width).toBe(640)
  await station.getByRole('button', { name: 'Look closely' }).click()
  await expect(bed.getByText('Your picture is sharper now.')).toBeVisible()
  await expect.poll(width, { timeout: 30_000 }).toBe(1_280)
  await station.getByRole('button', { name: 'Usual picture' }).click()
  await expect(bed.getByText('Your picture is sharper now', { exact: false })).toBeHidden()
  await expect.poll(width, { timeout: 30_000 }).toBeLessThanOrEqual(640)
  await station.getByRole('button', { name: 'Look closely' }).click()
  await expect(station.getByRole('button', { name: 'Usual picture' })).toBeVisible()
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await expect(station.getByRole('button', { name: 'Look closely' })).toBeVisible()
  expect(await width()).toBeLessThanOrEqual(640)
  await camera.close()
})

test('what IT asks: the way, the delay, the codecs @whole', async ({ ward }) => {
  const { station } = await inCall(ward)
  await station.getByText(/^Connection: /).click()
  const numbers = station.locator('.numbers')
  await expect(numbers).toContainText('direct, UDP')
  await expect(numbers).toContainText('opus')
  await expect(numbers).toContainText(/VP8, \d+ × \d+, \d+ fps/)
})

test('[DEV-3] a tablet that makes one kind of picture without its processor sends that kind, and is sent it @whole', async ({
  ward,
}) => {
  const context = await ward.tablet()
  await context.addInitScript(() => {
    navigator.mediaCapabilities.encodingInfo = async ({ video }) => {
      const powerEfficient = video?.contentType === 'video/H264'
      return { supported: true, smooth: true, powerEfficient } as MediaCapabilitiesEncodingInfo
    }
  })
  const [station, bed] = [await ward.station(), await startBed(await context.newPage(), ward.server)]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  const codecOf = (page: Page, type: 'inbound-rtp' | 'outbound-rtp') =>
    page.evaluate(async (type) => {
      const reports = [...((await window.witness.links.at(-1)?.getStats())?.values() ?? [])]
      const picture = reports.find((report) => report.type === type && report.kind === 'video')
      return reports.find(({ id }) => id === picture?.codecId)?.mimeType ?? ''
    }, type)
  for (const page of [station, bed])
    for (const type of ['inbound-rtp', 'outbound-rtp'] as const)
      await expect.poll(() => codecOf(page, type)).toBe('video/H264')
})
