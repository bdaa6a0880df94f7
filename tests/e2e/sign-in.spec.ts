/** Coming in by every door, and the lock, in a real browser with a real provider and a virtual passkey. */
import type { Browser, Page } from 'playwright/test'
import { startProvider } from '../fakes/provider.ts'
import { addAuthenticator, makePasskey as askForPasskey } from './authenticator.ts'
import { newServer } from './server.ts'
import { callAndAnswer, expect, test } from './ward.ts'
import { expectLivePicture, mediaOf } from './witness.ts'

async function makePasskey(page: Page): Promise<void> {
  await askForPasskey(page)
  await expect(page.getByText('The passkey is ready.')).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
}

/** A ward with a provider on another site (127.0.0.1 and localhost are two sites), and a browser at its door. */
async function atTheDoor(browser: Browser) {
  const provider = await startProvider('asks')
  const server = await newServer(1, { environment: provider.environment })
  provider.serve(server.origin)
  await server.start()
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${server.origin}/station`)
  return {
    provider,
    server,
    page,
    async close() {
      await context.close()
      await server.remove()
      await provider.close()
    },
  }
}

test.use({ kind: 'browser' })

test('a nurse signs in through the provider, is still signed in after a reload, and signs out of both', async ({
  stationBrowser,
}) => {
  const door = await atTheDoor(stationBrowser)
  const { page, provider } = door
  await page.getByRole('button', { name: 'Sign in with Test Hospital' }).click()
  await page.getByRole('button', { name: 'Continue as anna' }).click()
  await expect(page.getByRole('list', { name: 'Beds' })).toBeVisible()
  await expect(page.getByText('Anna Provider')).toBeVisible()
  expect(page.url()).toBe(`${door.server.origin}/station`)
  const cookies = await page.context().cookies(door.server.origin)
  expect(cookies.find(({ name }) => name === 'bedside')).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  await page.reload()
  await expect(page.getByRole('list', { name: 'Beds' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL((url) => url.href.startsWith(`${provider.issuer}/session/end`))
  await door.close()
})

test('whoever has no role is told so and may try as somebody else; a provider that is down is named @whole', async ({
  stationBrowser,
}) => {
  const door = await atTheDoor(stationBrowser)
  const { page, provider } = door
  provider.world.current = 'kim'
  await page.getByRole('button', { name: 'Sign in with Test Hospital' }).click()
  await page.getByRole('button', { name: 'Continue as kim' }).click()
  await expect(page.getByRole('alert')).toContainText('Your account has no role on this ward.')
  expect(page.url()).toBe(`${door.server.origin}/station`)
  await provider.close()
  await page.getByRole('button', { name: 'Sign in with Test Hospital' }).click()
  await expect(page.getByRole('alert')).toContainText('The hospital’s sign-in does not answer.')
  await door.close()
})

test('a lock in a live call hides every name and leaves both pictures moving; a passkey brings them back', async ({
  ward,
}) => {
  const station = await ward.station()
  await makePasskey(station)
  const bed = await ward.bed()
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  const before = await mediaOf(bed)
  await station.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(station.getByRole('region', { name: 'Locked' })).toBeVisible()
  await expect(station.getByText('Eero Salonen')).toHaveCount(0)
  await expect(station.getByText('Helmi Virtanen')).toHaveCount(0)
  await expect(station.getByRole('listitem', { name: 'Bed 1', exact: true })).toContainText('In call')
  await expect(station.getByRole('button', { name: 'Call bed 2' })).toBeDisabled()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  expect((await mediaOf(bed)).links).toBe(before.links)
  await station.getByRole('button', { name: 'Mute microphone' }).click()
  await expect(station.getByRole('button', { name: 'Unmute microphone' })).toBeVisible()

  await station.getByRole('button', { name: 'Unlock with your passkey' }).click()
  await expect(station.getByText('Helmi Virtanen')).toBeVisible()
  await expectLivePicture(station, 'Patient video')
  await station.getByRole('button', { name: 'End call' }).click()
})

test('a lock holds over a reload, in every tab, and for a colleague without the passkey @whole', async ({
  ward,
}) => {
  const station = await ward.station()
  await makePasskey(station)
  const tab = await station.context().newPage()
  await tab.goto(`${ward.server.origin}/station`)
  await expect(tab.getByText('Eero Salonen')).toBeVisible()
  const desk = await station.context().newPage()
  await desk.goto(`${ward.server.origin}/admin`)
  await expect(desk.getByText('Anna Laine')).toBeVisible()
  await tab.getByRole('button', { name: 'This device', exact: true }).click()
  await expect(tab.getByRole('dialog', { name: 'This device', exact: true })).toBeVisible()
  await station.getByRole('button', { name: 'Lock', exact: true }).click()
  await expect(tab.getByRole('region', { name: 'Locked' })).toBeVisible()
  await expect(tab.getByRole('dialog', { name: 'This device', exact: true })).toHaveCount(0)
  await expect(tab.getByRole('button', { name: 'This device', exact: true })).toHaveCount(0)
  await expect(tab.getByText('Eero Salonen')).toHaveCount(0)
  await expect(desk.getByRole('region', { name: 'Locked' })).toBeVisible()
  await station.reload()
  await expect(station.getByRole('region', { name: 'Locked' })).toBeVisible()
  await expect(station.getByText('Eero Salonen')).toHaveCount(0)
  // The second tab has no authenticator of its own: it cannot open, the first can, for both.
  await station.getByRole('button', { name: 'Unlock with your passkey' }).click()
  await expect(station.getByText('Eero Salonen')).toBeVisible()
  await expect(tab.getByText('Eero Salonen')).toBeVisible()
  await expect(desk.getByRole('region', { name: 'Locked' })).toHaveCount(0)
})

test('an administrator invites a nurse, who chooses a passkey or a password and comes back with it @whole', async ({
  ward,
  stationBrowser,
}) => {
  const admin = await ward.tablet({ viewport: { width: 1280, height: 900 } })
  const desk = await admin.newPage()
  await desk.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  await desk.getByRole('button', { name: 'Staff', exact: true }).click()
  await desk.getByLabel('Name', { exact: true }).fill('Iris Virta')
  await desk.getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(desk.getByRole('img', { name: 'The link as a QR code' })).toBeVisible()
  const link = (await desk.locator('code').textContent()) ?? ''

  const context = await stationBrowser.newContext()
  const page = await context.newPage()
  await addAuthenticator(page)
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Welcome, Iris Virta.' })).toBeVisible()
  expect(page.url()).toBe(`${ward.server.origin}/station`)
  await page.getByRole('button', { name: 'Make a passkey on this device' }).click()
  await expect(page.getByRole('list', { name: 'Beds' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('list', { name: 'Beds' })).toBeVisible()

  await desk.getByRole('button', { name: 'New link for Iris Virta' }).click()
  await expect(desk.locator('code')).not.toHaveText(link)
  await page.goto((await desk.locator('code').textContent()) ?? '')
  await page.getByRole('textbox', { name: 'Or choose a password' }).fill('twelve chars')
  await page.getByRole('button', { name: 'Use this password' }).click()
  await expect(page.getByRole('list', { name: 'Beds' })).toBeVisible()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByLabel('Your name').fill('iris virta')
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('That was not right.')
  await page.getByRole('textbox', { name: 'Password' }).fill('twelve chars')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Beds' })).toBeVisible()

  await desk.getByRole('button', { name: 'Close account of Iris Virta' }).click()
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  await expect(page.getByText('Eero Salonen')).toHaveCount(0)
  await context.close()
})
