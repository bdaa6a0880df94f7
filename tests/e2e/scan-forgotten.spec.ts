/** A tablet that was shown a CT, live only: nothing of it is in any file of its browser, however that came to an end (HZ-9). */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { expectOnlyMarkers, keepMarkers, recordHashes, test, tracesOfSlice } from './searched.ts'
import {
  dicomFolder,
  expectSamePicture,
  isShown,
  openCt,
  phantomNames,
  placeOf,
  samePlace,
  show,
} from './shared-scan.ts'
import { type Trace, textTraces } from './traces.ts'
import { callAndAnswer, expect } from './ward.ts'

const slices = 12

/** Somebody whose name is written nowhere else. */
const name = 'Zaphodine'

/** The CT with another name in each of its files, and runs of what its pixels are and of what leaves of them. */
async function ctOf(home: string): Promise<{ files: string[]; traces: Trace[] }> {
  const folder = join(home, 'ct')
  mkdirSync(folder)
  const files: string[] = []
  const traces = textTraces('the name', name)
  for (const [at, path] of phantomNames.slice(0, slices).entries()) {
    const renamed = named(readFileSync(join(dicomFolder, path)))
    const file = join(folder, `slice-${at}`)
    writeFileSync(file, renamed)
    files.push(file)
    traces.push(...(await tracesOfSlice(path, renamed)))
  }
  return { files, traces }
}

/** Patient's Name (0010,0010) in explicit little endian, of even length. */
function named(file: Buffer): Buffer {
  const before = Buffer.from('\x10\x00\x10\x00PN\x04\x00HEAD', 'latin1')
  const at = file.indexOf(before)
  if (at < 0) throw new Error('its name stands elsewhere')
  const value = `Forgotten^${name} `.padEnd(20)
  const after = Buffer.from(`\x10\x00\x10\x00PN${String.fromCharCode(value.length)}\x00${value}`, 'latin1')
  return Buffer.concat([file.subarray(0, at), after, file.subarray(at + before.length)])
}

/** All of them have come, and some of them were looked at. */
async function shownWhole(station: Page, bed: Page, files: readonly string[]): Promise<void> {
  await samePlace(station, bed)
  await callAndAnswer(station, bed)
  await openCt(station, files)
  await show(station)
  await isShown(bed)
  await expect(bed.locator('.scan-who'), 'whose it is stands there').toContainText(name)
  const { x, y } = await placeOf(station, '.scan-surface')
  await station.mouse.move(x + 200, y + 200)
  for (let turn = 0; turn < slices - 1; turn += 1) await station.mouse.wheel(0, 100)
  await expect(bed.locator('.scan-which')).toContainText(`${slices} / ${slices}`, { timeout: 90_000 })
  await expectSamePicture(station, bed)
  await expect(station.locator('.share-bar progress'), 'all of it is there').toHaveCount(0, {
    timeout: 90_000,
  })
}

test('[LIVE-8] (HZ-9) after a share has ended no file of the browser that was shown it has any of its pixels, hashes or names @whole', async ({
  ward,
  tablet,
  home,
}) => {
  test.setTimeout(420_000)
  const { files, traces } = await ctOf(home)
  const station = await ward.station(2)
  const hashes = await recordHashes(station)
  await shownWhole(station, tablet.page, files)
  await station.getByRole('button', { name: 'Stop showing' }).click()
  await expect(tablet.page.locator('.scan-surface')).toHaveCount(0)
  const all = [...traces, ...(await hashes())]
  expect(all.filter(({ what }) => what.startsWith('a hash')).length).toBeGreaterThanOrEqual(3 * slices)
  const markers = await keepMarkers(tablet.page)
  expectOnlyMarkers(markers, all, tablet.folders)
  await station.getByRole('button', { name: 'End call' }).click()
  await tablet.context.close()
  expectOnlyMarkers(markers, all, tablet.folders)
})

test('[LIVE-8] (HZ-9) nor has it when its page crashes while it is shown, and its browser is killed @whole', async ({
  ward,
  tablet,
  home,
}) => {
  test.setTimeout(420_000)
  const { files, traces } = await ctOf(home)
  const station = await ward.station(2)
  const hashes = await recordHashes(station)
  const markers = await keepMarkers(tablet.page)
  await shownWhole(station, tablet.page, files)
  const all = [...traces, ...(await hashes())]
  expectOnlyMarkers(markers, all, tablet.folders)
  const crashed = tablet.page.waitForEvent('crash')
  const inspector = await tablet.context.newCDPSession(tablet.page)
  // Nobody is left to answer.
  inspector.send('Page.crash').catch(() => {})
  await crashed
  expectOnlyMarkers(markers, all, tablet.folders)
  const closed = tablet.context.waitForEvent('close')
  for (const pid of browserOf(tablet.profile)) process.kill(pid, 'SIGKILL')
  await closed
  expectOnlyMarkers(markers, all, tablet.folders)
})

/** The browser of this profile itself; what it started goes with it. */
function browserOf(profile: string): number[] {
  return readdirSync('/proc').flatMap((pid) => {
    const started = /^\d+$/.test(pid) ? commandOf(pid) : ''
    return started.includes(`--user-data-dir=${profile}`) && !started.includes('--type=') ? [Number(pid)] : []
  })
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
