/** An administrator says who interprets which language: by keyboard, and again at the next look. */
import type { Page } from 'playwright/test'
import { callAndAnswer, expect, type Screens, test } from './ward.ts'
import { changeWishes } from './wishes.ts'

async function openWardPage(ward: Screens): Promise<Page> {
  const page = await (await ward.tablet()).newPage()
  await page.goto(ward.server.demo().staff.find(({ role }) => role === 'admin')?.url ?? '')
  await page.getByRole('button', { name: 'Ward', exact: true }).click()
  await page.getByRole('heading', { name: 'Interpreters' }).waitFor()
  return page
}

test('[WARD-9] a language gets its people and its number by keyboard, is changed, and is removed @whole', async ({
  ward,
}) => {
  const page = await openWardPage(ward)
  const list = page.getByRole('list', { name: 'Interpreters' })
  const form = page.getByRole('form', { name: 'Language with its interpreters' })
  const language = form.getByRole('combobox', { name: 'Language' })
  await language.selectOption({ label: 'Somali' })
  await form.getByLabel('Number of the service').fill('ask at the desk')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('write the number as it is dialled')
  await form.getByLabel('Number of the service').fill('1234')
  await form.getByLabel('Maria Oja, doctor').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Somali was saved.')).toBeVisible()
  await expect(language).toBeFocused()
  const somali = list.getByRole('listitem').filter({ hasText: 'Somali' })
  await expect(somali).toContainText('Asked here: Maria Oja')
  await expect(somali).toContainText('Service: 1234')
  await page.screenshot({ path: 'test-results/interpreters-admin.png', fullPage: true })

  await page.getByRole('button', { name: 'Change Somali' }).click()
  await expect(form.getByLabel('Number of the service')).toHaveValue('1234')
  await form.getByLabel('Number of the service').fill('')
  await form.getByRole('button', { name: 'Save language' }).click()
  await expect(somali).toContainText('No service')

  await page.getByRole('button', { name: 'Remove Somali' }).click()
  await expect(page.getByText('Somali was removed.')).toBeVisible()
  await expect(somali).toHaveCount(0)
})

test('[WARD-9] without a language the page says what still works @whole', async ({ ward }) => {
  const page = await openWardPage(ward)
  for (const language of ['Arabic', 'Estonian'])
    await page.getByRole('button', { name: `Remove ${language}` }).click()
  await expect(page.getByText('No language yet.', { exact: false })).toBeVisible()
})

test('[BRING-5] an interpreter for the patient’s language is two presses away: whoever is here is rung, then the number stands there @whole', async ({
  ward,
}) => {
  const [anna, maria, bed] = [await ward.station(0), await ward.station(2), await ward.bed()]
  await changeWishes(anna, '1', { Language: 'Estonian' })
  await callAndAnswer(anna, bed)
  await anna.getByRole('button', { name: 'Interpreter', exact: true }).click()
  const dialog = anna.getByRole('dialog', { name: 'Bring somebody in' })
  await expect(dialog.getByRole('listitem').first()).toContainText('Estonian')
  await dialog.getByRole('button', { name: /^Estonian/ }).click()
  const rung = maria.getByRole('dialog', { name: /^Incoming call from Anna Laine/ })
  await rung.getByRole('button', { name: 'Not now' }).click()
  const asking = anna.getByRole('region', { name: /Estonian/ })
  await expect(asking).toContainText('Maria Oja')
  await expect(asking.getByRole('link', { name: /4567/ })).toBeVisible()
  await anna.screenshot({ path: 'test-results/interpreter-nobody.png' })
})
