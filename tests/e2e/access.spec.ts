/** Every screen there is, for whoever reads it by ear, by keys, without motion, with large letters or strong colours. */
import type { Page } from 'playwright/test'
import {
  atBed,
  atPhone,
  atStation,
  cutOff,
  expectHeard,
  expectReadable,
  expectWhole,
  hasFocus,
  motionOf,
  pressByEar,
  type Speak,
  speakAtStation,
  tabTo,
  tabToFocus,
} from './reading.ts'
import type { Server } from './server.ts'
import { test as visitTest } from './visiting.ts'
import { type Look, type Sides, test, walkAstray, walkSetup, walks } from './walk.ts'
import { walkVisits } from './walk-visits.ts'
import { bedStatus, expect } from './ward.ts'
import { agreeToKnock, wishesOf } from './wishes.ts'

/** A ring waits until it was looked at. */
test.use({ timeScale: 5, keepsApp: true })

/** Comes to it by Tab, and presses Enter. */
async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Enter')
}

/** Many screens, each looked at for a second and more. */
test.describe.configure({ timeout: 240_000 })

/** Goes within seconds, or has no server to hear of a language from: looked at in the one it has. */
const unheard = ['bed-ended', 'bed-replaced', 'bed-updating', 'bed-offline']

const large = (page: Page, percent: number) =>
  page.evaluate((text) => document.documentElement.style.setProperty('--text', text), String(percent / 100))

/** How both sides of the ward are looked at: the beds in letters of twice the size, in Finnish, too. */
function sides(server: Server): Sides {
  const wish = wishesOf(server)
  const speakAtBed: Speak = async (page, language) => {
    await wish({ language })
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    return true
  }
  return {
    station: (page, name) => expectReadable(page, name, atStation, speakAtStation),
    async bed(page, name) {
      const hears = !unheard.includes(name)
      await expectReadable(page, name, atBed, hears ? speakAtBed : async () => false)
      if (hears) await wish({ language: 'fi', textSize: 200 })
      else await large(page, 200)
      await expect(page.locator('html')).toHaveAttribute('style', '--text: 2;')
      await expectWhole(page, name)
      if (hears) await wish({ language: 'en', textSize: 100 })
      else await large(page, 100)
    },
  }
}

/** `npm test` takes this one; the others are as long. */
const first = 'a call, from the board to its end'

for (const [what, walk] of Object.entries(walks))
  test(`[A11Y-1] ${what}: no rule of WCAG 2.2 AA is broken, 7 : 1 at the bed, in every language and theme; nothing is cut${what === first ? '' : ' @whole'}`, async ({
    ward,
    push,
  }) => {
    test.slow()
    await walk(ward, sides(ward.server), push)
  })

test.describe(() => {
  test.use({ timeScale: 0.03 })
  test('[A11Y-1] a tablet that was carried away: as readable, and as whole @whole', async ({ ward }) => {
    await walkAstray(ward, sides(ward.server))
  })
})

const unseen: Look = async () => {}

visitTest(
  '[A11Y-1] the page of an outpatient, from its link to its thanks: 7 : 1, in every language and theme; nothing is cut on a telephone @whole',
  async ({ ward, mail }) => {
    visitTest.slow()
    const phone: Look = (page, name) => expectReadable(page, name, atPhone, speakAtStation)
    await walkVisits(ward, { phone, station: unseen }, mail)
  },
)

visitTest(
  '[A11Y-1] the station of a visit, from its booking to its end: as readable as the rest @whole',
  async ({ ward, mail }) => {
    visitTest.slow()
    const { station } = sides(ward.server)
    await walkVisits(ward, { phone: unseen, station }, mail)
  },
)

test('[A11Y-1] a tablet without its bed, in Finnish and in letters of twice the size @whole', async ({
  ward,
}) => {
  await walkSetup(ward, 'fi-FI', async (page, name) => {
    await expectReadable(page, name, atBed, async () => false)
    await large(page, 200)
    await expectWhole(page, name)
    await large(page, 100)
  })
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

test('[A11Y-2] with keys alone a patient asks for a nurse, and a nurse has seen it and done it @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const asked = bed.getByRole('list', { name: 'What I asked for' })
  await press(bed, 'Ask my nurse')
  await press(bed, 'Question')
  await expect(asked).toContainText('Sent.')
  await press(station, 'Seen, bed 1: Question')
  await expect(asked).toContainText('Seen by Anna Laine')
  await press(station, 'Done, bed 1: Question')
  await expect(asked).toHaveCount(0)
})

test('[A11Y-2] with keys alone the curtain is drawn and opened again @whole', async ({ ward }) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await press(bed, 'Privacy')
  await press(bed, '15 minutes')
  await expect(bed.getByRole('heading', { name: 'Privacy' })).toBeVisible()
  await expect(bedStatus(station, '1')).toHaveText(/^Privacy until/)
  await press(bed, 'End privacy')
  await expect(bedStatus(station, '1')).toHaveText('Ready')
})

