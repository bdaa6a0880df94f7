/** A way through everything that a visit by family shows: at the station, at the bed and on a relative's telephone. */
import type { Page } from 'playwright/test'
import type { Look, Sides } from './walk.ts'
import { expect, type Screens } from './ward.ts'
import { openBedPanel, type Wish, wishesOf } from './wishes.ts'
import { expectLivePicture } from './witness.ts'

const always = { fromMinute: 0, untilMinute: 1439 }

export async function walkFamily(ward: Screens, see: Sides): Promise<void> {
  const [station, bed] = [await ward.station(), await ward.bed()]
  // Whoever looks at the bed signs in as a nurse of their own.
  const wish = wishesOf(ward.server, '1', 3)
  await wish({ visits: always, quiet: null })
  await walkWish(bed, see)
  const link = await walkDesk(station, see)
  const phone = await (await ward.tablet({ viewport: { width: 390, height: 844 } })).newPage()
  await walkRing(phone, bed, link, see)
  await walkRest(phone, wish, see.station)
}

/** The patient asks for somebody. */
async function walkWish(bed: Page, see: Sides): Promise<void> {
  await bed.getByRole('button', { name: 'Who called me' }).click()
  await bed.getByRole('dialog').getByRole('button', { name: 'Family visits' }).click()
  const mine = bed.getByRole('dialog', { name: 'Family visits' })
  await expect(mine.getByText('Nobody has a link yet.')).toBeVisible()
  await see.bed(bed, 'bed-family-nobody')
  await mine.getByRole('button', { name: 'Ask for a visitor' }).click()
  await mine.getByLabel('Their name').fill('Annemari Mäkeläinen-Korhonen')
  await see.bed(bed, 'bed-family-ask')
  await mine.getByRole('button', { name: 'Ask my nurse for a link' }).click()
  await expect(mine.getByText('Your nurse makes the link.')).toBeVisible()
  await see.bed(bed, 'bed-family-wished')
  await mine.getByRole('button', { name: /^Remove/ }).click()
  await see.bed(bed, 'bed-family-remove')
  await mine.getByRole('button', { name: 'Close' }).click()
}

async function walkDesk(station: Page, { station: see }: Sides): Promise<string> {
  await openBedPanel(station, '1')
  const family = station.getByRole('region', { name: 'Family visits' })
  await expect(family.getByText('asked for by the patient')).toBeVisible()
  await see(station, 'station-family-wished')
  await family.getByRole('button', { name: /^Make the link for/ }).click()
  const field = family.getByRole('textbox', { name: /^Link for/ })
  await expect(field).toBeVisible()
  await see(station, 'station-family-link')
  return await field.inputValue()
}

async function walkRing(phone: Page, bed: Page, link: string, see: Sides): Promise<void> {
  await phone.goto(new URL('/family', link).href)
  await expect(phone.getByText('Open the link that you were given.')).toBeVisible()
  await see.station(phone, 'family-none')
  await phone.goto(link)
  const ring = phone.getByRole('button', { name: 'Ring', exact: true })
  await expect(ring).toBeVisible()
  await see.station(phone, 'family-open')
  await ring.click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
  await see.bed(bed, 'bed-family-rings')
  await see.station(phone, 'family-ringing')
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(phone, 'Patient video')
  await see.station(phone, 'family-call')
  await bed.getByRole('button', { name: 'End call' }).click()
  await expect(phone.getByText('The visit is over.')).toBeVisible()
  await see.station(phone, 'family-over')
}

async function walkRest(phone: Page, wish: Wish, see: Look): Promise<void> {
  await wish({ visits: { fromMinute: 600, untilMinute: 1200 }, quiet: always })
  await phone.getByRole('button', { name: 'Visit again' }).click()
  await expect(phone.getByText('Visits 10:00–20:00')).toBeVisible()
  await see(phone, 'family-resting')
}
