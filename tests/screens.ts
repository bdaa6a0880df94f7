/** The pictures in docs/screens, taken from the real app: every screen that the tests walk through. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright/test'
import { test as visitTest } from './e2e/visiting.ts'
import { type Sides, test, walkAstray, walkSetup, walks } from './e2e/walk.ts'
import { walkVisits } from './e2e/walk-visits.ts'
import type { Screens } from './e2e/ward.ts'
import { wishesOf } from './e2e/wishes.ts'

test.use({ timeScale: 5, keepsApp: true, clip: 'whole' })

const folder = fileURLToPath(new URL('../docs/screens/', import.meta.url))

/** Shown in the dark, too. */
const inTheDark = [
  'bed-idle',
  'bed-ringing',
  'bed-privacy',
  'station-board',
  'station-live',
  'station-table',
  'station-visits',
  'station-visit-live',
  'visit-waiting',
  'visit-called',
  'visit-live',
  'plan-day',
  'plan-ward',
]
/** Shown at other sizes, too. */
const sizes: Readonly<Record<string, readonly [string, number, number]>> = {
  'bed-idle': ['upright', 800, 1280],
  'bed-live': ['upright', 800, 1280],
  'bed-table': ['upright', 800, 1280],
  'station-table': ['phone', 390, 844],
  'plan-ward': ['1024', 1024, 768],
  'plan-week': ['phone', 390, 844],
  'station-board': ['phone', 390, 844],
  'station-pictures': ['phone', 390, 844],
  'station-visits': ['phone', 390, 844],
}
/** They pass in seconds, or no wish reaches them any more. */
const unheard = ['bed-ended', 'bed-replaced', 'bed-updating', 'bed-offline']

async function take(page: Page, name: string): Promise<void> {
  // Where the pointer was left is no part of the picture.
  await page.mouse.move(0, 0)
  await page.screenshot({ path: `${folder}${name}.png` })
}

async function shoot(page: Page, name: string): Promise<void> {
  // Cameras of a file start dark and adapt; the picture for the reader is of a settled call.
  if (/-(live|table)$/.test(name)) await page.waitForTimeout(3_000)
  await take(page, name)
  const [suffix, width, height] = sizes[name] ?? []
  const before = page.viewportSize()
  if (suffix && width && height && before) {
    await page.setViewportSize({ width, height })
    await take(page, `${name}-${suffix}`)
    await page.setViewportSize(before)
  }
  if (!inTheDark.includes(name)) return
  await page.emulateMedia({ colorScheme: 'dark' })
  await take(page, `${name}-dark`)
  await page.emulateMedia({ colorScheme: null })
}

/** The beds once more, as a Finnish patient sees them who needs letters of twice the size; one of them at night. */
function sides(ward: Screens): Sides {
  const wish = wishesOf(ward.server)
  const speaks = (page: Page, language: string) => page.locator(`html[lang="${language}"]`).waitFor()
  return {
    station: shoot,
    async bed(page, name) {
      await shoot(page, name)
      if (unheard.includes(name)) return
      await wish({ language: 'fi', textSize: 200 })
      await speaks(page, 'fi')
      await take(page, `${name}-fi-200`)
      await wish({ language: 'en', textSize: 100 })
      await speaks(page, 'en')
      if (name !== 'bed-idle') return
      await wish({ quiet: { fromMinute: 0, untilMinute: 1_439 } })
      await page.locator('.bed.quiet').waitFor()
      await take(page, `${name}-night`)
      await wish({ quiet: null })
      await page.locator('.bed:not(.quiet)').waitFor()
    },
  }
}

test('before it is a bed', async ({ ward }) => {
  await walkSetup(ward, 'en-GB', shoot)
})

for (const [what, walk] of Object.entries(walks))
  test(what, async ({ ward, push }) => {
    await walk(ward, sides(ward), push)
  })

visitTest('a visit, at the station and on a telephone', async ({ ward, mail }) => {
  await walkVisits(ward, { station: shoot, phone: shoot }, mail)
})

test.describe(() => {
  test.use({ timeScale: 0.03 })
  test('a tablet that was carried away', async ({ ward }) => {
    await walkAstray(ward, sides(ward))
  })
})

test('both sides of a call beside each other', async ({ stationBrowser }) => {
  await together(stationBrowser)
})

/** Two pictures beside each other, as they stand in a ward: the station and, smaller, the tablet. */
async function together(browser: Browser): Promise<void> {
  const picture = (name: string) =>
    `data:image/png;base64,${readFileSync(`${folder}${name}.png`).toString('base64')}`
  const page = await browser.newPage({ viewport: { width: 1640, height: 640 } })
  await page.setContent(`<style>
    body { margin: 0; padding: 24px; display: flex; gap: 24px; align-items: center; background: #e9e4da }
    img { border-radius: 14px; box-shadow: 0 2px 18px #0003 }
  </style><img src="${picture('station-live')}" width="864"><img src="${picture('bed-live')}" width="704">`)
  await page.screenshot({ path: `${folder}call.png` })
  await page.close()
}
