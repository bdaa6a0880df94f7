import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright/test'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { cameraClip } from '../fakes/clip.ts'
import { bedStatus, callAndAnswer, expect, type Screens, test } from './ward.ts'

const isReady = (page: Page) => page.getByRole('status').filter({ hasText: /^Ready$/ })

/** The digits a waiting tablet shows. */
async function digitsOn(page: Page): Promise<string> {
  const digits = page.locator('output.digits')
  await expect(digits).toHaveText(/^\d{3}\s\d{3}$/)
  return (await digits.textContent())?.replaceAll(/\s/g, '') ?? ''
}

/** Types digits in the bed's panel at the station. */
async function typeAtStation(station: Page, label: string, digits: string): Promise<void> {
  await station.getByRole('button', { name: `Open bed ${label}` }).click()
  await station.getByLabel(`Six digits on the tablet of bed ${label}`).fill(digits)
  await station.getByRole('button', { name: 'Confirm tablet' }).click()
}

async function administrator(ward: Screens): Promise<Page> {
  const page = await (await ward.tablet()).newPage()
  await page.goto(ward.server.demo().staff[3]?.url ?? '')
  await page.getByRole('button', { name: 'Tablets', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Tablets', exact: true })).toBeVisible()
  return page
}

/** A page of our origin that opens no store of its own. */
async function barePage(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${origin}/icon.svg`)
  return page
}

/** Empties what a killed Chromium may find damaged; `both`: the spare place as well. */
async function loseKey(context: BrowserContext, origin: string, both: 'main' | 'both'): Promise<void> {
  const page = await barePage(context, origin)
  await page.evaluate(
    () =>
      new Promise<void>((done, fail) => {
        const request = indexedDB.deleteDatabase('bedside')
        request.onsuccess = () => done()
        request.onerror = request.onblocked = () => fail(new Error('not deleted'))
      }),
  )
  if (both === 'both')
    await page.evaluate(async () => {
      await (
        navigator as unknown as { storageBuckets: { delete(name: string): Promise<void> } }
      ).storageBuckets.delete('bedside')
    })
  await page.close()
}

test('a typed code, six digits at the station, Start, Ready; until then it cannot be called (HZ-1)', async ({
  ward,
}) => {
  const [admin, station] = [await administrator(ward), await ward.station()]
  await admin.getByRole('button', { name: 'Make a code for bed 5' }).click()
  const card = admin.getByRole('article', { name: 'Code for bed 5' })
  await expect(card.getByRole('img', { name: /QR code/ })).toBeVisible()
  const code = (await card.locator('.code').textContent()) ?? ''
  const tablet = await (await ward.tablet()).newPage()
  await tablet.goto(`${ward.server.origin}/bed`)
  await tablet.getByLabel('Code of the bed').fill('no')
  await tablet.getByRole('button', { name: 'Use this code' }).click()
  await expect(tablet.getByText(/not a whole code/)).toBeVisible()
  await tablet.getByLabel('Code of the bed').fill(code.toLowerCase())
  await tablet.keyboard.press('Enter')
  await expect(tablet.getByText('Bed 5 · Ward 4B')).toBeVisible()
  const digits = await digitsOn(tablet)
  await tablet.reload()
  expect(await digitsOn(tablet), 'a reload loses nothing').toBe(digits)
  await expect(admin.getByLabel('Six digits on the tablet of bed 5')).toBeVisible()
  await expect(station.getByRole('listitem', { name: 'Bed 5', exact: true })).toContainText(
    'waits to be confirmed',
  )
  await expect(station.getByRole('button', { name: 'Call bed 5' })).toBeDisabled()
  await typeAtStation(station, '5', digits === '000000' ? '111111' : '000000')
  await expect(station.getByText('Tries left: 4')).toBeVisible()
  await typeAtStation(station, '5', digits)
  await expect(station.getByText(/^Confirmed/)).toBeVisible()
  await tablet.getByRole('button', { name: 'Start' }).click()
  await expect(isReady(tablet)).toBeVisible()
  await callAndAnswer(station, tablet, '5')
})

test('the link of a code enrols one browser; a second one is told that it was used @whole', async ({
  ward,
}) => {
  const admin = await administrator(ward)
  await admin.getByRole('button', { name: 'Make a code for bed 6' }).click()
  const card = admin.getByRole('article', { name: 'Code for bed 6' })
  const code = (await card.locator('.code').textContent()) ?? ''
  const url = `${ward.server.origin}/bed#enrol=${code}`
  const [first, second] = [await (await ward.tablet()).newPage(), await (await ward.tablet()).newPage()]
  await first.goto(url)
  const digits = await digitsOn(first)
  await second.goto(url)
  await expect(second.getByText(/already used/)).toBeVisible()
  await admin.getByLabel('Six digits on the tablet of bed 6').fill(digits)
  await admin.getByRole('button', { name: 'Confirm tablet' }).click()
  await first.getByRole('button', { name: 'Start' }).click()
  await expect(isReady(first)).toBeVisible()
  await admin.getByRole('button', { name: 'Revoke the tablet of bed 6' }).click()
  await admin.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(first.getByText(/no longer bound/)).toBeVisible()
})

test('a tablet whose IndexedDB is gone comes back from its storage bucket, without a touch @whole', async ({
  ward,
}) => {
  const bed = await ward.bed('1')
  const context = bed.context()
  const { origin } = ward.server
  await bed.close()
  await loseKey(context, origin, 'main')
  const back = await context.newPage()
  await back.goto(`${origin}/bed`)
  await expect(isReady(back)).toBeVisible()
  // And the other way round: what was put back serves when the bucket is the one that is gone.
  await back.close()
  const page = await barePage(context, origin)
  await page.evaluate(async () => {
    await (
      navigator as unknown as { storageBuckets: { delete(name: string): Promise<void> } }
    ).storageBuckets.delete('bedside')
  })
  await page.goto(`${origin}/bed`)
  await expect(isReady(page)).toBeVisible()
})

test('a tablet that lost its key says so, the board says so, and six digits make it Ready again (HZ-11) @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  const context = bed.context()
  const { origin } = ward.server
  await bed.close()
  await loseKey(context, origin, 'both')
  const back = await context.newPage()
  await back.goto(`${origin}/bed`)
  await expect(back.getByText('This tablet has lost its key and cannot be called.')).toBeVisible()
  await expect(back.getByText('Bed 1 · Ward 4B')).toBeVisible()
  await expect(back.getByText('Emergency: use the red call button')).toBeVisible()
  await expect(station.getByRole('listitem', { name: 'Bed 1', exact: true })).toContainText(
    'Needs re-binding',
  )
  await typeAtStation(station, '1', await digitsOn(back))
  await expect(isReady(back)).toBeVisible()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await expect(station.getByText('Needs re-binding')).toHaveCount(0)
})

