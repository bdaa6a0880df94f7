/** The ward's plan in real browsers: what is booked, moved and refused, with the network and without it. */
import type { BrowserContext, Locator, Page } from 'playwright/test'
import { expect, test } from './ward.ts'

test.use({ keepsApp: true })

/** Tomorrow by the plan's clock, which the date field shows: a test near midnight stays on one day. */
async function openTomorrow(page: Page, tab: 'Day' | 'Ward' = 'Day'): Promise<void> {
  await page.getByRole('button', { name: 'Open the plan' }).click()
  await page.getByRole('tab', { name: tab }).click()
  await page.getByRole('button', { name: 'Today', exact: true }).click()
  await page.getByRole('button', { name: 'Later' }).click()
}

type Booking = { title: string; clock: string; bed: string }

async function book(page: Page, { title, clock, bed }: Booking): Promise<void> {
  await page.getByRole('button', { name: 'New appointment' }).click()
  const dialog = page.getByRole('dialog', { name: 'New appointment' })
  await dialog.getByRole('textbox', { name: 'What for' }).fill(title)
  await dialog.getByRole('combobox', { name: 'Bed' }).selectOption({ index: Number(bed) })
  await dialog.getByLabel('From').fill(clock)
  await dialog.getByRole('button', { name: 'Book' }).click()
  await expect(dialog).toBeHidden()
}

function entry(page: Page, title: string) {
  return page.getByRole('button', { name: new RegExp(`^${title},`) })
}

async function cut(context: BrowserContext): Promise<void> {
  await context.setOffline(true)
}

test('[PLAN-1] an appointment that is booked at one station stands in the plan of the other', async ({
  ward,
}) => {
  const [anna, other] = [await ward.station(0), await ward.station(1)]
  await openTomorrow(anna)
  await book(anna, { title: 'Wound care', clock: '10:00', bed: '1' })
  await expect(entry(anna, 'Wound care')).toHaveAccessibleName(/10:00–10:15, Bed 1, Confirmed/)
  await openTomorrow(other, 'Ward')
  await expect(entry(other, 'Wound care')).toHaveAccessibleName(/10:00–10:15, Bed 1, Confirmed/)
})

test('Enter in a field books, Book does so once however often it is pressed, and the focus returns to where it came from @whole', async ({
  ward,
}) => {
  const page = await ward.station()
  await openTomorrow(page)
  const fresh = page.getByRole('button', { name: 'New appointment' })
  await fresh.click()
  const dialog = page.getByRole('dialog', { name: 'New appointment' })
  const title = dialog.getByRole('textbox', { name: 'What for' })
  await dialog.getByRole('radio', { name: 'Note' }).check({ force: true })
  await title.fill('Keyboard')
  await title.evaluate((field: HTMLInputElement) => {
    const { form } = field
    for (let press = 0; press < 3; press += 1) form?.querySelector<HTMLElement>('[type=submit]')?.click()
  })
  await expect(dialog).toBeHidden()
  await expect(entry(page, 'Keyboard')).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expect(fresh).toBeFocused()
  await page.keyboard.press('Enter')
  await dialog.getByRole('radio', { name: 'Note' }).check({ force: true })
  await title.fill('By Enter')
  await title.press('Enter')
  await expect(entry(page, 'By Enter')).toHaveCount(1)
  await expect(dialog).toBeHidden()
  await expect(fresh).toBeFocused()
})

test('[HZ-7] what is booked without a network reads Requested, and Confirmed once the server has it @whole', async ({
  ward,
}) => {
  const page = await ward.station()
  await openTomorrow(page)
  await cut(page.context())
  await book(page, { title: 'Pain talk', clock: '11:00', bed: '2' })
  await expect(entry(page, 'Pain talk')).toHaveAccessibleName(/Requested$/)
  await expect(page.getByText('Saved on this device. It goes out with the network.')).toBeVisible()
  await expect(page.getByText(/^Offline · plan as of .* · 1 change waits on this device$/)).toBeVisible()
  await page.context().setOffline(false)
  await expect(entry(page, 'Pain talk')).toHaveAccessibleName(/Confirmed$/)
  await expect(page.getByText(/^Up to date$/)).toBeVisible()
})

