/** A doctor without a network sends a copy of a CT to a colleague who is signed out: it comes, opens, is taken back, expires (HZ-9). */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { makePasskey } from './authenticator.ts'
import { openPictures, phantom, pick, which } from './walk-pictures.ts'
import { expect, type Screens, test } from './ward.ts'

/** Six of the middle of the head. */
const slices = phantom.slice(28, 34)
const sender = 'Maria Oja'
const recipient = 'Ben Okafor'

async function openCopies(page: Page) {
  await page.getByRole('button', { name: /^Copies of pictures/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Copies of pictures' })
  await expect(dialog).toBeVisible()
  return dialog
}

/** To Ben, with what is usual. */
async function sendCopy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send a copy…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send a copy' })
  await dialog.getByRole('searchbox', { name: 'Name, role or duty' }).fill('ben')
  await dialog.getByRole('button', { name: new RegExp(`^${recipient}`) }).click()
  await expect(dialog.getByRole('radio', { name: '72 hours' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  // The phantom's files do not say whether a name is in their pixels: somebody looks first.
  await page.getByRole('button', { name: /^I have looked/ }).click()
}

/** How bright the brightest pixel on the screen is; 0: nothing is there. */
async function brightest(page: Page): Promise<number> {
  return await page.evaluate(async () => {
    const canvas = document.querySelector('.scan-surface canvas')
    if (!(canvas instanceof HTMLCanvasElement)) return 0
    const still = await createImageBitmap(canvas)
    const flat = new OffscreenCanvas(still.width, still.height)
    const context = flat.getContext('2d')
    context?.drawImage(still, 0, 0)
    const { data } = context?.getImageData(0, 0, still.width, still.height) ?? { data: [] }
    return Array.from(data).reduce((most, one, at) => (at % 4 === 0 ? Math.max(most, one) : most), 0)
  })
}

/** Everything that the server has written, as bytes. */
function onDisk(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  return Buffer.concat(files.filter((path) => statSync(path).isFile()).map((path) => readFileSync(path)))
}

/** A stretch of pixels of the middle slice, as its file has it. */
const pixels = (() => {
  const file = readFileSync(slices[2] ?? '')
  return file.subarray(file.length - 2_000, file.length - 1_936)
})()

/** Copies can be sealed to Ben's device from now on. */
async function benIsHere(ward: Screens): Promise<Page> {
  const ben = await ward.station(1)
  const enrolled = ben.waitForResponse((answer) => answer.url().includes('/api/copies/key') && answer.ok())
  await ben.reload()
  await enrolled
  return ben
}

/** He was here once, and has signed out. */
async function benWasHere(ward: Screens): Promise<Page> {
  const ben = await benIsHere(ward)
  await makePasskey(ben)
  await ben.getByRole('button', { name: 'Close' }).click()
  await ben.getByRole('button', { name: 'Sign out' }).click()
  await expect(ben.getByRole('list', { name: 'Beds' })).toHaveCount(0)
  return ben
}

async function benComesBack(ben: Page): Promise<void> {
  await ben.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(ben.getByRole('list', { name: 'Beds' })).toBeVisible()
}

/** Maria, with the CT open and everything loaded that sends it. */
async function mariaWithCt(ward: Screens): Promise<Page> {
  const maria = await ward.station(2)
  await openPictures(maria)
  await pick(maria, slices)
  await expect(which(maria)).toContainText('1 / 6', { timeout: 60_000 })
  // The dialog is there, and who can be sent to is known, before the network goes.
  await maria.getByRole('button', { name: 'Send a copy…' }).click()
  const dialog = maria.getByRole('dialog', { name: 'Send a copy' })
  await expect(dialog.getByRole('button', { name: new RegExp(`^${recipient}`) })).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  return maria
}

test('a copy that is made without a network comes to a colleague who was signed out, opens there, and goes when it is taken back (HZ-9)', async ({
  ward,
}) => {
  test.setTimeout(280_000)
  const ben = await benWasHere(ward)
  const maria = await mariaWithCt(ward)
  await maria.context().setOffline(true)
  await sendCopy(maria)
  await expect(maria.getByText('It waits on this device')).toBeVisible({ timeout: 60_000 })
  await maria.getByRole('button', { name: 'Close', exact: true }).click()
  const waiting = await openCopies(maria)
  await expect(waiting.getByRole('list', { name: 'Waiting on this device' })).toContainText(recipient)

  await maria.context().setOffline(false)
  const sent = waiting.getByRole('list', { name: 'Sent by you' })
  await expect(sent).toContainText('not opened yet', { timeout: 60_000 })
  await expect(sent).toContainText('Can be opened', { timeout: 60_000 })
  await expect(waiting.getByRole('list', { name: 'Waiting on this device' })).toHaveCount(0)

  const disk = onDisk(ward.server.data)
  expect(disk.includes('PLASTIC'), 'the number in the letter is there: this is the right folder').toBe(true)
  expect(disk.includes(pixels)).toBe(false)
  expect(readFileSync(slices[2] ?? '').includes(pixels)).toBe(true)

  await benComesBack(ben)
  await expect(ben.getByRole('button', { name: 'Copies of pictures: 1 new' })).toBeVisible({
    timeout: 30_000,
  })
  const came = await openCopies(ben)
  await expect(came.getByRole('list', { name: 'Sent to you' })).toContainText(`From ${sender}`)
  await came.getByRole('button', { name: /^Open the copy from/ }).click()
  await expect(which(ben)).toContainText('1 / 6', { timeout: 60_000 })
  await expect(ben.locator('.copies-banner')).toContainText(sender)
  await expect(ben.getByText('Communication aid. Not for diagnosis.')).toBeVisible()
  await expect.poll(() => brightest(ben)).toBeGreaterThan(60)
  await expect(sent).toContainText(`${recipient}, nurse: opened`)

  await waiting.getByRole('button', { name: /^Take back the copy/ }).click()
  await waiting.getByRole('button', { name: 'Yes, take back' }).click()
  await expect(ben.getByRole('dialog', { name: 'The copy is closed' })).toContainText('taken the copy back')
  await expect(ben.locator('.scan-surface')).toHaveCount(0)
  await ben.getByRole('button', { name: 'OK' }).click()
  const over = await openCopies(ben)
  await expect(over.getByRole('list', { name: 'Sent to you' })).toContainText('Taken back')
  await expect(over.getByRole('button', { name: /^Open the copy/ })).toHaveCount(0)
})

test('a copy on the screen closes when its time is over, without the server (HZ-9) @whole', async ({
  ward,
}) => {
  test.setTimeout(280_000)
  // Without a way back in there is no lock, which would close it long before.
  const ben = await benIsHere(ward)
  const maria = await mariaWithCt(ward)
  await sendCopy(maria)
  await expect(maria.getByText('Sealed, and on its way')).toBeVisible({ timeout: 60_000 })
  await ben.clock.install()
  await ben.reload()
  await expect(ben.getByRole('button', { name: 'Copies of pictures: 1 new' })).toBeVisible({
    timeout: 60_000,
  })
  const came = await openCopies(ben)
  await came.getByRole('button', { name: /^Open the copy from/ }).click()
  await expect(which(ben)).toContainText('1 / 6', { timeout: 60_000 })
  await ben.context().setOffline(true)
  await ben.clock.fastForward(73 * 3_600_000)
  await expect(ben.getByRole('dialog', { name: 'The copy is closed' })).toContainText('is over')
  await expect(ben.locator('.scan-surface')).toHaveCount(0)
})

test('[COPY-13] a copy that was sealed for another device of a colleague is asked for, sealed anew by its sender, and opens @whole', async ({
  ward,
}) => {
  test.setTimeout(280_000)
  const desk = await benIsHere(ward)
  const passkey = await makePasskey(desk)
  const maria = await mariaWithCt(ward)
  await sendCopy(maria)
  await expect(maria.getByText('Sealed, and on its way')).toBeVisible({ timeout: 60_000 })
  await maria.getByRole('button', { name: 'Close', exact: true }).click()
  const sent = (await openCopies(maria)).getByRole('list', { name: 'Sent by you' })
  await expect(sent).toContainText('Can be opened', { timeout: 60_000 })

  const phone = await (await ward.tablet()).newPage()
  await phone.goto(`${ward.server.origin}/station`)
  await passkey.copyTo(phone)
  await benComesBack(phone)
  const came = await openCopies(phone)
  const open = came.getByRole('button', { name: /^Open the copy from/ })
  await open.click()
  await expect(came.getByRole('alert')).toHaveText('This copy was not sealed for this device.')
  await came.getByRole('button', { name: `Ask ${sender} to send it to this device` }).click()
  await expect(came.getByRole('status').filter({ hasText: `${sender} was asked.` })).toBeVisible()
  await expect(sent).toContainText(`Now also on another device of ${recipient}.`, { timeout: 60_000 })

  await open.click()
  await expect(which(phone)).toContainText('1 / 6', { timeout: 60_000 })
  await expect.poll(() => brightest(phone)).toBeGreaterThan(60)
  await expect(sent).toContainText(`${recipient}, nurse: opened`)
})
