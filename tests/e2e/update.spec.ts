/** Updates of a tablet in a real browser, with real builds: when it takes one, and what a bad one does. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { protocolVersion } from '../../src/protocol/primitives.ts'
import { anotherBuild, type BuildKind, builtId, servedAt } from './another-build.ts'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'

// A minute without a touch, and a minute to come to Ready, last eighteen seconds: a slow machine takes ten to start a page.
test.use({ timeScale: 0.3, keepsApp: true })

const patience = { timeout: 90_000 }

/** A tablet that is Ready, and keeps the app. */
async function keptBed(ward: Screens): Promise<Page> {
  const bed = await ward.bed()
  await expect.poll(async () => (await servedAt(bed))?.build, patience).toBe(builtId)
  await expect
    .poll(() => bed.evaluate(() => navigator.serviceWorker.controller?.scriptURL ?? ''), patience)
    .toContain(builtId)
  await bed.evaluate(() => Object.assign(window, { isSamePage: true }))
  return bed
}

const isSamePage = (bed: Page) => bed.evaluate(() => 'isSamePage' in window).catch(() => null)
const isReady = (bed: Page) =>
  expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible(patience)

/** Its page speaks the wire of before; once it is of another build, that of today. `closed`: what the server said to it. */
async function speaksOldWire(bed: Page): Promise<{ readonly closed: number[] }> {
  const closed: number[] = []
  await bed.routeWebSocket(/./, async (socket) => {
    const isOld = await bed.evaluate(() => !document.querySelector('script[src*="-other000.js"]'))
    const server = socket.connectToServer()
    const ofOld = (said: string) =>
      said.replace(`"version":${protocolVersion}`, `"version":${protocolVersion - 1}`)
    socket.onMessage((said) => server.send(isOld ? ofOld(String(said)) : said))
    server.onClose((code = 0, reason = '') => {
      // Those of a network, and of no reason at all, are no server's word.
      if (code < 4000) return void socket.close()
      closed.push(code)
      void socket.close({ code, reason })
    })
  })
  return { closed }
}

/** As the server wrote down what it took in before it learned today's wire. */
function spokeOldWire(data: string): void {
  const path = join(data, 'builds', `${builtId}.json`)
  const record = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...record, wire: protocolVersion - 1 }))
}

/** The server comes back with another build, which all tablets are to run, or wait for. */
async function update(
  ward: Screens,
  kind: BuildKind,
  updates: 'by-hand' | 'at-once' = 'at-once',
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bedside-app-'))
  const build = anotherBuild(folder, kind)
  await ward.server.kill()
  await ward.server.start({ folder, updates })
  rmSync(folder, { recursive: true })
  return build
}

/** Opened before an update: an administrator's page gets the newest build, which may be the bad one. */
async function fleet(ward: Screens): Promise<Page> {
  const page = await (await ward.tablet()).newPage()
  await page.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  await page.getByRole('button', { name: 'Tablets', exact: true }).click()
  return page
}

/** Time passes at this page. */
async function passes(page: Page, ms: number): Promise<void> {
  const since = await page.evaluate(() => performance.now())
  await expect
    .poll(() => page.evaluate(() => performance.now()), { timeout: ms + 20_000 })
    .toBeGreaterThan(since + ms)
}

test('[UPDATE-6] a tablet takes a new build when nobody needs it, never in a call, and is Ready untouched (HZ-11) @whole', async ({
  ward,
}) => {
  test.setTimeout(300_000)
  const [station, bed] = [await ward.station(), await keptBed(ward)]
  const page = await fleet(ward)
  const build = await update(ward, 'other', 'by-hand')
  await isReady(bed)
  await expect(page.getByText('A new build is there')).toContainText(build, patience)
  await callAndAnswer(station, bed)
  await page.getByRole('button', { name: 'Begin with this bed' }).click()
  await passes(bed, 25_000)
  expect(await isSamePage(bed), 'the call keeps its page').toBe(true)
  await expect(bed.getByRole('button', { name: 'End call' })).toBeVisible()
  await station.getByRole('button', { name: 'End call' }).click()
  await expect.poll(() => isSamePage(bed), patience).toBe(false)
  await isReady(bed)
  await expect.poll(() => servedAt(bed), patience).toMatchObject({ build, before: builtId, trial: null })
  await expect(page.getByRole('row', { name: /^1 / })).toContainText(build, patience)
  await expect(page.getByRole('button', { name: 'Go on to all tablets' })).toBeVisible(patience)
})

test('[UPDATE-4] a build whose page does not run is rolled back to Ready by the tablet itself, untouched, and stops (HZ-11) @whole', async ({
  ward,
}) => {
  test.setTimeout(300_000)
  const bed = await keptBed(ward)
  const errors: string[] = []
  bed.on('pageerror', ({ message }) => errors.push(message))
  const page = await fleet(ward)
  const build = await update(ward, 'broken')
  await expect.poll(() => errors, patience).toContain('a broken build')
  await expect.poll(() => servedAt(bed), patience).toMatchObject({ build: builtId, failed: { build } })
  await isReady(bed)
  await expect(page.getByRole('alert')).toContainText('At bed 1 it did not come to Ready', patience)
  await passes(bed, 25_000)
  expect(errors.length, 'it is not tried again').toBe(1)
  await expect
    .poll(() => bed.evaluate(() => navigator.serviceWorker.controller?.scriptURL ?? ''), patience)
    .toContain(builtId)
})

test('[UPDATE-4] a build one of whose files is missing is not taken, and the tablet stays Ready by its own @whole', async ({
  ward,
}) => {
  test.setTimeout(300_000)
  const bed = await keptBed(ward)
  const page = await fleet(ward)
  const build = await update(ward, 'incomplete')
  await expect(page.getByRole('alert')).toContainText('At bed 1 its files could not be kept', patience)
  expect(await isSamePage(bed)).toBe(true)
  await isReady(bed)
  expect(await bed.evaluate(() => caches.keys())).not.toContain(`bedside-app-${build}`)
  await bed.reload()
  await isReady(bed)
})

test('[SOCKET-3] a page that is older than the server understands fetches the new build by itself, and is Ready by it (HZ-11) @whole', async ({
  ward,
}) => {
  test.setTimeout(300_000)
  const bed = await keptBed(ward)
  const { closed } = await speaksOldWire(bed)
  await ward.server.kill()
  spokeOldWire(ward.server.data)
  const build = await update(ward, 'other', 'by-hand')
  await expect.poll(() => closed, patience).toEqual([4426])
  await expect.poll(() => isSamePage(bed), patience).toBe(false)
  await isReady(bed)
  expect(await servedAt(bed)).toMatchObject({ build, before: builtId, failed: null })
  const page = await fleet(ward)
  await expect(page.getByRole('row', { name: /^1 / })).toContainText(build, patience)
  await callAndAnswer(await ward.station(), bed)
  expect(closed, 'closed once, and not again by the new build').toEqual([4426])
})
