/** How calls go, from a real one to the administrator's page and to Prometheus. */
import type { Page } from 'playwright/test'
import { weatherOf } from '../fakes/far.ts'
import { freePort, newServer } from './server.ts'
import { test as base, callAndAnswer, expect, type Screens } from './ward.ts'
import { expectLivePicture } from './witness.ts'

const test = base.extend<{ metricsPort: number }>({
  metricsPort: async ({ timeScale: _ }, use) => use(await freePort()),
  server: async ({ timeScale, metricsPort }, use) => {
    const server = await newServer(timeScale, { environment: { BEDSIDE_METRICS_PORT: String(metricsPort) } })
    await server.start()
    await use(server)
    await server.remove()
  },
})

async function servicePage(ward: Screens): Promise<Page> {
  const page = await (await ward.tablet()).newPage()
  await page.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  await page.getByRole('button', { name: 'Service', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Service' })).toBeVisible()
  return page
}

async function metricsAt(port: number): Promise<string> {
  return await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
}

/** A call that is lost once and comes back, and that the patient ends. */
async function lostAndFound(ward: Screens): Promise<void> {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const weathers = [await weatherOf(station), await weatherOf(bed)]
  const lose = (lossPercent: number) => Promise.all(weathers.map((change) => change({ lossPercent })))
  const covered = (page: Page) => page.getByText(/Reconnecting/).first()
  await callAndAnswer(station, bed)
  await expectLivePicture(station, 'Patient video')
  await lose(100)
  await expect(covered(station)).toBeVisible()
  await expect(covered(bed)).toBeVisible()
  await lose(0)
  await expectLivePicture(station, 'Patient video')
  await expectLivePicture(bed, 'Staff video')
  await bed.getByRole('button', { name: 'End call' }).click()
}

test('[SERVICE-8] a call that was lost and came back is read by an administrator under its bed, and by Prometheus @whole', async ({
  ward,
  metricsPort,
}) => {
  const page = await servicePage(ward)
  await expect(page.getByText('No call was made in this period.')).toBeVisible()
  await lostAndFound(ward)
  const cells = page.getByRole('row', { name: /^Bed 1 / }).getByRole('cell')
  await expect(async () => {
    await page.getByRole('button', { name: 'Look again' }).click()
    await expect(cells).toHaveText(
      [/^1$/, /^100%$/, /^\d+\.\d\d s$/, /^\d+\.\d\d s$/, /^0%$/, /^[1-9]00$/, /^0%$/, /^\d[\d.]*%$/],
      { timeout: 2_000 },
    )
  }).toPass()
  const lost = Number(await cells.nth(5).textContent()) / 100
  await expect(page.getByRole('row', { name: /^Bed 2 / }).getByRole('cell')).toHaveText([
    /^0$/,
    ...Array(7).fill('–'),
  ])
  const metrics = await metricsAt(metricsPort)
  for (const sample of [
    'bedside_calls_total{ward="Ward 4B",answered="yes",reason="hung-up"} 1',
    'bedside_call_set_up_seconds_count{ward="Ward 4B",end="callee"} 1',
    `bedside_call_reconnections_total{ward="Ward 4B"} ${lost}`,
    'bedside_call_ends_total{ward="Ward 4B",way="direct",carrier="udp"} 2',
    'bedside_connected_beds{ward="Ward 4B"} 1',
  ])
    expect(metrics).toContain(`\n${sample}\n`)
})

test('[SERVICE-8] what an end says while the server is down is kept when it is back @whole', async ({
  ward,
  metricsPort,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await expectLivePicture(bed, 'Staff video')
  await ward.server.kill()
  await bed.getByRole('button', { name: 'End call' }).click()
  await ward.server.start()
  await expect
    .poll(() => metricsAt(metricsPort))
    .toContain('\nbedside_call_set_up_seconds_count{ward="Ward 4B",end="callee"} 1\n')
})

test('[SERVICE-8] another period is chosen by keys, and paper holds the table alone @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await bed.getByRole('button', { name: 'End call' }).click()
  const page = await servicePage(ward)
  await page.getByLabel('Period').focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('article', { name: 'The last 30 days' })).toBeVisible()
  const reconnections = page
    .getByRole('row', { name: /^Bed 1 / })
    .getByRole('cell')
    .nth(5)
  await expect(reconnections, 'a patient who hangs up is no loss').toHaveText('0')
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await page.getByRole('button', { name: 'Print' }).press('Enter')
  await expect(page.locator('body[data-printed]')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('table', { name: 'The last 30 days' })).toBeVisible()
  for (const hidden of ['Sign out', 'Look again', 'Print'])
    await expect(page.getByRole('button', { name: hidden })).toBeHidden()
})

test('[SERVICE-8] without an answer the page says so and what to do, and shows no figure of before @whole', async ({
  ward,
}) => {
  const page = await servicePage(ward)
  await expect(page.getByText('No call was made in this period.')).toBeVisible()
  await ward.server.kill()
  await page.getByRole('button', { name: 'Look again' }).click()
  await expect(page.getByRole('alert')).toHaveText(
    'The ward’s server did not answer. Check the network, then try again.',
  )
  await expect(page.getByText('No call was made in this period.')).toBeHidden()
})
