/** PDFs of our own making: a few pages, one with a script, one that is locked, and some that mean harm. */
import { deflateSync } from 'node:zlib'

export type PdfChanges = {
  pages?: number
  /** Added to the catalogue, and more objects beside it. */
  catalogue?: string
  trailer?: string
  content?: string
  /** Instead of `content`, as it is after Flate. */
  deflated?: Uint8Array
  box?: string
}

/** ISO 32000-1, 7.5: objects, cross-reference table, trailer. Each page says its number in large letters. */
export function pdfOf(changes: PdfChanges = {}): Uint8Array<ArrayBuffer> {
  const { pages = 2, catalogue = '', trailer = '', box = '0 0 200 100' } = changes
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')]
  const offsets: number[] = []
  const length = () => parts.reduce((sum, part) => sum + part.length, 0)
  const add = (body: string | Buffer) => {
    offsets.push(length())
    parts.push(Buffer.from(`${offsets.length} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n'))
  }
  const kids = Array.from({ length: pages }, (_, index) => `${4 + index * 2} 0 R`).join(' ')
  add(`<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`)
  add(`<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`)
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>')
  for (let page = 1; page <= pages; page++) {
    const resources = '/Resources << /Font << /F 3 0 R >> >>'
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [${box}] ${resources} /Contents ${4 + page * 2 - 1} 0 R >>`)
    const text = changes.content ?? `BT /F 48 Tf 20 30 Td (Page ${page}) Tj ET`
    const stream = changes.deflated ? Buffer.from(changes.deflated) : deflateSync(text)
    add(
      Buffer.concat([
        Buffer.from(`<< /Filter /FlateDecode /Length ${stream.length} >>\nstream\n`),
        stream,
        Buffer.from('\nendstream'),
      ]),
    )
  }
  const start = length()
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(
    Buffer.from(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows}`),
    Buffer.from(
      `trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  )
  return new Uint8Array(Buffer.concat(parts))
}

/** A script that runs when it is opened, where readers let it. */
export const scriptedPdf = () =>
  pdfOf({ catalogue: '/OpenAction << /S /JavaScript /JS (app.alert\\("here"\\); this.injected = true) >>' })

/** No password opens it (7.6.3): what is kept of them belongs to no key. */
export const lockedPdf = () => {
  const [owner, user] = ['41'.repeat(32), '42'.repeat(32)]
  const id = '43'.repeat(16)
  const encrypt = `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${owner}> /U <${user}> >>`
  return pdfOf({ trailer: `${encrypt} /ID [<${id}> <${id}>]` })
}

/** 512 MiB of operators in half a megabyte. */
export const bombPdf = () =>
  pdfOf({ pages: 1, deflated: deflateSync(Buffer.alloc(512 * 1024 * 1024, 'q Q ')) })
