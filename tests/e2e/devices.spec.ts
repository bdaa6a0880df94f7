/** Cameras, microphones and headsets that come and go while people talk. */
import type { Page } from 'playwright/test'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'
import { expectCameraOff, expectLivePicture, leavingFrom, mediaOf } from './witness.ts'

async function inCall(ward: Screens) {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  return { station, bed }
}

/** As the browser does it when a plug is pulled: the track ends by itself. `others`: what is left to take its place. */
function unplug(page: Page, kind: 'audio' | 'video', others: 'others' | 'none'): Promise<void> {
  return page.evaluate(
    ([kind, others]) => {
      if (others === 'none')
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))
      const track = window.witness.tracks.find((one) => one.kind === kind && one.readyState === 'live')
      track?.stop()
      track?.dispatchEvent(new Event('ended'))
    },
    [kind, others] as const,
  )
}

test('[DEV-1] a microphone that is unplugged: another takes its place, and its owner reads which @whole', async ({
  ward,
}) => {
  const { station, bed } = await inCall(ward)
  const { opened } = await mediaOf(bed)
  await unplug(bed, 'audio', 'others')
  await expect(bed.getByText(/^Unplugged. In use now: /)).toBeVisible()
  expect((await mediaOf(bed)).opened).toBe(opened + 1)
  expect(await leavingFrom(bed)).toEqual(['audio', 'video'])
  await expectLivePicture(station, 'Patient video')
  await expect(station.getByText('microphone is off')).toBeHidden()
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
})

test('[DEV-1] the only microphone is unplugged: both people read that nothing is heard, and the call goes on @whole', async ({
  ward,
}) => {
  const { station, bed } = await inCall(ward)
  await unplug(bed, 'audio', 'none')
  await expect(bed.getByText('Your microphone was unplugged: you are not heard.')).toBeVisible()
  await expect(station.getByText('Bed 1’s microphone is off')).toBeVisible()
  await expect(bed.getByText('Camera on, microphone off')).toBeVisible()
  await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible()
})

test('[DEV-1] the only camera is unplugged: it is said to be off, and no still picture stays (HZ-2, HZ-5)', async ({
  ward,
}) => {
  const { station, bed } = await inCall(ward)
  await unplug(bed, 'video', 'none')
  await expect(bed.getByText('Your camera was unplugged.')).toBeVisible()
  await expect(station.getByText('Bed 1’s camera is off')).toBeVisible()
})

test('[DEV-2] a headset that is plugged in is noticed, and used when its owner says so @whole', async ({
  ward,
}) => {
  const { station } = await inCall(ward)
  await station.evaluate(() => {
    const { mediaDevices } = navigator
    const list = mediaDevices.enumerateDevices.bind(mediaDevices)
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    const headset = {
      kind: 'audioinput',
      deviceId: 'headset',
      label: 'Headset',
      groupId: 'h',
    } as MediaDeviceInfo
    mediaDevices.enumerateDevices = async () => [...(await list()), headset]
    mediaDevices.getUserMedia = (wanted) => {
      Object.assign(window, { wanted: JSON.stringify(wanted) })
      return open(wanted)
    }
    mediaDevices.dispatchEvent(new Event('devicechange'))
  })
  await expect(station.getByText('New: Headset')).toBeVisible()
  await station.getByRole('button', { name: 'Use it' }).click()
  await expect(station.getByText('New: Headset')).toBeHidden()
  await expect.poll(() => station.evaluate(() => Reflect.get(window, 'wanted'))).toContain('headset')
  await expect.poll(() => leavingFrom(station)).toEqual(['audio', 'video'])
})
