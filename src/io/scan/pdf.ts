/**
 * A PDF as photographs, one a page, by pdf.js: read in a worker, drawn here. Nothing of it runs (its scripting is a part of its
 * own that is never loaded), no form is filled in, no link is followed, and no password is asked for.
 */
import type { PDFDocumentProxy } from 'pdfjs-dist'
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import type { Pages, PdfFailure, ScanSource } from '../../state/scan-ports.ts'
import { wipe } from '../../state/scan-wipe.ts'
import { scriptAddress } from '../script-address.ts'
import { PdfFiles } from './pdf-files.ts'

export const pdfLimits = {
  bytes: 64 * 1024 * 1024,
  pages: 40,
  /** Of a picture inside it; a bomb of one is left out of its page. */
  imagePixels: 32 * 1024 * 1024,
  /** Pixels along the longer side of a page: 190 an inch on A4, so that small print can be read. */
  longSide: 2_200,
  /** For all of it; who waits longer has given up. */
  ms: 60_000,
}

class PdfError extends Error {
  readonly failure: PdfFailure
  constructor(failure: PdfFailure) {
    super(failure)
    this.failure = failure
  }
}

/** The mark may stand behind what a mail put before it (ISO 32000-1, 7.5.2; readers look within 1,024 bytes). */
const isPdf = (bytes: Uint8Array) => String.fromCharCode(...bytes.subarray(0, 1_024 + 5)).includes('%PDF-')

async function bytesOf({ content }: ScanSource): Promise<Uint8Array<ArrayBuffer>> {
  const length = content instanceof ArrayBuffer ? content.byteLength : content.size
  if (length > pdfLimits.bytes) throw new PdfError('too-large')
  // A copy: pdf.js hands its bytes over to its worker.
  const buffer = content instanceof ArrayBuffer ? content.slice(0) : await content.arrayBuffer()
  const bytes = new Uint8Array(buffer)
  if (!isPdf(bytes)) throw new PdfError('not-a-pdf')
  return bytes
}

async function pageOf(pdf: PDFDocumentProxy, number: number): Promise<ArrayBuffer> {
  const page = await pdf.getPage(number)
  const { width, height } = page.getViewport({ scale: 1 })
  const scale = pdfLimits.longSide / Math.max(width, height)
  if (!(scale > 0 && Number.isFinite(scale))) throw new PdfError('not-a-pdf')
  const viewport = page.getViewport({ scale })
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(viewport.width))
  canvas.height = Math.max(1, Math.round(viewport.height))
  await page.render({ canvas, viewport }).promise
  page.cleanup()
  const picture = await new Promise<Blob | null>((made) => canvas.toBlob(made, 'image/png'))
  canvas.width = 0
  if (!picture) throw new PdfError('too-large')
  return await picture.arrayBuffer()
}

async function addPages(pdf: PDFDocumentProxy, name: string, pages: ScanSource[]): Promise<void> {
  if (pdf.numPages > pdfLimits.pages) throw new PdfError('too-large')
  for (let number = 1; number <= pdf.numPages; number++)
    pages.push({ name: `${name} ${number}`, content: await pageOf(pdf, number) })
}

const program = () =>
  import('pdfjs-dist').catch(() => {
    throw new PdfError('no-reader')
  })

/** Rejects with `too-large` when it takes too long, or as soon as the worker is dead. */
function patience(worker: Worker): { readonly over: Promise<never>; readonly end: () => void } {
  const { promise, reject } = Promise.withResolvers<never>()
  const limit = setTimeout(() => reject(new PdfError('too-large')), pdfLimits.ms)
  worker.addEventListener('error', () => reject(new PdfError('no-reader')))
  // Nobody may be waiting for it when it comes.
  promise.catch(() => {})
  return { over: promise, end: () => clearTimeout(limit) }
}

async function read(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<readonly ScanSource[]> {
  const { getDocument, GlobalWorkerOptions } = await program()
  const port = new Worker(scriptAddress(workerAddress), { type: 'module', name: 'pdf' })
  const limit = patience(port)
  GlobalWorkerOptions.workerPort = port
  const task = getDocument({
    data: bytes,
    enableXfa: false,
    useWorkerFetch: false,
    BinaryDataFactory: PdfFiles,
    maxImageSize: pdfLimits.imagePixels,
    verbosity: 0,
  })
  const pages: ScanSource[] = []
  try {
    await Promise.race([task.promise.then((pdf) => addPages(pdf, name, pages)), limit.over])
    return pages
  } catch (reason) {
    // Half a PDF is shown to nobody.
    for (const { content } of pages) wipe(content)
    throw reason
  } finally {
    limit.end()
    // Its own end would wait for a worker that hangs.
    port.terminate()
    task.destroy().catch(() => {})
  }
}

function failureOf(reason: unknown): PdfFailure {
  if (reason instanceof PdfError) return reason.failure
  const name = reason instanceof Error ? reason.name : ''
  if (name === 'PasswordException') return 'locked'
  return name === 'RangeError' ? 'too-large' : 'not-a-pdf'
}

/** Its pages in order, as pictures that live in memory alone; a failure by name where there are none. Never throws. */
export async function pagesOf(pdf: ScanSource): Promise<Pages> {
  try {
    return { ok: true, value: await read(await bytesOf(pdf), pdf.name) }
  } catch (reason) {
    return { ok: false, failure: failureOf(reason) }
  }
}
