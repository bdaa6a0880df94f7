/** Files of scans in the built app, as real browsers open, decode and draw them under its own policy. */
import type { Page } from 'playwright/test'
import { fullWindow, shadesOf } from '../../src/core/scan/grey.ts'
import { coloursOf } from '../../src/core/scan/lookup.ts'
import { voiOf } from '../../src/core/scan/view.ts'
import { decodedByNode } from '../fakes/decoded.ts'
import { bombPdf, lockedPdf, pdfOf, scriptedPdf } from '../fakes/pdf.ts'
import { fileOf, imageElements, randomBytes, tagAt } from '../fakes/scan-files.ts'
import { toleranceOf, unlike } from '../fakes/scan-values.ts'
import { expectations, phantomSlices, readScan, singleScans } from '../fakes/scans.ts'
import { test as foxes } from './firefox.ts'
import {
  byText,
  drawn,
  type Evaluates,
  type Given,
  measure,
  openGiven,
  scanChunk,
  type Told,
  takeScans,
  type Way,
} from './scan-page.ts'
import { expect, test } from './ward.ts'

const software = ['--enable-unsafe-swiftshader', '--use-angle=swiftshader']
test.use({ flags: software })

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const given = (name: string, bytes: Uint8Array, as: Given['as'] = 'buffer'): Given => ({
  name,
  base64: base64(bytes),
  as,
})

async function expectValues(page: Evaluates, names: readonly string[]): Promise<void> {
  for (const [index, name] of names.entries()) {
    const expected = expectations[name]
    if (!expected) throw new Error(name)
    const { frame0, frameLast, frames } = expected
    const told = await page.evaluate(openGiven, given(name, readScan(name), index % 2 ? 'blob' : 'buffer'))
    expect([name, told]).toEqual([
      name,
      { type: 'opened', columns: expected.cols, rows: expected.rows, frames },
    ])
    const wanted = [[0, frame0] as const, ...(frameLast ? [[frames - 1, frameLast] as const] : [])]
    for (const [frame, values] of wanted) {
      const found = await page.evaluate(measure, { name, frame, probes: values.probes ?? [] })
      const wrong = typeof found === 'string' ? [found] : unlike(found, values, toleranceOf(name))
      expect([name, frame, wrong]).toEqual([name, frame, []])
    }
  }
}

/** What each pixel is by the rule (SCAN-8), as red, green, blue. */
async function byRule(name: string, isInverted: boolean): Promise<Uint8Array> {
  const { frame, picture } = await decodedByNode(name)
  const { samples, samplesPerPixel } = picture
  const { grey, palette } = frame
  const turn = (shade: number) => (isInverted ? 255 - shade : shade)
  if (samplesPerPixel === 3) return Uint8Array.from(samples, turn)
  if (palette) return coloursOf(samples, palette).map(turn)
  const turned = { ...grey, isInverted: grey.isInverted !== isInverted }
  const shades = shadesOf(turned, voiOf(grey, null) ?? fullWindow(grey, samples), samples)
  return new Uint8Array(shades.length * 3).map((_, at) => shades[Math.floor(at / 3)] ?? 0)
}

function furthest(a: Uint8Array, b: Uint8Array): number {
  let most = a.length === b.length ? 0 : Number.POSITIVE_INFINITY
  for (let at = 0; at < a.length; at++) most = Math.max(most, Math.abs((a[at] ?? 0) - (b[at] ?? 0)))
  return most
}

async function expectDrawn(page: Evaluates, names: readonly string[], way: Way): Promise<void> {
  for (const name of names)
    for (const isInverted of [false, true]) {
      const found = await page.evaluate(drawn, { name, changes: { isInverted } })
      const pixels = new Uint8Array(Buffer.from(found.base64, 'base64'))
      const off = furthest(pixels, await byRule(name, isInverted))
      expect([name, isInverted, found.result, found.byCard, off <= 1 ? 'right' : off]).toEqual([
        name,
        isInverted,
        'drawn',
        way === 'card',
        'right',
      ])
    }
}

