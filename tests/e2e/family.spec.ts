/** Family at a bed, from home: invited by a nurse or asked for by the patient, at the hours that were agreed, and told nothing else. */
import type { Page } from 'playwright/test'
import { expect, type Screens, test } from './ward.ts'
import { openBedPanel, wishesOf } from './wishes.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

const always = { fromMinute: 0, untilMinute: 1439 }
const maria = 'Maria Virtanen'

async function openPanel(station: Page): Promise<void> {
  await openBedPanel(station, '1')
  await expect(station.getByRole('region', { name: 'Family visits' })).toBeVisible()
}

async function linkFor(station: Page, name: string): Promise<string> {
  const family = station.getByRole('region', { name: 'Family visits' })
  await family.getByLabel('Their name, as the patient knows it').fill(name)
  await family.getByRole('button', { name: 'Make the link', exact: true }).click()
  return await family.getByRole('textbox', { name: `Link for ${name}` }).inputValue()
}

/** A telephone that has never seen this hospital. */
async function telephone(ward: Screens): Promise<Page> {
  return await (await ward.tablet({ viewport: { width: 390, height: 844 } })).newPage()
}

async function invited(ward: Screens) {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const wish = wishesOf(ward.server)
  await wish({ visits: always, quiet: null })
  await openPanel(station)
  const link = await linkFor(station, maria)
  const phone = await telephone(ward)
  await phone.goto(link)
  return { station, bed, phone, link, wish }
}

const heading = (phone: Page) => phone.getByRole('heading', { level: 1 })

test('[FAMILY-1] a daughter rings from home by a link, her father answers, and both see each other (HZ-2)', async ({
  ward,
}) => {
  const { bed, phone } = await invited(ward)
  await expect(heading(phone)).toHaveText('Visit by video')
  expect(new URL(phone.url()).hash, 'the code is out of the address at once').toBe('')
  expect((await mediaOf(phone)).opened, 'nothing is open before Ring (HZ-2)').toBe(0)
  await phone.getByRole('button', { name: 'Ring', exact: true }).click()
  await expect(heading(phone)).toHaveText('Ringing…')
  const ring = bed.getByRole('dialog')
  await expect(ring).toContainText(maria)
  await expect(ring).toContainText('family')
  expect((await mediaOf(bed)).liveTracks, 'nothing is on at the bed before Answer (HZ-2)').toBe(0)
  await ring.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(phone, 'Patient video')
  await expectLivePicture(bed, `${maria}’s video`)
  await phone.reload()
  await expectLivePicture(phone, 'Patient video')
  await phone.getByRole('button', { name: 'Leave' }).click()
  await expect(heading(phone)).toHaveText('You ended the visit.')
  await expectCameraOff(phone)
  await expectCameraOff(bed)
  await phone.getByRole('button', { name: 'Visit again' }).click()
  await expect(heading(phone)).toHaveText('Visit by video')
})

test('[FAMILY-3] whoever may not ring, or is not answered, reads when visits are, and nothing else (HZ-15) @whole', async ({
  ward,
}) => {
  const { bed, phone, link, wish } = await invited(ward)
  await phone.getByRole('button', { name: 'Ring', exact: true }).click()
  await bed.getByRole('button', { name: 'Not now' }).click()
  await expect(heading(phone)).toHaveText('Resting now.')
  await expectCameraOff(phone)
  await wish({ visits: null })
  await phone.getByRole('button', { name: 'Look again' }).click()
  await expect(phone.getByText('No visits at the moment.')).toBeVisible()
  const other = await telephone(ward)
  await wish({ visits: always })
  await other.goto(link)
  await other.getByRole('button', { name: 'Ring', exact: true }).click()
  await expect(heading(other)).toHaveText('This link belongs to another device.')
})

test('[FAMILY-5] a patient asks for a visitor, the nurse makes the link, and the patient takes it back (HZ-6) @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await wishesOf(ward.server)({ visits: always, quiet: null })
  await openPanel(station)
  await bed.getByRole('button', { name: 'Who called me' }).click()
  await bed.getByRole('dialog').getByRole('button', { name: 'Family visits' }).click()
  const mine = bed.getByRole('dialog', { name: 'Family visits' })
  await mine.getByRole('button', { name: 'Ask for a visitor' }).click()
  await mine.getByLabel('Their name').fill('Eero')
  await mine.getByRole('button', { name: 'Ask my nurse for a link' }).click()
  await expect(mine.getByText('Your nurse makes the link.')).toBeVisible()
  const family = station.getByRole('region', { name: 'Family visits' })
  await family.getByRole('button', { name: 'Make the link for Eero' }).click()
  const link = await family.getByRole('textbox', { name: 'Link for Eero' }).inputValue()
  const phone = await telephone(ward)
  await phone.goto(link)
  await expect(heading(phone)).toHaveText('Visit by video')
  await expect(mine.getByText('Has a link.')).toBeVisible()
  await mine.getByRole('button', { name: 'Remove Eero' }).click()
  await mine.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(mine.getByText('Nobody has a link yet.')).toBeVisible()
  await phone.getByRole('button', { name: 'Ring', exact: true }).click()
  await expect(heading(phone)).toHaveText('This link is not in use any more.')
  await expectCameraOff(phone)
})