test('a copied profile is noticed: neither tablet can be called until staff say which one lies there (HZ-14) @whole', async ({
  ward,
}) => {
  const station = await ward.station()
  const profiles = mkdtempSync(join(tmpdir(), 'bedside-profiles-'))
  const open = (name: string) =>
    chromium.launchPersistentContext(join(profiles, name), {
      executablePath: ensureChromium(),
      args: chromiumFlags(cameraClip('patient', 'light')),
    })
  const { origin } = ward.server
  const before = await open('one')
  const first = await before.newPage()
  await first.goto(ward.server.demo().beds[0]?.url ?? '')
  await first.getByRole('button', { name: 'Start' }).click()
  await expect(isReady(first)).toBeVisible()
  await before.close()
  cpSync(join(profiles, 'one'), join(profiles, 'two'), {
    recursive: true,
    filter: (path) => !path.includes('Singleton'),
  })
  const [one, two] = [await open('one'), await open('two')]
  try {
    const [mine, theirs] = [await one.newPage(), await two.newPage()]
    await mine.goto(`${origin}/bed`)
    await expect(isReady(mine)).toBeVisible()
    await theirs.goto(`${origin}/bed`)
    await expect(mine.getByText(/Another tablet uses this tablet’s key/)).toBeVisible()
    await expect(theirs.getByText(/Another tablet uses this tablet’s key/)).toBeVisible()
    await expect(station.getByRole('listitem', { name: 'Bed 1', exact: true })).toContainText(
      'Held: two tablets',
    )
    await expect(station.getByRole('button', { name: 'Call bed 1' })).toBeDisabled()
    await typeAtStation(station, '1', await digitsOn(mine))
    await expect(isReady(mine)).toBeVisible()
    await expect(bedStatus(station, '1')).toHaveText('Ready')
    await expect(isReady(theirs)).toHaveCount(0)
  } finally {
    await one.close()
    await two.close()
    rmSync(profiles, { recursive: true, force: true })
  }
})