async function openPage(page: Page, way: Way): Promise<Page> {
  await page.evaluate(takeScans, { chunk: scanChunk(), way })
  return page
}

/** Ruined, foreign and lying files, and the name that each ends by. */
function hostileFiles(): readonly (readonly [Given, Partial<Extract<Told, { type: 'failed' }>>])[] {
  const cut = (name: string, share: number) => readScan(name).slice(0, readScan(name).length * share)
  const ruined = readScan('ct_j2k_lossless_s16.dcm')
  const at = tagAt(ruined, 0x7fe0, 0x0010) + 96
  ruined.set(randomBytes(1, ruined.length - at - 32), at)
  const words = (text: string) => new TextEncoder().encode(text.padEnd(400))
  const jpeg = Uint8Array.from([
    0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 9, 0, 9, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1, 0,
  ])
  return [
    [
      given('svg.dcm', words('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">')),
      { failure: 'not-dicom', detail: 'SVG' },
    ],
    [
      given('html.dcm', words('<!doctype html><script>alert(1)</script>')),
      { failure: 'not-dicom', detail: 'HTML' },
    ],
    [
      given('zip.dcm', Uint8Array.of(0x50, 0x4b, 3, 4, ...new Array(400).fill(0))),
      { failure: 'not-dicom', detail: 'ZIP' },
    ],
    [given('gif.dcm', words('GIF89a')), { failure: 'not-dicom', detail: 'GIF' }],
    [given('empty.dcm', new Uint8Array()), { failure: 'not-dicom' }],
    [given('cut.dcm', cut('ct_rle_s16.dcm', 0.6)), { failure: 'truncated' }],
    [given('huge.dcm', fileOf(imageElements({ rows: 40_000, columns: 40_000 }))), { failure: 'too-large' }],
    [
      given('video.dcm', fileOf(imageElements(), '1.2.840.10008.1.2.4.102')),
      { failure: 'unsupported-syntax', detail: 'H.264 video' },
    ],
    [given('photo.jpg', jpeg), { failure: 'corrupt', detail: 'JPEG' }],
    [given('ruined.dcm', ruined), { failure: 'corrupt' }],
  ]
}

async function expectRefused(page: Evaluates): Promise<void> {
  for (const [file, wanted] of hostileFiles()) {
    const told = await page.evaluate(openGiven, file)
    const found =
      told.type === 'opened' ? await page.evaluate(measure, { name: file.name, frame: 0, probes: [] }) : told
    if (typeof found === 'string') expect(found.split(', ')[0]).toBe(wanted.failure)
    else expect([file.name, found]).toEqual([file.name, expect.objectContaining(wanted)])
  }
}

test('[SCAN-4] every file is opened in the worker under the policy, with the values that others decode', async ({
  ward,
}) => {
  const page = await openPage(await ward.station(), 'processor')
  await expectValues(page, [...singleScans, ...phantomSlices])
  expect(await page.evaluate(() => window.witness.violations)).toEqual([])
  expect(ward.heard.complaints).toEqual([])
})

for (const way of ['card', 'processor'] as const)
  test(`[SCAN-16] every file is drawn by the ${way} within a grey level of the rule @whole`, async ({
    ward,
  }) => {
    const page = await openPage(await ward.station(), way)
    for (const name of singleScans) await page.evaluate(openGiven, given(name, readScan(name)))
    await expectDrawn(page, singleScans, way)
    expect(await page.evaluate(() => window.witness.violations)).toEqual([])
  })

test('[SCAN-16] turned and flipped, the card and the processor show the same @whole', async ({ ward }) => {
  const [name] = ['testpattern_palette8.dcm']
  const station = await ward.station()
  const seen: Record<'card' | 'processor', Uint8Array[]> = { card: [], processor: [] }
  for (const way of ['card', 'processor'] as const) {
    await station.reload()
    const page = await openPage(station, way)
    await page.evaluate(openGiven, given(name ?? '', readScan(name ?? '')))
    for (const rotation of [0, 90, 180, 270] as const)
      for (const isFlipped of [false, true]) {
        const found = await page.evaluate(drawn, { name: name ?? '', changes: { rotation, isFlipped } })
        expect([found.result, found.byCard]).toEqual(['drawn', way === 'card'])
        seen[way].push(new Uint8Array(Buffer.from(found.base64, 'base64')))
      }
  }
  const off = seen.card.map((pixels, index) => furthest(pixels, seen.processor[index] ?? new Uint8Array()))
  expect(off.filter((one) => one > 1)).toEqual([])
  expect(furthest(seen.card[0] ?? new Uint8Array(), seen.card[1] ?? new Uint8Array())).toBeGreaterThan(50)
})

