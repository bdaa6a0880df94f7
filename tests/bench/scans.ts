/** Scans in the built app in a real browser: what is decoded, how long a slice takes, what 500 of them weigh. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright'
import { chromiumFlags, ensureChromium } from '../browsers.ts'
import { measure, openGiven, scanChunk, takeScans } from '../e2e/scan-page.ts'
import { newServer } from '../e2e/server.ts'
import { installWitness } from '../e2e/witness.ts'
import { cameraClip } from '../fakes/clip.ts'
import { writeSeries } from '../fakes/scan-series.ts'
import { toleranceOf, unlike } from '../fakes/scan-values.ts'
import { expectations, readScan } from '../fakes/scans.ts'
import { at95, atMost, type Figure, median } from './figure.ts'

const slices = 500

type Bench = { readonly page: Page; readonly browser: Browser }

/** A station with the app's part for scans loaded, in a browser of its own. */
async function withScans<T>(work: (bench: Bench) => Promise<T>): Promise<T> {
  const server = await newServer()
  await server.start()
  const args = chromiumFlags(cameraClip('nurse'))
  const browser = await chromium.launch({ executablePath: ensureChromium(), args })
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      serviceWorkers: 'block',
    })
    await context.addInitScript(installWitness)
    const page = await context.newPage()
    await page.goto(server.demo().staff[0]?.url ?? '')
    await page.getByRole('list', { name: 'Beds' }).waitFor()
    await page.evaluate(takeScans, { chunk: scanChunk(), way: 'as it is' as const })
    return await work({ page, browser })
  } finally {
    await browser.close()
    await server.remove()
  }
}

/** Whether what others decode is what the app decodes; the first and the last frame of each file. */
async function isRight(page: Page, name: string): Promise<boolean> {
  const expected = expectations[name]
  if (!expected) return false
  const base64 = Buffer.from(readScan(name)).toString('base64')
  await page.evaluate(openGiven, { name, base64, as: 'buffer' as const })
  const { frame0, frameLast, frames } = expected
  for (const [frame, values] of [[0, frame0] as const, [frames - 1, frameLast ?? frame0] as const]) {
    const found = await page.evaluate(measure, { name, frame, probes: values.probes ?? [] })
    if (typeof found === 'string' || unlike(found, values, toleranceOf(name)).length > 0) return false
  }
  return true
}

export async function benchScanDecode(): Promise<Figure[]> {
  const names = Object.keys(expectations)
  const wrong = await withScans(async ({ page }) => {
    const found: string[] = []
    for (const name of names) if (!(await isRight(page, name))) found.push(name)
    return found
  })
  console.log(
    `  ${names.length - wrong.length} of ${names.length} files right${wrong.map((name) => `, not ${name}`)}`,
  )
  return [atMost('scan-files-wrong', wrong.length, 0, `of ${names.length}`)]
}

/** Files of the disk, chosen as a person chooses them, opened by the app. */
async function openSeries(page: Page, paths: readonly string[], as: 'blob' | 'buffer'): Promise<void> {
  await page.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.id = 'bench'
    document.body.append(input)
  })
  await page.locator('#bench').setInputFiles([...paths])
  const opened = await page.evaluate(async (as) => {
    const input = document.querySelector<HTMLInputElement>('#bench')
    const { reader, files } = window.scans
    // One after the other: a browser would hold what it reads at once, and the figure is the app's.
    for (const file of input?.files ?? []) {
      const content = as === 'blob' ? file : await file.arrayBuffer()
      await reader.open([{ name: file.name, content }], (opening) => {
        if (opening.type === 'opened') files.set(file.name, opening.file)
      })
    }
    return files.size
  }, as)
  if (opened !== paths.length) throw new Error(`${opened} of ${paths.length} opened`)
}

