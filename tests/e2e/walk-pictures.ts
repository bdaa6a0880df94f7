/** A way through everything that the viewer of scans shows. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright/test'
import { expect, type Screens } from './ward.ts'

const folder = fileURLToPath(new URL('../dicom/', import.meta.url))
/** The slices of a plastic head, from the neck upwards. */
export const phantom = Array.from({ length: 60 }, (_, at) => join(folder, 'ct-phantom', `I${410 + at * 10}`))
export const scanFile = (name: string): string => join(folder, name)

export async function openPictures(station: Page): Promise<void> {
  await station.getByRole('button', { name: 'Pictures', exact: true }).first().click()
  await expect(station.getByRole('region', { name: 'Pictures' })).toBeVisible()
}

export async function pick(station: Page, files: readonly string[]): Promise<void> {
  await station
    .locator('input[type="file"]')
    .first()
    .setInputFiles([...files])
}

export async function pickNoPicture(station: Page): Promise<void> {
  await station
    .locator('input[type="file"]')
    .first()
    .setInputFiles([
      { name: 'song.dcm', mimeType: 'application/dicom', buffer: Buffer.from('ID3 is no picture') },
      { name: 'drawing.dcm', mimeType: 'application/dicom', buffer: Buffer.from('<svg onload="alert(1)"/>') },
    ])
}

/** Which slice, and through what. */
export const which = (station: Page) => station.locator('.scan-which')

export async function walkPictures(
  ward: Screens,
  see: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const station = await ward.station(2)
  await openPictures(station)
  await see(station, 'station-pictures-empty')
  await pick(station, phantom)
  await expect(which(station)).toContainText('1 / 60')
  for (let tens = 0; tens < 3; tens++) await station.keyboard.press('PageDown')
  await station.keyboard.press('5')
  await expect(which(station)).toContainText('W 2500')
  await see(station, 'station-pictures')
  await station.keyboard.press('?')
  await see(station, 'station-pictures-keys')
  await station.keyboard.press('Escape')
  await station.getByRole('button', { name: 'Send a copy…' }).click()
  await expect(station.getByRole('radio', { name: '72 hours' })).toBeChecked()
  await expect(station.getByRole('button', { name: /^Ben Okafor/ })).toBeVisible()
  await see(station, 'station-copy-send')
  await station.keyboard.press('Escape')
  await station.getByRole('button', { name: /^Copies of pictures/ }).click()
  await expect(station.getByRole('dialog', { name: 'Copies of pictures' })).toBeVisible()
  await see(station, 'station-copies-empty')
  await station.keyboard.press('Escape')
  await pick(station, [scanFile('us_jpegbaseline_30frames.dcm')])
  await expect(station.getByText('These are pictures of 2 patients')).toBeVisible()
  await see(station, 'station-pictures-of-two')
  await station
    .getByRole('button', { name: /^Show these/ })
    .nth(1)
    .click()
  await expect(which(station)).toContainText('1 / 30')
  await pickNoPicture(station)
  await expect(station.getByText('2 files were not opened:')).toBeVisible()
  await see(station, 'station-pictures-not-opened')
  await station.getByRole('button', { name: 'OK' }).click()
  await station.getByRole('button', { name: 'Take a photo' }).click()
  await expect(station.getByText('The camera is on until the photo is taken.')).toBeVisible()
  await see(station, 'station-pictures-photo')
  await station.getByRole('button', { name: 'Take the photo' }).click()
  await expect(station.locator('.scan-who')).toContainText('Photograph')
  await see(station, 'station-pictures-series')
}