test('a tablet whose browser is killed again and again is Ready and raises no alarm @whole', async ({
  ward,
}) => {
  test.setTimeout(180_000)
  const station = await ward.station()
  const profile = mkdtempSync(join(tmpdir(), 'bedside-profile-'))
  const { origin } = ward.server
  const flags = chromiumFlags(cameraClip('patient', 'light'))
  const open = () =>
    chromium.launchPersistentContext(profile, { executablePath: ensureChromium(), args: flags })
  const before = await open()
  const page = await before.newPage()
  await page.goto(ward.server.demo().beds[0]?.url ?? '')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(isReady(page)).toBeVisible()
  await before.close()
  const url = `${origin}/bed`
  try {
    for (let time = 0; time < 12; time += 1) {
      const args = [
        ...flags,
        '--headless',

        `--user-data-dir=${profile}`,
        url,
      ]
      const browser = spawn(ensureChromium(), args, { detached: true, stdio: 'ignore' })
      // Now at some moment of starting, now at the very moment of the welcome, before the number may be kept.
      if (time % 2 === 0) await new Promise((next) => setTimeout(next, 700 + 150 * time))
      else await expect(bedStatus(station, '1')).toHaveText('Ready', { timeout: 20_000 })
      const gone = new Promise((done) => browser.once('exit', done))
      if (browser.pid !== undefined) process.kill(-browser.pid, 'SIGKILL')
      await gone
      await expect(bedStatus(station, '1')).toContainText('Offline')
    }
    rmSync(join(profile, 'SingletonLock'), { force: true })
    const after = await open()
    const back = await after.newPage()
    const counter = new Promise<number>((told) => {
      back.on('websocket', (socket) => {
        socket.on('framereceived', ({ payload }) => {
          const frame = JSON.parse(String(payload))
          if (frame.type === 'welcome') told(frame.counter)
        })
      })
    })
    await back.goto(url)
    await expect(isReady(back)).toBeVisible({ timeout: 20_000 })
    expect(await counter, 'the killed browsers did say hello').toBeGreaterThanOrEqual(6)
    await expect(bedStatus(station, '1')).toHaveText('Ready')
    await expect(station.getByText(/two tablets|re-binding/)).toHaveCount(0)
    await after.close()
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('two windows of one tablet that are opened at the same moment are no copy @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  const context = bed.context()
  const url = `${ward.server.origin}/bed`
  let pages = [bed]
  for (let time = 0; time < 5; time += 1) {
    await Promise.all(pages.map((page) => page.close()))
    pages = [await context.newPage(), await context.newPage()]
    await Promise.all(pages.map((page) => page.goto(url)))
    const words = pages.map((page) => page.getByText(/^Ready$|another window/))
    for (const word of words) await expect(word.first()).toBeVisible()
  }
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await expect(station.getByText('Held: two tablets')).toHaveCount(0)
})
