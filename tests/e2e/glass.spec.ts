import type { Page } from 'playwright/test'
import { expect, makeForeign, type Screens, test } from './ward.ts'
import { agreeToKnock } from './wishes.ts'
import { expectCameraOff, expectLivePicture, mediaOf } from './witness.ts'

async function openAs(ward: Screens, name: string): Promise<Page> {
  const page = await (await ward.tablet()).newPage()
  await page.goto(ward.server.demo().staff.find((person) => person.name === name)?.url ?? '')
  return page
}

async function breakGlass(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Break the glass' }).click()
  const reason = page.getByRole('textbox', { name: /Reason/ })
  await expect(reason).toBeFocused()
  const confirm = page.getByRole('button', { name: 'Open this ward for an hour' })
  await reason.fill('too short')
  await expect(confirm).toBeDisabled()
  await reason.fill('Bed 1 fell, nobody answers 12')
  await confirm.click()
  await expect(page.getByText(/^Access outside your ward until \d\d:\d\d\. It is recorded/)).toBeVisible()
}

test('[GLASS-13] a foreign station says whose ward it is not, opens for a reason, tells the ward, closes by a button, and is reviewed', async ({
  ward,
}) => {
  await makeForeign(ward.server)
  const anna = await ward.station(0)
  const ben = await openAs(ward, 'Ben Okafor')
  await expect(ben.getByRole('heading', { name: 'This is not your ward.' })).toBeVisible()
  await expect(ben.getByText('This ward has no beds yet.')).toHaveCount(0)

  await breakGlass(ben)
  await expect(ben.getByRole('list', { name: 'Beds' }).getByRole('listitem')).toHaveCount(8)
  await expect(anna.getByText(/Ben Okafor, nurse, broke the glass and sees your ward until/)).toBeVisible()
  await ben.reload()
  await expect(ben.getByText(/^Access outside your ward until/), 'over a reload').toBeVisible()

  await ben.getByRole('button', { name: 'Leave now' }).click()
  await expect(ben.getByRole('heading', { name: 'This is not your ward.' })).toBeVisible()
  await expect(anna.getByText('Ben Okafor, nurse, has left your ward, which is not theirs.')).toBeVisible()
  await anna.getByRole('button', { name: 'Seen' }).click()
  await expect(anna.getByText(/Ben Okafor/)).toHaveCount(0)

  const admin = await openAs(ward, 'Oskar Berg')
  await admin.getByRole('button', { name: 'Overrides' }).click()
  const override = admin.getByRole('article', { name: /^Ben Okafor, nurse, in Ward 4B/ })
  await expect(override).toContainText('Bed 1 fell, nobody answers 12')
  await expect(override.getByRole('listitem').first()).toContainText('glass broken')
  await override.getByRole('textbox', { name: 'Note of the review' }).fill('Right to come')
  await override.getByRole('button', { name: 'Mark as reviewed' }).click()
  await expect(override).toContainText(/Reviewed by Oskar Berg, .*: Right to come/)
})

test('[GLASS-14] a call through broken glass rings, counts a knock down and shows its cameras like any other (HZ-3) @whole', async ({
  ward,
}) => {
  await makeForeign(ward.server)
  const bed = await ward.bed('1')
  await agreeToKnock(await ward.station(0), bed)
  const ben = await openAs(ward, 'Ben Okafor')
  await breakGlass(ben)

  await ben.getByRole('button', { name: 'Open bed 1' }).click()
  await ben.getByRole('button', { name: 'Knock bed 1' }).click()
  await expect(bed.getByRole('dialog', { name: /Ben Okafor, nurse/ })).toBeVisible()
  await expect(bed.getByText(/\d+ seconds?/).first()).toBeVisible()
  expect((await mediaOf(bed)).liveTracks, 'the camera waits for the countdown').toBe(0)
  await bed.getByRole('button', { name: 'Not now' }).click()
  await expectCameraOff(bed)
  await expectCameraOff(ben)

  await ben.getByRole('button', { name: 'Call bed 1' }).click()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(ben, 'Patient video')
  await expect(bed.getByLabel('Your video'), 'the patient sees that their camera runs').toBeVisible()
  // The permission ends in the call; the call does not.
  await ben.getByRole('button', { name: 'Leave now' }).click()
  await expect(ben.getByRole('heading', { name: 'This is not your ward.' })).toBeVisible()
  await expectLivePicture(ben, 'Patient video')
  await bed.getByRole('button', { name: 'End call' }).click()
  await expectCameraOff(bed)
  await expectCameraOff(ben)
})