test('[PLAN-5] what another program proposes reads To be confirmed until somebody confirms it @whole', async ({
  ward,
}) => {
  const page = await ward.station()
  await openTomorrow(page, 'Ward')
  const date = await page.getByLabel('Day to show').inputValue()
  const status = await page.evaluate(async (day) => {
    const found = await (await fetch('/fhir/Schedule')).json()
    const [bed] = found.entry.filter(({ resource }: { resource: { id: string } }) =>
      resource.id.startsWith('bed.'),
    )
    const body = {
      resourceType: 'Appointment',
      status: 'proposed',
      description: 'Diet talk',
      start: `${day}T09:00:00Z`,
      end: `${day}T09:30:00Z`,
      participant: [{ actor: bed.resource.actor[0], status: 'accepted' }],
    }
    const headers = { 'content-type': 'application/fhir+json', 'x-bedside': '1' }
    return (await fetch('/fhir/Appointment', { method: 'POST', headers, body: JSON.stringify(body) })).status
  }, date)
  expect(status).toBe(201)
  await expect(entry(page, 'Diet talk')).toHaveAccessibleName(/To be confirmed$/)
  await entry(page, 'Diet talk').click()
  const dialog = page.getByRole('dialog', { name: 'Diet talk' })
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeHidden()
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(entry(page, 'Diet talk')).toHaveAccessibleName(/Confirmed$/)
})

test('[HZ-7] what a full device could not keep comes back as it was typed, and stands nowhere', async ({
  ward,
}) => {
  const page = await ward.station()
  await openTomorrow(page)
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
  })
  await page.getByRole('button', { name: 'New appointment' }).click()
  const dialog = page.getByRole('dialog', { name: 'New appointment' })
  await dialog.getByRole('textbox', { name: 'What for' }).fill('Pain talk')
  await dialog.getByRole('combobox', { name: 'Bed' }).selectOption({ index: 2 })
  await dialog.getByLabel('From').fill('11:00')
  await dialog.getByRole('button', { name: 'Book' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'memory is full' })).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'What for' })).toHaveValue('Pain talk')
  await expect(dialog.getByLabel('From')).toHaveValue('11:00')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(entry(page, 'Pain talk')).toBeHidden()
})

test('[HZ-8] two who book one bed without knowing: the second sees why, who holds it, and what is free', async ({
  ward,
}) => {
  const [anna, other] = [await ward.station(0), await ward.station(1)]
  await openTomorrow(anna)
  await openTomorrow(other)
  await cut(other.context())
  await book(anna, { title: 'Wound care', clock: '10:00', bed: '1' })
  await expect(entry(anna, 'Wound care')).toHaveAccessibleName(/Confirmed$/)
  await book(other, { title: 'Physiotherapy', clock: '10:05', bed: '1' })
  await expect(entry(other, 'Physiotherapy')).toHaveAccessibleName(/Requested$/)
  await other.context().setOffline(false)
  await expect(entry(other, 'Physiotherapy')).toHaveAccessibleName(/Needs attention$/)

  await entry(other, 'Physiotherapy').click()
  const card = other.getByRole('listitem', { name: /^Physiotherapy/ })
  await expect(card.getByText('This time is taken.')).toBeVisible()
  await expect(card.getByText(/Bed 1: Wound care, 10:00–10:15/)).toBeVisible()
  await expect(card.getByRole('button', { name: /^Take / })).toHaveCount(3)
  await card
    .getByRole('button', { name: /^Take / })
    .first()
    .click()
  await expect(card).toBeHidden()
  await other.getByRole('tab', { name: 'Day' }).click()
  await expect(entry(other, 'Physiotherapy')).toHaveAccessibleName(/Confirmed$/)
})

