import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff } from './witness.ts'

test.use({ keepsApp: true })

test('an unknown or used enrolment code is a sentence, and touches nobody @whole', async ({ ward }) => {
  const bed = await ward.bed('2')
  const page = await (await ward.tablet()).newPage()
  await page.goto(`${ward.server.origin}/bed#enrol=AAAAAAAAAAAAAAAAAAAAAAAAAAA`)
  await expect(page.getByText(/link/).first()).toBeVisible()
  await expect(page.getByText('Ready', { exact: true })).toHaveCount(0)
  const used = await (await ward.tablet()).newPage()
  await used.goto(ward.server.demo().beds[1]?.url ?? '')
  await expect(used.getByText(/already (been )?used/)).toBeVisible()
  expect(used.url(), 'the code is not left in the address bar').not.toContain('enrol=')
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
})

test('a new link binds the bed to a second tablet; the first is told, and its call ends @whole', async ({
  ward,
}) => {
  const [station, first] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, first)
  await ward.server.kill()
  await ward.server.start()
  const second = await ward.bed()
  await expectCameraOff(first)
  await expect(first.getByText(/no longer/)).toBeVisible()
  await first.reload()
  await expect(first.getByText(/no longer/)).toBeVisible()
  await expect(bedStatus(station, '1')).toHaveText('Ready')
  await expectCameraOff(station)
  await expect(second.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
})

test('one tablet, two windows: the older one says that the bed is open elsewhere @whole', async ({
  ward,
}) => {
  const first = await ward.bed()
  const second = await first.context().newPage()
  await second.goto(`${ward.server.origin}/bed`)
  await expect(second.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expect(first.getByText(/another window/)).toBeVisible()
})

test('installed and without a server, the bed starts and says that it cannot be called (HZ-11)', async ({
  ward,
}) => {
  const bed = await ward.bed()
  await bed.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await expect
    .poll(() =>
      bed.evaluate(
        async () => (await caches.keys()).length > 0 && navigator.serviceWorker.controller !== null,
      ),
    )
    .toBe(true)
  await ward.server.kill()
  await bed.reload()
  await expect(bed.getByText(/Cannot be called/).first()).toBeVisible()
  await expect(bed.getByText('Emergency: use the red call button')).toBeVisible()
  await ward.server.start()
  await expect(bed.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
})

test('a tablet that nobody touches holds one connection, and asks after it @whole', async ({ ward }) => {
  const context = await ward.tablet()
  const page = await context.newPage()
  let sockets = 0
  let pongs = 0
  page.on('websocket', (socket) => {
    sockets += 1
    socket.on('framereceived', ({ payload }) => {
      if (String(payload).includes('"pong"')) pongs += 1
    })
  })
  await page.goto(ward.server.demo().beds[0]?.url ?? '')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect.poll(() => pongs, { timeout: 30_000 }).toBeGreaterThan(2)
  expect(sockets).toBe(1)
  await expect(page.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
})

test('the older of two windows can take the bed back @whole', async ({ ward }) => {
  const first = await ward.bed()
  const second = await first.context().newPage()
  await second.goto(`${ward.server.origin}/bed`)
  await expect(second.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await first.getByRole('button', { name: 'Use it here' }).click()
  await expect(first.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  await expect(second.getByText(/another window/)).toBeVisible()
})

test('a new link opened in the same tab is taken, and leaves the address bar @whole', async ({ ward }) => {
  const page = await (await ward.tablet()).newPage()
  await page.goto(`${ward.server.origin}/bed`)
  await expect(page.getByText(/no bed/)).toBeVisible()
  await page.goto(ward.server.demo().beds[3]?.url ?? '')
  await page.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('status').filter({ hasText: /^Ready$/ })).toBeVisible()
  expect(page.url()).not.toContain('enrol=')
})
