/** `npm run screens`: the pictures in docs/screens, taken from the real app in a real call. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from './browsers.ts'
import { makePasskey } from './e2e/authenticator.ts'
import { newServer } from './e2e/server.ts'
import { agreeToKnock } from './e2e/wishes.ts'
import { cameraClip } from './fakes/clip.ts'
import { shootPlan } from './screens-plan.ts'

const folder = fileURLToPath(new URL('../docs/screens/', import.meta.url))

async function open(browser: Browser, url: string | undefined, width: number, height: number): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width, height } })).newPage()
  await page.goto(url ?? '')
  return page
}

async function shoot(page: Page, name: string): Promise<void> {
  // Where the pointer was left is no part of the picture.
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${folder}${name}.png` })
}

/** The administrator's pages, after a call: a code for a bed, and what was written down. */
async function administration(browser: Browser): Promise<void> {
  const admin = await open(browser, server.demo().staff.find(({ role }) => role === 'admin')?.url, 1440, 900)
  await admin.getByRole('button', { name: 'Tablets' }).click()
  await admin.getByRole('button', { name: 'Make a code for bed 6' }).click()
  await admin.getByRole('article', { name: 'Code for bed 6' }).waitFor()
  await shoot(admin, 'admin-tablets')
  await admin.getByRole('button', { name: 'Audit' }).click()
  await admin.getByRole('button', { name: 'Check every row now' }).click()
  await admin.getByText(/^Whole: /).waitFor()
  await admin.getByRole('button', { name: 'Search' }).click()
  await admin.getByRole('table').waitFor()
  await shoot(admin, 'admin-audit')
  await admin.context().close()
}

/** Two pictures beside each other, as they stand in a ward: the station and, smaller, the tablet. */
async function together(browser: Browser): Promise<void> {
  const picture = (name: string) =>
    `data:image/png;base64,${readFileSync(`${folder}${name}.png`).toString('base64')}`
  const page = await (await browser.newContext({ viewport: { width: 1640, height: 640 } })).newPage()
  await page.setContent(`<style>
    body { margin: 0; padding: 24px; display: flex; gap: 24px; align-items: center; background: #e9e4da }
    img { border-radius: 14px; box-shadow: 0 2px 18px #0003 }
  </style><img src="${picture('station-call')}" width="864"><img src="${picture('bed-call')}" width="704">`)
  await page.screenshot({ path: `${folder}call.png` })
}

mkdirSync(folder, { recursive: true })
const server = await newServer()
await server.start()
const launch = (who: 'nurse' | 'patient') =>
  chromium.launch({ executablePath: ensureChromium(), args: chromiumFlags(cameraClip(who)) })
const [nurses, patients] = [await launch('nurse'), await launch('patient')]
const { staff, beds } = server.demo()

const bed = await open(patients, beds[0]?.url, 1280, 800)
await bed.getByRole('button', { name: 'Start' }).waitFor()
await shoot(bed, 'bed-start')
for (const index of [0, 1, 2, 4, 6]) {
  const page = index === 0 ? bed : await open(patients, beds[index]?.url, 1280, 800)
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByText('Ready', { exact: true }).waitFor()
}
await shoot(bed, 'bed-ready')
const station = await open(nurses, staff[0]?.url, 1440, 900)
const board = station.getByRole('list', { name: 'Beds' })
await board.getByText('Ready', { exact: true }).nth(4).waitFor()
// How the station's lock is opened again.
await makePasskey(station)
await station.getByRole('button', { name: 'Close' }).click()
await shoot(station, 'station-board')
const door = await open(nurses, `${server.origin}/station`, 1440, 900)
await door.getByLabel('Your name').waitFor()
await shoot(door, 'sign-in')
await door.context().close()
await station.getByRole('button', { name: 'Call bed 1' }).click()
await bed.getByRole('button', { name: 'Answer' }).waitFor()
await shoot(bed, 'bed-ringing')
await shoot(station, 'station-ringing')
await bed.getByRole('button', { name: 'Answer' }).click()
await station.getByRole('button', { name: 'End call' }).waitFor()
// Cameras of a file start dark and adapt; the picture for the reader is of a settled call.
await station.waitForTimeout(3_000)
await shoot(bed, 'bed-call')
await shoot(station, 'station-call')
await together(nurses)
await station.getByRole('button', { name: 'Lock', exact: true }).click()
await station.getByRole('region', { name: 'Locked' }).waitFor()
await shoot(station, 'locked')
await station.getByRole('button', { name: 'Unlock with your passkey' }).click()
await station.getByRole('region', { name: 'Locked' }).waitFor({ state: 'detached' })
await bed.getByRole('button', { name: 'End call' }).click()
await station.getByText('Call ended', { exact: false }).first().waitFor()
await shoot(bed, 'bed-ended')
await shoot(station, 'station-ended')
await agreeToKnock(station, bed)
await shoot(station, 'station-panel')
await station.getByRole('button', { name: 'Knock bed 1' }).click()
await bed.getByRole('dialog').waitFor()
await shoot(bed, 'bed-knock')
await bed.getByRole('button', { name: 'Not now' }).click()
await station.getByText('Call ended', { exact: false }).first().waitFor()
await administration(nurses)
await server.kill()
await bed.getByText('Cannot be called', { exact: false }).first().waitFor()
await shoot(bed, 'bed-offline')
await shoot(station, 'station-offline')
await shootPlan(nurses, shoot)
await Promise.all([nurses.close(), patients.close()])
await server.remove()
writeFileSync(`${folder}README.md`, '# Screens\n\nMade from the real app by `npm run screens`.\n')