test('[SCAN-16] a card that forgets everything is not missed, and is used again when it is back @whole', async ({
  ward,
}) => {
  const page = await openPage(await ward.station(), 'card')
  const name = 'ct_rle_s16.dcm'
  await page.evaluate(openGiven, given(name, readScan(name)))
  await expectDrawn(page, [name], 'card')
  // A context that is lost no longer hands it out.
  const loser = await page.evaluateHandle(() => window.scans.cards[0]?.getExtension('WEBGL_lose_context'))
  await loser.evaluate((one) => one?.loseContext())
  await expect.poll(() => page.evaluate(() => window.scans.cards[0]?.isContextLost())).toBe(true)
  await expectDrawn(page, [name], 'processor')
  await loser.evaluate((one) => one?.restoreContext())
  await expect.poll(() => page.evaluate(() => window.scans.cards[0]?.isContextLost())).toBe(false)
  await expectDrawn(page, [name], 'card')
})

test('[SCAN-1] broken, foreign and lying files end by a name, and the next good one is itself', async ({
  ward,
}) => {
  const page = await openPage(await ward.station(), 'processor')
  await expectRefused(page)
  await expectValues(page, ['ct_j2k_lossless_s16.dcm'])
  expect(await page.evaluate(() => window.witness.violations)).toEqual([])
})

test('[SCAN-14] photographs stand upright, whoever took them how, in RGB and without what stood beside their pixels @whole', async ({
  ward,
}) => {
  const page = await openPage(await ward.station(), 'processor')
  expect(await page.evaluate(photographs)).toEqual(
    ['jpeg blob', 'jpeg buffer', 'png blob', 'png buffer', 'webp blob', 'webp buffer'].map((what) => ({
      what,
      size: what.startsWith('jpeg') ? [32, 64] : [64, 32],
      isRedThere: true,
    })),
  )
  expect(await page.evaluate(() => window.witness.violations)).toEqual([])
})

/**
 * Runs in the page: a picture whose left half is red, as each kind. The JPEG says (EXIF, orientation 6) that the camera was
 * held upright: turned clockwise, its upper half is red.
 */
async function photographs(): Promise<{ what: string; size: number[]; isRedThere: boolean }[]> {
  const canvas = new OffscreenCanvas(64, 32)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, 64, 32)
  context.fillStyle = '#f00'
  context.fillRect(0, 0, 32, 32)
  const exif = [0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8]
  const entry = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]
  const found: { what: string; size: number[]; isRedThere: boolean }[] = []
  for (const kind of ['jpeg', 'png', 'webp']) {
    const made = new Uint8Array(await (await canvas.convertToBlob({ type: `image/${kind}` })).arrayBuffer())
    const bytes =
      kind === 'jpeg'
        ? Uint8Array.from([...made.subarray(0, 2), ...exif, ...entry, ...made.subarray(2)])
        : made
    for (const as of ['blob', 'buffer'] as const) {
      const content = as === 'blob' ? new Blob([bytes]) : bytes.slice().buffer
      const { reader } = window.scans
      await reader.open([{ name: kind, content }], (opening) => {
        if (opening.type === 'opened') window.scans.files.set(kind, opening.file)
      })
      const picture = await reader.picture(window.scans.files.get(kind)?.fileId ?? '', 0)
      if (!picture.ok) continue
      const { rows, columns, samples } = picture.value
      // Well inside the red half: on the left, or above.
      const at = kind === 'jpeg' ? (8 * columns + 24) * 3 : (24 * columns + 8) * 3
      const isRedThere = (samples[at] ?? 0) > 240 && (samples[at + 1] ?? 255) < 16
      found.push({ what: `${kind} ${as}`, size: [columns, rows], isRedThere })
    }
  }
  return found
}

