/** What the build does for scans: names by which they are told from the rest, and the size that they must not outgrow. */
import { gzipSync } from 'node:zlib'
import type { Plugin, Rollup } from 'vite'
import { isOfScans } from './vite-chunks.ts'

/** The most that it may take to show a scan, in KB of gzip, before codecs and PDF: the screen, and what reads files. */
const budget = 40

/** Only whole chunks: one that has anything else in it may be needed where no scan is shown. */
export const isScanChunk = (moduleIds: readonly string[]): boolean =>
  moduleIds.length > 0 && moduleIds.every(isOfScans)

/** Codecs in WebAssembly, letters for PDFs that bring none, and the worker of pdf.js, which comes as it is. */
export function scanAssetName({ names }: Rollup.PreRenderedAsset): string {
  const [name = ''] = names
  if (name.startsWith('pdf.worker')) return 'assets/scan-pdf-worker-[hash].js'
  return /\.(wasm|pfb|ttf)$/.test(name)
    ? 'assets/scan-[name]-[hash][extname]'
    : 'assets/[name]-[hash][extname]'
}

export const scanWorkerName = ({ name }: Rollup.PreRenderedChunk): string =>
  name === 'worker' ? 'assets/scan-worker-[hash].js' : 'assets/[name]-[hash].js'

const sizeOf = (source: string | Uint8Array) => gzipSync(source).length

/** The page's part, the worker, and what the worker cannot begin without. */
function sizesOf(bundle: Rollup.OutputBundle): Map<string, number> {
  const outputs = Object.values(bundle)
  const texts = new Map(
    outputs.map((one) => [one.fileName, one.type === 'chunk' ? one.code : one.source] as const),
  )
  const found = new Map<string, number>()
  const add = (fileName: string) => {
    const text = texts.get(fileName)
    if (text === undefined || found.has(fileName)) return
    found.set(fileName, sizeOf(text))
    for (const [, next] of String(text).matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g))
      if (next?.startsWith('scan-')) add(`assets/${next}`)
  }
  for (const fileName of texts.keys())
    if (/^assets\/scan(-worker)?-[\w-]{8}\.js$/.test(fileName)) add(fileName)
  return found
}

/** The longest of its languages; one is loaded. What else is said of scans comes with other parts. */
function textsOf(bundle: Rollup.OutputBundle): number {
  const isTexts = (name: string) => /^assets\/texts-scan-[a-z]{2}-[\w-]{8}\.js$/.test(name)
  const texts = Object.values(bundle).filter(({ fileName }) => isTexts(fileName))
  return Math.max(0, ...texts.map((one) => (one.type === 'chunk' ? sizeOf(one.code) : 0)))
}

/** Fails the build when scans outgrow their budget. The workers are in the bundle only when all of it is written. */
export function keepScanBudget(): Plugin {
  return {
    name: 'bedside-scan-budget',
    writeBundle(_options, bundle) {
      const sizes = sizesOf(bundle)
      const total = [...sizes.values()].reduce((sum, one) => sum + one, textsOf(bundle)) / 1024
      if (sizes.size < 2) this.error('the files of scans are not where they are looked for')
      const parts = [...sizes].map(([name, size]) => `${name} ${(size / 1024).toFixed(1)}`).join(', ')
      if (total > budget)
        this.error(`scans need ${total.toFixed(1)} KB of JavaScript, over their ${budget} KB: ${parts}`)
    },
  }
}