test('[A11Y-5] by ear alone: a call, a request and a privacy period, found in the accessibility tree', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  await test.step('a call', async () => {
    await pressByEar(station, 'Call bed 1')
    await expectHeard(bed, 'dialog', /^Incoming call from Anna Laine, nurse$/)
    await pressByEar(bed, 'Answer')
    await expectHeard(bed, 'heading', /^Anna Laine, nurse$/)
    await expectHeard(bed, 'StaticText', /^Camera and microphone on$/)
    await pressByEar(bed, 'Mute me')
    await pressByEar(bed, 'Unmute me')
    await pressByEar(station, 'End call')
    await expectHeard(bed, 'StaticText', /^Anna Laine ended the call\.$/)
    await expectHeard(bed, 'StaticText', /^Camera and microphone are off\.$/)
  })
  await test.step('a request', async () => {
    await pressByEar(bed, 'Ask my nurse')
    await pressByEar(bed, 'Water')
    await expectHeard(bed, 'StaticText', /^Sent\./)
    await pressByEar(station, 'Seen, bed 1: Water')
    await expectHeard(bed, 'StaticText', /^Seen by Anna Laine/)
    await pressByEar(bed, 'Nurse is here: Water')
    await expect(bed.getByRole('list', { name: 'What I asked for' })).toHaveCount(0)
  })
  await test.step('a privacy period', async () => {
    await pressByEar(bed, 'Privacy')
    await expectHeard(bed, 'heading', /^How long do you want to be alone\?$/)
    await pressByEar(bed, '15 minutes')
    await expectHeard(bed, 'heading', /^Privacy$/)
    await expectHeard(station, 'StaticText', /^Privacy until/)
    await pressByEar(bed, 'End privacy')
    await expectHeard(bed, 'StaticText', /^Ready$/)
  })
})

test('[A11Y-2] with keys alone an appointment is booked and opened, and each dialog gives the focus back @whole', async ({
  ward,
}) => {
  const [page, bed] = [await ward.station(), await ward.bed()]
  for (const name of ['This device', 'Keys', 'Calendars']) {
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

test('[A11Y-2] on a phone what is in the bar stands under one button with its words, by keys alone, and gives the focus back @whole', async ({
  ward,
}) => {
  const station = await ward.station(0)
  await station.setViewportSize({ width: 390, height: 844 })
  const bar = await station.locator('.top-bar').boundingBox()
  expect(bar?.height).toBeLessThan(844 / 6)
  const [more, calls] = ['More', 'Call a colleague'].map((name) =>
    station.getByRole('button', { name, exact: true }),
  )
  if (!more || !calls) throw new Error('no buttons')
  await expect(calls).toBeHidden()
  await more.focus()
  await station.keyboard.press('Enter')
  await expect(calls).toBeVisible()
  for (const button of await station.locator('.tools button').all())
    expect((await button.boundingBox())?.width).toBeGreaterThan(150)
  await station.keyboard.press('Escape')
  await expect(calls).toBeHidden()
  await expect(more).toBeFocused()
  await station.keyboard.press('Enter')
  await calls.focus()
  await station.keyboard.press('Enter')
  await expect(station.getByRole('dialog', { name: 'Call a colleague' })).toBeVisible()
  await expect(station.locator('.tools')).toBeHidden()
  await station.keyboard.press('Escape')
  await expect(more).toBeFocused()
  await more.press('Enter')
  await station.locator('.tools').getByRole('combobox').selectOption('Suomi')
  await expect(station.getByRole('button', { name: 'Kirjaudu ulos' })).toHaveText('Kirjaudu ulos')
  await expect(station.getByRole('button', { name: 'Kirjaudu ulos' })).toBeVisible()
})

test('[A11Y-3] who asked for less motion sees none, at the bed and at the station @whole', async ({
  ward,
}) => {
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

test('[A11Y-4] letters of twice the size and strong colours, both the browser’s own, cut nothing off the bed @whole', async ({
  ward,
}) => {
  const tablet = await ward.tablet({ forcedColors: 'active' })
  const bed = await tablet.newPage()
  const session = await tablet.newCDPSession(bed)
  await session.send('Page.setFontSizes', { fontSizes: { standard: 32 } })
  await bed.goto(ward.server.demo().beds[0]?.url ?? '')
  await bed.getByRole('button', { name: 'Start' }).click()
  await expect(bed.getByRole('region', { name: 'My plan today' })).toBeVisible()
  await expectWhole(bed, 'idle')
  const station = await ward.station()
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
  await expectWhole(bed, 'ringing')
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expect(bed.getByRole('button', { name: 'Mute me' })).toBeVisible()
  await expectWhole(bed, 'live')
})

test('[RTL-2] read from the right, nothing of the bed or of the station is cut or covered @whole', async ({
  ward,
}) => {
  const [station, bed] = [await ward.station(), await ward.bed()]
  const whole = async (page: Page, name: string) => {
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl'
    })
    expect.soft(await cutOff(page), name).toEqual([])
    await page.screenshot({ path: `test-results/rtl-${name}.png` })
  }
  await expect(bed.getByRole('region', { name: 'My plan today' })).toBeVisible()
  await whole(bed, 'bed')
  await station.getByRole('button', { name: 'Open bed 1' }).click()
  await whole(station, 'station')
  await station.getByRole('button', { name: 'Call bed 1' }).click()
  await expect(bed.getByRole('button', { name: 'Answer' })).toBeVisible()
  await whole(bed, 'ringing')
  await bed.getByRole('button', { name: 'Answer' }).click()
  await expect(bed.getByRole('button', { name: 'Mute me' })).toBeVisible()
  await whole(bed, 'live')
  await station.getByRole('button', { name: 'Open the plan' }).click()
  await whole(station, 'plan')
})
