/** A real ward from its root to its first verified call: the server signs nothing, people do. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright/test'
import { furnish, secret } from '../fakes/furnish.ts'
import { certificate, certificateKey } from '../server/certificate.ts'
import { surroundings } from '../surroundings.ts'
import { freePort } from './server.ts'
import { expect, test } from './ward.ts'
import { exchangedBy, expectCameraOff, expectLivePicture, installWitness } from './witness.ts'

const home = fileURLToPath(new URL('../../', import.meta.url))

function root(...args: string[]): string {
  const env = { ...surroundings, BEDSIDE_ROOT_PASSPHRASE: 'four words that nobody guesses' }
  return spawnSync(process.execPath, [join(home, 'src/server/root/main.ts'), ...args], {
    env,
    encoding: 'utf8',
  }).stdout
}

/** A production server on https, in a folder of its own; `stop` ends it and removes the folder. */
async function realServer() {
  const folder = mkdtempSync(join(tmpdir(), 'bedside-'))
  const data = join(folder, 'data')
  const codes = await furnish(data)
  writeFileSync(join(folder, 'cert.pem'), certificate)
  writeFileSync(join(folder, 'key.pem'), certificateKey)
  const port = await freePort()
  const origin = `https://localhost:${port}`
  const child: ChildProcess = spawn(process.execPath, [join(home, 'src/server/main.ts'), '--production'], {
    env: {
      ...surroundings,
      BEDSIDE_PORT: String(port),
      BEDSIDE_DATA: data,
      BEDSIDE_ORIGIN: origin,
      BEDSIDE_ZONE: 'Europe/Helsinki',
      BEDSIDE_SECRET: secret,
      BEDSIDE_TLS_CERT: join(folder, 'cert.pem'),
      BEDSIDE_TLS_KEY: join(folder, 'key.pem'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((opened) => {
    child.stdout?.on('data', (said) => String(said).includes('is open at') && opened())
  })
  async function stop(): Promise<void> {
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, origin, codes, stop }
}

async function open(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, acceptDownloads: true })
  await context.addInitScript(installWitness)
  const page = await context.newPage()
  await page.goto(url)
  return page
}

/** The root that this tablet believes. */
function pinnedBy(page: Page): Promise<unknown> {
  return page.evaluate(
    () =>
      new Promise((found, fail) => {
        const request = indexedDB.open('bedside-keys')
        request.onerror = () => fail(request.error)
        request.onsuccess = () => {
          const reading = request.result.transaction('trust').objectStore('trust').get('bed')
          reading.onsuccess = () => {
            request.result.close()
            found(reading.result?.root)
          }
        }
      }),
  )
}

test('root, administrator, tablet and station: no call verifies before both are signed, and then it does @whole', async ({
  stationBrowser,
  bedBrowser,
}) => {
  const { folder, origin, codes, stop } = await realServer()
  const vault = join(folder, 'root')
  const made = root('init', vault, 'Hospital')
  const id = made.match(/Root id\s+(\S+)/)?.[1] ?? ''
  const rootDigits = made.match(/Root digits\s+(.+)/)?.[1] ?? ''

  const admin = await open(stationBrowser, `${origin}/admin#signin=${codes.admin}`)
  await admin.getByRole('button', { name: 'Keys' }).click()
  await admin.getByLabel('A name for this browser').fill('Ward IT')
  const saving = admin.waitForEvent('download')
  await admin.getByRole('button', { name: 'Save the request' }).click()
  const request = join(folder, 'request.json')
  await (await saving).saveAs(request)
  root('certify', vault, request)
  await admin.getByLabel('The root’s answer').setInputFiles(join(folder, 'request-certificate.json'))
  await expect(admin.getByText(rootDigits)).toBeVisible()
  await expect(admin.getByText('No tablet and no station waits')).toBeVisible()

  await admin.getByRole('button', { name: 'Tablets' }).click()
  await admin.getByRole('button', { name: 'Make a code for bed 1' }).click()
  const link = await admin.getByRole('link', { name: /\/bed#enrol=/ }).getAttribute('href')
  expect(link, 'the link carries the root that this administrator was handed').toContain(`&root=${id}`)
  const bed = await open(bedBrowser, link ?? '')
  const station = await open(stationBrowser, `${origin}/station#signin=${codes.nurse}&root=${id}`)
  const digits = bed.locator('output.digits')
  await expect(digits).toHaveText(/^\d{3}\s\d{3}$/)
  await station.getByRole('button', { name: 'Open bed 1' }).click()
  await station.getByLabel('Six digits on the tablet of bed 1').fill((await digits.textContent()) ?? '')
  await station.getByRole('button', { name: 'Confirm tablet' }).click()
  await bed.getByRole('button', { name: 'Start' }).click()
  expect(await pinnedBy(bed), 'the tablet believes the root of its link').toBe(id)
  await expect(bed.getByText(/waits for an administrator’s signature/)).toBeVisible()
  await expect(station.getByRole('alert').filter({ hasText: /waits for an administrator/ })).toBeVisible()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(station.getByText('Call ended: verification failed')).toBeVisible()
  for (const page of [station, bed]) {
    await expectCameraOff(page)
    expect(await exchangedBy(page)).toEqual({ frames: 0, bytes: 0, attached: 0 })
  }

  await admin.reload()
  await admin.getByRole('button', { name: 'Keys' }).click()
  await expect(admin.getByText('Bed 1, Ward 7')).toBeVisible()
  await admin.getByLabel('Name of the station').fill('Desk by the door')
  await admin.getByRole('button', { name: 'Sign for Desk by the door' }).click()
  await admin.getByRole('button', { name: 'Sign for it' }).click()
  await expect(admin.getByText('No tablet and no station waits')).toBeVisible()
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expect(station.getByRole('alert').filter({ hasText: /waits for an administrator/ })).toBeHidden()

  await station.getByRole('button', { name: 'This device' }).click()
  await expect(station.getByRole('dialog').getByText(rootDigits)).toBeVisible()
  await station.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  const mark = 'Verified station: Desk by the door · signed in as The nurse'
  await expect(bed.getByRole('dialog').getByText(mark)).toBeVisible()
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  for (const page of [admin, bed, station]) await page.context().close()
  await stop()
})
