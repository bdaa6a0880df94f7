/** The built app's own part for scans, at work in a page of its own origin, without a screen of it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Picture } from '../../src/core/scan/samples.ts'
import type { View } from '../../src/core/scan/view.ts'
import type { OpenedScan, Painter, ScanIo, ScanReader } from '../../src/state/scan-ports.ts'
import type { FrameValues } from '../fakes/scan-values.ts'
import type { Probe } from '../fakes/scans.ts'

export type Evaluates = {
  evaluate<Given, Found>(work: (given: Given) => Found | Promise<Found>, given: Given): Promise<Found>
}

/** Of a page that takes a program as its text. */
export function byText(page: { evaluate(text: string): Promise<unknown> }): Evaluates {
  return {
    evaluate: <Given, Found>(work: (given: Given) => Found | Promise<Found>, given: Given) =>
      page.evaluate(`(${work})(${JSON.stringify(given)})`) as Promise<Found>,
  }
}

declare global {
  interface Window {
    scans: {
      io: ScanIo
      reader: ScanReader
      files: Map<string, OpenedScan>
      /** What the page was given to draw with, and how often something was drawn by it. */
      cards: WebGL2RenderingContext[]
      draws: number
      painters: Map<string, { canvas: HTMLCanvasElement; painter: Painter }>
    }
  }
}

const built = fileURLToPath(new URL('../../dist/app/assets/', import.meta.url))

/** The chunk that opens scans, by its address. */
export function scanChunk(): string {
  const chunks = readdirSync(built).filter((name) => /^scan-[\w-]{8}\.js$/.test(name))
  const found = chunks.find((name) => readFileSync(join(built, name), 'utf8').includes('webgl2'))
  if (!found) throw new Error('nothing in the built app opens a scan')
  return `/assets/${found}`
}

/** `card`: pictures are drawn by WebGL, also where the browser does that by the processor. */
export type Way = 'card' | 'processor' | 'as it is'

/** Runs in the page. */
export async function takeScans({ chunk, way }: { chunk: string; way: Way }): Promise<void> {
  const cards: WebGL2RenderingContext[] = []
  const getContext = HTMLCanvasElement.prototype.getContext
  HTMLCanvasElement.prototype.getContext = function (
    this: HTMLCanvasElement,
    kind: string,
    options?: object,
  ) {
    if (kind !== 'webgl2' || way === 'as it is') return Reflect.apply(getContext, this, [kind, options])
    if (way === 'processor') return null
    const card = Reflect.apply(getContext, this, [kind, { ...options, failIfMajorPerformanceCaveat: false }])
    if (card instanceof WebGL2RenderingContext) cards.push(card)
    return card
  } as typeof getContext
  const draw = WebGL2RenderingContext.prototype.drawArrays
  WebGL2RenderingContext.prototype.drawArrays = function (...args) {
    window.scans.draws += 1
    draw.apply(this, args)
  }
  const all: Record<string, unknown> = await import(chunk)
  // The bundler renames what a chunk exports, but not what a module in it does.
  const found = Object.values(all).flatMap((one) =>
    typeof one === 'object' && one && 'browserScans' in one ? [one.browserScans as () => ScanIo] : [],
  )
  const io = found[0]?.()
  if (!io) throw new Error('no scans in this chunk')
  const reader = await io.reader()
  window.scans = { io, reader, files: new Map(), cards, draws: 0, painters: new Map() }
}

export type Given = { readonly name: string; readonly base64: string; readonly as: 'blob' | 'buffer' }
export type Told =
  | { readonly type: 'opened'; readonly columns: number; readonly rows: number; readonly frames: number }
  | { readonly type: 'failed'; readonly failure: string; readonly detail: string }

/** Runs in the page. */
export async function openGiven({ name, base64, as }: Given): Promise<Told> {
  const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))
  const content = as === 'blob' ? new Blob([bytes]) : bytes.buffer
  const { promise, resolve } = Promise.withResolvers<Told>()
  await window.scans.reader.open([{ name, content }], (opening) => {
    if (opening.type === 'failed') {
      resolve({ type: 'failed', failure: opening.failure, detail: opening.detail })
      return
    }
    window.scans.files.set(name, opening.file)
    const { pixels, frames } = opening.file.scan
    resolve({ type: 'opened', columns: pixels.columns, rows: pixels.rows, frames })
  })
  return await promise
}

export type Asked = { readonly name: string; readonly frame: number; readonly probes: readonly Probe[] }

/** Runs in the page. What is wrong comes as a text. */
export async function measure({ name, frame, probes }: Asked): Promise<FrameValues | string> {
  const { files, reader } = window.scans
  const outcome = await reader.picture(files.get(name)?.fileId ?? '', frame)
  if (!outcome.ok) return `${outcome.failure}, ${outcome.detail}`
  const { samples, columns, samplesPerPixel }: Picture = outcome.value
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (const value of samples) {
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', samples))
  return {
    min,
    max,
    mean: sum / samples.length,
    sha256: [...hash].map((one) => one.toString(16).padStart(2, '0')).join(''),
    probes: probes.map(({ x, y }) => {
      const at = (y * columns + x) * samplesPerPixel
      return [...samples.subarray(at, at + samplesPerPixel)]
    }),
  }
}

export type Drawing = { readonly name: string; readonly changes: Partial<View> }
export type Drawn = {
  readonly result: string
  readonly byCard: boolean
  /** Red, green and blue of each pixel of the canvas. */
  readonly base64: string
}

/** Runs in the page: one pixel of the canvas for each of the picture, unless `changes` say otherwise. */
export async function drawn({ name, changes }: Drawing): Promise<Drawn> {
  const { files, io, reader, painters } = window.scans
  const file = files.get(name)
  if (!file) throw new Error(name)
  const { columns, rows } = file.scan.pixels
  const tall = Math.round(rows * file.first.geometry.pixelAspect)
  const canvas = document.createElement('canvas')
  document.body.append(canvas)
  const painter = io.painter(canvas, reader)
  painters.set(name, { canvas, painter })
  painter.resize(columns, tall, 1)
  const before = window.scans.draws
  const result = await painter.draw({
    fileId: file.fileId,
    frame: 0,
    voi: null,
    isInverted: false,
    centre: [columns / 2, rows / 2],
    scale: Math.min(columns, tall),
    rotation: 0,
    isFlipped: false,
    ...changes,
  })
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
  let text = ''
  for (let at = 0; at < pixels.length; at += 4)
    text += String.fromCharCode(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)
  canvas.remove()
  return {
    result: typeof result === 'string' ? result : `${result.failure}, ${result.detail}`,
    byCard: window.scans.draws > before,
    base64: btoa(text),
  }
}
