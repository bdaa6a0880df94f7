/** A round by call, by keyboard alone; and what comes of each call, by one tap, also while the server is away. */
import type { Page } from 'playwright/test'
import { atStation, expectReadable, tabTo } from './reading.ts'
import { bedStatus, callAndAnswer, expect, test } from './ward.ts'
import { expectCameraOff } from './witness.ts'

test.use({ keepsApp: true })

const round = (station: Page) => station.getByRole('region', { name: 'Round' })
const next = (station: Page, label: string) =>
  round(station).getByRole('button', { name: `Call bed ${label}`, exact: true })

test('[HZ-1] a round by keyboard: each bed is named before one key rings it, the rest are passed and named at the end @whole', async ({
  ward,
}) => {
  const station = await ward.station()
  const [one, two, three] = [await ward.bed('1'), await ward.bed('2'), await ward.bed('3')]
  await two.getByRole('button', { name: 'Privacy' }).click()
  await two.getByRole('button', { name: '30 minutes' }).click()
  await expect(bedStatus(station, '2')).toHaveText(/^Privacy until/)
  await tabTo(station, 'Start shift')
  await station.keyboard.press('Enter')
  const dialog = station.getByRole('dialog', { name: 'Start shift' })
  for (const label of ['1', '2', '3', '4']) {
    await dialog.getByRole('checkbox', { name: `Bed ${label}`, exact: true }).focus()
    await station.keyboard.press('Space')
  }
  await dialog.getByRole('button', { name: 'Start shift', exact: true }).focus()
  await station.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(one.getByText('Anna Laine')).toBeVisible()

  await tabTo(station, 'Call round')
  await station.keyboard.press('Enter')
  await expect(round(station)).toContainText('Next: bed 1')
  await expect(round(station).locator('.patient'), 'both identifiers').toContainText('born')
  await expect(next(station, '1')).toBeFocused()
  await station.keyboard.press('Enter')
  await expect(one.getByRole('button', { name: 'Answer' }), 'a key held down rings nobody').toHaveCount(0)
  await expect(next(station, '1')).toBeEnabled()
  await station.keyboard.press('Enter')
  await one.getByRole('button', { name: 'Answer' }).click()
  await tabTo(station, 'End call')
  await station.keyboard.press('Enter')

  await test.step('after the call the next one is a key away, past the curtain', async () => {
    await expect(round(station)).toContainText('Next: bed 3')
    await expect(round(station)).toContainText('Not reached so far: 2 (privacy)')
    await expect(next(station, '3')).toBeFocused()
    await expect(next(station, '3')).toBeEnabled()
    await expect(three.getByRole('button', { name: 'Answer' }), 'nothing rings by itself').toHaveCount(0)
    await expectReadable(station, 'round', atStation)
    await station.keyboard.press('Enter')
    await three.getByRole('button', { name: 'Not now' }).click()
  })

  await test.step('at its end everybody who was not reached is named', async () => {
    await expect(round(station)).toContainText('The round is over.')
    await expect(round(station)).toContainText('You talked to 1 patient.')
    await expect(round(station).getByRole('listitem')).toHaveText([
      'Bed 2: privacy',
      'Bed 3: no answer',
      'Bed 4: offline',
    ])
    await expectReadable(station, 'round-over', atStation)
    await expectCameraOff(station)
    await tabTo(station, 'End round')
    await station.keyboard.press('Enter')
    await expect(round(station)).toHaveCount(0)
  })
})

test('[ROUND-4] what comes of a call is one tap, kept with it, also when the server comes back later @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await callAndAnswer(station, bed)
  await station.getByRole('button', { name: 'End call' }).click()
  const taps = station.getByRole('group', { name: 'What comes of it?' })
  await expect(taps.getByRole('button')).toHaveText(['Done', 'Go there', 'Call later'])
  await taps.getByRole('button', { name: 'Go there' }).click()
  await expect(taps.getByRole('button', { name: 'Go there', pressed: true })).toBeVisible()
  await expect(taps).toContainText('Noted.')
  await ward.server.kill()
  await expect(station.getByText(/What you see is from then/)).toBeVisible()
  await taps.getByRole('button', { name: 'Call later' }).click()
  await expect(taps).toContainText('Keep this page open until the server is back.')
  await ward.server.start()
  const admin = await (await ward.tablet()).newPage()
  await admin.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  await admin.getByRole('navigation').getByRole('button', { name: 'Audit' }).click()
  const found = admin.getByRole('row').filter({ hasText: 'Noted what comes of a call' })
  await expect(async () => {
    await admin.getByRole('button', { name: 'Search' }).click()
    await expect(found).toHaveCount(2, { timeout: 1_000 })
  }).toPass()
  await expect(found.first()).toContainText('later')
  await expect(found.last()).toContainText('visit')
})
