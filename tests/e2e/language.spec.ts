import type { Page } from 'playwright/test'
import { expect, test } from './ward.ts'

test.use({ keepsApp: true })

/** The languages whose texts this page has loaded since it was last opened. */
function languagesLoaded(page: Page): Promise<string[]> {
  return page.evaluate(() => [
    ...new Set(
      performance
        .getEntriesByType('resource')
        .map(({ name }) => /\/texts-(?:[a-z]+-)+?(en|fi|sv|nl|it)-/.exec(name)?.[1])
        .filter((language) => language !== undefined),
    ),
  ])
}

/** Nothing is wider than the screen, and no word is cut at an edge. */
async function expectToFit(page: Page): Promise<void> {
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, h1, h2, h3, p, label, output, dd, dt')]
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      // What is read aloud only is one pixel wide.
      .filter((element) => element.clientWidth > 1)
      .map((element) => element.textContent),
  )
  expect(cut).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
}

test('a tablet in Finnish speaks Finnish after an offline reload, and loads no other language', async ({
  ward,
}) => {
  const bed = await (await ward.tablet({ locale: 'fi-FI' })).newPage()
  await bed.goto(ward.server.demo().beds[0]?.url ?? '')
  await bed.getByRole('button', { name: 'Aloita' }).click()
  await expect(bed.getByRole('status').filter({ hasText: /^Valmis$/ })).toBeVisible()
  await expect(bed.locator('html')).toHaveAttribute('lang', 'fi')
  await expect(bed.locator('html')).toHaveAttribute('dir', 'ltr')
  expect(await languagesLoaded(bed)).toEqual(['fi'])
  await expect.poll(() => bed.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)

  await ward.server.kill()
  await bed.reload()
  await expect(bed.getByText(/^Ei voi soittaa \d\d\.\d\d lähtien$/)).toBeVisible()
  await expect(bed.getByText('Hätätilanteessa: painakaa punaista hälytyspainiketta')).toBeVisible()
  expect(await languagesLoaded(bed)).toEqual(['fi'])
  await expectToFit(bed)
})

test('a call in Finnish: who calls, what can be answered, and how it ended @whole', async ({ ward }) => {
  const bed = await (await ward.tablet({ locale: 'fi-FI' })).newPage()
  await bed.goto(ward.server.demo().beds[0]?.url ?? '')
  await bed.getByRole('button', { name: 'Aloita' }).click()
  const station = await ward.station()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  const ring = bed.getByRole('dialog', { name: 'Anna Laine, hoitaja, soittaa' })
  await expect(ring).toBeVisible()
  await expectToFit(bed)
  await ring.getByRole('button', { name: 'Vastaa' }).click()
  await expect(bed.getByRole('button', { name: 'Lopeta puhelu' })).toBeVisible()
  await expectToFit(bed)
  await station.getByRole('button', { name: 'End call' }).click()
  await expect(bed.getByText('Anna Laine lopetti puhelun.')).toBeVisible()
})

test('whoever is at a station chooses its language; it stays theirs on this device @whole', async ({
  ward,
}) => {
  const station = await ward.station()
  for (const [language, name, call] of [
    ['sv', 'Svenska', 'Ring till säng 1'],
    ['nl', 'Nederlands', 'Bed 1 bellen'],
    ['it', 'Italiano', 'Chiama il letto 1'],
    ['fi', 'Suomi', 'Soita vuoteelle 1'],
  ] as const) {
    await station.locator('.language select').selectOption({ label: name })
    await expect(station.locator('html')).toHaveAttribute('lang', language)
    await expect(station.getByRole('button', { name: call })).toBeVisible()
    await expectToFit(station)
  }
  await station.reload()
  await expect(station.getByRole('list', { name: 'Vuoteet' })).toBeVisible()
  expect(await languagesLoaded(station)).toEqual(['fi'])
  // The plan's texts come with the plan, in the same language.
  await station.getByRole('button', { name: 'Avaa suunnitelma' }).click()
  await expect(station.getByRole('button', { name: 'Uusi varaus' })).toBeVisible()
  expect(await languagesLoaded(station)).toEqual(['fi'])
})

test('without a network a station changes its language as a whole, with what came after the board @whole', async ({
  ward,
}) => {
  const station = await ward.station(2)
  await expect(station.getByRole('button', { name: 'Copies of pictures' })).toBeVisible()
  await expect.poll(() => station.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await station.context().setOffline(true)
  await station.locator('.language select').selectOption({ label: 'Suomi' })
  await expect(station.locator('html')).toHaveAttribute('lang', 'fi')
  await expect(station.getByRole('button', { name: 'Kuvien kopiot' })).toBeVisible()
})
