/** Every screen there is, for whoever reads it by ear, by keys, without motion, with large letters or strong colours. */
import { atBed, atStation, cutOff, expectReadable, hasFocus, motionOf, tabTo, tabToFocus } from './reading.ts'
import { newServer } from './server.ts'
import { morningZone, walkAdmin, walkCall, walkPlan } from './walk.ts'
import { test as base, expect } from './ward.ts'
import { agreeToKnock } from './wishes.ts'

/** What a patient or a nurse must be able to see whole. */
const kept = 'button, .emergency, .choice label, .place, .plate, .incoming h1'

/** A ring waits until it was looked at. */
const test = base.extend({
  timeScale: 5,
  server: async ({ timeScale }, use) => {
    const environment = { BEDSIDE_DEMO_PLAN: 'made', BEDSIDE_ZONE: morningZone() }
    const server = await newServer(timeScale, { environment })
    await server.start()
    await use(server)
    await server.remove()
  },
})

/** Many screens, each looked at for a second and more. */
test.describe.configure({ timeout: 240_000 })

test('[A11Y-1] a call, from the empty tablet to its end, breaks no rule of WCAG 2.2 AA, and none of 7 : 1 at the bed', async ({
  ward,
}) => {
  await walkCall(ward, {
    station: (page, name) => expectReadable(page, name, atStation),
    bed: (page, name) => expectReadable(page, name, atBed),
  })
})

test('[A11Y-1] the plan breaks no rule of WCAG 2.2 AA', async ({ ward }) => {
  await walkPlan(ward, (page, name) => expectReadable(page, name, atStation))
})

test('[A11Y-1] the door and the administration break no rule of WCAG 2.2 AA', async ({ ward }) => {
  await walkAdmin(ward, (page, name) => expectReadable(page, name, atStation))
})

test('[A11Y-2] with keys alone a nurse rings a bed, a patient answers, and the call is ended', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await station.keyboard.press('1')
  await expect(station.getByRole('button', { name: 'Open bed 1' })).toBeFocused()
  await tabTo(station, 'Call bed 1')
  await station.keyboard.press('Enter')
  await expect(bed.getByRole('dialog')).toBeVisible()
  await tabTo(bed, 'Answer')
  await bed.keyboard.press('Enter')
  await expect(station.getByRole('button', { name: 'End call' })).toBeVisible()
  await expect(bed.getByRole('button', { name: 'Turn camera off' })).toBeVisible()
  await tabTo(bed, 'Turn camera off')
  await bed.keyboard.press('Space')
  await expect(bed.getByRole('button', { name: 'Turn camera on' })).toBeFocused()
  await tabTo(station, 'End call')
  await station.keyboard.press('Enter')
  await expect(station.getByRole('button', { name: 'End call' })).toBeHidden()
  await expect(bed.getByRole('button', { name: 'End call' })).toBeHidden()
})

test('[A11Y-2] with keys alone an appointment is booked and opened, and each dialog gives the focus back', async ({
  ward,
}) => {
  const [page, bed] = [await ward.station(), await ward.bed()]
  for (const name of ['Trust', 'Keys', 'Calendars']) {
    await tabTo(page, name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name, exact: true })).toBeFocused()
  }
  await tabTo(page, 'Open the plan')
  await page.keyboard.press('Enter')
  await tabTo(page, 'New appointment')
  await page.keyboard.press('Enter')
  const form = page.getByRole('dialog', { name: 'New appointment' })
  await expect(form.getByRole('textbox', { name: 'What for' })).toBeFocused()
  await page.keyboard.type('Wound care')
  await tabToFocus(page, form.getByRole('combobox', { name: 'Bed', exact: true }))
  await page.keyboard.type('Bed 3')
  await tabTo(page, 'Book')
  await page.keyboard.press('Enter')
  await expect(form).toBeHidden()
  await expect(page.getByRole('button', { name: 'New appointment' })).toBeFocused()
  await tabToFocus(page, page.getByRole('grid'))
  const entry = page.getByRole('button', { name: /^Wound care,/ })
  for (let step = 0; step < 60 && !(await hasFocus(entry)); step += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Wound care' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(entry).toBeFocused()

  await tabToFocus(bed, bed.getByRole('region', { name: 'My plan today' }))
  await bed.keyboard.press('Enter')
  await expect(bed.getByRole('dialog', { name: 'My plan today' })).toBeVisible()
  await bed.keyboard.press('Escape')
  await expect(bed.getByRole('region', { name: 'My plan today' }).getByRole('button')).toBeFocused()
})

test('[A11Y-3] who asked for less motion sees none, at the bed and at the station', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await agreeToKnock(station, bed)
  await station.getByRole('button', { name: 'Open bed 1' }).click()
  await station.getByRole('button', { name: 'Knock bed 1' }).click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
  expect(await motionOf(bed), 'what there is to leave out').not.toEqual([])
  for (const page of [station, bed]) {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    expect(await motionOf(page)).toEqual([])
  }
})

for (const [width, height] of [
  [1280, 800],
  [800, 1280],
] as const)
  test(`[A11Y-4] letters of twice the size and strong colours cut nothing off the bed at ${width} × ${height}`, async ({
    ward,
  }) => {
    const tablet = await ward.tablet({ viewport: { width, height }, forcedColors: 'active' })
    const bed = await tablet.newPage()
    const session = await tablet.newCDPSession(bed)
    await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } })
    const whole = async (name: string) => expect.soft(await cutOff(bed, kept), name).toEqual([])
    await bed.goto(ward.server.demo().beds[0]?.url ?? '')
    await expect(bed.getByRole('button', { name: 'Start' })).toBeVisible()
    await whole('start')
    await bed.getByRole('button', { name: 'Start' }).click()
    await expect(bed.getByRole('region', { name: 'My plan today' })).toBeVisible()
    await whole('idle')
    const station = await ward.station()
    await station.getByRole('button', { name: 'Call bed 1' }).click()
    await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
    await whole('ringing')
    await bed.getByRole('button', { name: 'Answer' }).click()
    await expect(bed.getByRole('button', { name: 'Mute me' })).toBeVisible()
    await whole('live')
  })
