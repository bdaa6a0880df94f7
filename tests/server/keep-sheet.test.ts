/** The downtime sheet: what a ward needs on paper, from a real server, into a real folder. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { languages } from '../../src/core/languages.ts'
import { stampOf } from '../../src/server/keep/retention.ts'
import type { Sheet } from '../../src/server/keep/sheet.ts'
import { sheetPage } from '../../src/server/keep/sheet-page.ts'
import { bookAt, hourMs, newDevice } from './plan.ts'
import { openWard, temporaryFolder, type WardOptions } from './ward.ts'

const newest = 'bedside-downtime.html'

async function openSheets(options: WardOptions = {}) {
  const sheets = temporaryFolder()
  const environment = {
    BEDSIDE_DOWNTIME_DIR: sheets,
    BEDSIDE_ZONE: 'Europe/Helsinki',
    ...options.environment,
  }
  const ward = await openWard({ ...options, environment })
  await ward.keeping.turn()
  const write = async () => {
    expect(await ward.keeping.command(['keep', 'downtime'])).toMatchObject({ failed: false })
    return readFileSync(join(sheets, newest), 'utf8')
  }
  return { ward, sheets, write }
}

test('[KEEP-12] it names who lies where, what is asked for, who is on duty, and the plan of today and tomorrow', async () => {
  // Noon, so that an hour from now is today.
  const noon = Date.parse('2026-11-20T10:00:00Z')
  const { ward, write } = await openSheets({ now: () => noon })
  const device = newDevice(ward.origin, await ward.signIn('Anna Laine'))
  await device.syncAll()
  for (const [title, hours] of [
    ['Rounds of today', 1],
    ['Rounds of tomorrow', 24],
    ['The day after', 48],
  ] as const)
    await device.does(bookAt(noon + hours * hourMs, { title }))
  const cancelled = bookAt(noon + 3 * hourMs, { title: 'Does not happen' })
  await device.does({ ...cancelled, fields: { ...cancelled.fields, status: 'cancelled' } })
  const bed = await ward.bed('2')
  bed.say({
    type: 'request.make',
    requestId: crypto.randomUUID(),
    reason: 'pain',
    stay: bed.welcome.stay?.epoch ?? 0,
    expiresAtMs: noon + hourMs,
  })
  await bed.settled()
  const page = await write()
  expect(page).toContain('As of Friday, 20 November 2026 at 12:00')
  for (const said of [
    'Helmi Virtanen',
    'DEMO-',
    'Rounds of today',
    'Rounds of tomorrow',
    '>Pain<',
    'NOBODY YET',
  ])
    expect([said, page.includes(said)]).toEqual([said, true])
  expect(page.indexOf('Rounds of today')).toBeLessThan(page.indexOf('Tomorrow, '))
  expect(page.indexOf('Rounds of tomorrow')).toBeGreaterThan(page.indexOf('Tomorrow, '))
  for (const not of ['The day after', 'Does not happen']) expect(page).not.toContain(not)
})

test('[KEEP-13] the newest has one name, 24 older ones stay, others’ files are left alone, and nobody else may read them', async () => {
  let nowMs = Date.now()
  const { sheets, write } = await openSheets({ now: () => nowMs })
  writeFileSync(join(sheets, 'readme.txt'), 'mine')
  writeFileSync(join(sheets, 'bedside-downtime-mine.html'), 'mine')
  for (let hour = 0; hour < 26; hour += 1) {
    nowMs += hourMs
    await write()
  }
  const names = readdirSync(sheets)
  expect(names).toHaveLength(24 + 3)
  expect(names).toContain(`bedside-downtime-${stampOf(nowMs)}.html`)
  expect(names.filter((name) => name.endsWith('.part'))).toEqual([])
  for (const name of names.filter((one) => one.includes('T')))
    expect([name, statSync(join(sheets, name)).mode & 0o027]).toEqual([name, 0])
  expect(statSync(join(sheets, newest)).mode & 0o777 & ~0o640).toBe(0)
})

const evil = `<script>alert(1)</script>"'&`
const sheet: Sheet = {
  ...{ ward: evil, madeMs: 0, zone: 'UTC' },
  beds: [
    { label: evil, patient: { name: evil, born: evil, number: evil }, carers: [evil] },
    { label: '12A', patient: null, carers: [] },
  ],
  requests: [{ bed: evil, reason: 'pain', madeMs: 0, seenBy: evil }],
  duties: [{ name: evil, holders: [evil] }],
  days: [
    {
      dayMs: 0,
      appointments: [
        {
          ...({ startMs: 0, endMs: 1, kind: 'visit', title: evil, beds: [evil], place: evil } as const),
          ...{ outpatient: evil, who: [evil], isCertain: false },
        },
      ],
    },
  ],
}

test.each(languages)('[KEEP-14] a name writes no markup, and every word is there, in %s', (language) => {
  const page = sheetPage(sheet, language)
  expect(page.match(/<script|alert\(1\)<\/script/g)).toBeNull()
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;')
  expect(page).not.toMatch(/undefined|\[object|<td>null/)
  expect(page).toContain(`<html lang="${language}">`)
  expect(page).toContain("default-src 'none'")
  expect(page.match(/https?:|src=|href=/g)).toBeNull()
  const empty = { ...sheet, beds: [], requests: [], duties: [], days: [{ dayMs: 0, appointments: [] }] }
  expect(sheetPage(empty, language).match(/class="none"/g)).toHaveLength(4)
})

test('[KEEP-15] a folder that is gone is an alert, and the server goes on; when it is back, so is the sheet', async () => {
  const { ward, sheets, write } = await openSheets()
  renameSync(sheets, `${sheets}.away`)
  expect(await ward.keeping.command(['keep', 'downtime'])).toMatchObject({ failed: true })
  expect(ward.keeping.answer().alerts).toEqual([
    { type: 'sheet-failed', why: 'gone', sinceMs: expect.any(Number) },
  ])
  expect(existsSync(sheets)).toBe(false)
  expect((await fetch(`${ward.origin}/readyz`)).status).toBe(200)
  renameSync(`${sheets}.away`, sheets)
  rmSync(join(sheets, newest))
  expect(await write()).toContain('<!doctype html>')
  expect(ward.keeping.answer().alerts).toEqual([])
})
