/** Builds the app (`dist/app`) and its service worker; the server needs no build. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin, type Rollup } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { languages } from './src/core/languages.ts'
import { chunksByStart, isScan } from './vite-chunks.ts'
import { compressed } from './vite-compressed.ts'
import { icons } from './vite-icons.ts'
import { licences } from './vite-licences.ts'
import { isScanChunk, keepScanBudget, scanAssetName, scanWorkerName } from './vite-scans.ts'
import { catalogueOf, texts } from './vite-texts.ts'

/** The most JavaScript, in KB of gzip, that each screen may need before it is of use; the call's parts come after. */
const budgets = { bed: 50, station: 60, join: 60, visit: 60, family: 60 }
/** Where a screen's state has another name. */
const states: Readonly<Record<string, string>> = { join: 'guest' }
/** And what the plan's screens may add to a station that shows its board already. */
const planBudget = 25

/** Every chunk these modules pull in without being asked at run time. */
function closure(bundle: Rollup.OutputBundle, modules: string[]): Set<Rollup.OutputChunk> {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const found = new Set(
    chunks.filter((chunk) => modules.some((module) => chunk.moduleIds.some((id) => id.endsWith(module)))),
  )
  for (const chunk of found) {
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) found.add(other)
  }
  return found
}

function sizeOf(chunks: Iterable<Rollup.OutputChunk>): number {
  return [...chunks].reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0)
}

/** One language is loaded with these chunks; they must keep their budget in the longest. */
function sizeOfTexts(bundle: Rollup.OutputBundle, chunks: Iterable<Rollup.OutputChunk>): number {
  const imported = new Set([...chunks].flatMap((chunk) => chunk.dynamicImports))
  const sizes = languages.map((language) =>
    sizeOf(
      Object.values(bundle)
        .filter((output) => output.type === 'chunk')
        .filter(({ fileName }) => imported.has(fileName))
        .filter(({ facadeModuleId }) => catalogueOf(facadeModuleId)?.language === language),
    ),
  )
  return Math.max(...sizes)
}

/**
 * A catalogue's file says which part of the app it is of, and in which language. Those of scans are kept on the device like
 * all others: a screen changes its language as a whole, with a network or without.
 */
function chunkName({ facadeModuleId, moduleIds, name }: Rollup.PreRenderedChunk): string {
  const catalogue = catalogueOf(facadeModuleId)
  if (catalogue) return `assets/texts-${catalogue.part}-${catalogue.language}-[hash].js`
  const isNamed = !isScanChunk(moduleIds) || /^scan(-|$)/.test(name)
  return `assets/${isNamed ? '' : 'scan-'}${name}-[hash].js`
}

function isPlan(chunk: Rollup.OutputChunk): boolean {
  return chunk.moduleIds.some((id) => id.includes('/src/ui/plan/'))
}

/** The id of the build that was just written to `folder`. */
function buildOf(folder: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'index.html')))
    .digest('hex')
    .slice(0, 12)
}

/** Where this build is written to: whoever checks a release builds it into a folder of their own. */
let folder = ''

const folderOfBuild: Plugin = {
  name: 'bedside-folder',
  configResolved({ root, build }) {
    folder = resolve(root, build.outDir)
  },
}

/** Fails the build when a screen outgrows its budget. */
function keepBudgets(): Plugin {
  return {
    name: 'bedside-budgets',
    generateBundle(_options, bundle) {
      for (const [screen, budget] of Object.entries(budgets)) {
        const needed = closure(bundle, [
          '/src/main.tsx',
          `/src/state/${states[screen] ?? screen}.ts`,
          `/src/ui/${screen}/${screen}.tsx`,
          // Where the screen's key lies: whoever comes from outside comes nowhere without it.
          `/src/io/${states[screen] ?? screen}-ports.ts`,
        ])
        const scan = [...needed].flatMap(({ moduleIds }) => moduleIds).find(isScan)
        if (scan) this.error(`${screen} loads ${scan} before anybody looks at a scan`)
        const bytes = sizeOf(needed) + sizeOfTexts(bundle, needed)
        if (bytes > budget * 1024)
          this.error(`${screen} needs ${(bytes / 1024).toFixed(1)} KB of JavaScript, over its ${budget} KB`)
      }
      const plan = [...closure(bundle, ['/src/ui/plan/index.ts'])].filter(isPlan)
      const bytes = sizeOf(plan) + sizeOfTexts(bundle, plan)
      if (bytes > planBudget * 1024)
        this.error(`the plan needs ${(bytes / 1024).toFixed(1)} KB of JavaScript, over its ${planBudget} KB`)
    },
  }
}

const { read, written } = licences()

export default defineConfig({
  build: {
    outDir: 'dist/app',
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: {
        chunkFileNames: chunkName,
        assetFileNames: scanAssetName,
        codeSplitting: chunksByStart(import.meta.dirname),
      },
    },
  },
  worker: {
    // Codecs are loaded one by one, which a worker of one script could not.
    format: 'es',
    plugins: () => [read()],
    rolldownOptions: {
      output: {
        entryFileNames: scanWorkerName,
        chunkFileNames: 'assets/scan-[name]-[hash].js',
        assetFileNames: scanAssetName,
      },
    },
  },
  resolve: {
    // The package's Node streams do not work in Vite 8; its prebuilt file does, in dev and build.
    alias: [
      { find: /^simple-peer$/, replacement: 'simple-peer/simplepeer.min.js' },
      { find: /^(fs|path|zlib|crypto)$/, replacement: `${import.meta.dirname}/src/io/scan/not-node.ts` },
    ],
  },
  plugins: [
    folderOfBuild,
    read(),
    written,
    icons(),
    texts(),
    keepBudgets(),
    keepScanBudget(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'sw',
      filename: 'sw.ts',
      injectRegister: false,
      injectManifest: {
        rollupFormat: 'iife',
        globPatterns: ['**/*.{js,css,html,svg,png,woff2,webmanifest}'],
        // A tablet that never shows a scan keeps nothing for it; who has opened one keeps what it took (sw/sw.ts).
        globIgnores: ['assets/scan-*'],
        // A build bears the name of its page, which names all its other files (protocol/tablet-health.ts).
        manifestTransforms: [
          async (manifest) => ({
            manifest: manifest.map((entry) =>
              entry.url === 'index.html' ? { ...entry, revision: buildOf(folder) } : entry,
            ),
          }),
        ],
      },
      manifest: {
        id: '/',
        name: 'Bedside',
        short_name: 'Bedside',
        description: 'A knock on the door, not a camera in the ceiling',
        start_url: '/',
        display: 'fullscreen',
        background_color: '#faf7f2',
        theme_color: '#faf7f2',
        icons: [
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
        // The service worker takes what is shared: no server gets it (sw/shared.ts).
        share_target: {
          action: '/station/pictures',
          method: 'POST',
          enctype: 'multipart/form-data',
          params: {
            files: [
              {
                name: 'pictures',
                accept: [
                  'application/dicom',
                  '.dcm',
                  'image/jpeg',
                  'image/png',
                  'image/webp',
                  'application/pdf',
                ],
              },
            ],
          },
        },
        file_handlers: [{ action: '/station', accept: { 'application/dicom': ['.dcm', '.dicom'] } }],
      },
    }),
    compressed(),
  ],
})
