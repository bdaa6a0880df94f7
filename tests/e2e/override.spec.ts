import type { Page } from 'playwright/test'
import { bedStatus, expect, type Screens, test } from './ward.ts'
import { agreeToKnock, quietNow } from './wishes.ts'
import { expectCameraOff, mediaOf } from './witness.ts'

const reason = 'No answer at the door'

/** The administrator's own page, signed in. */
async function admin(ward: Screens, station: Page): Promise<Page> {
  const browser = station.context().browser()
  if (!browser) throw new Error('no browser')
  const page = await (await browser.newContext()).newPage()
  await page.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  return page
}

async function drawn(ward: Screens) {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await bed.getByRole('button', { name: 'Privacy' }).click()
  await bed.getByRole('button', { name: '30 minutes' }).click()
  await station.getByRole('button', { name: 'Open bed 1' }).click()
  await expect(bedStatus(station, '1')).toHaveText(/^Privacy until/)
  return { station, bed }
}

test('[HZ-3] an override is off until an administrator allows it, and then a ring that says who and why', async ({
  ward,
}) => {
  const { station, bed } = await drawn(ward)
  const { opened } = await mediaOf(bed)
  await expect(station.getByRole('button', { name: 'Override privacy' })).toHaveCount(0)
  const page = await admin(ward, station)
  await page.getByRole('button', { name: 'Ward', exact: true }).click()
  await page.getByRole('checkbox', { name: /^Staff may override/ }).check()
  await station.getByRole('button', { name: 'Override privacy' }).click()
  const dialog = station.getByRole('dialog', { name: 'Override privacy' })
  await expect(dialog.getByRole('button', { name: 'Ring bed 1' })).toBeDisabled()
  await dialog.getByRole('textbox').fill(reason)
  await station.screenshot({ path: 'test-results/override-station.png' })
  await dialog.getByRole('button', { name: 'Ring bed 1' }).click()
  const incoming = bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })
  await expect(incoming).toContainText('Anna Laine overrides your privacy.')
  await expect(incoming).toContainText(`Worried about you: ${reason}`)
  await bed.screenshot({ path: 'test-results/override-bed.png' })
  await bed.getByRole('button', { name: 'Not now' }).click()
  await expect(station.getByRole('status').filter({ hasText: 'Call ended: declined' })).toBeVisible()
  await expect(bed.getByRole('heading', { name: 'Privacy' }), 'the curtain stays drawn').toBeVisible()
  await expectCameraOff(bed)
  expect((await mediaOf(bed)).opened).toBe(opened)
  await bed.getByRole('button', { name: 'End privacy' }).click()
  await bed.getByRole('button', { name: 'Who called me' }).click()
  const list = bed.getByRole('dialog', { name: 'Who called me' })
  await expect(list).toContainText('Called although you wanted to be alone')
  await expect(list).toContainText(reason)
  await page.context().close()
})

test('[HZ-3] quiet hours are overridden by an ordinary ring, or a knock where one was agreed, that says why @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await agreeToKnock(station, bed)
  await quietNow(station)
  await expect(station.getByText(/^Quiet hours until \d\d:\d\d: it rings softly/)).toBeVisible()
  const open = station.getByRole('button', { name: 'Override quiet hours' })
  await expect(open, 'off until the ward allows it').toHaveCount(0)
  const page = await admin(ward, station)
  await page.getByRole('button', { name: 'Ward', exact: true }).click()
  await page.getByRole('checkbox', { name: /^Staff may override/ }).check()
  const { opened } = await mediaOf(bed)

  await test.step('a knock counts down, can be declined, and opens no camera by itself', async () => {
    await open.click()
    const dialog = station.getByRole('dialog', { name: 'Override quiet hours' })
    await dialog.getByRole('textbox').fill(reason)
    await dialog.getByRole('button', { name: 'Knock bed 1' }).click()
    const incoming = bed.getByRole('dialog', { name: 'Knock from Anna Laine, nurse' })
    await expect(incoming).toContainText('Anna Laine calls in your quiet hours.')
    await expect(incoming).toContainText(`Worried about you: ${reason}`)
    await expect(incoming).toContainText('The call starts in')
    await bed.getByRole('button', { name: 'Not now' }).click()
    await expect(station.getByRole('status').filter({ hasText: 'Call ended: declined' })).toBeVisible()
    await expectCameraOff(bed)
    expect((await mediaOf(bed)).opened).toBe(opened)
  })

  await test.step('a ring waits for an answer', async () => {
    await station.getByRole('button', { name: 'Open bed 1', exact: true }).click()
    await open.click()
    const dialog = station.getByRole('dialog', { name: 'Override quiet hours' })
    await dialog.getByRole('textbox').fill(reason)
    await dialog.getByRole('button', { name: 'Ring bed 1' }).click()
    await expect(bed.getByRole('dialog', { name: 'Incoming call from Anna Laine, nurse' })).toBeVisible()
    await bed.getByRole('button', { name: 'Not now' }).click()
    await bed.getByRole('button', { name: 'Who called me' }).click()
    await expect(bed.getByRole('dialog', { name: 'Who called me' })).toContainText(
      'Called in your quiet hours',
    )
  })
  await page.context().close()
})
