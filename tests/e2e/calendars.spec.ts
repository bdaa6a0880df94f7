/** Calendars in a real browser: a person's link that another program reads, and a file that becomes appointments. */
import type { Page } from 'playwright/test'
import { expect, test } from './ward.ts'

async function openCalendars(page: Page) {
  await page.getByRole('button', { name: 'Calendars' }).click()
  return page.getByRole('dialog', { name: 'Calendars' })
}

/** Tomorrow at this hour, as calendars write it. */
function stamp(hour: number): string {
  const at = new Date(Date.now() + 24 * 60 * 60 * 1000)
  at.setUTCHours(hour, 0, 0, 0)
  return at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
}

test('[FEED-1] a link that a person made is read without their cookie, until they revoke it @whole', async ({
  ward,
}) => {
  const page = await ward.station()
  const dialog = await openCalendars(page)
  await dialog.getByLabel('What it is for').fill('My phone')
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  const url = await dialog.getByLabel(/^Copy this link/).inputValue()
  expect(await (await fetch(url)).text()).toMatch(/^BEGIN:VCALENDAR\r\n/)
  await dialog.getByRole('button', { name: 'Revoke My phone' }).click()
  await expect(dialog.getByText('There is no link.')).toBeVisible()
  await expect(dialog.getByLabel(/^Copy this link/)).toBeHidden()
  expect((await fetch(url)).status).toBe(404)
})

test('[IMP-10] a file is looked at first, then booked, and says what it left out @whole', async ({
  ward,
}) => {
  const page = await ward.station()
  const dialog = await openCalendars(page)
  const event = (uid: string, more: string) =>
    `BEGIN:VEVENT\r\nUID:${uid}\r\nSUMMARY:${uid}\r\n${more}\r\nEND:VEVENT\r\n`
  const text = [
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n',
    event('Teaching', `DTSTART:${stamp(2)}\r\nDURATION:PT1H`),
    event('Cleaning', `DTSTART:${stamp(4)}\r\nDURATION:PT1H\r\nRRULE:FREQ=SECONDLY`),
    'END:VCALENDAR\r\n',
  ].join('')
  const choose = dialog.getByLabel('Calendar file (.ics)')
  await choose.setInputFiles({ name: 'a.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) })
  await expect(dialog.getByText('1 appointment would be booked.')).toBeVisible()
  await expect(dialog.getByText('Cleaning repeats in a way that is not known here.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Book 1' }).click()
  await expect(dialog.getByText('1 appointment booked.')).toBeVisible()
  await choose.setInputFiles({ name: 'b.ics', mimeType: 'text/calendar', buffer: Buffer.from('\x89PNG') })
  await expect(
    dialog.getByText('This is no calendar file. Choose one that ends in .ics (line 1).'),
  ).toBeVisible()
})
