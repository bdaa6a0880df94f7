/** Two stations and a tablet that wrote into the same day while each was alone, and come back in every order. */
import type { Page } from 'playwright/test'
import { expect, test } from './ward.ts'

test.use({ keepsApp: true })

const people = ['Anna', 'Ben', 'Maria'] as const
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const

/** Tomorrow by the plan's clock: a test near midnight stays on one day. */
async function openTomorrow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Open the plan' }).click()
  await page.getByRole('tab', { name: 'Ward' }).click()
  await page.getByRole('button', { name: 'Today', exact: true }).click()
  await page.getByRole('button', { name: 'Later' }).click()
}

async function book(page: Page, title: string, clock: string, bed: number): Promise<void> {
  await page.getByRole('button', { name: 'New appointment' }).click()
  const dialog = page.getByRole('dialog', { name: 'New appointment' })
  await dialog.getByRole('textbox', { name: 'What for' }).fill(title)
  await dialog.getByRole('combobox', { name: 'Bed' }).selectOption({ index: bed })
  await dialog.getByLabel('From').fill(clock)
  await dialog.getByRole('button', { name: 'Book' }).click()
  await expect(dialog).toBeHidden()
}

async function rename(page: Page, title: string, to: string): Promise<void> {
  await entry(page, title).click()
  await page.getByRole('button', { name: 'Change…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change appointment' })
  await dialog.getByRole('textbox', { name: 'What for' }).fill(to)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

function entry(page: Page, title: string) {
  return page.getByRole('button', { name: new RegExp(`^${title},`) })
}

/** Which entries of the day stand, by title and time; what was refused is drawn where it was wished, and is not there. */
async function standing(page: Page): Promise<string[]> {
  const names = await page.locator('[data-entry] > .unseen').allTextContents()
  const stand = names.filter((name) => name.endsWith('Confirmed') || name.startsWith('Physio'))
  return stand.map((name) => name.replace(/, [^,]*$/, '')).toSorted()
}

test.describe('apart for a while', () => {
  for (const order of orders) {
    const named = order.map((who) => people[who]).join(', ')
    test(`[HZ-8] back in the order ${named}: all see one plan, and each refusal is explained to its writer @whole`, async ({
      ward,
    }) => {
      const pages = [await ward.station(0), await ward.station(1), await ward.station(2)]
      const [anna, ben, maria] = pages
      if (!anna || !ben || !maria) throw new Error('no pages')
      // The third is a tablet that somebody carries about.
      await maria.setViewportSize({ width: 820, height: 1180 })
      for (const page of pages) await openTomorrow(page)
      await book(anna, 'Physiotherapy', '12:00', 3)
      for (const page of pages) await expect(entry(page, 'Physiotherapy')).toHaveAccessibleName(/Confirmed$/)

      for (const page of pages) await page.context().setOffline(true)
      for (const [index, page] of pages.entries()) {
        await book(page, `Talk ${people[index]}`, `10:0${index}`, 1)
        await expect(entry(page, `Talk ${people[index]}`)).toHaveAccessibleName(/Requested$/)
      }
      await rename(ben, 'Physiotherapy', 'Physio by Ben')
      await rename(maria, 'Physiotherapy', 'Physio by Maria')

      const [first = 0, ...later] = order
      for (const who of order) {
        await pages[who]?.context().setOffline(false)
        const look = who === first ? /Confirmed$/ : /Needs attention$/
        await expect(entry(pages[who] ?? anna, `Talk ${people[who]}`)).toHaveAccessibleName(look)
      }
      const renamer = order.find((who) => who !== 0) ?? 1
      const title = `Physio by ${people[renamer]}`
      for (const page of pages) await expect(entry(page, title)).toBeVisible()
      for (const page of pages) {
        await expect(entry(page, `Talk ${people[first]}`)).toHaveAccessibleName(/Confirmed$/)
        expect(await standing(page)).toEqual(await standing(anna))
        expect(await standing(page)).toHaveLength(2)
      }

      for (const who of later) {
        const page = pages[who] ?? anna
        await page.getByRole('tab', { name: 'Attention' }).click()
        const card = page.getByRole('listitem', { name: new RegExp(`^Talk ${people[who]}`) })
        await expect(card.getByText('This time is taken.')).toBeVisible()
        await expect(card.getByText(new RegExp(`Bed 1: Talk ${people[first]}`))).toBeVisible()
        await expect(card.getByRole('button', { name: /^Take / })).toHaveCount(3)
      }
      const overwritten = pages[order.findLast((who) => who !== 0) ?? 2] ?? anna
      await overwritten.getByRole('tab', { name: 'Attention' }).click()
      await expect(
        overwritten.getByText('Somebody else changed the same thing meanwhile.').first(),
      ).toBeVisible()
    })
  }
})
