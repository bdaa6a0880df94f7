/** A letter to an outpatient that does not arrive: staff see it where they sent it, in the mail server's own words. */
import type { Page } from 'playwright/test'
import { openMailServer } from '../fakes/mail-server.ts'
import { book, expect, kaarina, test } from './visiting.ts'
import type { Screens } from './ward.ts'

/** Its part about the visit, at an appointment that lies open in the plan. */
async function openInvitation(ward: Screens) {
  const station = await ward.station()
  await book(station, kaarina, 5)
  await station.locator('[data-entry]').filter({ hasText: kaarina.title }).first().click()
  const dialog = station.getByRole('dialog', { name: kaarina.title })
  return dialog.getByRole('region', { name: 'Video visit' })
}

async function send(part: ReturnType<Page['getByRole']>): Promise<void> {
  await part.getByRole('button', { name: 'Send the link by e-mail' }).click()
}

test('an address that is refused: staff read the server’s words at the appointment, and send again @whole', async ({
  ward,
  mail,
}) => {
  mail.answers.push({ at: 'rcpt', code: 550, words: '5.1.1 No such person here' })
  const part = await openInvitation(ward)
  await send(part)
  await expect(part).toContainText(`The e-mail to ${kaarina.email} did not arrive: `)
  await expect(part).toContainText('No such person here')
  expect(mail.delivered).toEqual([])
  await part.getByRole('button', { name: 'Send again' }).click()
  await expect(part.getByText(`Sent to ${kaarina.email}`, { exact: false })).toBeVisible()
  expect(mail.delivered.map(({ to }) => to)).toEqual([[kaarina.email]])
})

test('a mail server that is down: staff see that the letter waits, and that it is sent once it is up @whole', async ({
  ward,
  mail,
}) => {
  await mail.close()
  const part = await openInvitation(ward)
  await send(part)
  await expect(part.getByText(`The e-mail to ${kaarina.email} waits to be sent`)).toBeVisible()
  const again = await openMailServer({}, mail.port)
  await expect(part.getByText(`Sent to ${kaarina.email}`, { exact: false })).toBeVisible({ timeout: 40_000 })
  expect(again.delivered.map(({ to }) => to)).toEqual([[kaarina.email]])
  await again.close()
})
