/** Writes each file of the built app in the forms that travel light: a telephone on a poor network waits for bytes. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Letters and pictures are as small as they get. */
const squeezable = /\.(js|css|html|svg|webmanifest|wasm|json)$/
/** What is smaller goes in one packet either way. */
const leastBytes = 1_000
/** The best of Brotli takes a second for each megabyte: the large ones are seldom asked for. */
const thoroughBytes = 300_000

function compress(path: string): void {
  const bytes = readFileSync(path)
  if (bytes.length < leastBytes) return
  const quality = bytes.length < thoroughBytes ? 11 : 9
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
  )
}

/** After everything else is written, the service worker too; the server hands out what a browser says it reads (RFC 9110 §12.5.3). */
export function compressed(): Plugin {
  let folder = ''
  return {
    name: 'bedside-compressed',
    apply: 'build',
    configResolved({ build, root }) {
      folder = resolve(root, build.outDir)
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
          if (entry.isFile() && squeezable.test(entry.name)) compress(join(entry.parentPath, entry.name))
      },
    },
  }
}