test('[PLAN-1] an entry is dragged in steps of five minutes, says what it would hit, and can be put back @whole', async ({
  ward,
}) => {
  const page = await ward.station()
  await openTomorrow(page, 'Ward')
  await book(page, { title: 'Wound care', clock: '10:00', bed: '1' })
  await book(page, { title: 'Blood', clock: '11:00', bed: '1' })
  const blood = entry(page, 'Blood')
  await blood.scrollIntoViewIfNeeded()
  const [from, target] = [await blood.boundingBox(), await entry(page, 'Wound care').boundingBox()]
  if (!from || !target) throw new Error('not on the screen')
  const grab = { x: from.x + 20, y: from.y + 6 }
  await page.mouse.move(grab.x, grab.y)
  await page.mouse.down()
  await page.mouse.move(grab.x, grab.y - 20, { steps: 3 })
  await page.mouse.move(grab.x, target.y + 10, { steps: 5 })
  await expect(page.locator('.preview')).toContainText('Taken')
  // Half an hour lies between the two where it is let go.
  await page.mouse.move(grab.x, grab.y + (target.y - from.y) / 2, { steps: 5 })
  await expect(page.locator('.preview')).toContainText('10:30–10:45')
  await page.mouse.up()
  await expect(blood).toHaveAccessibleName(/10:30–10:45, Bed 1, Confirmed/)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(blood).toHaveAccessibleName(/11:00–11:15, Bed 1, Confirmed/)
})

test('[HZ-8] a drag ends when another one moves the same entry, and nothing is put down @whole', async ({
  ward,
}) => {
  const [page, other] = [await ward.station(0), await ward.station(1)]
  await openTomorrow(page, 'Ward')
  await openTomorrow(other, 'Ward')
  await book(page, { title: 'Blood', clock: '10:00', bed: '1' })
  const from = await entry(page, 'Blood').boundingBox()
  if (!from) throw new Error('not on the screen')
  await page.mouse.move(from.x + 20, from.y + 6)
  await page.mouse.down()
  await page.mouse.move(from.x + 20, from.y + 40, { steps: 3 })
  await expect(page.locator('.preview')).toBeVisible()
  await entry(other, 'Blood').focus()
  await other.keyboard.press('m')
  for (let steps = 0; steps < 24; steps += 1) await other.keyboard.press('ArrowDown')
  await other.keyboard.press('Enter')
  await expect(entry(page, 'Blood')).toHaveAccessibleName(/12:00–12:15, Bed 1, Confirmed/)
  await expect(page.locator('.preview')).toBeHidden()
  await page.mouse.up()
  await expect(entry(page, 'Blood')).toHaveAccessibleName(/12:00–12:15, Bed 1, Confirmed/)
})

test('[PLAN-1] an entry is moved and made longer with the keyboard alone @whole', async ({ ward }) => {
  const page = await ward.station()
  await openTomorrow(page, 'Ward')
  await book(page, { title: 'Wound care', clock: '10:00', bed: '1' })
  await entry(page, 'Wound care').focus()
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(entry(page, 'Wound care')).toHaveAccessibleName(/10:10–10:25, Bed 1, Confirmed/)
  await expect(entry(page, 'Wound care')).toBeFocused()
  await page.keyboard.press('m')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Enter')
  await expect(entry(page, 'Wound care')).toHaveAccessibleName(/10:10–10:30/)
  await page.keyboard.press('m')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Escape')
  await expect(entry(page, 'Wound care')).toHaveAccessibleName(/10:10–10:30/)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('gridcell', { name: /^10:00, Bed 2, free$/ })).toBeFocused()
})

test('[PLAN-1] an entry is moved again while its last move is still being saved @whole', async ({ ward }) => {
  const page = await ward.station()
  await openTomorrow(page, 'Ward')
  await book(page, { title: 'Wound care', clock: '10:00', bed: '1' })
  await expect(entry(page, 'Wound care')).toHaveAccessibleName(/Confirmed/)
  await entry(page, 'Wound care').evaluate((block) => {
    for (const key of ['m', 'ArrowDown', 'Enter', 'm', 'ArrowDown', 'Enter'])
      block.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  })
  await expect(entry(page, 'Wound care')).toHaveAccessibleName(/10:10–10:25, Bed 1, Confirmed/)
})