/** Runs in the page: every slice in turn, each asked for as the one before is drawn; ms of the page's own work, and between. */
async function scroll(kept: number): Promise<{ worked: number[]; between: number[]; waited: number[] }> {
  const { files, io, reader } = window.scans
  const canvas = document.createElement('canvas')
  canvas.style.cssText = 'position:fixed;inset:0;z-index:99'
  document.body.append(canvas)
  const painter = io.painter(canvas, reader)
  painter.resize(800, 800, 1)
  const all = [...files.values()]
  const [worked, between, waited]: [number[], number[], number[]] = [[], [], []]
  let last = 0
  for (const [index, { fileId }] of all.entries()) {
    // As a viewer does: the next ones are decoded while this one is looked at.
    if (index % kept === 0) {
      const asked = performance.now()
      for (const next of all.slice(index, index + kept)) await reader.picture(next.fileId, 0)
      waited.push((performance.now() - asked) / kept)
      last = 0
    }
    let began = 0
    requestAnimationFrame(() => {
      began = performance.now()
    })
    const drawn = await painter.draw({
      fileId,
      frame: 0,
      voi: { centre: 40 + (index % 7), width: 400 },
      isInverted: false,
      centre: [256, 256],
      scale: 512,
      rotation: 0,
      isFlipped: false,
    })
    const now = performance.now()
    if (drawn !== 'drawn') throw new Error(JSON.stringify(drawn))
    worked.push(now - began)
    if (last) between.push(now - last)
    last = now
  }
  painter.close()
  canvas.remove()
  return { worked, between, waited }
}

async function withSeries<T>(work: (bench: Bench, paths: readonly string[]) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bedside-slices-'))
  try {
    const paths = writeSeries(folder, slices)
    return await withScans((bench) => work(bench, paths))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function benchScanScroll(): Promise<Figure[]> {
  const { worked, between, waited } = await withSeries(async ({ page }, paths) => {
    await openSeries(page, paths, 'blob')
    return await page.evaluate(scroll, 20)
  })
  console.log(
    `  ${median(worked).toFixed(1)} ms of work a slice, ${at95(worked).toFixed(1)} at 95 %; from slice to slice ` +
      `${median(between).toFixed(1)}, ${at95(between).toFixed(1)} at 95 %; decoding ${median(waited).toFixed(1)} ms a slice`,
  )
  return [atMost('scan-slice-drawn-95', at95(worked), 16.7, 'ms')]
}

/** Memory of all that draws pages, in MB. */
async function pagesMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  await session.detach()
  const kbs = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0))
  return kbs.reduce((sum, kb) => sum + kb, 0) / 1024
}

/** The most that it grew by while all slices were opened and looked at. */
async function growthOf(as: 'blob' | 'buffer'): Promise<number> {
  return await withSeries(async ({ page, browser }, paths) => {
    const before = await pagesMb(browser)
    let most = before
    let isOver = false
    const watching = (async () => {
      while (!isOver) {
        most = Math.max(most, await pagesMb(browser))
        await new Promise((next) => setTimeout(next, 250))
      }
    })()
    await openSeries(page, paths, as)
    await page.evaluate(scroll, 20)
    isOver = true
    await watching
    return most - before
  })
}

export async function benchScanMemory(): Promise<Figure[]> {
  return [
    atMost('scan-memory-own-files', await growthOf('blob'), 300, 'MB'),
    atMost('scan-memory-live-only', await growthOf('buffer'), 360, 'MB'),
  ]
}

const built = fileURLToPath(new URL('../../dist/app/assets/', import.meta.url))

/** What showing a scan takes before codecs and PDF: the page's part, the worker, and the longest of its texts. */
export async function benchScanSize(): Promise<Figure[]> {
  const names = readdirSync(built)
  const sizeOf = (name: string) => gzipSync(readFileSync(join(built, name)), { level: 9 }).length / 1024
  const parts = names.filter((name) => /^scan(-worker)?-[\w-]{8}\.js$/.test(name))
  const texts = names.filter((name) => /^texts-scan-[a-z]{2}-[\w-]{8}\.js$/.test(name)).map(sizeOf)
  const total = parts.map(sizeOf).reduce((sum, one) => sum + one, Math.max(0, ...texts))
  for (const name of parts) console.log(`  ${name} ${sizeOf(name).toFixed(1)} KB`)
  return [atMost('scan-js', total, 40, 'KB gzip')]
}
