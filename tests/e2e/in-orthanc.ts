/** A real PACS, Orthanc, that has a CT of the patient in bed 1, and of nobody else. */
import type { Page } from 'playwright/test'
import { numbered } from '../fakes/numbered.ts'
import { phantomSlices, readScan } from '../fakes/scans.ts'
import { startOrthanc } from '../orthanc.ts'
import { newServer, type Server } from './server.ts'
import { expect } from './ward.ts'

/** The patient in bed 1 of the demo ward. */
export const eero = 'DEMO-1048'

/** *From the PACS*, in pictures that are open. */
export async function askPacs(station: Page) {
  await station.getByRole('button', { name: 'From the PACS' }).click()
  return station.getByRole('dialog', { name: 'Scans in the PACS' })
}

/** Opens the CT of the patient in bed 1. */
export async function openEerosCt(station: Page): Promise<void> {
  const dialog = await askPacs(station)
  await expect(dialog).toContainText('Eero Salonen')
  await expect(dialog).toContainText(eero)
  await dialog.getByRole('button', { name: /60 images/ }).click()
  await dialog.getByRole('button', { name: /^Open / }).click()
  await expect(dialog).toContainText('60 images are open.', { timeout: 90_000 })
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(station.locator('.scan-which')).toContainText('/ 60')
}

/** The slices as they lie there, with this patient's number. */
export const eerosCt = phantomSlices.map((name) => ({ name, file: numbered(readScan(name), eero) }))

/** A server that asks this PACS, for as long as it is used. */
export async function serverWithPacs(
  timeScale: number,
  use: (server: Server) => Promise<void>,
): Promise<void> {
  const orthanc = await startOrthanc('bedside', 'open sesame')
  await orthanc.store(eerosCt.map(({ file }) => file))
  const environment = {
    BEDSIDE_PACS_URL: orthanc.url,
    BEDSIDE_PACS_USER: 'bedside',
    BEDSIDE_PACS_PASSWORD: 'open sesame',
  }
  const server = await newServer(timeScale, { environment })
  await server.start()
  await use(server)
  await server.remove()
  await orthanc.close()
}
