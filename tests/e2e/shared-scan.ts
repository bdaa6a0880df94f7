/** A CT that is shown in a call: how it is opened and shown, and what is seen of it at which screen. */
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright/test'
import type { Evaluates } from './scan-page.ts'
import { phantom, pick } from './walk-pictures.ts'
import { callAndAnswer, expect, type Screens } from './ward.ts'

export const dicomFolder = fileURLToPath(new URL('../dicom/', import.meta.url))

/** Sixty slices of a plastic head. */
export const phantomNames = Array.from({ length: 60 }, (_, at) => `ct-phantom/I${410 + at * 10}`)

/** The same place on all screens, so that the same view is the same picture. */
export const samePlace = (...pages: readonly Evaluates[]): Promise<void> => samePlaceOf(400, ...pages)

export async function samePlaceOf(sizePx: number, ...pages: readonly Evaluates[]): Promise<void> {
  const style = `.scan-surface { width: ${sizePx}px !important; height: ${sizePx}px !important; flex: none !important; }`
  for (const page of pages)
    await page.evaluate((text) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(text)
      document.adoptedStyleSheets.push(sheet)
    }, style)
}

export async function openCt(station: Page, files: readonly string[] = phantom): Promise<void> {
  await station.getByRole('button', { name: 'Pictures', exact: true }).first().click()
  await pick(station, files)
  await expect(station.locator('.scan-which')).toContainText(`/ ${files.length}`, { timeout: 60_000 })
}

/** A doctor at a station in a call with bed 1, with the CT open. */
export async function talkingOverCt(ward: Screens) {
  const [station, bed] = [await ward.station(2), await ward.bed()]
  await samePlace(station, bed)
  await callAndAnswer(station, bed)
  await openCt(station)
  return { station, bed }
}

/** [HZ-1] `warning`: whose they are, where that is not whom one talks with; null: nothing to warn of. */
export async function show(
  station: Page,
  warning: string | null = 'PLASTIC',
  to: string = 'Bed 1',
): Promise<void> {
  await station.getByRole('button', { name: 'Show in this call' }).click()
  const dialog = station.getByRole('dialog', { name: 'Show pictures in this call' })
  await expect(dialog).toContainText(to)
  await expect(dialog).toContainText('Live only')
  const alert = dialog.getByRole('alert')
  if (warning === null) await expect(alert).toHaveCount(0)
  else await expect(alert).toContainText(warning)
  await dialog.getByRole('button', { name: 'Show now' }).click()
  // The phantom's files do not say whether a name is in their pixels: somebody looks first.
  await station.getByRole('button', { name: /^I have looked/ }).click()
  await expect(station.getByText('You are showing this in the call')).toBeVisible({ timeout: 60_000 })
}

/** What a canvas holds, red by red; empty while there is none. It comes as a text: the quickest way out of a page. */
export async function pixelsOf(page: Evaluates): Promise<number[]> {
  const text = await page.evaluate(async (canvasOf) => {
    const canvas = document.querySelector(canvasOf)
    if (!(canvas instanceof HTMLCanvasElement)) return ''
    const still = await createImageBitmap(canvas)
    const flat = new OffscreenCanvas(still.width, still.height)
    const context = flat.getContext('2d')
    context?.drawImage(still, 0, 0)
    const { data } = context?.getImageData(0, 0, still.width, still.height) ?? { data: [] }
    let reds = ''
    for (let at = 0; at < data.length; at += 4) reds += String.fromCharCode(data[at] ?? 0)
    return reds
  }, '.scan-surface canvas')
  return Array.from(text, (red) => red.charCodeAt(0))
}

/** Within a grey level, and something to see. */
export async function expectSamePicture(one: Evaluates, ...others: readonly Evaluates[]): Promise<void> {
  for (const other of others)
    await expect(async () => {
      const [mine, theirs] = [await pixelsOf(one), await pixelsOf(other)]
      expect(theirs.length).toBe(mine.length)
      expect(
        mine.some((level) => level > 16),
        'there is something to see',
      ).toBe(true)
      expect(mine.filter((level, at) => Math.abs(level - (theirs[at] ?? 0)) > 1).length).toBe(0)
    }).toPass({ timeout: 60_000 })
}

export async function placeOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).boundingBox()
  if (!box) throw new Error(`no ${selector}`)
  return box
}

/** As a hand draws it, on whatever takes it. */
export async function drawLine(page: Page): Promise<void> {
  const { x, y } = await placeOf(page, '.share-marks')
  await page.mouse.move(x + 100, y + 100)
  await page.mouse.down()
  await page.mouse.move(x + 180, y + 160, { steps: 8 })
  await page.mouse.up()
}

export const isShown = (page: Page) =>
  expect(page.locator('.share-said')).toContainText('is showing you pictures', { timeout: 150_000 })

/** Its network and all of its links: as in a lift. */
export async function cutOff(bed: Page): Promise<void> {
  await bed.context().setOffline(true)
  await bed.evaluate(() => {
    for (const link of window.witness.links) link.close()
  })
}

/** Whether anything of a picture is in what this browser keeps: its databases, its caches, its files. */
export async function keptIn(page: Page): Promise<string[]> {
  return await page.evaluate(async () => {
    const found: string[] = []
    const isPixels = (value: unknown): boolean =>
      value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? true
        : typeof value === 'object' && value !== null && Object.values(value).some(isPixels)
    for (const { name } of await indexedDB.databases()) {
      const open = indexedDB.open(name ?? '')
      const db = await new Promise<IDBDatabase>((done) => {
        open.onsuccess = () => done(open.result)
      })
      for (const store of db.objectStoreNames) {
        const asked = db.transaction(store).objectStore(store).getAll()
        const rows = await new Promise<unknown[]>((done) => {
          asked.onsuccess = () => done(asked.result)
        })
        const large = rows.filter((row) => isPixels(row) && JSON.stringify(row).length > 4_096)
        if (large.length > 0) found.push(`${name} ${store}`)
      }
      db.close()
    }
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        if (!url.startsWith(location.origin) || /dicom|blob:/.test(url)) found.push(url)
    return found
  })
}
