/** What people do on the pages of a new ward, as step 6 of docs/deploy.md says it. */
import { expect, type Locator, type Page } from 'playwright/test'
import { describeMedia, expectCameraOff, expectLivePicture } from '../../e2e/witness.ts'
import { carriedBy, waysTried } from './devices.ts'

const patience = { timeout: 60_000 }
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const section = async (page: Page, name: string) => {
  await page.getByRole('button', { name, exact: true }).first().click()
}
export const isReady = (tablet: Page): Locator => tablet.getByRole('status').filter({ hasText: /^Ready$/ })

/** By the link that `staff add` printed. */
export async function firstSignIn(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('textbox', { name: 'Or choose a password' }).fill('a sentence that is easy')
  await press(page, 'Use this password')
  await page
    .getByRole('textbox', { name: 'Or choose a password' })
    .waitFor({ state: 'detached', ...patience })
}

export async function nameWard(admin: Page, name: string, beds: string): Promise<void> {
  await section(admin, 'Ward')
  await admin.getByRole('textbox', { name: 'Name of the ward' }).fill(name)
  await press(admin, 'Rename')
  await admin.getByLabel('Beds to add').fill(beds)
  await press(admin, 'Add beds')
}

/** Saves the request where the root's keeper finds it. */
export async function saveRequest(admin: Page, path: string): Promise<void> {
  await section(admin, 'Keys')
  await admin.getByLabel('A name for this browser').fill('Ward IT')
  const saving = admin.waitForEvent('download')
  await press(admin, 'Save the request')
  await (await saving).saveAs(path)
}

export async function handIn(admin: Page, answer: string, rootDigits: string): Promise<void> {
  await admin.getByLabel('The root’s answer').setInputFiles(answer)
  await expect(admin.getByText(rootDigits)).toBeVisible(patience)
}

export async function inviteNurse(admin: Page, name: string): Promise<string> {
  await section(admin, 'Staff')
  await admin.getByLabel('Name', { exact: true }).fill(name)
  await press(admin, 'Invite')
  await admin.getByRole('img', { name: 'The link as a QR code' }).waitFor(patience)
  return (await admin.locator('code').textContent()) ?? ''
}

export async function codeLink(admin: Page, label: string): Promise<string> {
  await section(admin, 'Tablets')
  await press(admin, `Make a code for bed ${label}`)
  return (await admin.getByRole('link', { name: /\/bed#enrol=/ }).getAttribute('href')) ?? ''
}

/** The six digits go from the tablet to the station by somebody who stands at the bed. */
export async function confirmTablet(station: Page, tablet: Page, label: string): Promise<void> {
  const digits = tablet.locator('output.digits')
  await expect(digits).toHaveText(/^\d{3}\s\d{3}$/, patience)
  await press(station, `Open bed ${label}`)
  await station
    .getByLabel(`Six digits on the tablet of bed ${label}`)
    .fill((await digits.textContent()) ?? '')
  await press(station, 'Confirm tablet')
  await press(tablet, 'Start')
}

/** The administrator's own browser waits, too, where it was a station for as long as its password was made. */
export async function signForAll(admin: Page, station: Page): Promise<void> {
  await admin.reload()
  await section(admin, 'Keys')
  const unnamed = admin.getByLabel('Name of the station')
  await expect(unnamed.first()).toBeVisible(patience)
  for (let left = await unnamed.count(); left > 0; left -= 1) {
    const name = `Desk ${left}`
    await unnamed.first().fill(name)
    await press(admin, `Sign for ${name}`)
    await expect(unnamed).toHaveCount(left - 1, patience)
  }
  // The tablet, which has a name.
  await press(admin, 'Sign for it')
  await expect(admin.getByText('No tablet and no station waits')).toBeVisible(patience)
  await expect(station.getByText('waits for an administrator’s signature')).toHaveCount(0, patience)
}

/** Rings, answers, sees both pictures move, and ends it. `ways`: by which each end has to be carried, soon. */
export async function callOnce(station: Page, tablet: Page, ways: RegExp): Promise<string> {
  await press(station, 'Call bed 1')
  await press(tablet, 'Answer')
  const carried = async () => [await station.evaluate(carriedBy), await tablet.evaluate(carriedBy)].join(', ')
  try {
    await expectLivePicture(station, 'Patient video')
    await expectLivePicture(tablet, 'Staff video')
    await expect.poll(carried, { timeout: 30_000 }).toMatch(ways)
  } catch (error) {
    for (const page of [station, tablet]) {
      console.log(await page.evaluate(describeMedia).catch(String))
      console.log(await page.evaluate(waysTried).catch(String))
    }
    throw error
  }
  const by = await carried()
  await press(station, 'End call')
  for (const page of [station, tablet]) await expectCameraOff(page)
  return by
}

/** The station's own look at the ways to the relay. */
export async function waysAt(station: Page): Promise<string> {
  await press(station, 'This device')
  const dialog = station.getByRole('dialog', { name: 'This device' })
  await expect(dialog.getByText('Trying…')).toHaveCount(0, patience)
  const lines = await dialog.locator('.checks > div').allInnerTexts()
  await dialog.getByRole('button', { name: 'Close' }).click()
  return lines.map((line) => line.replaceAll(/\s+/g, ' ')).join('; ')
}

/** It begins without a server: the app comes from the tablet itself. */
export async function startsAlone(tablet: Page): Promise<void> {
  await expect
    .poll(() => tablet.evaluate(() => navigator.serviceWorker.controller !== null), patience)
    .toBe(true)
  await tablet.reload({ waitUntil: 'commit' })
  await expect(tablet.getByText('Cannot be called since')).toBeVisible(patience)
}
