/** The audit's pages in a real browser: what happened is found, checked, downloaded and given to the patient. */
import { readFileSync } from 'node:fs'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'

test.use({ keepsApp: true })

async function adminPage(ward: Screens) {
  const page = await (await ward.tablet()).newPage()
  await page.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  await page.getByRole('button', { name: 'Audit', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Audit' })).toBeVisible()
  return page
}

test('[AUDIT-14] an administrator finds a call by patient, checks every row, and downloads what was found @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(0), await ward.bed('1')]
  await callAndAnswer(station, bed)
  await station.getByRole('button', { name: 'End call' }).click()
  const page = await adminPage(ward)
  await expect(page.getByText('Nothing was searched for yet.')).toBeVisible()
  await page.locator('select[name=patient]').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Search' }).click()
  const rows = page.getByRole('row').filter({ hasNotText: 'Time' })
  await expect(rows).toHaveText([
    /Ended a call.*hung-up/,
    /AnsweredBed 1Anna Laine/,
    /CalledAnna Laine, nurseBed 1/,
    /^.*Admitted/,
  ])
  await page.getByLabel('Act').selectOption('Knocked')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByText('No act was found.')).toBeVisible()
  await page.getByLabel('Act').selectOption('Called')
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(rows).toHaveCount(1)
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download as table' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('audit.csv')
  expect(
    readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n'),
  ).toHaveLength(2)
  await page.getByRole('button', { name: 'Check every row now' }).click()
  await expect(page.getByText(/^Whole: \d+ rows/)).toBeVisible()
})

test('[AUDIT-14] a report is made with the keyboard alone, and printed without the page round it @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(0), await ward.bed('1')]
  await callAndAnswer(station, bed)
  const page = await adminPage(ward)
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await page.getByRole('button', { name: 'Reports' }).focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Patient').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const report = page.getByRole('article', { name: 'Who called, knocked, overrode and looked' })
  await expect(report.getByText('Anna Laine, nurse').first()).toBeVisible()
  await expect(report.getByText('Oskar Berg, administrator')).toBeVisible()
  await expect(report.getByText('born 2 March 1948')).toBeVisible()
  await report.getByRole('button', { name: 'Print' }).press('Enter')
  await expect(page.locator('body[data-printed]')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(report).toBeVisible()
  for (const hidden of ['Sign out', 'Make the report', 'Print'])
    await expect(page.getByRole('button', { name: hidden })).toBeHidden()
})

test('[AUDIT-11] a report is given in the patient’s language while the page keeps its reader’s @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(0), await ward.bed('1')]
  await callAndAnswer(station, bed)
  const page = await adminPage(ward)
  await page.getByRole('button', { name: 'Reports' }).click()
  await page.locator('select[name=language]').selectOption('Suomi')
  await page.getByRole('button', { name: 'Make the report' }).click()
  const report = page.getByRole('article', { name: 'Kuka soitti, koputti, ohitti ja katsoi' })
  await expect(report).toHaveAttribute('lang', 'fi')
  await expect(report.getByText('Anna Laine, hoitaja').first()).toBeVisible()
  await expect(report.getByText('syntynyt 2. maaliskuuta 1948')).toBeVisible()
  await expect(report.getByRole('button', { name: 'Print' })).toBeVisible()
  const downloading = page.waitForEvent('download')
  await report.getByRole('link', { name: 'Download the page' }).click()
  const file = readFileSync(await (await downloading).path(), 'utf8')
  expect(file).toContain('<html lang="fi">')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { name: 'Reports' })).toBeHidden()
})

test('[AUDIT-14] without an answer the page says so and what to do @whole', async ({ ward }) => {
  const page = await adminPage(ward)
  await expect(page.getByRole('button', { name: 'Search' })).toBeVisible()
  await ward.server.kill()
  await page.getByRole('button', { name: 'Search' }).click()
  await expect(page.getByRole('alert')).toHaveText(
    'The ward’s server did not answer. Check the network, then try again.',
  )
})
