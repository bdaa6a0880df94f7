import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff } from './witness.ts'

test('an unknown or used enrolment code is a sentence, and touches nobody', async ({ ward }) => {
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

test('a new link binds the bed to a second tablet; the first is told, and its call ends', async ({
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

test('one tablet, two windows: the older one says that the bed is open elsewhere', async ({ ward }) => {
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