/** Runs in the page. */
async function pagesOf(text: string): Promise<string[]> {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
  const pages = await window.scans.io.pages({ name: 'letter', content: bytes.buffer })
  if (!pages.ok) return [pages.failure]
  const found: string[] = []
  await window.scans.reader.open(pages.value, (opening) => {
    if (opening.type === 'failed') found.push(opening.failure)
    else
      found.push(
        `${opening.file.name} ${opening.file.scan.pixels.columns} × ${opening.file.scan.pixels.rows}`,
      )
  })
  return found
}

test('[SCAN-14] a PDF is a photograph for each page; nothing in it runs, and one that means harm ends by a name @whole', async ({
  ward,
}) => {
  const page = await openPage(await ward.station(), 'processor')
  const pages = (pdf: Uint8Array) => page.evaluate(pagesOf, base64(pdf))
  expect(await pages(pdfOf())).toEqual(['letter 1 2200 × 1100', 'letter 2 2200 × 1100'])
  expect(await pages(scriptedPdf())).toEqual(['letter 1 2200 × 1100', 'letter 2 2200 × 1100'])
  expect(await page.evaluate(() => window.injected)).toBeUndefined()
  expect(await pages(lockedPdf())).toEqual(['locked'])
  expect(await pages(new TextEncoder().encode('%PDF-1.7 and no more'))).toEqual(['not-a-pdf'])
  expect(await pages(new TextEncoder().encode('<svg onload="alert(1)">'))).toEqual(['not-a-pdf'])
  expect(await pages(pdfOf({ pages: 200 }))).toEqual(['too-large'])
  expect(await page.evaluate(() => window.witness.violations)).toEqual([])
})

test('[SCAN-14] a PDF that is a bomb ends by a name, and the page goes on @whole', async ({ ward }) => {
  const page = await openPage(await ward.station(), 'processor')
  const [end] = await page.evaluate(pagesOf, base64(bombPdf()))
  expect(['too-large', 'not-a-pdf', 'letter 1 2200 × 1100']).toContain(end)
  expect(await page.evaluate(pagesOf, base64(pdfOf({ pages: 1 })))).toEqual(['letter 1 2200 × 1100'])
})

test.describe('without a network', () => {
  test.use({ keepsApp: true })

  test('a scan on this device’s disk opens once one of its kind was opened @whole', async ({
    ward,
    server,
  }) => {
    const page = await ward.station()
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
    const kept = () =>
      page.evaluate(async () => (await (await caches.open('bedside-scan-files')).keys()).length)
    expect(await kept(), 'nobody keeps what shows scans before there is one').toBe(0)
    await openPage(page, 'processor')
    await expectValues(page, ['ct_j2k_lossless_s16.dcm'])
    await server.kill()
    await page.reload()
    await openPage(page, 'processor')
    await expectValues(page, ['ct_j2k_lossless_s16.dcm', 'ct_rle_s16.dcm'].slice(0, 1))
    const other = await page.evaluate(openGiven, given('ls', readScan('ct_jpegls_lossless_s16.dcm')))
    expect(other.type).toBe('opened')
    expect(await page.evaluate(measure, { name: 'ls', frame: 0, probes: [] })).toBe(
      'no-codec, JPEG-LS Lossless',
    )
  })
})

foxes(
  '[SCAN-4] Firefox opens every file with the values that others decode, and draws it within a grey level @whole',
  async ({ fox }) => {
    const station = await fox.station()
    const page = byText(station)
    await page.evaluate(takeScans, { chunk: scanChunk(), way: 'processor' as const })
    await expectValues(page, singleScans)
    await expectDrawn(page, singleScans, 'processor')
    await expectRefused(page)
    expect(await station.evaluate(() => window.witness.violations)).toEqual([])
    expect(fox.complaints).toEqual([])
  },
)
