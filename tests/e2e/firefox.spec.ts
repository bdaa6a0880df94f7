/** Firefox at the station and at the bed: what a ward must be able to rely on in it, each time against a Chromium. */
import type { Page } from 'puppeteer-core'
import {
  book,
  entry,
  expect,
  expectEntry,
  expectLiveFox,
  find,
  openTomorrow,
  press,
  read,
  test,
} from './firefox.ts'
import { keptRecords } from './kept.ts'
import { bedStatus } from './ward.ts'
import { exchangedBy, expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

test('[HZ-2][HZ-10] a nurse in Firefox calls a bed: verified, both pictures move, and the end stops every camera', async ({
  ward,
  fox,
}) => {
  const [station, bed] = [await fox.station(), await ward.bed()]
  await press(station, 'Call bed 1')
  await expect(bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })).toBeVisible()
  await expect(bed.getByText(/^Verified/)).toBeVisible()
  expect((await mediaOf(bed)).liveTracks, 'no camera before the answer (HZ-3)').toBe(0)
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLiveFox(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  expect(await said(station), 'bytes are seen to flow (HZ-5)').not.toContain('Reconnecting')
  await expect.poll(() => station.$eval('.verified', (mark) => mark.textContent)).toMatch(/^Verified/)
  expect((await mediaOf(station)).liveTracks).toBe(2)
  await press(station, 'End call')
  await expectCameraOff(station)
  await expectCameraOff(bed)
  await expect.poll(() => fox.complaints).toEqual([])
})

test('[HZ-10] a Firefox that met another certificate than the signed one sends no picture, and both ends close @whole', async ({
  ward,
  fox,
}) => {
  const [station, bed] = [await fox.station(), await ward.bed()]
  await station.evaluate(() => {
    RTCDtlsTransport.prototype.getRemoteCertificates = () => [new Uint8Array([7]).buffer]
  })
  await press(station, 'Call bed 1')
  await expect.poll(() => said(station)).toContain('Call ended: verification failed')
  await expect(bed.getByText(/it was not certain that it was/)).toBeVisible()
  await expectCameraOff(station)
  await expectCameraOff(bed)
  expect(await station.evaluate(() => window.witness.attached), 'tracks given to a link').toBe(0)
  expect(await exchangedBy(bed)).toMatchObject({ frames: 0, bytes: 0 })
})

test('[HZ-2][HZ-3] a bed in Firefox is called: no camera before Answer, then both are seen and heard @whole', async ({
  ward,
  fox,
}) => {
  const [station, bed] = [await ward.station(), await fox.bed()]
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await find(bed, 'labelled', 'Incoming call from Anna Laine, nurse')
  expect((await mediaOf(bed)).liveTracks).toBe(0)
  await press(bed, 'Answer')
  await expectLivePicture(station, 'Patient video')
  await expectLiveFox(bed, 'Staff video')
  expect(await said(bed), 'bytes are seen to flow (HZ-5)').not.toContain('Reconnecting')
  await expect(station.getByText(/^Verified/)).toBeVisible()
  await press(bed, 'End call')
  await expectCameraOff(bed)
  await expectCameraOff(station)
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  expect(fox.complaints).toEqual([])
})

test('[HZ-7] what Firefox books without a server reads Requested, outlives a reload, and is Confirmed later @whole', async ({
  fox,
  server,
}) => {
  const page = await fox.station()
  await openTomorrow(page)
  await read(page, 'Up to date')
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await server.kill()
  await book(page, 'Pain talk', '11:00')
  await expectEntry(page, 'Pain talk', /Requested/)
  expect(await page.evaluate(journalFiles), 'a journal of its own').toBe(1)
  await page.reload()
  await openTomorrow(page)
  await expectEntry(page, 'Pain talk', /11:00–11:15, Bed 1, Requested/)
  await server.start()
  await expectEntry(page, 'Pain talk', /11:00–11:15, Bed 1, Confirmed/)
})

test('[HZ-8] Firefox books a bed that Chromium has booked meanwhile: it is refused, and sees who holds it @whole', async ({
  ward,
  fox,
}) => {
  const [page, other] = [await fox.station(0), await ward.station(1)]
  await openTomorrow(page)
  await read(page, 'Up to date')
  await page.setOfflineMode(true)
  await other.getByRole('button', { name: 'Open the plan' }).click()
  await other.getByRole('tab', { name: 'Day' }).click()
  await other.getByRole('button', { name: 'Today', exact: true }).click()
  await other.getByRole('button', { name: 'Later' }).click()
  await other.getByRole('button', { name: 'New appointment' }).click()
  const dialog = other.getByRole('dialog', { name: 'New appointment' })
  await dialog.getByRole('textbox', { name: 'What for' }).fill('Wound care')
  await dialog.getByRole('combobox', { name: 'Bed' }).selectOption({ index: 1 })
  await dialog.getByLabel('From').fill('10:00')
  await dialog.getByRole('button', { name: 'Book' }).click()
  await expect(other.getByRole('button', { name: /^Wound care,/ })).toHaveAccessibleName(/Confirmed/)
  await book(page, 'Physiotherapy', '10:05')
  await expectEntry(page, 'Physiotherapy', /Requested/)
  await page.setOfflineMode(false)
  await expectEntry(page, 'Physiotherapy', /Needs attention/)
  await page.locator(entry('Physiotherapy')).click()
  await read(page, 'This time is taken.')
  await read(page, 'Bed 1: Wound care, 10:00–10:15')
})

test('[HZ-6] signing out in Firefox leaves nothing of the plan or of who read it @whole', async ({ fox }) => {
  const page = await fox.station()
  await openTomorrow(page)
  await book(page, 'Wound care', '10:00')
  await expectEntry(page, 'Wound care', /Confirmed/)
  expect((await keptRecords(page)).folds).toBeGreaterThan(0)
  await press(page, 'Sign out')
  await expect.poll(() => keptRecords(page)).toEqual({ outbox: 0, folds: 0, meta: 0, people: 0, keys: 0 })
  await expect.poll(() => page.evaluate(journalFiles)).toBe(0)
  expect(await said(page)).not.toMatch(/Wound care|Eero Salonen/)
})

const said = (page: Page) => page.evaluate(() => document.body.innerText)

/** How many files the journal has in this browser. */
async function journalFiles(): Promise<number> {
  const home = await navigator.storage.getDirectory()
  const folder = await home.getDirectoryHandle('bedside-plan-journal').catch(() => null)
  let count = 0
  const people = folder as unknown as { values(): AsyncIterable<{ values(): AsyncIterable<unknown> }> } | null
  for await (const person of people?.values() ?? []) for await (const _ of person.values()) count += 1
  return count
}
