/** What pdf.js asks for beside its own program, each a file of this app that is fetched when a PDF needs it. */

const files: Readonly<Record<string, string>> = import.meta.glob<string>(
  [
    '/node_modules/pdfjs-dist/wasm/{openjpeg,jbig2}.wasm',
    '/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
  ],
  { query: '?url', import: 'default', eager: true },
)

const addresses = new Map(
  Object.entries(files).map(([path, address]) => [path.slice(path.lastIndexOf('/') + 1), address]),
)

/** In the place of pdf.js's own, which puts addresses together that the build does not keep. */
export class PdfFiles {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const address = addresses.get(filename)
    if (address === undefined) throw new Error('not ours')
    const answer = await fetch(address, { mode: 'same-origin' })
    if (!answer.ok) throw new Error(`${answer.status}`)
    return new Uint8Array(await answer.arrayBuffer())
  }
}
