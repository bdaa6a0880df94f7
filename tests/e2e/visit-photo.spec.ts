/** A wound photo from an outpatient's telephone to whoever sees them: over the call alone, and gone with it. */
import type { Page } from 'playwright/test'
import { photoLimits } from '../../src/protocol/visit-photo.ts'
import { expect, telephone, test, visited } from './visiting.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

/** One that opens one camera at a time. */
const android =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Mobile Safari/537.36'

/** Whatever a page says of photos beside its calls is remembered there. */
function listenIn(): void {
  const { prototype } = RTCDataChannel
  const said: string[] = []
  Object.assign(window, { said })
  const send = prototype.send
  prototype.send = function (this: RTCDataChannel, data: never) {
    if (String(data).startsWith('{"type":"photo.')) said.push(String(data))
    return send.call(this, data)
  }
}

/** The file as it left, piece by piece. */
async function fileSaid(phone: Page): Promise<Buffer> {
  const said: string[] = await phone.evaluate('window.said')
  const pieces = said.map((text) => JSON.parse(text)).filter(({ type }) => type === 'photo.piece')
  return Buffer.concat(pieces.map(({ data }) => Buffer.from(data, 'base64url')))
}

/** Width, height, and how many grey levels are on a canvas: one that is blank has one. */
const lookAt = (page: Page, name: string) =>
  page.getByRole('img', { name }).evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? []
    return { width, height, levels: new Set(data.filter((_, at) => at % 4 === 1)).size }
  })

test('[VISIT-5] a photo goes from the telephone to the station by the call alone, and is gone with it (HZ-2, HZ-6)', async ({
  ward,
  mail,
}) => {
  test.slow()
  const phone = await telephone(ward, { userAgent: android })
  await phone.addInitScript(listenIn)
  const station = await visited(ward, mail, phone)

  await phone.getByRole('button', { name: 'Send a photo' }).click()
  const dialog = phone.getByRole('dialog', { name: 'A photo for Anna Laine' })
  await expect(dialog.getByText('This camera is on until you take the photo.')).toBeVisible()
  await expect(dialog.getByText('The camera of your call is off.')).toBeVisible()
  expect(await mediaOf(phone), 'the microphone of the call and this camera').toMatchObject({ liveTracks: 2 })
  await dialog.getByRole('button', { name: 'Take the photo' }).click()
  await expect(dialog.getByText('Is it sharp?')).toBeVisible()
  await expect(dialog.getByText('This camera is off.')).toBeVisible()
  await expectLivePicture(station, 'Kaarina Lahti’s video')
  await dialog.getByRole('button', { name: 'Again' }).click()
  await dialog.getByRole('button', { name: 'Take the photo' }).click()
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()

  const large = station.getByRole('region', { name: 'Photo from Kaarina Lahti' })
  await expect(large).toBeVisible()
  await expect(large).toContainText('1948')
  await expect(large).toContainText('Communication aid. Not for diagnosis.')
  const seen = await lookAt(station, 'Photo from Kaarina Lahti')
  expect(Math.max(seen.width, seen.height)).toBeLessThanOrEqual(photoLimits.side)
  expect(seen.levels).toBeGreaterThan(8)
  await expect(dialog.getByText('Anna Laine has your photo.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()

  const file = await fileSaid(phone)
  expect(file.subarray(0, 3).toString('hex')).toBe('ffd8ff')
  expect(file.includes('Exif'), 'not a word about place or device').toBe(false)
  await expectLivePicture(station, 'Kaarina Lahti’s video')

  await large.getByRole('button', { name: 'Close the photo' }).click()
  await station.getByRole('button', { name: 'Show the photo' }).click()
  await expect(large).toBeVisible()
  await phone.getByRole('button', { name: 'Send a photo' }).click()
  await expect(dialog.getByText('This camera is on until you take the photo.')).toBeVisible()
  await station.getByRole('button', { name: 'End call' }).click()
  await expect(large).toHaveCount(0)
  await expectCameraOff(phone)
})
