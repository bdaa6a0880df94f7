import type { Page } from 'playwright/test'
import type { RunningSync } from '../../src/state/sync.ts'
import { bookAt, dayMs } from '../server/plan.ts'
import { keptRecords } from './kept.ts'
import { expect, test } from './ward.ts'

test.use({ keepsApp: true })

type Inside = { openPlan(staffId: string): Promise<RunningSync> }
declare global {
  interface Window {
    sync: RunningSync
  }
}

/** A second tab's worth of the plan, in the page of the station: the same chunk, store, journal and lock. */
async function openPlan(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(chunkOfPlan)).not.toBeNull()
  const address = (await page.evaluate(chunkOfPlan)) ?? ''
  await page.evaluate(async (address) => {
    const file: Record<string, unknown> = await import(address)
    const inside = [file, ...Object.values(file)].find((one) => (one as Partial<Inside>)?.openPlan) as Inside
    const { me } = (await (await fetch('/api/me').catch(() => null))?.json().catch(() => ({}))) ?? {}
    const staffId = me?.staffId ?? localStorage.getItem('test.staffId')
    localStorage.setItem('test.staffId', staffId)
    window.sync = await inside.openPlan(staffId)
    await window.sync.ready
  }, address)
}

/** Runs in the page: of the files that it has loaded, the one that hands out what opens a plan, perhaps among others. */
async function chunkOfPlan(): Promise<string | null> {
  const names = performance.getEntriesByType('resource').map(({ name }) => name)
  for (const name of names) {
    if (!/\/plan-(?!journal)[\w-]+\.js$/.test(name)) continue
    const file: Record<string, { openPlan?: unknown } | undefined> = await import(name)
    if ([file, ...Object.values(file)].some((one) => one?.openPlan)) return name
  }
  return null
}

/** Writes a note into tomorrow; answers its act's id once the page may say that it is kept. */
function writeNote(page: Page, title: string): Promise<string> {
  return page.evaluate(
    async (note) => {
      const done = await window.sync.perform(note)
      return done.ok ? done.value : done.failure
    },
    bookAt(Date.now() + dayMs, { title }, 'note'),
  )
}

const titles = (page: Page) =>
  page.evaluate(() => [...window.sync.view.value.all('appointment')].map(({ title }) => title))
const waiting = (page: Page) => page.evaluate(() => window.sync.pending.value.length)

test('what is written while the server is down is kept over a reload, shown, and sent when it is back', async ({
  ward,
}) => {
  const station = await ward.station()
  await openPlan(station)
  await expect.poll(() => station.evaluate(() => window.sync.freshness.value.type)).toBe('live')
  expect(await station.evaluate(() => window.sync.keeping.value.safety)).toBe('crash-safe')
  await expect.poll(() => station.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await ward.server.kill()
  expect(await writeNote(station, 'Family asks for a call')).toMatch(/^[\w-]{36}$/)
  await station.reload()
  await expect(station.getByText('The server cannot be reached.')).toBeVisible()
  await openPlan(station)
  expect(await titles(station)).toContain('Family asks for a call')
  expect(await waiting(station)).toBe(1)
  await expect.poll(() => station.evaluate(() => window.sync.freshness.value.type)).toBe('offline')
  await ward.server.start()
  await expect.poll(() => waiting(station)).toBe(0)
  const second = await ward.station(1)
  await openPlan(second)
  await expect.poll(() => titles(second)).toContain('Family asks for a call')
  expect(ward.heard.complaints.filter((said) => /Trusted|Content Security|Uncaught/.test(said))).toEqual([])
})

test('HZ-6 signing out with unsent changes asks first; staying loses nothing, going on leaves nothing', async ({
  ward,
}) => {
  const station = await ward.station()
  await openPlan(station)
  await expect.poll(() => station.evaluate(() => window.sync.freshness.value.type)).toBe('live')
  await station.route('**/api/sync', (route) => route.abort())
  await writeNote(station, 'Not sent yet')
  await station.getByRole('button', { name: 'Sign out' }).click()
  const dialog = station.getByRole('dialog', { name: 'Sign out' })
  await expect(dialog.getByText('1 change has not been sent.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Stay signed in' }).click()
  await expect(dialog).toBeHidden()
  expect(await waiting(station)).toBe(1)
  await station.getByRole('button', { name: 'Sign out' }).click()
  await dialog.getByRole('button', { name: 'Sign out and delete the changes' }).click()
  await expect(station.getByRole('list', { name: 'Beds' })).toBeHidden()
  await expect.poll(() => keptRecords(station)).toEqual({ outbox: 0, folds: 0, meta: 0, people: 0, keys: 0 })
})
