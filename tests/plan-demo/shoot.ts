/** `node tests/plan-demo/shoot.ts FOLDER`: photographs the plan's screens at three sizes, light and dark. */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { createServer } from 'vite'
import { texts } from '../../vite-texts.ts'
import { ensureChromium } from '../browsers.ts'

const folder = process.argv[2] ?? 'test-results/plan'
const only = process.argv[3]
mkdirSync(folder, { recursive: true })

type Scene = (page: Page) => Promise<void>
const show =
  (tab: string): Scene =>
  async (page) => {
    await page.evaluate((name) => {
      const { desk, plan } = window.demo
      desk.shown.value = true
      plan.tab.value =
        ['day', 'week', 'ward', 'attention', 'waiting'].find((one) => one === name) === undefined
          ? 'day'
          : (name as 'day')
    }, tab)
  }

/** Offline, a booking that waits, one that will be refused, one that was. */
const trouble: Scene = async (page) => {
  await page.evaluate(async () => {
    const { sync, plan, at, book } = window.demo
    const day = '2026-11-23T'
    await book('Pain talk', '14:10', 1, 'anna')
    const free = ['14:20', '14:40', '15:00'].map((time) => at(day + time))
    for (const row of [...sync.confirmed.all('attention')])
      sync.put({ ...row, free, escalated: true, startMs: at(`${day}14:10`) })
    sync.setOnline(false)
    await book('Call the daughter', '16:00', 1, 'anna')
    await book('Second opinion', '12:40', 2, 'sofia')
    plan.toast.value = null
    plan.reminders.value = []
  })
}

/** A round that runs late into two talks; `visit`: and into an outpatient who was told when. */
const late =
  (visit: 'visit' | 'none'): Scene =>
  async (page) => {
    await page.evaluate(async (last) => {
      const { sync, book, at } = window.demo
      await book('Pain talk', '10:10', 5, 'oja')
      await book('Second opinion', '10:35', 6, 'oja')
      const row = sync.confirmed.get('appointment', 'visit')
      const later = { startMs: at('2026-11-23T10:55'), endMs: at('2026-11-23T11:25') }
      if (row && last === 'visit') sync.put({ ...row, staff: ['oja'], when: { type: 'at', ...later } })
      window.demo.plan.toast.value = null
      window.demo.plan.reminders.value = []
    }, visit)
    await scenes.round?.(page)
    await page.getByRole('button', { name: '+15 min' }).click({ timeout: 5_000 })
  }

/** A visit that came by another program, and one that needs an interpreter and has none. */
const proposed: Scene = async (page) => {
  await page.evaluate(() => {
    const { sync } = window.demo
    const visit = sync.confirmed.get('appointment', 'visit')
    const talk = sync.confirmed.get('appointment', 'somali')
    if (visit) sync.put({ ...visit, staff: ['anna'], status: 'pending' })
    if (talk) sync.put({ ...talk, staff: ['oja', 'anna'], status: 'booked' })
    window.demo.plan.reminders.value = []
  })
}

const scenes: Record<string, Scene> = {
  late: late('none'),
  'stuck-late': late('visit'),
  'proposed-board': proposed,
  'proposed-day': async (page) => {
    await proposed(page)
    await show('day')(page)
  },
  'proposed-entry': async (page) => {
    await proposed(page)
    await page.getByRole('button', { name: /^Follow-up/ }).click()
  },
  'needs-entry': async (page) => {
    await proposed(page)
    await page.getByRole('button', { name: /^Discharge talk/ }).click()
  },
  board: async () => {},
  day: show('day'),
  week: show('week'),
  ward: show('ward'),
  waiting: show('waiting'),
  'trouble-board': trouble,
  'trouble-day': async (page) => {
    await trouble(page)
    await show('day')(page)
  },
  attention: async (page) => {
    await trouble(page)
    await show('attention')(page)
  },
  entry: async (page) => {
    await page.getByRole('button', { name: /^Discharge talk/ }).click()
  },
  round: async (page) => {
    await page.locator('summary').click({ timeout: 5_000 })
    await page.locator('.line button').nth(1).click({ timeout: 5_000 })
  },
  form: async (page) => {
    await show('day')(page)
    await page.getByRole('button', { name: 'New appointment' }).click()
    await page.getByLabel('What for').fill('Pain talk')
    await page.getByRole('combobox', { name: 'Bed', exact: true }).selectOption('bed-6')
    await page.getByLabel('From').fill('14:10')
  },
  drag: async (page) => {
    await show('ward')(page)
    const block = page.getByRole('button', { name: /^Physiotherapy/ })
    await block.scrollIntoViewIfNeeded()
    const box = await block.boundingBox()
    if (!box) return
    await page.mouse.move(box.x + 20, box.y + 12)
    await page.mouse.down()
    await page.mouse.move(box.x + 20, box.y + 60, { steps: 4 })
    await page.mouse.move(box.x + 20, box.y - 90, { steps: 8 })
  },
}
const sizes = [
  [1440, 900],
  [1024, 768],
  [390, 844],
] as const

async function shootAll(browser: Browser, address: string): Promise<void> {
  for (const [width, height] of sizes) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [name, scene] of Object.entries(scenes)) {
        if (only && !`${name}-${width}-${colorScheme}`.startsWith(only)) continue
        const page = await browser.newPage({ viewport: { width, height }, colorScheme })
        page.on('pageerror', (error) => console.log(name, String(error)))
        await page.goto(address)
        await page.locator('.ward').waitFor()
        await scene(page).catch((error: unknown) => console.log(name, width, String(error).split('\n')[0]))
        await page.evaluate(() => document.fonts.ready)
        await page.screenshot({ path: `${folder}/${name}-${width}-${colorScheme}.png` })
        await page.close()
      }
    }
  }
}

const server = await createServer({
  configFile: false,
  plugins: [texts()],
  root: fileURLToPath(new URL('../..', import.meta.url)),
  server: { host: '127.0.0.1', port: 0, hmr: false },
  esbuild: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  logLevel: 'error',
})
await server.listen()
const address = `${server.resolvedUrls?.local[0] ?? ''}tests/plan-demo/index.html`
const browser = await chromium.launch({ executablePath: ensureChromium() })
await shootAll(browser, address)
await browser.close()
await server.close()