test('[HZ-7] the plan on paper says its age, and what was not confirmed @whole', async ({ ward }) => {
  const page = await ward.station()
  await page.evaluate(() => {
    window.print = () => {}
  })
  await openTomorrow(page)
  await cut(page.context())
  await book(page, { title: 'Pain talk', clock: '11:00', bed: '2' })
  await expect(page.getByText(/^Offline · plan as of/)).toBeVisible()
  await page.getByRole('button', { name: 'Print the plan' }).click()
  await expect(page).toHaveTitle(/plan of/)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { level: 1, name: /plan of/ })).toBeVisible()
  await expect(page.getByText(/^As of /)).toBeVisible()
  await expect(page.getByRole('row', { name: /11:00–11:15 Pain talk .* Requested/ })).toBeVisible()
  await expect(page.getByRole('button', { name: 'New appointment' })).toBeHidden()
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
})

test('[HZ-15] the patient sees when somebody comes, and what and who after a touch', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed('1')]
  await station.getByRole('button', { name: 'Open the plan' }).click()
  const inHalfAnHour = await station.evaluate(() => {
    const soon = new Date(Date.now() + 30 * 60_000)
    return { isToday: soon.getDate() === new Date().getDate(), clock: soon.toTimeString().slice(0, 5) }
  })
  test.skip(!inHalfAnHour.isToday, 'the day is over')
  await book(station, { title: 'Physiotherapy', clock: inHalfAnHour.clock, bed: '1' })
  const mine = bed.getByRole('region', { name: 'My plan today' })
  await expect(mine).toContainText(inHalfAnHour.clock)
  await expect(mine).not.toContainText('Physiotherapy')
  await mine.getByRole('button').click()
  await expect(bed.getByRole('dialog', { name: 'My plan today' })).toContainText('Physiotherapy')
})

test('[HZ-15] what the patient opened closes by itself after a minute, however often the screen is drawn @whole', async ({
  ward,
}) => {
  const [station, tablet] = [await ward.station(), await ward.tablet()]
  const bed = await tablet.newPage()
  await bed.clock.install()
  await bed.goto(ward.server.demo().beds.find(({ label }) => label === '1')?.url ?? '')
  await bed.getByRole('button', { name: 'Start' }).click()
  await station.getByRole('button', { name: 'Open the plan' }).click()
  const inHalfAnHour = await station.evaluate(() => {
    const soon = new Date(Date.now() + 30 * 60_000)
    return { isToday: soon.getDate() === new Date().getDate(), clock: soon.toTimeString().slice(0, 5) }
  })
  test.skip(!inHalfAnHour.isToday, 'the day is over')
  await book(station, { title: 'Physiotherapy', clock: inHalfAnHour.clock, bed: '1' })
  await bed.getByRole('region', { name: 'My plan today' }).getByRole('button').click()
  const details = bed.getByRole('dialog', { name: 'My plan today' })
  for (const _ of [1, 2, 3, 4, 5]) {
    await bed.clock.runFor(10_000)
    await expect(details).toBeVisible()
  }
  await bed.clock.runFor(11_000)
  await expect(details).toBeHidden({ timeout: 5_000 })
})

