/** Working hours in real browsers: who is set outside is not booked, what was booked is told, and no network is needed. */
import type { Page } from 'playwright/test'
import { expect, test } from './ward.ts'

test.use({ keepsApp: true })

async function openTomorrow(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Open the plan' }).click()
  await page.getByRole('button', { name: 'Today', exact: true }).click()
  await page.getByRole('button', { name: 'Later' }).click()
  return await page.getByLabel('Day to show').inputValue()
}

function after(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

const weekday = (date: string) =>
  new Date(date).toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' })

async function openHours(page: Page) {
  await page.getByRole('button', { name: 'Working hours' }).click()
  return page.getByRole('dialog', { name: 'Working hours' })
}

/** A booking for the doctor of the demo's ward, in the form. */
async function askDoctor(page: Page, title: string, date: string, clock: string) {
  await page.getByRole('button', { name: 'New appointment' }).click()
  const form = page.getByRole('dialog', { name: 'New appointment' })
  await form.getByRole('textbox', { name: 'What for' }).fill(title)
  await form.getByRole('combobox', { name: 'Bed' }).selectOption({ index: 1 })
  await form.getByLabel('Day', { exact: true }).fill(date)
  await form.getByLabel('From').fill(clock)
  const people = form.getByRole('combobox', { name: 'Add a person' })
  const words = await people.getByRole('option').allTextContents()
  await people.selectOption({ label: words.find((word) => /doctor$/i.test(word)) ?? '' })
  return form
}

test('[HZ-8] who sets hours and an absence is booked within them, what was booked is told, offline too @whole', async ({
  ward,
}) => {
  const [nurse, doctor] = [await ward.station(0), await ward.station(2)]
  const date = await openTomorrow(nurse)
  await openTomorrow(doctor)
  const early = await askDoctor(nurse, 'Early talk', date, '06:00')
  await early.getByRole('button', { name: 'Book' }).click()
  await expect(doctor.getByRole('button', { name: /^Early talk,/ })).toHaveAccessibleName(/Confirmed$/)

  await test.step('what would be outside is said before it is asked for', async () => {
    const dialog = await openHours(doctor)
    await expect(dialog.getByText('No hours set: may be booked at any time.')).toBeVisible()
    await dialog.getByText('In these hours').click()
    const day = dialog.getByRole('listitem', { name: 'Monday' })
    await day.getByRole('checkbox', { name: 'Monday' }).check()
    await day.getByLabel('Monday, from').fill('09:00')
    await day.getByLabel('Monday, to').fill('17:00')
    for (const name of ['Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])
      await dialog.getByRole('button', { name: new RegExp(`^${name}: as `) }).click()
    await dialog.getByRole('button', { name: 'Add an absence' }).click()
    await dialog.getByLabel('First day').fill(after(date, 1))
    await dialog.getByLabel('Kind').selectOption({ label: 'Ill' })
    await expect(dialog.getByText(/^1 booked appointment would be outside/)).toBeVisible()
    await expect(dialog.getByText(/06:00 · Early talk$/)).toBeVisible()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
  })

  await test.step('both are told of what was booked, and it stands', async () => {
    for (const page of [doctor, nurse]) {
      await page.getByRole('tab', { name: 'Attention' }).click()
      const card = page.getByRole('listitem', { name: /^Working hours of / })
      await expect(card.getByText(/Early talk, 06:00–06:15/)).toBeVisible()
      await expect(card.getByText(/^These hours leave it outside\. It stays booked/)).toBeVisible()
      await expect(card.getByRole('button', { name: 'Open it' })).toBeVisible()
    }
    await doctor.getByRole('tab', { name: 'Day' }).click()
    await expect(doctor.getByRole('button', { name: /^Early talk,/ })).toHaveAccessibleName(
      /Needs attention$/,
    )
    const cells = (clock: string, said: string) =>
      doctor.getByRole('gridcell', { name: new RegExp(`^${clock}, .*, ${said}$`) })
    await expect(cells('08:30', 'free, Outside hours')).toHaveCount(1)
    await expect(cells('09:00', 'free')).toHaveCount(1)
    await expect(cells('17:00', 'free, Outside hours')).toHaveCount(1)
  })

  await test.step('a booking outside is refused and explained, with three times that are inside', async () => {
    const form = await askDoctor(nurse, 'Late talk', date, '20:00')
    await expect(form.getByText('Somebody who must be there does not work then.')).toBeVisible()
    await expect(form.getByText(/ works 09:00–17:00 on that day$/)).toBeVisible()
    await form.getByLabel('Day', { exact: true }).fill(after(date, 1))
    await expect(form.getByText(/ is away from .* to /)).toBeVisible()
    await expect(form.getByText('Ill', { exact: true })).toBeHidden()
    await form.getByRole('button', { name: 'Book' }).click()
    await expect(form).toBeHidden()
    await nurse.getByRole('tab', { name: 'Attention' }).click()
    const takes = nurse.getByRole('listitem', { name: /^Late talk/ }).getByRole('button', { name: /^Take / })
    await expect(takes).toHaveText([/09:00$/, /09:15$/, /09:30$/])
  })

  await test.step('set offline they read requested, and confirmed when the server has them', async () => {
    await doctor.context().setOffline(true)
    const dialog = await openHours(doctor)
    await dialog.getByLabel(`${weekday(date)}, from`).fill('05:00')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(doctor.getByText('Saved on this device. It goes out with the network.')).toBeVisible()
    await openHours(doctor)
    await expect(dialog.getByText(/^Requested: /)).toBeVisible()
    await expect(dialog.getByLabel(`${weekday(date)}, from`)).toHaveValue('05:00')
    await doctor.context().setOffline(false)
    await expect(dialog.getByText(/^Requested: /)).toBeHidden()
    await dialog.getByRole('button', { name: 'Close' }).click()
  })
})
