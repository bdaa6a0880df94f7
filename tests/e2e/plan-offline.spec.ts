import type { Page } from 'playwright/test'
import type { RunningSync } from '../../src/state/sync.ts'
import { expect, test } from './ward.ts'

type Inside = { openPlan(staffId: string): Promise<RunningSync> }
declare global {
  interface Window {
    sync: RunningSync
  }
}

/** A second tab's worth of the plan, in the page of the station: the same chunk, store, journal and lock. */
async function openPlan(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .join(),
      ),
    )
    .toMatch(/\/plan-(?!journal)[\w-]+\.js/)
  await page.evaluate(async () => {
    const names = performance.getEntriesByType('resource').map(({ name }) => name)
    const address = names.find((name) => /\/plan-(?!journal)[\w-]+\.js$/.test(name)) ?? ''
    const inside = (await import(address)) as Inside
    const { me } = (await (await fetch('/api/me').catch(() => null))?.json().catch(() => ({}))) ?? {}
    const staffId = me?.staffId ?? localStorage.getItem('test.staffId')
    localStorage.setItem('test.staffId', staffId)
    window.sync = await inside.openPlan(staffId)
    await window.sync.ready
  })
}

/** Writes a note into tomorrow; answers its act's id once the page may say that it is kept. */
function writeNote(page: Page, title: string): Promise<string> {
  return page.evaluate(async (title) => {
    const at = Date.now() + 24 * 60 * 60_000
    const done = await window.sync.perform({
      type: 'appointment.book',
      id: crypto.randomUUID(),
      kind: 'note',
      fields: {
        title,
        note: '',
        place: null,
        staff: [],
        roles: [],
        stops: [],
        outpatient: null,
        before: 0,
        after: 0,
        language: null,
        interpreter: false,
        outsideHours: false,
        when: { type: 'at', startMs: at, endMs: at + 1_800_000 },
        status: 'booked',
        cancelReason: null,
      },
    })
    return done.ok ? done.value : done.failure
  }, title)
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