test('[PLAN-1] a round is put in another order by keys, runs late, and the beds after it follow', async ({
  ward,
}) => {
  const page = await ward.station()
  await openTomorrow(page, 'Ward')
  await page.getByRole('button', { name: 'New appointment' }).click()
  const form = page.getByRole('dialog', { name: 'New appointment' })
  await form.getByRole('radio', { name: 'Round' }).check({ force: true })
  await form.getByRole('textbox', { name: 'What for' }).fill('Evening round')
  await form.getByLabel('From').fill('16:00')
  for (const bed of ['1', '2', '3'])
    await form
      .getByRole('combobox', { name: 'Add a bed' })
      .selectOption({ label: await bedOption(form, bed) })
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(form).toBeHidden()
  await entry(page, 'Evening round').first().click()
  const dialog = page.getByRole('dialog', { name: 'Evening round' })
  const stops = dialog.getByRole('list', { name: 'Beds of this round' }).getByRole('listitem')
  await expect(stops).toHaveText([/^Bed 1.*16:00/, /^Bed 2.*16:10/, /^Bed 3.*16:20/])

  await dialog.getByRole('button', { name: 'Drag Bed 3 to another place' }).focus()
  await page.keyboard.press('ArrowUp')
  await expect(stops).toHaveText([/^Bed 1.*16:00/, /^Bed 3.*16:10/, /^Bed 2.*16:20/])
  await expect(dialog.getByRole('button', { name: 'Drag Bed 3 to another place' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Bed 1 done' }).click()
  await dialog.getByRole('button', { name: '+10 min' }).click()
  await expect(stops).toHaveText([/^Bed 1.*16:00.*Done/, /^Bed 3.*16:10/, /^Bed 2.*16:30/])
  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(stops).toHaveText([/^Bed 1.*16:00/, /^Bed 3.*16:10/, /^Bed 2.*16:20/])
})

test('[PLAN-17] a round that runs late shows whom it pushes, moves all of them by one press, and back by one Undo @whole', async ({
  ward,
}) => {
  const [page, other] = [await ward.station(0), await ward.station(1)]
  await openTomorrow(page)
  await page.getByRole('button', { name: 'New appointment' }).click()
  const form = page.getByRole('dialog', { name: 'New appointment' })
  await form.getByRole('radio', { name: 'Round' }).check({ force: true })
  await form.getByRole('textbox', { name: 'What for' }).fill('Evening round')
  await form.getByLabel('From').fill('16:00')
  for (const bed of ['1', '2'])
    await form
      .getByRole('combobox', { name: 'Add a bed' })
      .selectOption({ label: await bedOption(form, bed) })
  await form.getByRole('button', { name: 'Book' }).click()
  await expect(form).toBeHidden()
  await book(page, { title: 'Pain talk', clock: '16:20', bed: '3' })
  await book(page, { title: 'Blood', clock: '16:35', bed: '1' })
  await openTomorrow(other, 'Ward')
  await expect(entry(other, 'Blood')).toHaveAccessibleName(/16:35–16:50, Bed 1, Confirmed/)

  await entry(page, 'Evening round').click()
  const dialog = page.getByRole('dialog', { name: 'Evening round' })
  await dialog.getByRole('button', { name: 'Bed 1 done' }).click()
  await dialog.getByRole('button', { name: '+10 min' }).click()
  const late = dialog.getByRole('group', { name: '10 minutes later' })
  await expect(late.getByRole('listitem')).toHaveText([/16:20.*16:30.*Pain talk/, /16:35.*16:45.*Blood/])
  await late.getByRole('button', { name: 'Move 2 with it' }).click()
  await expect(late).toBeHidden()
  await expect(dialog.getByText('The rest comes later.')).toBeVisible()
  await expect(entry(other, 'Blood')).toHaveAccessibleName(/16:45–17:00, Bed 1, Confirmed/)
  await expect(entry(other, 'Pain talk')).toHaveAccessibleName(/16:30–16:45, Bed 3, Confirmed/)
  await expect(entry(other, 'Evening round').first()).toHaveAccessibleName(/Confirmed/)

  await dialog.getByRole('button', { name: 'Undo' }).click()
  await expect(entry(other, 'Blood')).toHaveAccessibleName(/16:35–16:50, Bed 1, Confirmed/)
  await expect(entry(other, 'Pain talk')).toHaveAccessibleName(/16:20–16:35, Bed 3, Confirmed/)
})

async function bedOption(form: Locator, label: string): Promise<string> {
  const words = await form.getByRole('combobox', { name: 'Add a bed' }).getByRole('option').allTextContents()
  return words.find((word) => word.startsWith(`Bed ${label} `)) ?? ''
}
